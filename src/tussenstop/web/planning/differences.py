"""Two calendars beside each other: only the days that differ, before and after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tussenstop.web.planning.words import Line, Week


@dataclass(frozen=True)
class Differs:
    """A day that is otherwise; an empty side says: free."""

    day: date
    before: list[Line]
    after: list[Line]


def differences(before: Iterable[Week], after: Iterable[Week], since: date) -> list[Differs]:
    """The days from `since` on that are not the same in both, in order."""
    sides: dict[date, tuple[list[Line], list[Line]]] = defaultdict(lambda: ([], []))
    for side, weeks in enumerate((before, after)):
        for line in (line for week in weeks for line in week.lines if line.day >= since):
            sides[line.day][side].append(line)
    return [
        Differs(day, *sides[day])
        for day in sorted(sides)
        if _plain(sides[day][0]) != _plain(sides[day][1])
    ]


def _plain(lines: list[Line]) -> list[tuple[str, str]]:
    return sorted((line.when, line.activity) for line in lines)
