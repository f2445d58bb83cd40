"""Keeping much of a calendar at once: every Tuesday evening, every Saturday morning."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tussenstop.people.rules import Weekday
from tussenstop.planning.rules import DAY_PARTS, Activity, DayPart

if TYPE_CHECKING:
    from tussenstop.planning.models import Option


@dataclass(frozen=True, slots=True)
class Series:
    """The blocks on one part of one weekday; `numbers` are their places in the calendar."""

    code: str
    name: str
    activity: str
    numbers: list[int]
    kept: bool


def series_of(option: "Option") -> list[Series]:
    """What comes back twice or more, by weekday."""
    found = _numbers(option)
    return [
        Series(
            "-".join((str(weekday), part, activity)),
            _("%(weekday)s %(part)s")
            % {"weekday": Weekday(weekday).label, "part": DayPart(part).label},
            str(Activity(activity).label),
            found[weekday, part, activity],
            all(option.blocks[one] in option.search.pins for one in found[weekday, part, activity]),
        )
        for weekday, part, activity in sorted(found, key=_order)
        if len(found[weekday, part, activity]) > 1
    ]


def numbers_of(option: "Option", codes: Collection[str]) -> list[int]:
    """The blocks of the series with these codes."""
    return [number for one in series_of(option) if one.code in codes for number in one.numbers]


def _numbers(option: "Option") -> dict[tuple[int, str, str], list[int]]:
    found: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for number, (day, start, end, activity) in enumerate(option.blocks):
        weekday = date.fromisoformat(day).isoweekday()
        found[weekday, _part_of((start + end) / 2), activity].append(number)
    return found


def _part_of(minute: float) -> str:
    """The part of the day in which most of a block lies; the night counts with the evening."""
    for part, (begin, end) in DAY_PARTS.items():
        if 60 * begin <= minute < 60 * end:
            return part.value
    return DayPart.EVENING.value


def _order(key: tuple[int, str, str]) -> tuple[int, int, str]:
    weekday, part, activity = key
    return weekday, DAY_PARTS[DayPart(part)][0], activity
