"""The moments at which conversations can be held: pure reckoning, no tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Taken = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment that can hold a conversation: aware datetimes."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, taken: Taken) -> bool:
        return self.starts_at < taken[1] and taken[0] < self.ends_at

    def lies_in(self, stretch: Taken) -> bool:
        return stretch[0] <= self.starts_at and self.ends_at <= stretch[1]


def slots_between(
    first: date,
    last: date,
    *,
    weekdays: Collection[int],
    starts_at: time,
    ends_at: time,
    minutes: int,
    between: int,
    closed: Collection[date],
    zone: ZoneInfo,
) -> list[Slot]:
    """Every moment of these days, soonest first: one after the other, `between` minutes apart, none
    beyond `ends_at`. `weekdays`: 1 is Monday."""
    found = []
    day = first
    while day <= last:
        if day.isoweekday() in weekdays and day not in closed:
            begin = datetime.combine(day, starts_at)
            while (end := begin + timedelta(minutes=minutes)) <= datetime.combine(day, ends_at):
                found.append(Slot(begin.replace(tzinfo=zone), end.replace(tzinfo=zone)))
                begin = end + timedelta(minutes=between)
        day += timedelta(days=1)
    return found


def free(slots: Sequence[Slot], taken: Sequence[Taken]) -> list[int]:
    """The numbers of the slots that nothing stands in the way of. Both are walked once."""
    found = []
    waiting = sorted(taken)
    for number, slot in enumerate(slots):
        while waiting and waiting[0][1] <= slot.starts_at:
            waiting.pop(0)
        if not any(slot.meets(one) for one in _until(waiting, slot.ends_at)):
            found.append(number)
    return found


def _until(taken: Sequence[Taken], end: datetime) -> list[Taken]:
    """Those that begin before `end`, of a list in order of their beginning."""
    found = []
    for one in taken:
        if one[0] >= end:
            break
        found.append(one)
    return found
