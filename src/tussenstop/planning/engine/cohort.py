"""Many students at workplaces that cannot receive all of them at once.

Students share a workplace (a mentor, a room) that has room for so many at a time. They are planned
one after the other, the tightest first, each around those before; whoever finds no place makes the
neighbour move that stands most in the way; a last round lets everybody improve.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tussenstop.planning.engine.master import Proof
from tussenstop.planning.engine.problem import Activity, Block, Bool, Problem
from tussenstop.planning.engine.solve import SECONDS, Outcome, best

Int16 = NDArray[np.int16]

NO_PLAN = Outcome(Proof.UNDECIDED, (), 0, 0)
MOST_MOVED = 3  # neighbours tried for somebody without a plan


@dataclass(frozen=True, eq=False)
class Shared:
    """problems: of the students who share a workplace, over the same weeks and steps;
    seats: int16[days, steps], how many it can receive at a time."""

    problems: tuple[Problem, ...]
    seats: Int16


@dataclass(frozen=True)
class Together:
    """outcomes: one a student, in the order of the problems; `alone`: what the points would be if
    nobody else were there, as far as it is known."""

    outcomes: tuple[Outcome, ...]
    alone: tuple[int, ...]


def plan_together(shared: Shared, *, seconds: float = 60.0) -> Together:
    """A plan for everybody who can have one, never more at a time than there are seats. A student
    without a plan has an outcome without blocks: impossible only when it is so without the others.

    Raises Mistake."""
    return _Planner(shared, time.monotonic() + seconds).plan()


def crowded(shared: Shared, plans: Sequence[tuple[Block, ...]]) -> int:
    """At how many steps there are more students than seats; for judging a result."""
    used = np.zeros_like(shared.seats)
    for problem, blocks in zip(shared.problems, plans, strict=True):
        used += _presence(problem, blocks)
    return int((used > shared.seats).sum())


def _presence(problem: Problem, blocks: tuple[Block, ...]) -> Int16:
    there = np.zeros((problem.days, problem.steps), np.int16)
    for one in blocks:
        if one.activity == Activity.WORKPLACE:
            there[one.day, one.start // problem.step : one.end // problem.step] = 1
    return there


class _Planner:
    def __init__(self, shared: Shared, until: float) -> None:
        self.shared = shared
        self.until = until
        self.used = np.zeros_like(shared.seats)
        self.plans: list[Outcome] = [NO_PLAN] * len(shared.problems)

    def plan(self) -> Together:
        problems = self.shared.problems
        alone = [best(one, seconds=SECONDS) for one in problems]
        if not self._too_many(alone):
            return Together(tuple(alone), tuple(one.points for one in alone))
        for student in sorted(range(len(problems)), key=lambda one: _room(problems[one])):
            if not alone[student].found:
                self.plans[student] = alone[student]
                continue
            # Their best plan by themselves, when the seats allow it, is their best plan here.
            if not self._take(student, alone[student]):
                self._place(student)
        for student, plan in enumerate(self.plans):
            if not plan.found and alone[student].found:
                self._make_room(student)
        for student, plan in enumerate(self.plans):
            if plan.found and plan.points < alone[student].points:
                self._improve(student)
        return Together(tuple(self.plans), tuple(one.points for one in alone))

    def _too_many(self, alone: list[Outcome]) -> bool:
        return bool(crowded(self.shared, [one.blocks for one in alone]))

    def _take(self, student: int, plan: Outcome) -> bool:
        there = _presence(self.shared.problems[student], plan.blocks)
        if ((self.used + there) > self.shared.seats).any():
            return False
        self.used += there
        self.plans[student] = plan
        return True

    def _leave(self, student: int) -> Outcome:
        plan = self.plans[student]
        self.used -= _presence(self.shared.problems[student], plan.blocks)
        self.plans[student] = NO_PLAN
        return plan

    def _around(self, student: int) -> Problem:
        problem = self.shared.problems[student]
        free: Bool = self.used < self.shared.seats
        return replace(problem, opening=problem.opening & free)

    def _place(self, student: int) -> bool:
        left = self.until - time.monotonic()
        if left <= 0:
            return False
        plan = best(self._around(student), seconds=min(SECONDS, left))
        if plan.found:
            return self._take(student, plan)
        # Not possible beside the others: that is no proof that it is not possible at all.
        return False

    def _make_room(self, student: int) -> None:
        """Ask the neighbours one after the other to plan anew, after this student."""
        wanted = self.shared.problems[student].opening & (self.used >= self.shared.seats)
        busiest = sorted(
            (one for one, plan in enumerate(self.plans) if plan.found),
            key=lambda one: (
                -int(_presence(self.shared.problems[one], self.plans[one].blocks)[wanted].sum())
            ),
        )
        for neighbour in busiest[:MOST_MOVED]:
            before = self._leave(neighbour)
            if self._place(student):
                if self._place(neighbour):
                    return
                self._leave(student)
            self._take(neighbour, before)

    def _improve(self, student: int) -> None:
        before = self._leave(student)
        if self._place(student) and self.plans[student].points >= before.points:
            return
        if self.plans[student].found:
            self._leave(student)
        self._take(student, before)


def _room(problem: Problem) -> float:
    """How much of the opening hours a student is free for each hour that is wanted."""
    taken = sum(one.end - one.start for one in problem.commitments)
    wanted = problem.goals.workplace + problem.goals.study
    return (int(problem.opening.sum()) * problem.step - taken) / max(wanted, 1)
