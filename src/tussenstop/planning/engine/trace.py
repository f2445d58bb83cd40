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

OLD_LEVEL, OLD_TALK = np.divmod(np.arange(SORTS), 2)


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
    level, talk = found.level[rows, None], found.talk[rows, None]
    leads = np.maximum(OLD_LEVEL, level) * 2 + np.maximum(OLD_TALK, talk) == sort
    late = np.arange(len(before)) > one.after[rows, None]
    price = np.where(late, table.too_short or 0, 0)
    points = before[:, :, workplace - found.workplace[rows], study - found.study[rows]]
    needed = wanted - found.points[rows, None] + price
    fits = (points.transpose(2, 1, 0) == needed[:, None, :]) & leads[:, :, None]
    if table.too_short is None:
        fits &= ~late[:, None, :]
    row, old, end = np.unravel_index(int(fits.argmax()), fits.shape)
    if fits[row, old, end]:
        pattern = int(rows[row])
        left = (workplace - int(found.workplace[pattern]), study - int(found.study[pattern]))
        return pattern, (int(end), int(old), left, int(needed[row, end]))
    raise AssertionError("a week cannot be walked back")
