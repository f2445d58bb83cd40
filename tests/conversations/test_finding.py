"""Moments that may suit all: from the calendars that may be reckoned with, and no further."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.hours.writing import a_planned_day
from tests.worlds import NOW, World
from tussenstop.calendars import actions as calendars
from tussenstop.calendars import busy
from tussenstop.calendars.actions import Entry
from tussenstop.calendars.rules import Kind, Repeat
from tussenstop.conversations.finding import moments_for, pick
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.queries import get_route

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=n) for n in range(5)]


def test_one_moment_a_day_morning_and_afternoon_in_turn() -> None:
    found = pick(DAYS, minutes=30, taken=[])
    assert [day for day, _begin in found] == DAYS
    assert [begin for _day, begin in found] == [600, 840, 600, 840, 600]


def test_what_one_of_them_has_taken_is_gone_around() -> None:
    morning, whole = {MONDAY: [(0, 720)]}, {DAYS[1]: [(0, 1440)]}
    found = pick(DAYS[:2], minutes=60, taken=[morning, whole])
    assert found == [(MONDAY, 840)]


def test_days_at_the_workplace_come_first() -> None:
    liked = [(DAYS[3], 780, 1020)]
    assert pick(DAYS, minutes=30, taken=[], liked=liked, most=1) == [(DAYS[3], 840)]


def test_a_talk_fits_in_the_hours_at_the_workplace() -> None:
    assert pick(DAYS[:1], minutes=60, taken=[], liked=[(MONDAY, 600, 630)]) == []


def busy_on(person: Person, day: date, kind: Kind = Kind.CARE) -> None:
    calendars.add(
        by=By(person),
        key=uuid7(),
        entry=Entry(
            kind=kind,
            title="Naar de dokter",
            first_on=day,
            last_on=None,
            starts_at=time(8),
            ends_at=time(18),
            every_weeks=Repeat.ONCE,
            days=(),
            until=None,
            movable=False,
        ),
        now=NOW,
    )


def days_for(world: World, viewer: Person, *people: Person) -> tuple[list[date], list[str]]:
    view = get_route(person=viewer, route_id=world.route.pk, now=NOW)
    roles = {world.part(person).role for person in people}
    found = moments_for(view=view, people=people, roles=roles, minutes=30, now=NOW)
    days = [timezone.localdate(moment) for moment in found.moments]
    return days, [person.name for person in found.unknown]


@pytest.mark.django_db
class TestCalendars:
    def test_the_calendar_that_a_student_shows_is_gone_around(self, world: World) -> None:
        tuesday = MONDAY + timedelta(days=1)
        busy_on(world.student, tuesday)
        days, unknown = days_for(world, world.mentor, world.student, world.mentor)
        assert tuesday not in days
        assert unknown == []

    def test_what_a_student_keeps_to_themselves_is_not_reckoned_with(self, world: World) -> None:
        tuesday = MONDAY + timedelta(days=1)
        busy_on(world.student, tuesday)
        busy.share(
            by=By(world.student),
            route=world.route,
            mentor=False,
            teacher=False,
            coach=False,
            now=NOW,
        )
        days, unknown = days_for(world, world.mentor, world.student, world.mentor)
        assert tuesday in days
        assert unknown == [world.student.name]

    def test_one_knows_ones_own_calendar_and_nobody_knows_the_mentors(self, world: World) -> None:
        tuesday = MONDAY + timedelta(days=1)
        busy_on(world.mentor, tuesday)
        assert tuesday not in days_for(world, world.mentor, world.student, world.mentor)[0]
        days, unknown = days_for(world, world.student, world.student, world.mentor)
        assert tuesday in days
        assert unknown == [world.mentor.name]

    def test_with_the_mentor_one_talks_while_at_the_workplace(self, world: World) -> None:
        day = MONDAY + timedelta(days=10)
        a_planned_day(world, day)
        assert day in days_for(world, world.mentor, world.student, world.mentor)[0]

    def test_moments_begin_tomorrow_and_leave_weekends_and_holidays_alone(
        self, world: World
    ) -> None:
        view = get_route(person=world.mentor, route_id=world.route.pk, now=NOW)
        christmas_eve = datetime(2026, 12, 24, 9, tzinfo=NOW.tzinfo)
        found = moments_for(view=view, people=[], roles=set(), minutes=30, now=christmas_eve)
        days = [timezone.localdate(moment) for moment in found.moments]
        assert days[0] == date(2026, 12, 28)
        assert date(2027, 1, 1) not in days
