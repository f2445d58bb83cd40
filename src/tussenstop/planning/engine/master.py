"""Choosing one column for every week, so that the totals are reached, with proof."""

import time
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tussenstop.planning.engine.columns import Columns
from tussenstop.planning.engine.linear import INFINITE, Programme, Solved, Status, solve
from tussenstop.planning.engine.problem import Demand, Int32, Problem

FIRST_GAP = 3
WIDER = 4
ENOUGH = 400  # columns that are cheap to leave in


class Proof(StrEnum):
    """How sure the answer is."""

    BEST = "best"
    WITHIN = "within"  # a plan, and a bound on how much better another could be
    IMPOSSIBLE = "impossible"  # proven
    UNDECIDED = "undecided"  # no plan found in time, and no proof that there is none


@dataclass(frozen=True, eq=False)
class Choice:
    """rows: the chosen column of every week; bound: no plan is worth more."""

    proof: Proof
    rows: Int32
    value: int
    bound: int


def choose(problem: Problem, columns: Columns, late: tuple[int, ...], seconds: float) -> Choice:
    """The best choice of columns.

    late  for every week the number of classes of its Sunday's end beyond the first
    """
    until = time.monotonic() + seconds
    nothing = np.zeros(0, np.int32)
    if len(np.unique(columns.week)) < problem.weeks:
        return Choice(Proof.IMPOSSIBLE, nothing, 0, 0)
    whole = programme(problem, columns, late)
    relaxed = solve(whole, whole=None, seconds=seconds)
    if relaxed.status == Status.IMPOSSIBLE:
        return Choice(Proof.IMPOSSIBLE, nothing, 0, 0)
    if relaxed.status == Status.OUT_OF_TIME:
        return Choice(Proof.UNDECIDED, nothing, 0, 0)
    lost = _lost(whole, relaxed, len(columns))
    bound = int(np.floor(relaxed.gain + 1e-6))
    gap = float(FIRST_GAP)
    best: Choice | None = None
    while True:
        keep = np.flatnonzero(lost <= max(gap, _at_least(lost)))
        answer = _whole(problem, columns.only(keep), late, until - time.monotonic())
        every = len(keep) == len(columns)
        if len(answer.values):
            rows = keep[np.flatnonzero(answer.values[: len(keep)] > 0.5)]
            value = round(answer.gain)
            best = Choice(Proof.WITHIN, rows.astype(np.int32), value, bound)
            left_out = bound if every else int(np.floor(relaxed.gain - lost_beyond(lost, keep)))
            proven = answer.status == Status.OPTIMAL and (every or value >= left_out)
            if proven or value >= bound:
                return Choice(Proof.BEST, best.rows, value, value)
        elif answer.status == Status.IMPOSSIBLE and every:
            return Choice(Proof.IMPOSSIBLE, nothing, 0, 0)
        if every or time.monotonic() > until:
            return best or Choice(Proof.UNDECIDED, nothing, 0, 0)
        wider = relaxed.gain - best.value if best else 0.0
        gap = max(gap * WIDER, wider)


def lost_beyond(lost: np.ndarray, kept: np.ndarray) -> float:
    """The least that is lost by any column that was not kept."""
    others = np.delete(lost, kept)
    return float(others.min()) if len(others) else np.inf


def _at_least(lost: np.ndarray) -> float:
    """The loss within which a comfortable number of columns lies."""
    if len(lost) <= ENOUGH:
        return float(lost.max())
    return float(np.partition(lost, ENOUGH)[ENOUGH])


def _whole(problem: Problem, columns: Columns, late: tuple[int, ...], seconds: float) -> Solved:
    small = programme(problem, columns, late)
    whole = np.ones(len(small.gain), dtype=np.uint8)
    return solve(small, whole=whole, seconds=seconds)


def _lost(whole: Programme, relaxed: Solved, columns: int) -> np.ndarray:
    """How much each column takes off the bound when it is chosen."""
    lengths = np.diff(whole.starts)
    owner = np.repeat(np.arange(len(whole.gain)), lengths)
    price = np.bincount(
        owner, weights=whole.coefficients * relaxed.duals[whole.rows], minlength=len(whole.gain)
    )
    return np.maximum(price - whole.gain, 0)[:columns]


def programme(problem: Problem, columns: Columns, late: tuple[int, ...]) -> Programme:
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
    high[nights:] = 1
    return Programme(
        gain,
        np.full(len(gain), INFINITE),  # every row of a week bounds its columns already
        starts.astype(np.int32),
        np.concatenate(rows)[order].astype(np.int32),
        np.concatenate(amounts)[order],
        low,
        high,
    )
