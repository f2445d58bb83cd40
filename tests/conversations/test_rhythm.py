"""The rhythm of talks: agreed by the partners, and said to both sides when it was long ago."""

from datetime import timedelta

import pytest

from tests.conversations.talks import fresh, invites, notes, slots_of
from tests.worlds import NOW, World
from tussenstop.agreements.actions import consent, proposing
from tussenstop.agreements.models import Revision
from tussenstop.agreements.rules import Answer, Kind
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.rhythm import due_for, due_on, rhythm_of
from tussenstop.conversations.rules import SUGGESTED
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

pytestmark = pytest.mark.django_db

BEGUN = NOW - timedelta(days=40)


@pytest.fixture
def going(world: World) -> World:
    """The route is under way for forty days."""
    Route.objects.filter(pk=world.route.pk).update(state=State.UNDER_WAY, state_since=BEGUN)
    return world


def due(person: Person) -> list[str]:
    return [one.kind for one in due_for(person, now=NOW)]


def test_both_sides_are_told_and_nobody_else(going: World) -> None:
    assert due(going.student) == due(going.mentor) == ["how_is_it", "feedback"]
    assert due(going.teacher) == []
    for person in (going.coach, going.godparent, going.programme_coordinator):
        assert due(person) == []


def test_a_talk_over_coffee_is_a_how_is_it_too(going: World) -> None:
    notes(going)
    assert due(going.mentor) == ["feedback"]
    notes(going, kind="feedback", day=NOW.date() - timedelta(days=30))
    (late,) = due_for(going.mentor, now=NOW)
    assert (late.last, late.days) == (NOW.date() - timedelta(days=30), 30)


def test_what_the_coach_talks_about_is_seen_in_no_reminder(going: World) -> None:
    notes(going, by=going.coach, kind="how_is_it")
    assert "how_is_it" in due(going.mentor)


def test_what_is_planned_already_needs_no_reminder(going: World) -> None:
    talk = invites(going, NOW + timedelta(days=3))
    assert due(going.student) == ["feedback"]
    inviting.call_off(by=By(going.mentor), conversation=fresh(talk), word="", now=NOW)
    assert due(going.student) == ["how_is_it", "feedback"]


def test_moments_that_passed_without_an_answer_keep_no_reminder_away(going: World) -> None:
    invites(going, NOW + timedelta(days=3))
    later = NOW + timedelta(days=4)
    assert [one.kind for one in due_for(going.student, now=later)] == ["how_is_it", "feedback"]


def test_a_planned_talk_nobody_told_of_keeps_it_away_for_a_week(going: World) -> None:
    talk = invites(going, NOW + timedelta(days=3))
    slots = list(slots_of(talk).values())
    inviting.answer(
        by=By(going.student), conversation=fresh(talk), suits=slots, seen=slots, now=NOW
    )
    assert "how_is_it" not in [
        one.kind for one in due_for(going.student, now=NOW + timedelta(days=9))
    ]
    assert "how_is_it" in [one.kind for one in due_for(going.student, now=NOW + timedelta(days=11))]


def test_a_talk_without_the_student_or_the_mentor_is_seen_in_no_reminder(going: World) -> None:
    """That mentor and coach talked, or will, the student neither counts nor learns."""
    notes(going, to=[going.coach], kind="how_is_it")
    assert due(going.student) == ["how_is_it", "feedback"]
    invites(going, NOW + timedelta(days=3), to=[going.coach])
    invites(going, NOW + timedelta(days=3), by=going.teacher)
    assert due(going.student) == ["how_is_it", "feedback"]


def test_before_the_start_and_in_a_pause_nobody_is_reminded(world: World) -> None:
    assert due(world.student) == []
    Route.objects.filter(pk=world.route.pk).update(state=State.PAUSED, state_since=BEGUN)
    assert due(world.student) == []


def propose(world: World, rhythm: dict[str, int]) -> Revision:
    agreement = proposing.propose_change(
        by=By(world.mentor),
        route=world.fresh(),
        kind=Kind.RHYTHM,
        key=uuid7(),
        title="",
        text="",
        data={"rhythm": rhythm},
        now=NOW,
    )
    return Revision.objects.get(agreement=agreement)


def test_a_rhythm_holds_when_all_partners_agreed_to_it(going: World) -> None:
    revision = propose(going, {"how_is_it": 56, "feedback": 0})
    consent.answer(by=By(going.student), revision=revision, answer=Answer.YES, now=NOW)
    assert rhythm_of(going.route) == (SUGGESTED, False)
    consent.answer(by=By(going.teacher), revision=revision, answer=Answer.YES, now=NOW)
    assert rhythm_of(going.route) == ({"how_is_it": 56, "feedback": 0}, True)
    assert due(going.student) == []
    words = str(revision.body["sections"][0]["fields"])
    assert "56" in words


def test_a_rhythm_of_what_is_no_conversation_is_refused(going: World) -> None:
    with pytest.raises(proposing.CannotPropose):
        propose(going, {"gossip": 7})


def test_many_routes_cost_no_more_than_one(going: World, django_assert_num_queries: object) -> None:
    other = Route.objects.select_related("student").exclude(pk=going.route.pk).get()
    Route.objects.filter(pk=other.pk).update(state=State.UNDER_WAY, state_since=BEGUN)
    routes = list(Route.objects.select_related("student"))
    roles = {route.pk: {"student"} for route in routes}
    for some in (routes[:1], routes):
        with django_assert_num_queries(5):  # type: ignore[operator]
            assert due_on(some, roles=roles, now=NOW)
