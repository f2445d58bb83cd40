"""The states of a route: which steps there are, who takes them, and what the story tells."""

import contextlib
import itertools

import pytest

from tests.documents.giving import gives_everything
from tests.worlds import NOW, World, with_an_agreement
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.routes.actions import state
from tussenstop.routes.actions.state import CannotMoveOn
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import BEFORE_AGREED, ENDED, TRANSITIONS, Context, State

pytestmark = pytest.mark.django_db

ALONE = sorted(k for k, t in TRANSITIONS.items() if t.by == "partner" and k[1] != State.STOPPED)
EVERY_PAIR = sorted(itertools.permutations(State, 2))


def stands_at(world: World, at: State) -> Route:
    Route.objects.filter(pk=world.route.pk).update(state=at, state_before_pause="")
    return world.fresh()


def move(world: World, to: State, by: str = "student") -> None:
    state.move_on(by=By(getattr(world, by)), route=world.fresh(), to=to, now=NOW)


@pytest.mark.parametrize(("before", "after"), ALONE)
def test_a_step_that_binds_nobody_is_taken_by_one_and_told(
    world: World, before: State, after: State
) -> None:
    if after in {State.ACQUAINTING, State.SEEKING} or before == State.AGREED:
        stands_at(world, before)
    if after == State.UNDER_WAY:
        gives_everything(world)

    move(world, after)

    assert world.fresh().state == after
    entry = AuditEntry.objects.filter(route_id=world.route.pk, code="route.state").latest("at")
    assert (entry.actor_label, entry.at) == ("Sara Student", NOW)
    assert (entry.params["before"], entry.params["after"]) == (before.value, after.value)


@pytest.mark.parametrize(("before", "after"), [p for p in EVERY_PAIR if p not in ALONE])
def test_every_other_step_is_refused_with_a_reason(
    world: World, before: State, after: State
) -> None:
    stands_at(world, before)

    with pytest.raises(CannotMoveOn) as refusal:
        move(world, after)

    assert str(refusal.value.text)
    assert world.fresh().state == before


def test_getting_acquainted_takes_a_workplace(world: World) -> None:
    Placement.objects.filter(route=world.route).update(ended_at=NOW)

    with pytest.raises(CannotMoveOn, match="There is no workplace yet"):
        move(world, State.ACQUAINTING)


def test_nothing_moves_before_the_student_said_yes(world: World) -> None:
    Participation.objects.filter(person=world.student).update(accepted_at=None)

    with pytest.raises(CannotMoveOn, match="has not said yet"):
        move(world, State.ACQUAINTING, by="mentor")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("coach", Refused), ("organisation_coordinator", Refused), ("other_mentor", NotFound)],
)
def test_others_do_not_move_the_route(world: World, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        move(world, State.ACQUAINTING, by=who)


def test_two_who_move_the_same_route_move_it_once(world: World) -> None:
    seen = world.fresh()
    move(world, State.ACQUAINTING)

    with pytest.raises((Stale, CannotMoveOn)):
        state.move_on(by=By(world.mentor), route=seen, to=State.SEEKING, now=NOW)

    assert world.fresh().state == State.ACQUAINTING


def test_an_own_employee_does_not_look_for_a_workplace(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(context=Context.OWN_EMPLOYEE)

    assert State.SEEKING not in [to for to, _step in state.steps_alone(world.fresh())]
    with pytest.raises(CannotMoveOn):
        move(world, State.SEEKING)


# Stopping


@pytest.mark.parametrize("before", BEFORE_AGREED)
def test_before_anything_is_agreed_one_partner_stops_with_what_was_learned(
    world: World, before: State
) -> None:
    stands_at(world, before)

    state.stop_route(
        by=By(world.mentor), route=world.fresh(), learned="Niet de juiste plek.", now=NOW
    )

    assert world.fresh().state == State.STOPPED
    told = AuditEntry.objects.filter(route_id=world.route.pk).latest("at", "pk")
    assert told.params["why"] == "Niet de juiste plek."


def test_stopping_takes_words(world: World) -> None:
    with pytest.raises(CannotMoveOn, match="Write a few words"):
        state.stop_route(by=By(world.student), route=world.fresh(), learned="  ", now=NOW)

    assert world.fresh().state == State.PREPARING


@pytest.mark.parametrize("who", ["student", "mentor", "teacher"])
def test_what_was_agreed_is_not_stopped_by_one_partner(world: World, who: str) -> None:
    with_an_agreement(world)

    with pytest.raises((Refused, CannotMoveOn)):
        state.stop_route(
            by=By(getattr(world, who)), route=world.fresh(), learned="Het is op.", now=NOW
        )

    assert world.fresh().state == State.AGREED


def test_the_programme_ends_a_route_on_which_nobody_answers_any_more(world: World) -> None:
    with_an_agreement(world)

    state.stop_route(
        by=By(world.programme_coordinator),
        route=world.fresh(),
        learned="Niemand antwoordt nog.",
        now=NOW,
    )

    assert world.fresh().state == State.STOPPED


@pytest.mark.parametrize("ended", ENDED)
def test_what_has_ended_stays_ended(world: World, ended: State) -> None:
    stands_at(world, ended)

    told = AuditEntry.objects.filter(route_id=world.route.pk).count()

    assert state.steps_alone(world.fresh()) == []
    with contextlib.suppress(Refused, CannotMoveOn):  # a second click on stop is no mistake
        state.stop_route(by=By(world.student), route=world.fresh(), learned="Nog eens.", now=NOW)

    assert world.fresh().state == ended
    assert AuditEntry.objects.filter(route_id=world.route.pk).count() == told
