"""When a commitment takes place: checked against counting day by day, and on the nights on which the
clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tussenstop.calendars.occurrences import Moved, Occurrence, Pattern, occurrences

HERE = ZoneInfo("Europe/Brussels")
MONDAY = date(2027, 2, 1)


def pattern(**changes: object) -> Pattern:
    values: dict[str, object] = {
        "first_on": MONDAY,
        "until": None,
        "every_weeks": 1,
        "days": (1,),
        "starts_at": time(9),
        "minutes": 60,
    }
    return Pattern(**{**values, **changes})  # type: ignore[arg-type]


def between(
    one: Pattern, start: date, end: date, changes: dict[date, Moved | None] | None = None
) -> list[Occurrence]:
    return occurrences(one, changes or {}, start=start, end=end, zone=HERE)


def days(found: list[Occurrence]) -> list[str]:
    return [one.day.isoformat() for one in found]


@given(
    every=st.integers(1, 4),
    on=st.sets(st.integers(1, 7), min_size=1),
    first=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    length=st.none() | st.integers(0, 200),
    start=st.integers(-60, 300),
    span=st.integers(0, 60),
)
def test_it_takes_place_on_the_days_one_counts_by_hand(
    every: int, on: set[int], first: date, length: int | None, start: int, span: int
) -> None:
    until = first + timedelta(days=length) if length is not None else None
    one = pattern(first_on=first, until=until, every_weeks=every, days=sorted(on))
    begin = first + timedelta(days=start)
    end = begin + timedelta(days=span)
    monday = first - timedelta(days=first.weekday())
    expected = [
        day
        for day in (begin + timedelta(days=n) for n in range(span + 1))
        if day >= first
        and (until is None or day <= until)
        and day.isoweekday() in on
        and ((day - monday).days // 7) % every == 0
    ]
    assert [each.day for each in between(one, begin, end)] == expected


def test_once_is_once() -> None:
    one = pattern(every_weeks=0, days=())
    assert days(between(one, MONDAY - timedelta(days=400), MONDAY + timedelta(days=400))) == [
        "2027-02-01"
    ]


def test_a_night_shift_shows_on_both_days() -> None:
    night = pattern(every_weeks=0, starts_at=time(22), minutes=8 * 60)
    tuesday = MONDAY + timedelta(days=1)
    [found] = between(night, tuesday, tuesday)
    assert (found.starts_at.isoformat(), found.ends_at.isoformat()) == (
        "2027-02-01T22:00:00+01:00",
        "2027-02-02T06:00:00+01:00",
    )
    assert found.hours == 8


def test_a_night_shift_is_shorter_when_summer_time_begins_and_longer_when_it_ends() -> None:
    for day, hours in ((date(2027, 3, 27), 7), (date(2027, 10, 30), 9)):
        night = pattern(every_weeks=0, first_on=day, starts_at=time(22), minutes=8 * 60)
        [found] = between(night, day, day)
        assert found.hours == hours
        assert found.ends_at.hour == 6


def test_what_falls_in_the_hour_that_summer_time_removes_keeps_its_length() -> None:
    day = date(2027, 3, 28)
    [found] = between(
        pattern(every_weeks=0, first_on=day, starts_at=time(2, 15), minutes=30), day, day
    )
    assert found.starts_at.astimezone(UTC) == datetime(2027, 3, 28, 1, 15, tzinfo=UTC)
    assert found.hours == 0.5


def test_every_week_stays_at_the_same_hour_of_the_wall_all_year() -> None:
    found = between(pattern(), MONDAY, MONDAY + timedelta(days=364))
    assert len(found) == 53
    assert {one.starts_at.hour for one in found} == {9}


def test_whole_days_last_as_long_as_the_day_does() -> None:
    spring = date(2027, 3, 28)
    [found] = between(
        pattern(every_weeks=0, first_on=spring, starts_at=None, minutes=24 * 60), spring, spring
    )
    assert (found.all_day, found.hours) == (True, 23)


def test_a_day_is_left_out_or_moved() -> None:
    changes = {
        MONDAY: None,
        MONDAY + timedelta(weeks=1): Moved(MONDAY + timedelta(days=9), time(13), 90),
    }
    found = between(pattern(), MONDAY, MONDAY + timedelta(days=20), changes)
    assert [
        (one.day.isoformat(), one.starts_at.strftime("%d %H:%M"), one.hours) for one in found
    ] == [
        ("2027-02-08", "10 13:00", 1.5),
        ("2027-02-15", "15 09:00", 1.0),
    ]


def test_a_day_that_moved_into_the_week_is_seen_there() -> None:
    into = {MONDAY + timedelta(weeks=5): Moved(MONDAY, time(13), 60)}
    found = between(pattern(days=(1,)), MONDAY, MONDAY, into)
    assert [one.starts_at.hour for one in found] == [9, 13]


@pytest.mark.parametrize("offset", [-1, 1])
def test_what_only_touches_midnight_is_not_on_that_day(offset: int) -> None:
    evening = pattern(every_weeks=0, starts_at=time(22), minutes=120)
    day = MONDAY + timedelta(days=offset)
    assert between(evening, day, day) == []
