"""What a week can contribute: one column for each number of hours worth having."""

from dataclasses import dataclass

import numpy as np

from tussenstop.planning.engine.days import Days
from tussenstop.planning.engine.patterns import LEVELS
from tussenstop.planning.engine.problem import Demand, Int32, Problem
from tussenstop.planning.engine.weeks import NOT, Classed, Table, tables


@dataclass(frozen=True)
class Frame:
    """What holds for one week, in steps.

    room       most steps at the workplace, and of study
    together   most steps of both; None: no limit
    least      least steps at the workplace
    level      what must be free at least once (see patterns.LEVELS); what the commitments make
               impossible is not asked
    shares     an even share of the hours, for the workplace and for study
    """

    room: tuple[int, int]
    together: int | None
    least: int
    level: int
    shares: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Columns:
    """int32[n] each; hours in steps.

    after   the class of the Sunday before that this week may follow, or lower
    until   the class in which its Sunday ends
    """

    week: Int32
    table: Int32
    workplace: Int32
    study: Int32
    talk: Int32
    after: Int32
    until: Int32
    level: Int32
    value: Int32

    def __len__(self) -> int:
        return len(self.value)

    def only(self, rows: Int32) -> "Columns":
        return Columns(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def frame(problem: Problem, days: Days, week: int, listed: list[Classed]) -> Frame:
    """The limits of a week, and what can still be free in it."""
    rules, goals, step = problem.rules, problem.goals, problem.step
    seven = listed[7 * week : 7 * week + 7]
    load = int(days.load[7 * week : 7 * week + 7].sum())
    most = rules.week_most[week] if rules.week_most else None
    together = None if most is None else max(most - load, 0) // step
    soft = Demand.WEEK_MOST in rules.soft
    rooms = []
    for limits, lengths in (
        (rules.workplace_week_most, [one.patterns.workplace for one in seven]),
        (rules.study_week_most, [one.patterns.study for one in seven]),
    ):
        room = sum(int(length.max(initial=0)) for length in lengths)
        if limits and (limit := limits[week]) is not None:
            room = min(room, limit // step)
        if together is not None and not soft:
            room = min(room, together)
        rooms.append(room)
    possible = max(int(one.patterns.level.max(initial=0)) for one in seven)
    level = 2 if rules.free_day else 1 if rules.free_evening else 0
    return Frame(
        room=(rooms[0], rooms[1]),
        together=together,
        least=-(-rules.workplace_week_least[week] // step) if rules.workplace_week_least else 0,
        level=min(level, possible),
        shares=(
            round(goals.workplace / step / problem.weeks),
            round(goals.study / step / problem.weeks),
        ),
    )


def week_columns(
    problem: Problem, week: int, listed: list[Classed], classes: Int32, limits: Frame
) -> tuple[list[Table], Columns]:
    """The tables of a week and its columns, without those that give less for less."""
    found = tables(problem, week, listed, classes, limits.room)
    parts = [_columns(problem, week, number, table, limits) for number, table in enumerate(found)]
    return found, joined(parts)


def joined(parts: list[Columns]) -> Columns:
    """All of them in one; none at all when there are none."""
    names = Columns.__dataclass_fields__
    if not parts:
        return Columns(*(np.zeros(0, np.int32) for _ in names))
    return Columns(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))


def price_of_level(problem: Problem, level: int, asked: int) -> int | None:
    """What it costs to have only `level` free where `asked` is; None when that cannot be."""
    price = 0
    for rule, needed in ((Demand.FREE_EVENING, 1), (Demand.FREE_DAY, 2)):
        wanted = problem.rules.free_evening if needed == 1 else problem.rules.free_day
        if wanted and level < needed <= asked:
            if rule not in problem.rules.soft:
                return None
            price += problem.rules.soft[rule]
    return price


def adjustment(problem: Problem, limits: Frame, workplace: Int32, study: Int32) -> Int32:
    """What the hours of a week add to its points: NOT where they are not allowed."""
    wishes, rules = problem.wishes, problem.rules
    points = -wishes.uneven_workplace * np.abs(workplace - limits.shares[0])
    points = points - wishes.uneven_study * np.abs(study - limits.shares[1])
    if limits.together is not None:
        over = np.maximum(workplace + study - limits.together, 0)
        price = rules.soft.get(Demand.WEEK_MOST)
        points = np.where(over > 0, NOT, points) if price is None else points - price * over
    return np.where(workplace < limits.least, NOT, points).astype(np.int32)


def _columns(problem: Problem, week: int, number: int, table: Table, limits: Frame) -> Columns:
    last = table.layers[-1]
    classes, _, height, width = last.shape
    workplace, study = np.meshgrid(
        np.arange(height, dtype=np.int32), np.arange(width, dtype=np.int32), indexing="ij"
    )
    change = adjustment(problem, limits, workplace, study)
    parts = []
    for until in range(classes):
        talks = []
        for talk in (0, 1):
            best = np.full((LEVELS, height, width), NOT, np.int32)
            for level in range(LEVELS):
                price = price_of_level(problem, level, limits.level)
                if price is not None:
                    best[level] = np.maximum(last[until, level * 2 + talk] - price + change, NOT)
            talks.append(best)
        if not problem.goals.talks:
            talks = [np.maximum(talks[0], talks[1])]
        better = np.full((height + 1, width + 1), NOT, np.int32)
        for talk in reversed(range(len(talks))):
            value = talks[talk].max(axis=0)
            level = talks[talk].argmax(axis=0).astype(np.int32)
            worth = np.maximum(better[:height, :width], NOT)  # with more talks
            reach = np.full((height + 1, width + 1), NOT, np.int32)
            reach[:height, :width] = value
            reach = np.maximum.accumulate(reach[::-1], axis=0)[::-1]
            reach = np.maximum.accumulate(reach[:, ::-1], axis=1)[:, ::-1]
            beyond = np.maximum(np.maximum(reach[1:, :width], reach[:height, 1:]), worth)
            rows = np.nonzero((value > NOT // 2) & (value > beyond))
            size = len(rows[0])
            parts.append(
                Columns(
                    np.full(size, week, np.int32),
                    np.full(size, number, np.int32),
                    rows[0].astype(np.int32),
                    rows[1].astype(np.int32),
                    np.full(size, talk, np.int32),
                    np.full(size, table.after, np.int32),
                    np.full(size, until, np.int32),
                    level[rows],
                    value[rows],
                )
            )
            better = np.maximum(better, reach)
    return joined(parts)
