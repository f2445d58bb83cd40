"""Letters about talks that were long ago: the same for both sides, and seldom."""

from datetime import timedelta
from typing import Any

import pytest

from tests.conversations.reminding import BEGUN, goes_on, reminded_on
from tests.conversations.talks import TODAY, fresh, invites, notes
from tests.messages.letters import be_calm
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.conversations import jobs, reminders
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.models import Reminded
from tussenstop.core import clock, daily
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import actions, preferences
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import Kind, Way
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
RHYTHM = timedelta(days=14)


@pytest.fixture
def going(world: World) -> World:
    """A route that went under way twenty days ago, and no talk since."""
    Person.objects.update(language="en")
    goes_on(world.route)
    return world


def both(world: World) -> list[str]:
    return sorted([world.student.email, world.mentor.email])


def test_both_sides_get_the_same_words_and_read_that_the_other_got_them(going: World) -> None:
    assert reminded_on(going, NOW) == both(going)
    bodies = {
        text.replace(f"Hello {one.first_name},", "")
        for one in (going.student, going.mentor)
        for text in OutgoingMail.objects.filter(to=one.email).values_list("text", flat=True)
    }
    (body,) = [text.partition("\n--")[0] for text in bodies][:1]
    assert all(text.startswith(body) for text in bodies)
    assert "This same reminder goes to Mo Mentor and Sara Student." in body
    assert f"/routes/{going.route.pk}/conversations/" in body


def test_it_is_a_reminder_so_everybody_chooses_how_it_comes(
    going: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_calm(monkeypatch)
    wanted = preferences.wanted_by(going.mentor)
    actions.choose(
        by=By(going.mentor),
        seen=0,
        ways={**wanted.ways, Kind.REMINDERS: Way.PAGE},
        quiet=wanted.quiet,
        now=NOW,
    )
    assert reminded_on(going, NOW) == []
    notices = Notice.objects.filter(kind=Kind.REMINDERS)
    assert {one.person_id: one.due_at is None for one in notices} == {
        going.student.pk: False,
        going.mentor.pk: True,
    }


def test_it_comes_once_and_once_more_a_whole_rhythm_later(going: World) -> None:
    days = [day for day in range(60) if "mo.mentor" in str(reminded_on(going, NOW + day * ONE_DAY))]
    how_is_it = Reminded.objects.get(kind="how_is_it")
    assert days[0] == 0
    assert how_is_it.number == 2
    assert how_is_it.on == TODAY + RHYTHM
    # Feedback in its own rhythm of four weeks, and nothing else.
    assert days == [0, 9, 14, 37]


def test_a_day_without_a_worker_is_made_up_for(going: World) -> None:
    assert reminded_on(going, NOW + 3 * ONE_DAY) == both(going)


def test_after_a_talk_it_begins_anew(going: World) -> None:
    reminded_on(going, NOW)
    notes(going, day=TODAY)
    assert reminded_on(going, NOW + RHYTHM) == both(going)  # feedback, by then
    assert reminded_on(going, NOW + RHYTHM + ONE_DAY) == both(going)
    assert Reminded.objects.get(kind="how_is_it").number == 1


def test_who_notes_an_old_talk_is_not_reminded_the_next_day(going: World) -> None:
    reminded_on(going, NOW)
    notes(going, day=TODAY - timedelta(days=18))
    assert reminded_on(going, NOW + ONE_DAY) == []
    assert reminded_on(going, NOW + RHYTHM) != []


def test_what_is_planned_needs_no_letter_and_what_fell_through_brings_no_second_one(
    going: World,
) -> None:
    talk = invites(going, NOW + timedelta(days=3))
    assert reminded_on(going, NOW) == []
    inviting.call_off(by=By(going.mentor), conversation=fresh(talk), word="", now=NOW)
    assert reminded_on(going, NOW + ONE_DAY) == both(going)
    assert reminded_on(going, NOW + 2 * ONE_DAY) == []


@pytest.mark.parametrize("state", [State.PAUSED, State.AGREED, State.COMPLETED, State.STOPPED])
def test_a_route_that_rests_or_is_over_reminds_nobody(going: World, state: State) -> None:
    Route.objects.filter(pk=going.route.pk).update(state=state)
    assert reminded_on(going, NOW) == []


def test_with_one_side_missing_nobody_is_reminded(going: World) -> None:
    Participation.objects.filter(route=going.route, person=going.mentor).update(ended_at=NOW)
    assert reminded_on(going, NOW) == []


def test_a_talk_of_three_is_said_to_all_three(going: World) -> None:
    goes_on(going.route, since=NOW - timedelta(days=90))
    reminded_on(going, NOW)
    told = OutgoingMail.objects.filter(subject__startswith="Three-way")
    assert set(told.values_list("to", flat=True)) == {
        going.student.email,
        going.mentor.email,
        going.teacher.email,
    }


def test_many_routes_take_as_many_reads_as_one(
    going: World, django_assert_num_queries: Any
) -> None:
    other = Route.objects.exclude(pk=going.route.pk).get()
    goes_on(other)
    routes = reminders.next_routes(reminders.FIRST)
    assert len(routes) == 2
    reminders.remind(routes, NOW)
    for some in (routes[:1], routes):
        # What needs no letter any more is only read, in one transaction.
        with django_assert_num_queries(9):
            reminders.remind(some, NOW)


def test_the_work_of_the_day_goes_on_until_every_route_was_looked_at(
    going: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    goes_on(Route.objects.exclude(pk=going.route.pk).get())
    monkeypatch.setattr(reminders, "BATCH", 1)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(daily, "_works", {"conversations": jobs.begin})
    OutgoingMail.objects.all().delete()
    for _worker in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            daily.tick(NOW)
    told = list(OutgoingMail.objects.values_list("to", flat=True))
    assert sorted(told) == sorted(
        [*both(going), going.other_student.email, going.other_mentor.email]
    )


def test_routes_that_went_wrong_keep_no_letter_of_the_others_back(
    going: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on(Route.objects.exclude(pk=going.route.pk).get())
    monkeypatch.setattr(reminders, "BATCH", 1)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    OutgoingMail.objects.all().delete()
    first, remind = reminders.next_routes(reminders.FIRST)[0], reminders.remind

    def fails_on_the_first(routes: list[Route], now: Any) -> None:
        if routes[0].pk == first.pk:
            raise MemoryError
        remind(routes, now)

    monkeypatch.setattr(reminders, "remind", fails_on_the_first)
    jobs.remind_job.enqueue(reminders.FIRST.hex)
    assert OutgoingMail.objects.count() == 2


def test_the_route_begins_the_count(going: World) -> None:
    assert reminded_on(going, BEGUN + RHYTHM) == []
    assert reminded_on(going, BEGUN + RHYTHM + ONE_DAY) == both(going)
