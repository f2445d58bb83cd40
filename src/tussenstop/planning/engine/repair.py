"""When something changed: the plan that differs from the agreed one on the fewest days."""

import time
from dataclasses import dataclass, replace

import numpy as np

from tussenstop.planning.engine.listing import list_days
from tussenstop.planning.engine.master import Choice, Held, Proof, choose
from tussenstop.planning.engine.patterns import Likeness
from tussenstop.planning.engine.problem import Block, Demand, Problem
from tussenstop.planning.engine.solve import SECONDS, Outcome, outcome, prepare


@dataclass(frozen=True)
class Repair:
    """The new plan; the days on which it differs from the old one; whether fewer is impossible."""

    outcome: Outcome
    changed: tuple[int, ...]
    fewest: bool


def repair(problem: Problem, agreed: tuple[Block, ...], *, seconds: float = SECONDS) -> Repair:
    """The plan for `problem` that keeps as many days as possible of the agreed plan, and among
    those the best one. Raises Mistake."""
    problem.validate()
    until = time.monotonic() + seconds
    by_day = _by_day(problem, agreed)
    worth = _worth_of_a_day(problem)
    likenesses = {day: (Likeness(blocks, worth),) for day, blocks in by_day.items()}
    ready = prepare(problem, list_days(problem, likenesses))
    same = np.round(ready.columns.value / worth).astype(np.int32)
    most = choose(
        _nights_free(problem),
        replace(ready.columns, value=same),
        ready.late,
        until - time.monotonic(),
    )
    if most.proof not in {Proof.BEST, Proof.WITHIN}:
        return Repair(outcome(ready, most), (), fewest=False)
    # Among columns that can be part of a plan with that many days kept: the others need no look.
    able = np.flatnonzero(most.at_most >= most.value).astype(np.int32)
    values = ready.columns.value - same * worth
    finest = choose(
        problem,
        replace(ready.columns, value=values).only(able),
        ready.late,
        until - time.monotonic(),
        Held(same[able], most.value),
    )
    finest = replace(finest, rows=able[finest.rows])
    if not len(finest.rows):  # no time left to look for the best of them
        value = int(values[most.rows].sum())
        finest = Choice(Proof.WITHIN, most.rows, value, max(value, finest.bound))
    found = outcome(ready, finest)
    after = _by_day(problem, found.blocks)
    changed = tuple(day for day in range(problem.days) if after[day] != by_day[day])
    return Repair(found, changed, fewest=most.proof == Proof.BEST)


def _nights_free(problem: Problem) -> Problem:
    """A short night between two weeks takes off nothing: when days are counted, points are not."""
    soft = problem.rules.soft
    if Demand.REST not in soft:
        return problem
    return replace(problem, rules=replace(problem.rules, soft={**soft, Demand.REST: 0}))


def _by_day(problem: Problem, blocks: tuple[Block, ...]) -> dict[int, tuple[Block, ...]]:
    return {
        day: tuple(sorted(one for one in blocks if one.day == day)) for day in range(problem.days)
    }


def _worth_of_a_day(problem: Problem) -> int:
    """More than all wishes together can differ, so that a kept day always counts for more."""
    wishes, rules, step = problem.wishes, problem.rules, problem.step
    pinned = max((pin.minutes for pin in problem.pins), default=0)
    longest = [
        max(limits[1], pinned) // step for limits in (rules.workplace_block, rules.study_block)
    ]
    a_day = 2 * wishes.block + wishes.trip + wishes.evening + wishes.day
    for value, steps in zip((wishes.workplace_value, wishes.study_value), longest, strict=True):
        if value is not None:
            a_day += 2 * steps * int(np.abs(value).max(initial=0))
    a_day += sum(longest) * (wishes.uneven_workplace + wishes.uneven_study)
    a_week = sum(rules.soft.values()) * (1 + 7 * sum(longest))
    share = (problem.goals.workplace + problem.goals.study) // step
    return (
        1
        + problem.days * a_day
        + problem.weeks * a_week
        + share * (wishes.uneven_workplace + wishes.uneven_study)
    )
