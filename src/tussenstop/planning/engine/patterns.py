"""The patterns of a day: at most one block at the workplace and one of study, the best of each sort.

Two patterns of the same length that leave the same rest, evening and mentor's hour differ only in
points, so only the best is kept. What is left is some forty patterns a day at half hours.
"""

from dataclasses import dataclass, replace

import numpy as np

from tussenstop.planning.engine.days import NEVER, Days
from tussenstop.planning.engine.problem import Activity, Block, Bool, Demand, Int32, Problem

NONE = -1
SHUT = -(2**30)  # no such block
START = 256  # more than the steps of a day

LEVELS = 3  # nothing free, a free evening, a whole free day (whose evening is free as well)


@dataclass(frozen=True, eq=False)
class Patterns:
    """int32[n] each. Lengths and starts in steps (NONE: no such block), first and last in minutes.

    level  0 nothing free, 1 the evening, 2 the day; talk 1 when the mentor is there long enough
    """

    workplace: Int32
    study: Int32
    workplace_at: Int32
    study_at: Int32
    first: Int32
    last: Int32
    level: Int32
    talk: Int32
    points: Int32

    def __len__(self) -> int:
        return len(self.points)

    def only(self, rows: Int32 | Bool) -> "Patterns":
        return Patterns(*(getattr(self, name)[rows] for name in FIELDS))

    def with_points(self, points: Int32) -> "Patterns":
        return replace(self, points=points.astype(np.int32))

    def blocks(self, row: int, day: int, step: int) -> list[Block]:
        """The blocks of one pattern."""
        found = []
        for activity, at, length in (
            (Activity.WORKPLACE, self.workplace_at, self.workplace),
            (Activity.STUDY, self.study_at, self.study),
        ):
            if length[row]:
                start = int(at[row]) * step
                found.append(Block(day, start, start + int(length[row]) * step, activity))
        return found


FIELDS = tuple(Patterns.__dataclass_fields__)


@dataclass(frozen=True)
class Likeness:
    """Points for doing on a day what another plan does there, or taken off when negative.

    blocks  the other plan's blocks of that day, none for an empty day
    whole   counts only when the whole day is the same; otherwise the workplace's block counts
    """

    blocks: tuple[Block, ...]
    points: int
    whole: bool = True


def _runs(able: Bool) -> Int32:
    """How many steps in a row are possible from each step on."""
    stops = np.flatnonzero(~np.append(able, False))
    at = np.arange(len(able))
    return (stops[np.searchsorted(stops, at)] - at).astype(np.int32)


def _sums(values: Int32) -> Int32:
    return np.concatenate([[0], np.cumsum(values, dtype=np.int32)]).astype(np.int32)


def _block_grid(able: Bool, least: int, most: int) -> Bool:
    """bool[steps, lengths]: whether a block of `least + column` steps can begin at a step."""
    return np.asarray(_runs(able)[:, None] >= np.arange(least, most + 1)[None, :])


class _Study:
    """The best block of study of each length that ends before, or begins after, a step.

    points, starts  int32[4, steps + 1, lengths]: ending at or before a step, the same but leaving
                    the evening free, starting at or after a step, the same
    """

    def __init__(self, problem: Problem, days: Days, day: int, pinned: Block | None) -> None:
        step, steps = problem.step, problem.steps
        values = problem.wishes.study_value
        sums = _sums(values[day]) if values is not None else np.zeros(steps + 1, np.int32)
        evening = problem.rules.evening_from // step
        if pinned:
            self.lengths = np.array([pinned.minutes // step], np.int32)
            may = np.zeros((steps, 1), dtype=bool)
            first = pinned.start // step
            may[first, 0] = days.free[day, first : pinned.end // step].all()
        else:
            low, high = (
                -(-problem.rules.study_block[0] // step),
                problem.rules.study_block[1] // step,
            )
            self.lengths = np.arange(low, high + 1, dtype=np.int32)
            may = _block_grid(days.study[day], low, high)
        at, column = np.nonzero(may)
        ends = at + self.lengths[column]
        points = sums[ends] - sums[at]
        # One number holds the points and, behind them, the start: of equals the earliest.
        packed = points.astype(np.int64) * START + (START - 1 - at)
        best = np.full((4, steps + 1, len(self.lengths)), SHUT * START, dtype=np.int64)
        early = ends <= evening
        for kind, where, rows in (
            (0, ends, slice(None)),
            (1, ends, early),
            (2, at, slice(None)),
            (3, at, early),
        ):
            best[kind, where[rows], column[rows]] = packed[rows]
        best[:2] = np.maximum.accumulate(best[:2], axis=1)
        best[2:] = np.maximum.accumulate(best[2:, ::-1], axis=1)[:, ::-1]
        self.points = (best // START).astype(np.int32)
        self.starts = (START - 1 - best % START).astype(np.int32)


def list_day(
    problem: Problem, days: Days, day: int, likeness: tuple[Likeness, ...] = ()
) -> Patterns:
    """Every pattern of one day that may be part of the best plan, before rest is looked at.

    likeness  to parts of days only
    """
    step = problem.step
    pins = {one.activity: one for one in problem.pins if one.day == day}
    pin_work, pin_study = pins.get(Activity.WORKPLACE), pins.get(Activity.STUDY)
    work = workplace_blocks(problem, days, day, pin_work)
    if likeness:
        work["points"] = work["points"] + _like_workplace(work, likeness, step)
    study = _Study(problem, days, day, pin_study)
    way = -(-problem.travel // step)
    before = np.clip(work["at"] - way, 0, problem.steps)
    after = np.clip(work["at"] + work["length"] + way, 0, problem.steps)
    where = np.stack([before, before, after, after])
    points = study.points[np.arange(4)[:, None], where]
    kind, mine, column = np.nonzero(points > SHUT)
    parts = [
        (
            work["length"][mine],
            study.lengths[column],
            work["at"][mine],
            study.starts[kind, where[kind, mine], column],
            work["talk"][mine],
            points[kind, mine, column] + work["points"][mine],
        )
    ]
    if not pin_study:
        none = np.zeros_like(work["at"])
        parts.append((work["length"], none, work["at"], none + NONE, work["talk"], work["points"]))
    if not pin_work:
        early, column = np.nonzero(study.points[2:, 0] > SHUT)
        none = np.zeros_like(column)
        early += 2
        parts.append(
            (
                none,
                study.lengths[column],
                none + NONE,
                study.starts[early, 0, column],
                none,
                study.points[early, 0, column],
            )
        )
    if not pins:
        nothing, nowhere = np.zeros(1, np.int32), np.full(1, NONE, np.int32)
        parts.append((nothing, nothing, nowhere, nowhere, nothing, nothing))
    found = (np.concatenate(part).astype(np.int32) for part in zip(*parts, strict=True))
    return completed(problem, days, day, *found)


def workplace_blocks(
    problem: Problem, days: Days, day: int, pinned: Block | None
) -> dict[str, Int32]:
    """Every block that the workplace, the way there and the day allow."""
    step, steps = problem.step, problem.steps
    way = -(-problem.travel // step)
    if pinned:
        starts = np.array([pinned.start // step])
        lengths = np.array([pinned.minutes // step])
        stretch = slice(starts[0], starts[0] + lengths[0])
        may = days.workplace[day, stretch].all()
        starts, lengths = (starts, lengths) if may else (starts[:0], lengths[:0])
    else:
        low, high = problem.rules.workplace_block
        least = -(-low // step)
        starts, columns = np.nonzero(_block_grid(days.workplace[day], least, high // step))
        lengths = columns + least
    if way:
        # The whole stretch with the way there and back must be free.
        taken = _sums((~days.free[day]).astype(np.int32))
        begin, end = starts - way, starts + lengths + way
        fits = (begin >= 0) & (end <= steps)
        begin, end = np.clip(begin, 0, steps), np.clip(end, 0, steps)
        fits &= taken[end] == taken[begin]
        starts, lengths = starts[fits], lengths[fits]
    values = problem.wishes.workplace_value
    points = np.zeros(len(starts), np.int32)
    if values is not None:
        sums = _sums(values[day])
        points = sums[starts + lengths] - sums[starts]
    there = _sums(problem.mentor[day].astype(np.int32))
    met = (there[starts + lengths] - there[starts]) * step >= problem.goals.talk_minutes
    return {
        "at": starts.astype(np.int32),
        "length": lengths.astype(np.int32),
        "points": points.astype(np.int32),
        "talk": met.astype(np.int32),
    }


def _like_workplace(work: dict[str, Int32], likeness: tuple[Likeness, ...], step: int) -> Int32:
    points = np.zeros(len(work["at"]), np.int32)
    for like in likeness:
        for block in like.blocks:
            if block.activity == Activity.WORKPLACE:
                same = (work["at"] * step == block.start) & (work["length"] * step == block.minutes)
                points[same] += like.points
    return points


def completed(
    problem: Problem,
    days: Days,
    day: int,
    work: Int32,
    study: Int32,
    work_at: Int32,
    study_at: Int32,
    talk: Int32,
    points: Int32,
) -> Patterns:
    """Add what a pattern means for rest, evening and day, and take off what the day does not
    allow."""
    step, rules, wishes = problem.step, problem.rules, problem.wishes
    way = -(-problem.travel // step)
    works, studies = work > 0, study > 0
    work_end = np.where(works, work_at + work, 0)
    home = np.where(works, work_end + way, 0)
    ends = np.maximum(home, np.where(studies, study_at + study, 0))
    level = ((ends * step <= rules.evening_from) & ~days.evening_taken[day]).astype(np.int32)
    level = np.where(works | studies | days.day_taken[day], level, 2).astype(np.int32)
    first = np.minimum(np.where(works, work_at * step, NEVER), days.first[day])
    last = np.maximum(work_end * step, days.last[day])
    points = (
        points
        - wishes.block * (works.astype(np.int32) + studies)
        - wishes.trip * works
        + wishes.evening * (level > 0)
        + wishes.day * (level > 1)
    )
    patterns = Patterns(
        work,
        study,
        work_at,
        study_at,
        first.astype(np.int32),
        last.astype(np.int32),
        level,
        talk,
        points.astype(np.int32),
    )
    return _within_the_day(problem, days, day, patterns)


def _within_the_day(problem: Problem, days: Days, day: int, patterns: Patterns) -> Patterns:
    """A day that is too long already is nobody's fault: nothing more is put in it."""
    most = problem.rules.day_most
    if most is None:
        return patterns
    room = max(most - int(days.load[day]), 0) // problem.step
    over = np.maximum(patterns.workplace + patterns.study - room, 0)
    price = problem.rules.soft.get(Demand.DAY_MOST)
    if price is None:
        return patterns.only(over == 0)
    return patterns.with_points(patterns.points - price * over)
