"""What partners see of a student's days: hours, and never what fills them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.calendars.test_actions import JOB, puts
from tests.worlds import NOW, World
from tussenstop.calendars import busy
from tussenstop.calendars.actions import Entry
from tussenstop.calendars.rules import Kind
from tussenstop.core.errors import NotFound, Refused
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
ZONE = ZoneInfo("Europe/Brussels")


def entry(kind: Kind, begin: int, end: int, day: date = MONDAY) -> Entry:
    return Entry(
        **{name: getattr(JOB, name) for name in JOB.__slots__}
        | {
            "kind": kind,
            "title": "Bij oma in Gent",
            "first_on": day,
            "starts_at": time(begin),
            "ends_at": time(end),
            "days": [day.isoweekday()],
        }
    )


def seen(world: World, person: Person) -> busy.Busy:
    return busy.week(person=person, route_id=world.route.pk, monday=MONDAY, now=NOW)


def monday_of(world: World, person: Person) -> list[tuple[int, int]] | None:
    days = seen(world, person).days
    return days[0].taken if days is not None else None


def shares(world: World, **who: Any) -> None:
    values = {"mentor": True, "teacher": True, "coach": False, **who}
    busy.share(by=By(world.student), route=world.route, now=NOW, **values)


def test_hours_that_touch_are_one_stretch_so_nobody_counts_what_fills_them(world: World) -> None:
    puts(world.student, entry(Kind.LESSON, 9, 12))
    puts(world.student, entry(Kind.CARE, 12, 14))
    puts(world.student, entry(Kind.WORK, 13, 15))
    puts(world.student, entry(Kind.REST, 18, 20))
    expected = [(9 * 60, 15 * 60), (18 * 60, 20 * 60)]
    for person in (world.mentor, world.teacher, world.student):
        assert monday_of(world, person) == expected


def test_a_night_takes_both_days(world: World) -> None:
    puts(world.student, entry(Kind.WORK, 22, 6))
    days = seen(world, world.mentor).days
    assert days
    assert days[0].taken == [(22 * 60, 24 * 60)]
    assert days[1].taken == [(0, 6 * 60)]


def test_a_coach_sees_it_when_the_student_wants_and_a_mentor_until_they_do_not(
    world: World,
) -> None:
    puts(world.student, entry(Kind.CARE, 9, 12))
    assert monday_of(world, world.coach) is None
    shares(world, coach=True, mentor=False)
    assert monday_of(world, world.coach) == [(540, 720)]
    assert monday_of(world, world.mentor) is None
    assert monday_of(world, world.teacher) == [(540, 720)]


def test_the_employer_of_an_own_employee_sees_nothing_of_home_or_study(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(context=Context.OWN_EMPLOYEE)
    puts(world.student, entry(Kind.WORK, 8, 10))
    for kind in (Kind.LESSON, Kind.EXAM, Kind.STUDY, Kind.CARE, Kind.REST, Kind.TRAVEL):
        puts(world.student, entry(kind, 14, 16))
    assert monday_of(world, world.mentor) == [(480, 600)]
    assert monday_of(world, world.teacher) == [(480, 600), (840, 960)]
    assert monday_of(world, world.student) == [(480, 600)]


def test_who_is_both_mentor_and_teacher_of_an_own_employee_sees_as_the_employer(
    world: World,
) -> None:
    Route.objects.filter(pk=world.route.pk).update(context=Context.OWN_EMPLOYEE)
    puts(world.student, entry(Kind.CARE, 14, 16))
    part = world.route.participations.get(role="teacher", person=world.teacher)
    part.person = world.mentor
    part.save()
    assert monday_of(world, world.mentor) == []


def test_only_the_student_chooses_and_others_find_nothing(world: World) -> None:
    with pytest.raises(Refused):
        busy.share(
            by=By(world.mentor), route=world.route, mentor=True, teacher=True, coach=True, now=NOW
        )
    with pytest.raises(Refused):
        seen(world, world.godparent)
    with pytest.raises(NotFound):
        seen(world, world.stranger)


def test_the_day_the_clock_goes_back_keeps_the_hours_on_the_clock(world: World) -> None:
    sunday = date(2026, 10, 25)
    puts(world.student, entry(Kind.WORK, 1, 5, sunday))
    found = busy.week(
        person=world.mentor,
        route_id=world.route.pk,
        monday=sunday - timedelta(days=6),
        now=datetime(2026, 11, 23, 10, tzinfo=ZONE),
    )
    assert found.days
    assert found.days[6].taken == [(60, 300)]
