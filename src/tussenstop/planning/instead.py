"""When a calendar no longer fits, or mending it hurts: what a longer period or a pause would do."""

import time
from collections.abc import Iterator, Sequence
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
    kinds: Sequence[Instead],
    now: datetime,
    since: date,
    kept: Sequence[PlannedBlock],
    until: float,
) -> list[dict[str, Any]]:
    """The shortest longer period and the shortest pause with which all hours fit: kind, number of
    weeks, the first day that changes, and the new last day. `until` is a moment of the monotonic
    clock; what was not decided before it is left out."""
    from tussenstop.planning.engine.solve import best  # noqa: PLC0415 - large, and only for jobs

    found: list[dict[str, Any]] = []
    for kind in kinds:
        for weeks, asked, last in _tries(terms, placement, kind, now=now, since=since, kept=kept):
            left = until - time.monotonic()
            if left <= 0:
                return found
            if best(asked.problem, seconds=left).found:
                found.append(
                    {
                        "kind": kind.value,
                        "weeks": weeks,
                        "since": since.isoformat(),
                        "until": last.isoformat(),
                    }
                )
                break
    return found


def _tries(
    terms: Terms,
    placement: Placement,
    kind: Instead,
    *,
    now: datetime,
    since: date,
    kept: Sequence[PlannedBlock],
) -> Iterator[tuple[int, Asked, date]]:
    for weeks in WEEKS:
        more = timedelta(weeks=weeks)
        longer, there = copy(terms), copy(placement)
        longer.until_on += more
        there.ends_on = max(there.ends_on, longer.until_on)
        begin = since + more if kind == Instead.PAUSE else since
        yield (
            weeks,
            build(longer, there, now=now, since=begin, kept=kept),
            longer.until_on,
        )
