"""A date for a stop: proposed by one, held when everybody it needs has said yes."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import moments, stops
from tussenstop.routes.actions.moments import CannotPlan
from tussenstop.routes.models import Moment, MomentAnswer, Move, Route, Stop
from tussenstop.routes.rules import MoveCode, State

SOON = NOW + timedelta(days=7)


@pytest.fixture
def world(db: None) -> World:
    return a_route_with_three_partners()


def first(world: World) -> Stop:
    """The current stop, which needs the student and the teacher."""
    return world.stop("starting_position")


def with_three(world: World) -> Stop:
    """A stop that needs all three."""
    return world.stop("start_conversation")


def propose(by: Person, stop: Stop, **other: Any) -> Moment:
    return moments.propose_moment(
        **{
            "by": By(by),
            "stop": stop,
            "key": uuid7(),
            "starts_at": SOON,
            "minutes": 60,
            "place": "Lokaal 4",
            "now": NOW,
            **other,
        }
    )


def answer(by: Person, moment: Moment, *, suits: bool = True, **other: Any) -> None:
    fresh = Moment.objects.select_related("stop__route__student", "proposed_by").get(pk=moment.pk)
    moments.answer_moment(**{"by": By(by), "moment": fresh, "suits": suits, "now": NOW, **other})


def told(code: str, world: World) -> list[str]:
    entries = AuditEntry.objects.filter(route_id=world.route.pk, code=code).order_by("pk")
    return list(entries.values_list("actor_label", flat=True))


def letters(person: Person) -> int:
    return OutgoingMail.objects.filter(to=person.email).count()


def test_everybody_the_stop_needs_is_asked_by_letter_except_who_proposes(world: World) -> None:
    OutgoingMail.objects.all().delete()

    moment = propose(world.student, with_three(world))

    asked = set(moment.answers.values_list("person__name", flat=True))
    assert asked == {"Mo Mentor", "Tine Docent"}
    assert (letters(world.mentor), letters(world.teacher), letters(world.student)) == (1, 1, 0)
    assert Stop.objects.get(pk=moment.stop_id).starts_at is None


def test_the_date_holds_when_the_last_one_says_yes(world: World) -> None:
    moment = propose(world.student, with_three(world))

    answer(world.mentor, moment)
    assert Stop.objects.get(pk=moment.stop_id).starts_at is None
    answer(world.teacher, moment)

    stop = Stop.objects.get(pk=moment.stop_id)
    assert (stop.starts_at, stop.minutes, stop.place) == (SOON, 60, "Lokaal 4")
    assert told("moment.set", world) == [""]
    assert Moment.objects.get().ended_at == NOW


def test_one_no_ends_the_proposal_and_the_proposer_is_told_why(world: World) -> None:
    moment = propose(world.student, with_three(world))
    OutgoingMail.objects.all().delete()

    answer(world.mentor, moment, suits=False, word="Dan is het teamdag.")

    assert Moment.objects.get().ended_at == NOW
    letter = OutgoingMail.objects.get()
    assert letter.to == world.student.email
    assert "Dan is het teamdag." in letter.text
    with pytest.raises(Stale):
        answer(world.teacher, moment)


def test_who_said_yes_may_still_say_no_while_others_are_asked(world: World) -> None:
    moment = propose(world.student, with_three(world))

    answer(world.mentor, moment)
    answer(world.mentor, moment, suits=False)

    assert Moment.objects.get().ended_at == NOW
    assert told("moment.declined", world) == ["Mo Mentor"]


def test_a_double_tap_is_one_answer(world: World) -> None:
    moment = propose(world.student, with_three(world))

    for _tap in range(2):
        answer(world.mentor, moment)
    for _tap in range(2):
        answer(world.teacher, moment)

    assert told("moment.accepted", world) == ["Mo Mentor", "Tine Docent"]
    assert told("moment.set", world) == [""]


def test_a_second_proposal_takes_the_place_of_the_first(world: World) -> None:
    stop = with_three(world)
    earlier = propose(world.student, stop)
    answer(world.mentor, earlier)

    later = propose(world.teacher, stop, starts_at=SOON + timedelta(days=1))

    assert list(Moment.objects.filter(ended_at=None)) == [later]
    assert set(later.answers.values_list("person__name", "suits")) == {
        ("Mo Mentor", None),
        ("Sara Student", None),
    }
    with pytest.raises(Stale):
        answer(world.teacher, earlier)


def test_a_date_that_held_stays_until_the_new_one_holds(world: World) -> None:
    stop = first(world)
    answer(world.teacher, propose(world.student, stop))

    new = propose(world.student, stop, starts_at=SOON + timedelta(days=2))
    assert Stop.objects.get(pk=stop.pk).starts_at == SOON
    answer(world.teacher, new)

    assert Stop.objects.get(pk=stop.pk).starts_at == SOON + timedelta(days=2)


def test_alone_one_needs_nobody_to_agree(world: World) -> None:
    stop = first(world)
    Stop.objects.filter(pk=stop.pk).update(attends=["student"])

    propose(world.student, first(world))

    assert Stop.objects.get(pk=stop.pk).starts_at == SOON


@pytest.mark.parametrize("role", ["coach", "student", "other_teacher", "stranger"])
def test_who_was_not_asked_finds_nothing_to_answer(world: World, role: str) -> None:
    moment = propose(world.student, with_three(world))

    with pytest.raises(NotFound):
        answer(getattr(world, role), moment)

    assert not MomentAnswer.objects.exclude(at=None).exists()


def test_a_moment_that_has_passed_is_refused_beside_the_day(world: World) -> None:
    with pytest.raises(CannotPlan) as refusal:
        propose(world.student, first(world), starts_at=NOW)

    assert refusal.value.field == "day"


def test_the_same_form_sent_twice_proposes_once(world: World) -> None:
    OutgoingMail.objects.all().delete()
    key = uuid7()

    assert propose(world.student, first(world), key=key) == propose(
        world.student, first(world), key=key
    )

    assert letters(world.teacher) == 1


@pytest.mark.parametrize("change", [{"done_at": NOW}, {"skipped_at": NOW}])
def test_a_stop_behind_us_needs_no_date(world: World, change: dict[str, Any]) -> None:
    moment = propose(world.student, first(world))
    Stop.objects.filter(pk=moment.stop_id).update(**change)

    with pytest.raises(CannotPlan):
        propose(world.student, first(world))
    with pytest.raises(CannotPlan):
        answer(world.teacher, moment)


def test_a_route_that_ended_needs_no_date(world: World) -> None:
    moment = propose(world.student, first(world))
    Route.objects.filter(pk=world.route.pk).update(state=State.STOPPED)

    with pytest.raises(CannotPlan):
        propose(world.student, first(world))
    with pytest.raises(CannotPlan):
        answer(world.teacher, moment)


def test_closing_a_stop_ends_what_was_still_proposed(world: World) -> None:
    moment = propose(world.student, first(world))
    stops.save_outcome(by=By(world.student), stop=first(world), text="Rond", seen=0, now=NOW)

    stops.close_stop(by=By(world.student), stop=first(world), now=NOW)

    with pytest.raises(CannotPlan):
        answer(world.teacher, moment)
    assert Moment.objects.get().ended_at == NOW


def test_only_the_proposer_takes_a_proposal_back(world: World) -> None:
    moment = propose(world.student, first(world))

    with pytest.raises(CannotPlan):
        moments.withdraw_moment(by=By(world.teacher), moment=moment, now=NOW)
    moments.withdraw_moment(by=By(world.student), moment=moment, now=NOW)
    moments.withdraw_moment(by=By(world.student), moment=moment, now=NOW)

    assert told("moment.withdrawn", world) == ["Sara Student"]
    assert Moment.objects.get().ended_at == NOW


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        ("organisation_coordinator", Refused),
        ("godparent", Refused),
        ("other_student", NotFound),
        ("other_mentor", NotFound),
        ("other_teacher", NotFound),
        ("stranger", NotFound),
    ],
)
def test_who_may_set_no_dates_proposes_none(
    world: World, role: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        propose(getattr(world, role), first(world))


def test_a_school_that_plans_for_its_teachers_asks_everybody_the_stop_needs(world: World) -> None:
    moment = propose(world.programme_coordinator, first(world))

    asked = {answer.person.name for answer in moment.answers.select_related("person")}
    assert asked == {"Sara Student", "Tine Docent"}


def test_the_move_goes_from_planning_to_answering_to_closing(world: World) -> None:
    planning = (MoveCode.PLAN_STOP, MoveCode.ANSWER_MOMENT, MoveCode.CLOSE_STOP)

    def open_moves() -> set[tuple[str, str]]:
        found = Move.objects.filter(route=world.route, code__in=planning)
        return {(move.code, move.person.name) for move in found if move.person}

    assert open_moves() == {("plan_stop", "Sara Student")}
    moment = propose(world.student, first(world))
    assert open_moves() == {("answer_moment", "Tine Docent")}
    answer(world.teacher, moment, suits=False)
    assert open_moves() == {("plan_stop", "Sara Student")}
    answer(world.teacher, propose(world.student, first(world)))
    assert open_moves() == {("close_stop", "Sara Student")}


def test_two_who_answer_from_pages_of_the_same_moment_are_both_heard(world: World) -> None:
    moment = propose(world.student, with_three(world))
    pages = [
        Moment.objects.select_related("stop__route__student").get(pk=moment.pk) for _who in range(2)
    ]

    for person, page in zip((world.mentor, world.teacher), pages, strict=True):
        moments.answer_moment(by=By(person), moment=page, suits=True, now=NOW)

    assert Stop.objects.get(pk=moment.stop_id).starts_at == SOON


def at_the_same_time(*acts: Callable[[], object]) -> list[Exception]:
    """Run these in threads that begin together; what they refuse comes back."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory knows no two writers")
    barrier, refusals = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            act()
        except Exception as error:  # noqa: BLE001 - handed to the test
            refusals.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_very_same_moment_both_count() -> None:
    world = a_route_with_three_partners()
    moment = propose(world.student, with_three(world))

    refusals = at_the_same_time(
        lambda: answer(world.mentor, moment), lambda: answer(world.teacher, moment)
    )

    assert refusals == []
    assert Stop.objects.get(pk=moment.stop_id).starts_at == SOON
    assert told("moment.set", world) == [""]


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_no_at_the_very_same_moment_never_make_a_date() -> None:
    world = a_route_with_three_partners()
    moment = propose(world.student, with_three(world))

    refusals = at_the_same_time(
        lambda: answer(world.mentor, moment),
        lambda: answer(world.teacher, moment, suits=False),
    )

    assert all(isinstance(error, Stale) for error in refusals)
    assert Stop.objects.get(pk=moment.stop_id).starts_at is None
    assert Moment.objects.get().ended_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_dates_proposed_at_the_very_same_moment_leave_one_on_the_table() -> None:
    world = a_route_with_three_partners()
    stop = with_three(world)

    refusals = at_the_same_time(
        lambda: propose(world.student, stop), lambda: propose(world.teacher, stop)
    )

    assert all(isinstance(error, Stale) for error in refusals)
    assert Moment.objects.filter(ended_at=None).count() == 1
