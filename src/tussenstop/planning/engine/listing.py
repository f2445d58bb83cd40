"""The patterns of all days: those of days of one kind are listed once, and a day that is as it is
in another plan carries points."""

from collections.abc import Mapping

import numpy as np

from tussenstop.planning.engine.days import Days, lay_out
from tussenstop.planning.engine.patterns import (
    FIELDS,
    NONE,
    Likeness,
    Patterns,
    completed,
    list_day,
    workplace_blocks,
)
from tussenstop.planning.engine.problem import Activity, Block, Bool, Problem

Likenesses = Mapping[int, tuple[Likeness, ...]]
Kind = tuple[bytes, frozenset[tuple[Activity, int, int]]]

# What a day has of its own; rest is kept between two days, and looked at later.
OWN = tuple(name for name in Days.__dataclass_fields__ if name != "rest")


def list_days(problem: Problem, likenesses: Likenesses | None = None) -> list[Patterns]:
    """Every pattern of every day that may be part of the best plan, before rest is looked at."""
    likenesses = likenesses or {}
    days = lay_out(problem)
    known: dict[tuple[Kind, tuple[Likeness, ...]], Patterns] = {}
    every = []
    for day, kind in enumerate(kinds(problem, days)):
        likeness = likenesses.get(day, ())
        partly = tuple(one for one in likeness if not one.whole)
        if (kind, partly) not in known:
            known[kind, partly] = list_day(problem, days, day, partly)
        whole = [one for one in likeness if one.whole]
        every.append(_with_likeness(problem, days, day, known[kind, partly], whole))
    return every


def kinds(problem: Problem, days: Days) -> list[Kind]:
    """For every day all that its patterns depend on: days of one kind have the same patterns."""
    count, wishes = problem.days, problem.wishes
    facts = [getattr(days, name) for name in OWN]
    facts += [problem.mentor, wishes.workplace_value, wishes.study_value]
    rows = np.hstack(
        [
            np.ascontiguousarray(one).view(np.uint8).reshape(count, -1)
            for one in facts
            if one is not None
        ]
    )
    pins: list[set[tuple[Activity, int, int]]] = [set() for _ in range(count)]
    for pin in problem.pins:
        pins[pin.day].add((pin.activity, pin.start, pin.end))
    return [(rows[day].tobytes(), frozenset(pins[day])) for day in range(count)]


def _with_likeness(
    problem: Problem, days: Days, day: int, patterns: Patterns, likeness: list[Likeness]
) -> Patterns:
    """The points for the day exactly as in another plan: for the pattern that it is, or for one of
    its own when it is not among those that are listed."""
    for like in likeness:
        same = _same(patterns, like.blocks, problem.step)
        if same.any():
            patterns = patterns.with_points(patterns.points + like.points * same)
            continue
        own = _exactly(problem, days, day, like.blocks, patterns)
        if len(own):
            own = own.with_points(own.points + like.points)
            patterns = Patterns(
                *(np.append(getattr(patterns, name), getattr(own, name)) for name in FIELDS)
            )
    return patterns


def _same(patterns: Patterns, blocks: tuple[Block, ...], step: int) -> Bool:
    """Which patterns are exactly these blocks."""
    by_kind = {one.activity: one for one in blocks}
    same = np.ones(len(patterns), dtype=bool)
    for activity, at, length in (
        (Activity.WORKPLACE, patterns.workplace_at, patterns.workplace),
        (Activity.STUDY, patterns.study_at, patterns.study),
    ):
        block = by_kind.get(activity)
        same &= length * step == (block.minutes if block else 0)
        if block:
            same &= at * step == block.start
    return same


def _exactly(
    problem: Problem, days: Days, day: int, blocks: tuple[Block, ...], patterns: Patterns
) -> Patterns:
    """The pattern with just these blocks; no pattern when the day does not allow it."""
    nothing = patterns.only(np.zeros(0, np.int32))
    if not blocks:
        return nothing
    pins = {one for one in problem.pins if one.day == day}
    if not pins.issubset(blocks) or not all(
        _allowed(problem, days, one, one in pins) for one in blocks
    ):
        return nothing
    by_kind = {one.activity: one for one in blocks}
    work, study = by_kind.get(Activity.WORKPLACE), by_kind.get(Activity.STUDY)
    one = np.array([0], np.int32)
    row = {"length": one, "at": one + NONE, "talk": one, "points": one}
    if work:
        row = workplace_blocks(problem, days, day, work)
        if not len(row["at"]):
            return nothing
    length, at, points = one, one + NONE, row["points"]
    if study:
        if work and not _apart(problem, work, study):
            return nothing
        length, at = one + study.minutes // problem.step, one + study.start // problem.step
        values = problem.wishes.study_value
        if values is not None:
            points = points + values[day, at[0] : at[0] + length[0]].sum(dtype=np.int32)
    return completed(problem, days, day, row["length"], length, row["at"], at, row["talk"], points)


def _apart(problem: Problem, work: Block, study: Block) -> bool:
    way = -(-problem.travel // problem.step) * problem.step
    return study.end <= work.start - way or study.start >= work.end + way


def _allowed(problem: Problem, days: Days, block: Block, pinned: bool) -> bool:
    work = block.activity == Activity.WORKPLACE
    low, high = problem.rules.workplace_block if work else problem.rules.study_block
    able = days.workplace if work else days.free if pinned else days.study
    stretch = slice(block.start // problem.step, block.end // problem.step)
    long_enough = pinned or low <= block.minutes <= high
    return long_enough and bool(able[block.day, stretch].all())
