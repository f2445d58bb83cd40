"""When a calendar no longer fits, or mending it hurts: what a longer period or a pause would do."""

import time
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date, datetime, timedelta
from typing import Any

from tussenstop.planning.asking import Asked, build
from tussenstop.planning.models import PlannedBlock, Terms
from tussenstop.planning.rules import Instead
from tussenstop.routes.models import Placement

WEEKS = (1, 2, 4, 8)  # tried in turn; the first that fits is told


def ways_instead(
    terms: Terms,
    placement: Placement,
    *,
    begins: Mapping[Instead, date],
    now: datetime,
    held: Sequence[PlannedBlock],
    until: float,
) -> list[dict[str, Any]]:
    """The shortest longer period and the shortest pause with which all hours fit.

    begins  for each kind to try the first day that may change; a pause begins on it
    held    what was agreed on; what comes before that day stays
    until   a moment of the monotonic clock; what was not decided before it is left out

    Each has a kind, a number of weeks, the first day that changes, the new last day, and `within`:
    the workplace agreed to that last day already.
    """
    from tussenstop.planning.engine.solve import best  # noqa: PLC0415 - large, and only for jobs

    found: list[dict[str, Any]] = []
    for kind, begin in begins.items():
        for weeks in WEEKS:
            left = until - time.monotonic()
            if left <= 0:
                return found
            asked, last = _longer(terms, placement, kind, weeks, begin=begin, held=held, now=now)
            if best(asked.problem, seconds=left).found:
                found.append(
                    {
                        "kind": kind.value,
                        "weeks": weeks,
                        "since": begin.isoformat(),
                        "until": last.isoformat(),
                        "within": last <= placement.ends_on,
                    }
                )
                break
    return found


def _longer(
    terms: Terms,
    placement: Placement,
    kind: Instead,
    weeks: int,
    *,
    begin: date,
    held: Sequence[PlannedBlock],
    now: datetime,
) -> tuple[Asked, date]:
    more = timedelta(weeks=weeks)
    longer, there = copy(terms), copy(placement)
    longer.until_on += more
    there.ends_on = max(there.ends_on, longer.until_on)
    since = begin + more if kind == Instead.PAUSE else begin
    kept = [one for one in held if one.day < begin]
    return build(longer, there, now=now, since=since, kept=kept), longer.until_on
