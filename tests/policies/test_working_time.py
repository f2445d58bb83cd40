"""Working time: what is too much is told, what is just enough is not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.calendars.test_actions import JOB, puts
from tests.worlds import NOW, World
from tussenstop.calendars import queries as calendars
from tussenstop.calendars.actions import Entry
from tussenstop.policies.queries import held
from tussenstop.policies.rules import BUILT_IN
from tussenstop.policies.working_time import check

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = date(2026, 11, 23)


def warned(
    *shifts: tuple[int, float, float], monday: date = MONDAY
) -> list[tuple[str, str, float]]:
    """Shifts as (day of the week from 0, hour, hours): the rule, the day, and how many hours."""
    midnight = datetime.combine(monday, time(), BRUSSELS)
    stretches = []
    for day, hour, hours in shifts:
        begin = datetime.combine(monday + timedelta(days=day), time(), BRUSSELS)
        begin = begin.replace(hour=int(hour), minute=int(hour % 1 * 60))
        end = (begin + timedelta(hours=hours)).replace(tzinfo=BRUSSELS)
        stretches.append((begin, end))
    rules = held(on=monday, institution=None)
    return [
        (one.held.rule.code.value.partition(".")[2], f"{one.day:%a}", round(one.hours, 2))
        for one in check(stretches, monday=monday, midnight=midnight, held=rules)
    ]


def test_an_ordinary_week_is_fine() -> None:
    assert warned(*((day, 9, 8) for day in range(5))) == []
    assert warned() == []


def test_a_long_day_and_a_long_week_are_told() -> None:
    assert warned((0, 8, 9.5)) == [("day", "Mon", 9.5)]
    assert warned(*((day, 8, 8.5) for day in range(5))) == [("week", "Mon", 42.5)]


def test_job_and_workplace_on_the_same_day_count_together() -> None:
    assert warned((1, 8, 5), (1, 14, 5)) == [("day", "Tue", 10)]


def test_what_overlaps_counts_once() -> None:
    assert warned((1, 8, 6), (1, 10, 6)) == []


def test_a_late_shift_before_an_early_one() -> None:
    assert warned((1, 15, 8), (2, 7, 8)) == [("rest", "Wed", 8)]
    assert warned((1, 13, 8), (2, 8, 8)) == []


def test_the_sunday_before_counts_for_the_rest_of_monday() -> None:
    assert warned((-1, 14, 8), (0, 6, 4)) == [("rest", "Mon", 8)]


def test_a_shift_until_after_midnight_before_the_same_day() -> None:
    assert ("rest", "Wed", 7) in warned((1, 18, 8), (2, 9, 4))


def test_a_pause_within_a_day_is_no_rest() -> None:
    assert warned((1, 8, 3), (1, 17, 3)) == []


def test_seven_days_without_a_long_rest() -> None:
    assert warned(*((day, 9, 5) for day in range(-1, 8))) == [("weekly-rest", "Mon", 19)]


def test_the_night_in_which_the_clock_changes_is_reckoned_as_it_passes() -> None:
    monday = date(2027, 3, 22)  # the clock goes forward in the night of the Sunday
    assert warned((5, 15, 8), (6, 10, 4), monday=monday) == [("rest", "Sun", 10)]


def test_every_built_in_rule_has_a_source_and_a_sensible_value() -> None:
    for rule in BUILT_IN.values():
        assert rule.source
        assert rule.url.startswith("https://")
        for value in rule.values:
            assert rule.least <= value.number <= rule.most


@pytest.mark.django_db
def test_a_student_is_warned_beside_the_calendar_and_nobody_else(world: World) -> None:
    long = Entry(**{name: getattr(JOB, name) for name in JOB.__slots__} | {"ends_at": time(20)})
    puts(world.student, long)
    puts(world.mentor, long)
    found = calendars.working_time(
        person=world.student, school=world.institution, monday=MONDAY, now=NOW
    )
    assert [(one.held.rule.code.value, one.hours) for one in found] == [
        ("working-time.day", 11),
        ("working-time.day", 11),
        ("working-time.day", 11),
    ]
    assert calendars.own_route(world.mentor) is None
    assert not calendars.working_time(person=world.mentor, school=None, monday=MONDAY, now=NOW)
