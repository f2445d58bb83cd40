"""The moments at which conversations can be held."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tussenstop.series.slots import Slot, free, slots_between

ZONE = ZoneInfo("Europe/Brussels")
MONDAY = date(2027, 1, 18)


def of(**changes: object) -> list[Slot]:
    values: dict[str, object] = {
        "weekdays": [1, 2, 3, 4, 5],
        "starts_at": time(9),
        "ends_at": time(12),
        "minutes": 45,
        "between": 15,
        "closed": (),
        "zone": ZONE,
    }
    last = changes.pop("last", MONDAY)
    return slots_between(MONDAY, last, **{**values, **changes})  # type: ignore[arg-type]


def test_they_follow_each_other_with_time_between_and_none_goes_beyond_the_last_hour() -> None:
    assert [f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}" for one in of()] == [
        "09:00-09:45",
        "10:00-10:45",
        "11:00-11:45",
    ]
    assert len(of(ends_at=time(11, 44))) == 2


def test_only_on_the_chosen_weekdays_and_never_on_a_closed_day() -> None:
    week = of(last=MONDAY + timedelta(days=6), weekdays=[2, 6], minutes=180)

    assert [one.starts_at.date() for one in week] == [date(2027, 1, 19), date(2027, 1, 23)]
    assert of(closed=[MONDAY]) == []


def test_hours_are_those_of_the_clock_on_the_wall_in_summer_and_winter() -> None:
    winter = of()[0].starts_at
    summer = slots_between(
        date(2027, 7, 5),
        date(2027, 7, 5),
        weekdays=[1],
        starts_at=time(9),
        ends_at=time(10),
        minutes=60,
        between=0,
        closed=(),
        zone=ZONE,
    )[0].starts_at

    assert winter.astimezone(UTC).hour == 8
    assert summer.astimezone(UTC).hour == 7


@given(
    begin=st.integers(0, 22),
    length=st.integers(1, 12),
    minutes=st.sampled_from([15, 30, 45, 60, 90]),
    between=st.sampled_from([0, 5, 15, 30]),
)
def test_no_two_overlap_and_all_lie_within_the_hours(
    begin: int, length: int, minutes: int, between: int
) -> None:
    end = time(min(begin + length, 23))
    found = of(starts_at=time(begin), ends_at=end, minutes=minutes, between=between)

    for one, after in pairwise(found):
        assert after.starts_at - one.ends_at == timedelta(minutes=between)
    for one in found:
        assert one.ends_at - one.starts_at == timedelta(minutes=minutes)
        assert time(begin) <= one.starts_at.time()
        assert one.ends_at.time() <= end


@given(
    st.lists(
        st.tuples(st.integers(0, 600), st.integers(1, 300)),
        max_size=12,
    )
)
def test_a_slot_is_free_exactly_when_nothing_overlaps_it(stretches: list[tuple[int, int]]) -> None:
    slots = of(starts_at=time(8), ends_at=time(18), minutes=30, between=0)
    first = datetime(2027, 1, 18, 7, 30, tzinfo=ZONE)
    taken = [
        (first + timedelta(minutes=begin), first + timedelta(minutes=begin + length))
        for begin, length in stretches
    ]

    expected = [
        number
        for number, slot in enumerate(slots)
        if all(end <= slot.starts_at or begin >= slot.ends_at for begin, end in taken)
    ]

    assert free(slots, taken) == expected
