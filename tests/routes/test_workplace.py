"""Choosing a workplace later, and giving one up."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories import (
    OrganisationFactory,
    WorkplaceFactory,
)
from tests.routes.starting import mail_to, place, start_own
from tests.worlds import FIRST_DAY, NOW, World
from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.actions import Invited
from tussenstop.people.models import Person
from tussenstop.routes.actions import workplace
from tussenstop.routes.actions.start import CannotStart, Mentor
from tussenstop.routes.models import Move, Placement, Route, Stop
from tussenstop.routes.rules import MoveCode, State

pytestmark = pytest.mark.django_db


def choose(world: World, route: Route, by: Person | None = None, **other: Any) -> Placement:
    return workplace.choose_workplace(
        **{
            "by": By(by or world.student),
            "route": route,
            "key": uuid7(),
            "place": place(world),
            "now": NOW,
            **other,
        }
    )


def test_a_workplace_chosen_later_gives_the_stops_their_days_and_the_mentor_a_letter(
    world: World,
) -> None:
    route = start_own(world)
    OutgoingMail.objects.all().delete()

    choose(world, route, mentors=[Mentor(Invited("mentor@example.org", "Mia Mentor"))])

    onboarding = Stop.objects.get(route=route, kind="onboarding")
    assert onboarding.aimed_on == FIRST_DAY
    assert len(mail_to("mentor@example.org")) == 1
    assert not Move.objects.filter(route=route, code=MoveCode.CHOOSE_WORKPLACE).exists()


def test_a_stop_that_has_its_date_keeps_it_when_the_workplace_comes_later(world: World) -> None:
    route = start_own(world)
    planned = Stop.objects.get(route=route, kind="starting_position")
    Stop.objects.filter(pk=planned.pk).update(starts_at=NOW)

    choose(world, route)

    assert Stop.objects.get(pk=planned.pk).aimed_on is None


def test_the_same_choice_sent_twice_is_one_workplace(world: World) -> None:
    route = start_own(world)
    key = uuid7()

    assert choose(world, route, key=key) == choose(world, route, key=key)

    assert Placement.objects.filter(route=route).count() == 1


def test_one_workplace_can_not_be_chosen_twice_for_the_same_days(world: World) -> None:
    with pytest.raises(CannotStart) as refusal:
        choose(world, world.fresh())

    assert refusal.value.field == "starts_on"


def test_a_second_workplace_after_the_first_leaves_the_days_of_the_stops(world: World) -> None:
    later = date(2027, 9, 6)
    other = WorkplaceFactory(organisation=OrganisationFactory())

    choose(
        world,
        world.fresh(),
        place=place(world, workplace=other, starts_on=later, ends_on=later + timedelta(days=99)),
    )

    assert Placement.objects.filter(route=world.route).count() == 2
    assert world.stop("onboarding").aimed_on == FIRST_DAY


@pytest.mark.parametrize("state", [State.PAUSED, State.COMPLETED, State.STOPPED])
def test_a_route_that_rests_or_ended_takes_no_workplace(world: World, state: State) -> None:
    route = start_own(world)
    route.state = state

    with pytest.raises(CannotStart):
        choose(world, route)


@pytest.mark.parametrize("role", ["mentor", "teacher", "coach", "organisation_coordinator"])
def test_the_others_on_the_route_do_not_choose_the_workplace(world: World, role: str) -> None:
    with pytest.raises(Refused):
        choose(world, world.fresh(), by=getattr(world, role))


@pytest.mark.parametrize("role", ["other_student", "other_programme_coordinator", "stranger"])
def test_who_does_the_same_elsewhere_finds_no_route_here(world: World, role: str) -> None:
    with pytest.raises(NotFound):
        choose(world, world.fresh(), by=getattr(world, role))


def test_the_programme_may_choose_for_the_student(world: World) -> None:
    route = start_own(world)

    choose(world, route, by=world.programme_coordinator)

    entry = AuditEntry.objects.get(route_id=route.pk, code="placement.chosen")
    assert entry.actor_label == world.programme_coordinator.name


def leave(world: World, by: Person | None = None) -> None:
    workplace.leave_workplace(
        by=By(by or world.student), route=world.fresh(), placement=world.placement, now=NOW
    )


def test_who_was_asked_at_a_workplace_that_was_not_it_is_told_and_sees_no_more(
    world: World,
) -> None:
    OutgoingMail.objects.all().delete()

    for _click in range(2):
        leave(world)

    assert Placement.objects.get(pk=world.placement.pk).ended_at == NOW
    assert len(mail_to(world.mentor.email)) == len(mail_to(world.godparent.email)) == 1
    assert mail_to(world.teacher.email) == []
    for person in (world.mentor, world.godparent, world.organisation_coordinator):
        with pytest.raises(NotFound):
            checks.require(person, OnRoute.SEE, world.route, now=NOW)
    checks.require(world.teacher, OnRoute.SEE, world.route, now=NOW)
    assert Move.objects.filter(route=world.route, code=MoveCode.CHOOSE_WORKPLACE).exists()
    assert AuditEntry.objects.filter(route_id=world.route.pk, code="placement.ended").count() == 1


def test_an_organisation_with_a_second_workplace_keeps_its_sight(world: World) -> None:
    second = WorkplaceFactory(organisation=world.organisation)
    choose(world, world.fresh(), place=place(world, workplace=second))

    leave(world)

    checks.require(world.organisation_coordinator, OnRoute.SEE, world.route, now=NOW)


@pytest.mark.parametrize("state", [State.AGREED, State.UNDER_WAY, State.PAUSED])
def test_what_was_agreed_is_not_given_up_alone(world: World, state: State) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=state)

    with pytest.raises(CannotStart):
        leave(world)


@pytest.mark.parametrize(
    ("role", "refusal"),
    [("mentor", Refused), ("organisation_coordinator", Refused), ("other_student", NotFound)],
)
def test_others_do_not_give_the_workplace_up(
    world: World, role: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        leave(world, by=getattr(world, role))
