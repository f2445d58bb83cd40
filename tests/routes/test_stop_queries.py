"""What the page of a stop shows: what is known by itself, and the one thing to do now."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import moments, preparations, stops
from tussenstop.routes.models import Moment, Placement, Route, Stop
from tussenstop.routes.rules import State
from tussenstop.routes.stop_queries import Facts, StopPage, is_known, stop_page

pytestmark = pytest.mark.django_db

NOTHING = Facts(agreed=False, placed=False, mentor_accepted=False, teacher_accepted=False)


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


def see(person: Person, stop: Stop) -> StopPage:
    return stop_page(person=person, stop_id=stop.pk, now=NOW)


@pytest.mark.parametrize(
    ("automatic", "facts", "expected"),
    [
        ("start_agreement_accepted", {}, False),
        ("start_agreement_accepted", {"agreed": True}, True),
        ("mentor_accepted", {"teacher_accepted": True, "placed": True}, False),
        ("mentor_accepted", {"mentor_accepted": True}, True),
        ("teacher_known", {"mentor_accepted": True}, False),
        ("teacher_known", {"teacher_accepted": True}, True),
        ("period_agreed", {"placed": True}, False),
        ("period_agreed", {"agreed": True}, False),
        ("period_agreed", {"agreed": True, "placed": True}, True),
        ("something_newer", {"agreed": True, "placed": True}, False),
    ],
)
def test_what_the_route_tells_by_itself(
    automatic: str, facts: dict[str, bool], expected: bool
) -> None:
    stop = Stop(position=0)
    known = Facts(
        **{
            "agreed": False,
            "placed": False,
            "mentor_accepted": False,
            "teacher_accepted": False,
            **facts,
        }
    )

    assert is_known(automatic, stop=stop, stops=[stop], facts=known) is expected


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ({}, False),
        ({"starts_at": NOW}, True),
        ({"done_at": NOW}, True),
    ],
)
def test_a_date_is_known_once_everybody_agreed_to_it(stop: dict[str, Any], expected: bool) -> None:
    it = Stop(position=0, **stop)

    assert is_known("date_set", stop=it, stops=[it], facts=NOTHING) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], True),
        ([{}], False),
        ([{"done_at": NOW}], True),
        ([{"done_at": NOW}, {"skipped_at": NOW}], True),
        ([{}, {"skipped_at": NOW}], False),
        ([{"done_at": NOW}, {"stretch": True}], True),
        ([{}, {"done_at": NOW}], True),
    ],
)
def test_the_stop_before_is_the_last_one_that_counts(
    before: list[dict[str, Any]], expected: bool
) -> None:
    earlier = [Stop(position=i, **fields) for i, fields in enumerate(before)]
    it = Stop(position=len(before))

    known = is_known("previous_stop_done", stop=it, stops=[*earlier, it], facts=NOTHING)

    assert known is expected


def test_the_checklist_follows_the_people_of_the_route(world: World) -> None:
    def done(automatic: str) -> bool:
        page = see(world.student, world.stop("talent_matching"))
        keys = {i.pk: i.automatic for i in page.stop.checklist.all()}
        return next(item.done for item in page.checklist if keys[item.id] == automatic)

    assert done("mentor_accepted")
    Participation.objects.filter(route=world.route, role="mentor").update(ended_at=NOW)
    assert not done("mentor_accepted")


def test_the_period_is_known_with_the_start_agreement(world: World) -> None:
    def done() -> list[bool]:
        page = see(world.student, world.stop("start_conversation"))
        return [item.done for item in page.checklist if item.automatic]

    assert done() == [False, False, False]
    Route.objects.filter(pk=world.route.pk).update(agreed_at=NOW)
    assert done() == [False, True, True]
    Placement.objects.filter(route=world.route).update(ended_at=NOW)
    assert done() == [False, False, True]


def test_built_in_points_are_told_from_added_ones(world: World) -> None:
    stop = world.stop("onboarding")
    stops.add_agenda_point(by=By(world.mentor), stop=stop, key=uuid7(), text="Fiets", now=NOW)

    agenda = see(world.student, stop).agenda

    assert agenda[0].text == "Meeting the team and your godparent"
    assert agenda[0].by is None
    assert (agenda[-1].text, agenda[-1].by, agenda[-1].role) == ("Fiets", world.mentor, "mentor")


def test_a_dropped_point_is_gone(world: World) -> None:
    stop = world.stop("onboarding")
    point = see(world.student, stop).agenda[0]

    stops.drop_agenda_point(by=By(world.mentor), stop=stop, point_id=point.id, now=NOW)

    assert point not in see(world.student, stop).agenda


def test_a_stop_without_a_kind_works_by_its_own_words(world: World) -> None:
    own = Stop.objects.create(
        route=world.route,
        own_name="Beroepsdag",
        own_purpose="Samen kijken.",
        position=40,
        lead="student",
        attends=["student", "mentor"],
    )

    page = see(world.mentor, own)

    assert (page.name, page.purpose, page.hoped_for) == ("Beroepsdag", "Samen kijken.", "")
    assert (page.agenda, page.checklist) == ([], [])


# The one thing to do now


def propose(world: World, by: Person, stop: Stop, days: int = 3) -> Moment:
    return moments.propose_moment(
        by=By(by),
        stop=stop,
        key=uuid7(),
        starts_at=NOW + timedelta(days=days),
        minutes=45,
        place="",
        now=NOW,
    )


def steps(world: World) -> dict[str, str]:
    """What each sees as the one thing to do at the current stop, of student and teacher."""
    stop = world.stop("starting_position")
    people = ("student", "teacher", "coach", "programme_coordinator")
    return {name: see(getattr(world, name), stop).next_step for name in people}


def test_the_next_step_goes_from_planning_to_closing(world: World) -> None:
    stop = world.stop("starting_position")
    assert steps(world) == {
        "student": "plan",
        "teacher": "plan",
        "coach": "plan",
        "programme_coordinator": "",
    }

    moment = propose(world, world.student, stop)
    assert steps(world)["student"] == "prepare"
    assert steps(world)["teacher"] == "answer"
    assert steps(world)["coach"] == ""

    fresh = Moment.objects.select_related("stop__route__student", "proposed_by").get(pk=moment.pk)
    moments.answer_moment(by=By(world.teacher), moment=fresh, suits=True, now=NOW)
    assert steps(world)["teacher"] == "prepare"

    preparations.save_preparation(
        by=By(world.teacher), stop=stop, answers={"free": "Ok"}, seen=0, now=NOW
    )
    assert steps(world)["teacher"] == ""

    Stop.objects.filter(pk=stop.pk).update(starts_at=NOW - timedelta(days=1))
    assert steps(world)["teacher"] == "outcome"

    stops.save_outcome(by=By(world.teacher), stop=stop, text="Rond", seen=0, now=NOW)
    assert steps(world)["student"] == "close"

    stops.close_stop(by=By(world.teacher), stop=stop, now=NOW)
    assert set(steps(world).values()) == {""}


def test_a_stop_ahead_asks_nothing_yet(world: World) -> None:
    assert see(world.student, world.stop("interim")).next_step == ""


def test_a_route_that_ended_asks_nothing(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=State.STOPPED)

    page = see(world.student, world.stop("starting_position"))

    assert (page.next_step, page.may_work) == ("", False)


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        ("godparent", Refused),
        ("organisation_coordinator", Refused),
        ("other_student", NotFound),
        ("other_mentor", NotFound),
        ("other_teacher", NotFound),
        ("other_programme_coordinator", NotFound),
        ("stranger", NotFound),
    ],
)
def test_who_may_not_open_a_stop_is_refused(
    world: World, role: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        see(getattr(world, role), world.stop("onboarding"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_was_written(
    world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stop = world.stop("start_conversation")
    stop.agenda.all().delete()
    people = (world.student, world.mentor, world.teacher)[:count]
    for person in people:
        stops.add_agenda_point(by=By(person), stop=stop, key=uuid7(), text="Fiets", now=NOW)
        stops.add_checklist_item(
            by=By(person), stop=stop, key=uuid7(), text="Helm", who="student", now=NOW
        )
        preparations.save_preparation(
            by=By(person), stop=stop, answers={"free": "Ok"}, seen=0, share=True, now=NOW
        )
    propose(world, world.coach, stop)

    with django_assert_num_queries(15):
        page = see(world.student, stop)

    assert (len(page.agenda), len(page.shared)) == (count, count)
