"""Back from a chosen number of hours to the blocks that give it."""

import numpy as np

from tussenstop.planning.engine.columns import (
    Columns,
    Frame,
    adjustment,
    price_of_level,
)
from tussenstop.planning.engine.patterns import LEVELS
from tussenstop.planning.engine.problem import Block, Int32, Problem
from tussenstop.planning.engine.weeks import SORTS, Table


def blocks_of(
    problem: Problem, columns: Columns, row: int, tables: list[Table], limits: Frame
) -> list[Block]:
    """The blocks of the week that a column stands for."""
    table = tables[int(columns.table[row])]
    week = int(columns.week[row])
    hours = (int(columns.workplace[row]), int(columns.study[row]))
    change = int(adjustment(problem, limits, np.array([hours[0]]), np.array([hours[1]]))[0])
    level = int(columns.level[row])
    price = price_of_level(problem, level, limits.level)
    until = int(columns.until[row])
    wanted = int(columns.value[row]) - change + (price or 0)
    sort = _sort_with(table.layers[-1][until, :, hours[0], hours[1]], level, wanted, columns, row)
    found: list[Block] = []
    for day in range(6, -1, -1):
        pattern, (until, sort, hours, wanted) = _step_back(table, day, (until, sort, hours, wanted))
        found += table.days[day].patterns.blocks(pattern, 7 * week + day, problem.step)
    return sorted(found)


def _sort_with(points: Int32, level: int, wanted: int, columns: Columns, row: int) -> int:
    for talk in (int(columns.talk[row]), 1):
        if points[level * 2 + talk] == wanted:
            return level * 2 + talk
    raise AssertionError(f"no week behind column {row}: {points}, {wanted}, {LEVELS}")


State = tuple[int, int, tuple[int, int], int]


def _step_back(table: Table, day: int, state: State) -> tuple[int, State]:
    """The first pattern, and the state before it, that lead to a state."""
    until, sort, (workplace, study), wanted = state
    before, one = table.layers[day], table.days[day]
    found = one.patterns
    rows = np.flatnonzero(
        (one.until == until)
        & (found.workplace <= workplace)
        & (found.study <= study)
        & (workplace - found.workplace < before.shape[2])
        & (study - found.study < before.shape[3])
    )
    for pattern in rows:
        left = (workplace - int(found.workplace[pattern]), study - int(found.study[pattern]))
        rest = wanted - int(found.points[pattern])
        for old in range(SORTS):
            level = max(old // 2, int(found.level[pattern]))
            talk = max(old % 2, int(found.talk[pattern]))
            if level * 2 + talk != sort:
                continue
            for end in range(len(before)):
                late = end > one.after[pattern]
                if late and table.too_short is None:
                    break
                price = table.too_short if late and table.too_short else 0
                if before[end, old, left[0], left[1]] == rest + price:
                    return int(pattern), (end, old, left, rest + price)
    raise AssertionError("a week cannot be walked back")
