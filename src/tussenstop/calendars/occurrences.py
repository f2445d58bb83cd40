"""When a commitment takes place: patterns of weeks, days that are left out or moved, nights and the
change of the clock. Plain dates and times; the wall clock of the installation counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Pattern:
    """`days` are weekday numbers from 1; `every_weeks` 0 is once. Weeks are counted from the week
    of `first_on`. Without `starts_at` it takes whole days. `minutes` by the clock on the wall."""

    first_on: date
    until: date | None
    every_weeks: int
    days: Sequence[int]
    starts_at: time | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Moved:
    """One day of a pattern that takes place at another time."""

    day: date
    starts_at: time | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`day` is the day by the pattern, also when it was moved: by it one speaks of it."""

    day: date
    starts_at: datetime
    ends_at: datetime
    all_day: bool

    @property
    def hours(self) -> float:
        return hours_between(self.starts_at, self.ends_at)


def hours_between(start: datetime, end: datetime) -> float:
    """As time passes: moments of one zone would be told apart by the clock on the wall alone."""
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 3600


def _days(pattern: Pattern, start: date, end: date) -> Iterator[date]:
    """The days of the pattern from `start` up to and including `end`."""
    if pattern.every_weeks == 0:
        if start <= pattern.first_on <= end:
            yield pattern.first_on
        return
    last = min(end, pattern.until) if pattern.until else end
    monday = pattern.first_on - timedelta(days=pattern.first_on.weekday())
    step = timedelta(weeks=pattern.every_weeks)
    if start > monday:
        monday += step * ((start - monday).days // step.days)
    while monday <= last:
        for number in sorted(pattern.days):
            day = monday + timedelta(days=number - 1)
            if max(start, pattern.first_on) <= day <= last:
                yield day
        monday += step


def _on_the_wall(day: date, minutes: int, zone: tzinfo) -> datetime:
    """So many minutes after midnight as the clock on the wall says. In the hour that summer time
    removes, the moment that comes instead."""
    wall = datetime.combine(day, time.min) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _occurrence(
    day: date, on: date, starts_at: time | None, minutes: int, zone: tzinfo
) -> Occurrence:
    begin = starts_at.hour * 60 + starts_at.minute if starts_at else 0
    start = _on_the_wall(on, begin, zone)
    end = _on_the_wall(on, begin + minutes, zone)
    if hours_between(start, end) <= 0:  # it fell in the hour that does not exist
        end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    return Occurrence(day, start, end, all_day=starts_at is None)


def occurrences(
    pattern: Pattern,
    changes: Mapping[date, Moved | None],
    *,
    start: date,
    end: date,
    zone: tzinfo,
) -> list[Occurrence]:
    """Everything that touches the days from `start` up to and including `end`, in order. `changes`
    says by day of the pattern where it went, or None when it does not take place."""
    longest = max([pattern.minutes, *(m.minutes for m in changes.values() if m)])
    before = timedelta(days=longest // (24 * 60) + 1)
    found = [
        _occurrence(day, day, pattern.starts_at, pattern.minutes, zone)
        for day in _days(pattern, start - before, end)
        if day not in changes
    ]
    found += [
        _occurrence(day, moved.day, moved.starts_at, moved.minutes, zone)
        for day, moved in changes.items()
        if moved and start - before <= moved.day <= end
    ]
    first, after = _on_the_wall(start, 0, zone), _on_the_wall(end + timedelta(days=1), 0, zone)
    touching = [one for one in found if one.ends_at > first and one.starts_at < after]
    return sorted(touching, key=lambda one: (one.starts_at, one.ends_at))
