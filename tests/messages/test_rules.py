"""When mail is welcome."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.messages.letters import (
    EVENING,
    FRIDAY_EVENING,
    MONDAY_MORNING,
    NEXT_MORNING,
    NOON,
)
from tussenstop.messages.rules import (
    LONGEST_HELD,
    NEVER_QUIET,
    Kind,
    Quiet,
    Way,
    first_open,
    kind_of,
    next_digest,
    open_hours,
)

ZONE = ZoneInfo("Europe/Brussels")
AS_USUAL = Quiet()


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (NOON, NOON),
        (EVENING, NEXT_MORNING),
        (datetime(2026, 11, 26, 2, tzinfo=UTC), NEXT_MORNING),
        (FRIDAY_EVENING, MONDAY_MORNING),
        (datetime(2026, 11, 28, 11, tzinfo=UTC), MONDAY_MORNING),
        (datetime(2026, 11, 29, 22, tzinfo=UTC), MONDAY_MORNING),
        # The hour itself: 19:00 is quiet, 7:30 is open.
        (datetime(2026, 11, 25, 18, tzinfo=UTC), NEXT_MORNING),
        (NEXT_MORNING, NEXT_MORNING),
    ],
)
def test_mail_waits_for_the_end_of_the_night_and_of_the_weekend(
    moment: datetime, leaves: datetime
) -> None:
    assert first_open(moment, AS_USUAL, ZONE) == leaves


def test_the_clock_on_the_wall_counts_when_summer_begins() -> None:
    # In the night to Sunday 29 March the clock jumps from 2 to 3.
    saturday = Quiet(weekend=False)
    evening = datetime(2026, 3, 28, 19, tzinfo=UTC)

    assert first_open(evening, saturday, ZONE) == datetime(2026, 3, 29, 5, 30, tzinfo=UTC)


def test_a_quiet_stretch_can_lie_within_a_day() -> None:
    day_sleeper = Quiet(time(8), time(16), weekend=False)

    assert first_open(NOON, day_sleeper, ZONE) == datetime(2026, 11, 25, 15, tzinfo=UTC)
    assert first_open(EVENING, day_sleeper, ZONE) == EVENING


def test_who_wants_no_quiet_hours_gets_mail_at_any_hour() -> None:
    assert first_open(FRIDAY_EVENING, NEVER_QUIET, ZONE) == FRIDAY_EVENING


def test_work_and_lessons_count_and_what_follows_on_them_too() -> None:
    lesson = (NOON - timedelta(hours=1), NOON + timedelta(hours=2))
    shift = (NOON + timedelta(hours=2), NOON + timedelta(hours=8))

    # Until 20:00 on the clock: the night begins before the shift ends.
    assert first_open(NOON, AS_USUAL, ZONE, [shift, lesson]) == NEXT_MORNING


def test_however_full_a_calendar_is_mail_leaves_in_the_end() -> None:
    always = [(NOON - timedelta(days=1), NOON + timedelta(days=90))]

    assert first_open(NOON, AS_USUAL, ZONE, always) == NOON + LONGEST_HELD


def test_what_comes_together_comes_in_the_morning_and_weekly_on_a_monday() -> None:
    assert next_digest(NOON, Way.DAILY, AS_USUAL, ZONE) == NEXT_MORNING
    assert next_digest(NOON, Way.WEEKLY, AS_USUAL, ZONE) == MONDAY_MORNING
    assert next_digest(MONDAY_MORNING, Way.WEEKLY, AS_USUAL, ZONE) == MONDAY_MORNING + timedelta(
        days=7
    )


def test_a_day_has_as_many_open_hours_as_are_not_quiet() -> None:
    assert open_hours(AS_USUAL) == timedelta(hours=11, minutes=30)
    assert open_hours(NEVER_QUIET) == timedelta(days=1)
    assert open_hours(Quiet(time(8), time(16))) == timedelta(hours=16)


def test_a_letter_is_known_by_its_name_then_by_its_folder_and_else_asks_something() -> None:
    assert kind_of("agreements/proposed") == Kind.ASKS
    assert kind_of("agreements/sealed") == Kind.AGREEMENTS
    assert kind_of("routes/asked") == Kind.ALWAYS
    assert kind_of("brand_new/letter") == Kind.ASKS
