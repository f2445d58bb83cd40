"""From days to weeks: which hours a week can hold, and the best it can be worth for each.

A week is walked day by day. What has to be remembered is how many hours were placed, how late the
day before ended (only in so far as it matters for the next), whether an evening or a day was free
already, and whether the mentor was met. For every such state the best points are kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tussenstop.matching.engine.speed import compiled, fast
from tussenstop.planning.engine.days import Days
from tussenstop.planning.engine.patterns import LEVELS, Patterns
from tussenstop.planning.engine.problem import DAY, Demand, Int32, Problem

NOT = -(2**29)  # not reachable

SORTS = 2 * LEVELS  # what was free, and whether the mentor was met: level * 2 + talk


@dataclass(frozen=True, eq=False)
class Classed:
    """The patterns of a day with what matters of their ends.

    after   int32[n]  how late the day before may have ended, as a class: this class or lower
    until   int32[n]  the class in which this day ends, for the day after
    """

    patterns: Patterns
    after: Int32
    until: Int32


@dataclass(frozen=True, eq=False)
class Table:
    """The walk through one week whose Monday may follow a Sunday of class `after` or lower.

    layers  eight of int32[classes, sorts, workplace + 1, study + 1]: best points before each day
            and at the end; hours in steps
    days    the patterns that were allowed on each day
    """

    after: int
    layers: tuple[Int32, ...]
    days: tuple[Classed, ...]
    too_short: int | None


def classed(days: Days, listed: list[Patterns]) -> tuple[list[Classed], Int32]:
    """Patterns with their classes, only those that can be part of a best plan; and for every day
    the number of classes in which it can end."""
    count = len(listed)
    after = [np.zeros(len(one), np.int32) for one in listed]
    until = [np.zeros(len(one), np.int32) for one in listed]
    classes = np.ones(count, np.int32)
    for day in range(count - 1):
        earliest = listed[day].last + days.rest[day] - DAY  # of the day after
        starts = listed[day + 1].first
        if not len(earliest) or not len(starts):
            continue
        bars = np.unique(earliest[earliest > starts.min()])
        # A start that no pattern has makes no difference.
        where = np.searchsorted(np.unique(starts), bars)
        bars = bars[np.append(where[1:] != where[:-1], True)] if len(bars) else bars
        until[day] = np.searchsorted(bars, earliest, side="left").astype(np.int32)
        until[day] = np.where(earliest > starts.min(), until[day] + 1, 0).astype(np.int32)
        after[day + 1] = np.searchsorted(bars, starts, side="right").astype(np.int32)
        classes[day] = len(bars) + 1
    return (
        [_best(Classed(*three)) for three in zip(listed, after, until, strict=True)],
        classes,
    )


def _best(one: Classed) -> Classed:
    """Without patterns that another one, with the same hours, matches in all that matters."""
    found = one.patterns
    if len(found) < 2:
        return one
    late = int(one.until.max()) + 1
    packed = ((one.after * late + one.until) * LEVELS + found.level) * 2 + found.talk
    there = np.flatnonzero(np.bincount(packed))  # the sorts of patterns that there are
    number = np.zeros(int(there[-1]) + 1, np.int32)
    number[there] = np.arange(len(there))
    height, width = int(found.workplace.max()) + 1, int(found.study.max()) + 1
    cell = (number[packed] * height + found.workplace) * width + found.study
    points = np.full(len(there) * height * width, NOT, np.int32)
    np.maximum.at(points, cell, found.points)
    best = np.flatnonzero(found.points == points[cell])
    row_of = np.full(len(points), -1)
    row_of[cell[best[::-1]]] = best[::-1]  # of equals the first
    by_sort = points.reshape(len(there), -1)
    keep = by_sort > NOT
    for worse, better in _pairs(there, late):
        keep[worse] &= by_sort[worse] > by_sort[better]
    rows = np.sort(row_of[keep.reshape(-1)]).astype(np.int32)
    return Classed(found.only(rows), one.after[rows], one.until[rows])


def _pairs(there: NDArray[np.int64], late: int) -> list[tuple[int, int]]:
    """Which sorts of patterns are in nothing better than which others."""
    rest, talk = np.divmod(there, 2)
    rest, level = np.divmod(rest, LEVELS)
    after, until = np.divmod(rest, late)
    more = np.stack([after, -until, level, talk])
    no_better = np.asarray((more[:, :, None] <= more[:, None, :]).all(axis=0))
    np.fill_diagonal(no_better, False)
    return [(int(worse), int(better)) for worse, better in zip(*no_better.nonzero(), strict=True)]


def tables(
    problem: Problem, week: int, days: list[Classed], classes: Int32, room: tuple[int, int]
) -> list[Table]:
    """The walk through a week for each class in which the Sunday before can have ended.

    room  the most steps at the workplace and of study that are of any use in this week
    """
    too_short = problem.rules.soft.get(Demand.REST)
    monday, *others = days[7 * week : 7 * week + 7]
    sizes = [int(one) for one in classes[7 * week : 7 * week + 7]]
    found = []
    for after in np.unique(monday.after):
        rows = np.flatnonzero(monday.after >= after).astype(np.int32)
        first = Classed(
            monday.patterns.only(rows), np.zeros(len(rows), np.int32), monday.until[rows]
        )
        walk = (first, *others)
        layers = _walk(walk, sizes, room, too_short)
        found.append(Table(int(after), layers, walk, too_short))
    return found


def _walk(
    days: tuple[Classed, ...], sizes: list[int], room: tuple[int, int], too_short: int | None
) -> tuple[Int32, ...]:
    start = np.full((1, SORTS, 1, 1), NOT, np.int32)
    start[0, 0, 0, 0] = 0
    layers = [start]
    for one, classes in zip(days, sizes, strict=True):
        before = np.maximum.accumulate(layers[-1], axis=0)
        found = one.patterns
        height = min(before.shape[2] - 1 + int(found.workplace.max(initial=0)), room[0])
        width = min(before.shape[3] - 1 + int(found.study.max(initial=0)), room[1])
        after = np.full((classes, SORTS, height + 1, width + 1), NOT, np.int32)
        sort = (found.level * 2 + found.talk).astype(np.int32)
        step = _step if fast() else _step_plain
        step(
            before,
            after,
            np.ascontiguousarray(found.workplace),
            np.ascontiguousarray(found.study),
            np.minimum(one.after, len(before) - 1).astype(np.int32),
            one.until,
            sort,
            found.points,
            -1 if too_short is None else too_short,
        )
        layers.append(after)
    return tuple(layers)


@compiled
def _step(  # type: ignore[no-untyped-def]
    before, after, workplace, study, follows, until, sort, points, too_short
) -> None:
    """All patterns of a day upon all states before it."""
    late, sorts, height, width = before.shape
    reached = np.zeros((late, sorts), dtype=np.bool_)
    for end in range(late):
        for old in range(sorts):
            reached[end, old] = before[end, old].max() > NOT // 2
    for pattern in range(len(points)):
        add, more, other = points[pattern], workplace[pattern], study[pattern]
        rows = min(height, after.shape[2] - more)
        columns = min(width, after.shape[3] - other)
        if rows <= 0 or columns <= 0:
            continue
        level, talk = sort[pattern] // 2, sort[pattern] % 2
        for old in range(sorts):
            if not reached[late - 1, old]:
                continue
            new = max(old // 2, level) * 2 + max(old % 2, talk)
            source = before[follows[pattern], old]
            target = after[until[pattern], new]
            for a in range(rows):
                for b in range(columns):
                    value = source[a, b] + add
                    if value > target[a + more, b + other]:
                        target[a + more, b + other] = value
            if too_short >= 0:
                source = before[late - 1, old]
                for a in range(rows):
                    for b in range(columns):
                        value = source[a, b] + add - too_short
                        if value > target[a + more, b + other]:
                            target[a + more, b + other] = value


def _step_plain(
    before: Int32,
    after: Int32,
    workplace: Int32,
    study: Int32,
    follows: Int32,
    until: Int32,
    sort: Int32,
    points: Int32,
    too_short: int,
) -> None:
    """The same in numpy."""
    height, width = before.shape[2], before.shape[3]
    for pattern in range(len(points)):
        more, other = int(workplace[pattern]), int(study[pattern])
        rows = min(height, after.shape[2] - more)
        columns = min(width, after.shape[3] - other)
        if rows <= 0 or columns <= 0:
            continue
        best = before[follows[pattern], :, :rows, :columns]
        if too_short >= 0:
            best = np.maximum(best, before[-1, :, :rows, :columns] - too_short)
        best = best + points[pattern]
        level, talk = divmod(int(sort[pattern]), 2)
        for old in range(SORTS):
            new = max(old // 2, level) * 2 + max(old % 2, talk)
            target = after[until[pattern], new, more : more + rows, other : other + columns]
            np.maximum(target, best[old], out=target)
