"""How many students a workplace receives at the same moment, and where there is no room left."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from tussenstop.planning.days import holding
from tussenstop.planning.rules import STEP, Activity
from tussenstop.routes.models import Placement

DAY = 24 * 60
Stretch = tuple[date, int, int]  # a day, from and until which minute of it


def full(placement: Placement, first: date, last: date) -> list[Stretch]:
    """The moments, in steps of the planner, at which as many other students are there as the
    workplace receives at once; nothing when it set no limit."""
    most = placement.workplace.at_once
    if most is None:
        return []
    there: dict[tuple[date, int], int] = defaultdict(int)
    for day, begin, end in _others(placement, first, last):
        for step in range(begin // STEP, -(-end // STEP)):
            there[day, step] += 1
    return [
        (day, step * STEP, (step + 1) * STEP)
        for (day, step), students in sorted(there.items())
        if students >= most
    ]


def crowded(placement: Placement, wanted: Iterable[Stretch], first: date, last: date) -> bool:
    """Whether somebody would be there at a moment when there is no room."""
    taken = full(placement, first, last)
    return any(
        day == other and begin < until and since < end
        for day, begin, end in wanted
        for other, since, until in taken
    )


def _others(placement: Placement, first: date, last: date) -> Iterable[Stretch]:
    """The agreed days of the other students at this workplace."""
    blocks: Any = (
        holding()
        .filter(
            activity=Activity.WORKPLACE,
            day__gte=first,
            day__lte=last,
            plan__route__placements__workplace=placement.workplace_id,
            plan__route__placements__ended_at=None,
        )
        .exclude(plan__route=placement.route_id)
        .distinct()
    )
    for block in blocks:
        begin = block.starts_at.hour * 60 + block.starts_at.minute
        yield block.day, begin, min(begin + block.minutes, DAY)
