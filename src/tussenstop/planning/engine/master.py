"""Choosing one column for every week, so that the totals are reached, with proof."""

import time
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tussenstop.planning.engine.columns import Columns
from tussenstop.planning.engine.linear import INFINITE, Programme, Solved, Status, solve
from tussenstop.planning.engine.problem import Demand, Int32, Problem

Int64 = NDArray[np.int64]

ENOUGH = 200  # columns to begin with: the ones that lose least
WIDER = 3
HALF = 0.5


class Proof(StrEnum):
    """How sure the answer is."""

    BEST = "best"
    WITHIN = "within"  # a plan, and a bound on how much better another could be
    IMPOSSIBLE = "impossible"  # proven
    UNDECIDED = "undecided"  # no plan found in time, and no proof that there is none


@dataclass(frozen=True, eq=False)
class Choice:
    """rows: the chosen column of every week; bound: no plan is worth more; at_most: what no plan
    with that column is worth more than, for every column (empty when it was not found out)."""

    proof: Proof
    rows: Int32
    value: int
    bound: int
    at_most: Int64 = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass(frozen=True, eq=False)
class Held:
    """One more total: `amounts` (int32, one a column) together at least `least`."""

    amounts: Int32
    least: int

    def only(self, rows: Int32) -> "Held":
        return Held(self.amounts[rows], self.least)


def choose(
    problem: Problem,
    columns: Columns,
    late: tuple[int, ...],
    seconds: float,
    held: Held | None = None,
) -> Choice:
    """The best choice of columns.

    late  for every week the number of classes of its Sunday's end beyond the first
    """
    until = time.monotonic() + seconds
    nothing = np.zeros(0, np.int32)
    if len(np.unique(columns.week)) < problem.weeks:
        return Choice(Proof.IMPOSSIBLE, nothing, 0, 0)
    whole = programme(problem, columns, late, held)
    relaxed = solve(whole, whole=None, seconds=seconds, presolve=False)
    if relaxed.status == Status.IMPOSSIBLE:
        return Choice(Proof.IMPOSSIBLE, nothing, 0, 0)
    if relaxed.status == Status.OUT_OF_TIME:
        return Choice(Proof.UNDECIDED, nothing, 0, 0)
    lost = _lost(whole, relaxed, len(columns))
    at_most = np.floor(relaxed.gain - lost + 1e-6).astype(np.int64)
    bound = int(np.floor(relaxed.gain + 1e-6))
    # Of those that lose as much, the ones with most hours: the others can hardly be needed.
    order = np.lexsort((-columns.workplace - columns.study, np.round(lost, 6)))
    count = ENOUGH
    best: Choice | None = None
    while True:
        keep = np.sort(order[:count]).astype(np.int32)
        every = len(keep) == len(columns)
        small = programme(problem, columns.only(keep), late, held.only(keep) if held else None)
        whole_numbers = np.ones(len(small.gain), dtype=np.uint8)
        answer = solve(small, whole=whole_numbers, seconds=until - time.monotonic(), presolve=False)
        if len(answer.values):
            rows = keep[np.flatnonzero(answer.values[: len(keep)] > HALF)].astype(np.int32)
            value = round(answer.gain)
            # Whoever takes a column that was left out loses at least as much as the next one does.
            others = bound if every else int(at_most[order[count]])
            known = answer.status == Status.OPTIMAL and (every or value >= others)
            if known or value >= bound:
                return Choice(Proof.BEST, rows, value, value, at_most)
            best = Choice(Proof.WITHIN, rows, value, bound, at_most)
        elif answer.status == Status.IMPOSSIBLE and every:
            return Choice(Proof.IMPOSSIBLE, nothing, 0, 0)
        if every or time.monotonic() > until:
            return best or Choice(Proof.UNDECIDED, nothing, 0, 0)
        count *= WIDER
        if best:
            count = max(count, int((lost <= relaxed.gain - best.value).sum()))


def _lost(whole: Programme, relaxed: Solved, columns: int) -> np.ndarray:
    """How much each column takes off the bound when it is chosen."""
    lengths = np.diff(whole.starts)
    owner = np.repeat(np.arange(len(whole.gain)), lengths)
    price = np.bincount(
        owner, weights=whole.coefficients * relaxed.duals[whole.rows], minlength=len(whole.gain)
    )
    return np.maximum(price - whole.gain, 0)[:columns]


def programme(
    problem: Problem, columns: Columns, late: tuple[int, ...], held: Held | None = None
) -> Programme:
    """One row a week, one for each total, one for each part with a talk, and one for each class in
    which a Sunday may end too late for the Monday after."""
    goals, step, weeks = problem.goals, problem.step, problem.weeks
    hours = weeks
    talks = weeks + 2
    nights = talks + goals.talks
    size = len(columns)
    every = np.arange(size)
    owners = [every, every, every]
    rows = [columns.week, np.full(size, hours), np.full(size, hours + 1)]
    amounts = [np.ones(size), columns.workplace.astype(float), columns.study.astype(float)]
    if goals.talks:
        met = np.flatnonzero(columns.talk)
        owners.append(met)
        rows.append(talks + columns.week[met] * goals.talks // weeks)
        amounts.append(np.ones(len(met)))
    row = nights
    soft = problem.rules.soft.get(Demand.REST)
    broken: list[int] = []
    for week, classes in enumerate(late[:-1]):
        for one in range(1, classes + 1):
            ends = np.flatnonzero((columns.week == week) & (columns.until >= one))
            starts = np.flatnonzero((columns.week == week + 1) & (columns.after < one))
            owners.append(np.concatenate([ends, starts]))
            rows.append(np.full(len(ends) + len(starts), row))
            amounts.append(np.ones(len(ends) + len(starts)))
            broken.append(week)
            row += 1
    ends_of_nights = row
    if held:
        owners.append(every)
        rows.append(np.full(size, row))
        amounts.append(held.amounts.astype(float))
        row += 1
    gain = columns.value.astype(float)
    if soft is not None and broken:
        for number, week in enumerate(sorted(set(broken))):
            mine = np.flatnonzero(np.array(broken) == week)
            owners.append(np.full(len(mine), size + number))
            rows.append(nights + mine)
            amounts.append(-np.ones(len(mine)))
        gain = np.append(gain, np.full(len(set(broken)), -float(soft)))
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(gain) + 1))
    low = np.full(row, -INFINITE)
    high = np.full(row, INFINITE)
    low[:weeks] = high[:weeks] = 1
    low[hours] = -(-goals.workplace // step)
    low[hours + 1] = -(-goals.study // step)
    low[talks:nights] = 1
    high[nights:ends_of_nights] = 1
    if held:
        low[-1] = held.least
    return Programme(
        gain,
        np.full(len(gain), INFINITE),  # every row of a week bounds its columns already
        starts.astype(np.int32),
        np.concatenate(rows)[order].astype(np.int32),
        np.concatenate(amounts)[order],
        low,
        high,
    )
