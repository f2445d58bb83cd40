"""Hours as people write them down."""

from datetime import date, time

import pytest

from tests.worlds import NOW, World
from tussenstop.calendars import actions
from tussenstop.calendars.actions import CannotPlan, TypedWeek
from tussenstop.calendars.models import Commitment
from tussenstop.calendars.rules import Kind
from tussenstop.calendars.typing import stretches
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("9-17", [(time(9), time(17))]),
        ("9u-17u30", [(time(9), time(17, 30))]),
        ("8:30 - 12.15", [(time(8, 30), time(12, 15))]),
        ("9-12:30 13-17", [(time(9), time(12, 30)), (time(13), time(17))]),
        ("9-12, 13-17 en 19-21", [(time(9), time(12)), (time(13), time(17)), (time(19), time(21))]),
        ("22-6", [(time(22), time(6))]),
        ("18 tot 24", [(time(18), time(0))]),
        ("9h – 10h", [(time(9), time(10))]),
    ],
)
def test_hours_are_understood(text: str, expected: list[tuple[time, time]]) -> None:
    assert stretches(text) == expected


@pytest.mark.parametrize(
    "text", ["9", "nine", "9-", "25-26", "9-9", "9:75-10", "9-10 x", "1-2 3-4 5-6 7-8 9-10"]
)
def test_what_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        stretches(text)


def week(*weeks: dict[int, str], until: date | None = None) -> TypedWeek:
    return TypedWeek(
        kind=Kind.WORK,
        title="De winkel",
        movable=False,
        first_on=WEDNESDAY,
        until=until,
        weeks=[[stretches(one.get(day, "")) for day in range(7)] for one in weeks],
    )


def test_days_with_the_same_hours_are_one_commitment() -> None:
    [first, second] = week({0: "9-17", 2: "9-17 18-20"}).entries()
    assert (first.starts_at, first.days) == (time(9), [1, 3])
    assert (second.starts_at, second.days) == (time(18), [3])
    assert first.every_weeks == 1


def test_weeks_take_turns() -> None:
    [early, late] = week({0: "6-14"}, {0: "14-22"}).entries()
    assert (early.every_weeks, early.first_on) == (2, WEDNESDAY)
    assert (late.every_weeks, late.first_on) == (2, date(2026, 11, 30))


@pytest.mark.django_db
def test_a_typed_week_sent_twice_is_there_once(world: World) -> None:
    key = uuid7()
    typed = week({0: "9-12 13-17", 1: "9-12"}, {4: "22-6"})
    for _n in range(2):
        assert actions.type_week(by=By(world.student), key=key, week=typed, now=NOW) == 3
    assert Commitment.objects.count() == 3


@pytest.mark.django_db
def test_a_week_without_hours_or_that_ends_before_it_begins_is_refused(world: World) -> None:
    for wrong in (week({}), week({0: "9-12"}, until=date(2026, 11, 1))):
        with pytest.raises(CannotPlan):
            actions.type_week(by=By(world.student), key=uuid7(), week=wrong, now=NOW)
    assert not Commitment.objects.exists()
