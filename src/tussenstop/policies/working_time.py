"""Working time: what is more than the rules foresee, week by week. It warns and never blocks:
sectors deviate, and only employer and student know what was agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from tussenstop.policies.queries import Held
from tussenstop.policies.rules import Code

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Warned:
    """A rule, the day on which it is passed (a week: its Monday), and how many hours there are."""

    held: Held
    day: date
    hours: float


def _hours(begin: datetime, end: datetime) -> float:
    """As they pass, also in the night in which the clock changes."""
    return (end.astimezone(UTC) - begin.astimezone(UTC)) / HOUR


def _joined(stretches: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """In order, and what overlaps or touches made one."""
    found: list[tuple[datetime, datetime]] = []
    for begin, end in sorted(stretches):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def check(
    stretches: Iterable[tuple[datetime, datetime]],
    *,
    monday: date,
    midnight: datetime,
    held: Mapping[Code, Held],
) -> list[Warned]:
    """What one week of work and learning at the workplace passes.

    stretches  from when until when, also of the days around the week (moments with a zone)
    midnight   the moment at which the week begins
    """
    week_end = midnight + timedelta(days=7)
    work = _joined(stretches)
    days = _hours_by_day(work, midnight)
    found = [
        Warned(held[Code.DAY], monday + timedelta(days=n), hours)
        for n, hours in enumerate(days)
        if hours > float(held[Code.DAY].number)
    ]
    if sum(days) > float(held[Code.WEEK].number):
        found.append(Warned(held[Code.WEEK], monday, sum(days)))
    found += _short_rests(work, midnight, week_end, held[Code.REST])
    longest = _longest_rest(work, midnight, week_end)
    if longest < float(held[Code.WEEKLY_REST].number):
        found.append(Warned(held[Code.WEEKLY_REST], monday, longest))
    return found


def _hours_by_day(work: list[tuple[datetime, datetime]], midnight: datetime) -> list[float]:
    """Work counts for the day on which it begins: a night shift is one day's work."""
    days = [0.0] * 7
    for begin, end in work:
        number = (begin.date() - midnight.date()).days
        if 0 <= number < 7:
            days[number] += _hours(begin, end)
    return days


def _short_rests(
    work: list[tuple[datetime, datetime]], midnight: datetime, week_end: datetime, held: Held
) -> list[Warned]:
    """Too little between two working days; a pause within one working day is no rest."""
    found = []
    for (_begin, end), (begin, _end) in pairwise(work):
        rest = _hours(end, begin)
        overnight = begin.date() > end.date() or end.hour < 5 <= begin.hour
        if overnight and midnight <= begin < week_end and rest < float(held.number):
            found.append(Warned(held, begin.date(), rest))
    return found


def _longest_rest(
    work: list[tuple[datetime, datetime]], midnight: datetime, week_end: datetime
) -> float:
    """The longest stretch without work that touches the week, also when it began before it or goes
    on after it; as long as there is work around it the edges are those of the work."""
    edges = [midnight - timedelta(days=2)]
    for begin, end in work:
        edges += [begin, end]
    edges.append(week_end + timedelta(days=2))
    rests = zip(edges[::2], edges[1::2], strict=True)
    return max(
        (_hours(begin, end) for begin, end in rests if end > midnight and begin < week_end),
        default=0.0,
    )
