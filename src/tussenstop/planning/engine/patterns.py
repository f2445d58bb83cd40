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
    """The best block of study of each length that ends before, or begins after, a step."""

    def __init__(self, problem: Problem, days: Days, day: int, pinned: Block | None) -> None:
        step, steps = problem.step, problem.steps
        low, high = problem.rules.study_block
        able = days.study[day]
        values = problem.wishes.study_value
        sums = _sums(values[day]) if values is not None else np.zeros(steps + 1, np.int32)
        evening = -(-problem.rules.evening_from // step)
        if pinned:
            lengths = np.array([pinned.minutes // step])
            may = np.zeros((steps, 1), dtype=bool)
            at = pinned.start // step
            may[at, 0] = days.free[day, at : at + lengths[0]].all()
        else:
            low, high = -(-low // step), high // step
            lengths = np.arange(low, high + 1)
            may = _block_grid(able, low, high)
        self.lengths = lengths.astype(np.int32)
        starts = np.arange(steps)
        ends = starts[:, None] + self.lengths[None, :]
        points = np.where(may, sums[np.minimum(ends, steps)] - sums[starts][:, None], SHUT)
        early = np.where(ends <= evening, points, SHUT)
        # [only before the evening?][step, length]: points and start of the best
        self.before = [self._before(one, ends, steps) for one in (points, early)]
        self.after = [self._after(one, steps) for one in (points, early)]

    @staticmethod
    def _before(points: Int32, ends: Int32, steps: int) -> tuple[Int32, Int32]:
        """Best with an end at or before each step 0..steps; the earliest of equals."""
        size = points.shape[1]
        best = np.full((steps + 1, size), SHUT, dtype=np.int64)
        rows, columns = np.nonzero(points > SHUT)
        best[ends[rows, columns], columns] = points[rows, columns]
        began = np.where(best > SHUT, np.arange(steps + 1)[:, None] - (ends[0])[None, :], 0)
        # One number holds points and, behind it, the start: earlier is more.
        packed = np.maximum.accumulate(best * 256 + (255 - began), axis=0)
        return _unpacked(packed)

    @staticmethod
    def _after(points: Int32, steps: int) -> tuple[Int32, Int32]:
        """Best with a start at or after each step 0..steps; the earliest of equals."""
        size = points.shape[1]
        packed = np.full((steps + 1, size), SHUT * 256, dtype=np.int64)
        packed[:steps] = points.astype(np.int64) * 256 + (255 - np.arange(steps))[:, None]
        packed = np.maximum.accumulate(packed[::-1], axis=0)[::-1]
        return _unpacked(packed)


def _unpacked(packed: np.ndarray) -> tuple[Int32, Int32]:
    points = packed >> 8
    starts = np.where(points > SHUT, 255 - (packed & 255), NONE)
    return points.astype(np.int32), starts.astype(np.int32)


def list_patterns(
    problem: Problem, days: Days, day: int, likeness: tuple[Likeness, ...] = ()
) -> Patterns:
    """Every pattern of one day that may be part of the best plan, before rest is looked at."""
    step, steps = problem.step, problem.steps
    pins = {one.activity: one for one in problem.pins if one.day == day}
    pin_work, pin_study = pins.get(Activity.WORKPLACE), pins.get(Activity.STUDY)
    work = _workplace(problem, days, day, pin_work)
    if likeness:
        work["points"] = work["points"] + _like_workplace(work, likeness, step)
    study = _Study(problem, days, day, pin_study)
    parts: list[dict[str, np.ndarray]] = []
    if not pin_work:
        if not pin_study:
            parts.append(_part(0, 0, NONE, NONE, 0))
        for early in (0, 1):
            points, starts = study.after[early]
            parts.append(_part(0, study.lengths, NONE, starts[0], points[0]))
    if not pin_study:
        parts.append(
            _part(work["length"], 0, work["at"], NONE, work["points"], work["talk"])
        )
    if len(work["at"]):
        way = -(-problem.travel // step)
        for early in (0, 1):
            for points, starts in (
                _taken(study.before[early], work["at"] - way),
                _taken(study.after[early], work["at"] + work["length"] + way),
            ):
                parts.append(
                    _part(
                        np.repeat(work["length"], len(study.lengths)),
                        np.tile(study.lengths, len(work["at"])),
                        np.repeat(work["at"], len(study.lengths)),
                        starts.reshape(-1),
                        np.where(
                            points > SHUT, points + work["points"][:, None], SHUT
                        ).reshape(-1),
                        np.repeat(work["talk"], len(study.lengths)),
                    )
                )
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    keep = found["points"] > SHUT // 2
    found = {name: values[keep] for name, values in found.items()}
    patterns = _complete(problem, days, day, found)
    whole = [one for one in likeness if one.whole]
    return _with_likeness(problem, days, day, patterns, whole) if whole else patterns


def _taken(best: tuple[Int32, Int32], at: Int32) -> tuple[Int32, Int32]:
    points, starts = best
    at = np.clip(at, 0, len(points) - 1)
    return points[at], starts[at]


def _part(
    workplace: np.ndarray | int,
    study: np.ndarray | int,
    workplace_at: np.ndarray | int,
    study_at: np.ndarray | int,
    points: np.ndarray | int,
    talk: np.ndarray | int = 0,
) -> dict[str, np.ndarray]:
    size = max(np.size(one) for one in (workplace, study, points))
    if np.size(points) == 0:
        size = 0
    wide = {
        "workplace": workplace,
        "study": study,
        "workplace_at": workplace_at,
        "study_at": study_at,
        "points": points,
        "talk": talk,
    }
    return {name: np.broadcast_to(np.asarray(one, np.int32), size) for name, one in wide.items()}


def _workplace(
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


def _like_workplace(
    work: dict[str, Int32], likeness: tuple[Likeness, ...], step: int
) -> Int32:
    points = np.zeros(len(work["at"]), np.int32)
    for like in likeness:
        if not like.whole:
            for block in like.blocks:
                if block.activity == Activity.WORKPLACE:
                    same = (work["at"] * step == block.start) & (
                        work["length"] * step == block.minutes
                    )
                    points[same] += like.points
    return points


def _complete(problem: Problem, days: Days, day: int, found: dict[str, np.ndarray]) -> Patterns:
    """Add what a pattern means for rest, evening and day, and take off what the day does not
    allow."""
    step, rules, wishes = problem.step, problem.rules, problem.wishes
    work, study = found["workplace"], found["study"]
    way = -(-problem.travel // step)
    work_end = np.where(work > 0, found["workplace_at"] + work, 0)
    study_end = np.where(study > 0, found["study_at"] + study, 0)
    home = np.where(work > 0, work_end + way, 0)
    evening = (np.maximum(home, study_end) * step <= rules.evening_from) & ~days.evening_taken[day]
    empty = (work == 0) & (study == 0) & (not days.day_taken[day])
    level = np.where(empty, 2, evening.astype(np.int32)).astype(np.int32)
    begins = np.where(work > 0, found["workplace_at"] * step, NEVER)
    first = np.minimum(begins, days.first[day])
    last = np.maximum(work_end * step, days.last[day])
    blocks = (work > 0).astype(np.int32) + (study > 0)
    points = (
        found["points"]
        - wishes.block * blocks
        - wishes.trip * (work > 0)
        + wishes.evening * (level > 0)
        + wishes.day * (level > 1)
    )
    patterns = Patterns(
        work.astype(np.int32),
        study.astype(np.int32),
        found["workplace_at"].astype(np.int32),
        found["study_at"].astype(np.int32),
        first.astype(np.int32),
        last.astype(np.int32),
        level,
        found["talk"].astype(np.int32),
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


def _with_likeness(
    problem: Problem, days: Days, day: int, patterns: Patterns, likeness: list[Likeness]
) -> Patterns:
    """The day exactly as in another plan, as a pattern of its own that carries the points."""
    every = [patterns]
    for like in likeness:
        same = _exactly(problem, days, day, like.blocks, patterns)
        every.append(same.with_points(same.points + like.points))
    return Patterns(*(np.concatenate([getattr(one, name) for one in every]) for name in FIELDS))


def _exactly(
    problem: Problem, days: Days, day: int, blocks: tuple[Block, ...], patterns: Patterns
) -> Patterns:
    """The pattern with just these blocks; no pattern when the day does not allow it."""
    if not blocks:
        return patterns.only((patterns.workplace == 0) & (patterns.study == 0))
    pins = {one for one in problem.pins if one.day == day}
    if not pins.issubset(blocks) or not all(
        one in pins or _allowed(problem, days, one) for one in blocks
    ):
        return patterns.only(np.zeros(0, np.int32))
    found = list_patterns(replace(problem, pins=blocks), days, day)
    kinds = {one.activity for one in blocks}
    return found.only(
        ((found.workplace > 0) == (Activity.WORKPLACE in kinds))
        & ((found.study > 0) == (Activity.STUDY in kinds))
    )


def _allowed(problem: Problem, days: Days, block: Block) -> bool:
    work = block.activity == Activity.WORKPLACE
    low, high = problem.rules.workplace_block if work else problem.rules.study_block
    able = days.workplace if work else days.study
    stretch = slice(block.start // problem.step, block.end // problem.step)
    return low <= block.minutes <= high and bool(able[block.day, stretch].all())
