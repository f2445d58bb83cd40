"""Why there is no plan: demands that contradict each other, and the least that would help.

Demands are taken away one after the other for as long as what is left is proven impossible
(a deletion filter). What remains cannot be missed: without any one of them there is a plan. When
a single week is impossible by itself, that week is explained, shift by shift.

"Impossible" is only ever said with proof. When time runs out before it is known whether a plan
exists, the demand in question is kept and the answer says that it may not be the shortest.
"""

import time
from dataclasses import dataclass, replace
from enum import StrEnum

from tussenstop.planning.engine.listing import list_days
from tussenstop.planning.engine.loosening import (
    Asked,
    asked_of,
    loosened,
    most_to_give,
    one_week,
    without,
)
from tussenstop.planning.engine.master import Proof, choose
from tussenstop.planning.engine.patterns import Patterns
from tussenstop.planning.engine.problem import Commitment, Demand, Problem, Wishes
from tussenstop.planning.engine.solve import SECONDS, Ready, prepare_bare

NEUTRAL = Wishes(block=0, uneven_workplace=0, uneven_study=0, evening=0, day=0)


class Answer(StrEnum):
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Member:
    """One of the demands that contradict each other; the commitment when it is one by itself."""

    demand: Demand
    name: str = ""
    commitment: Commitment | None = None


@dataclass(frozen=True)
class WayOut:
    """The least that makes a plan possible when only this demand gives way.

    amount  minutes, or a number (talks, weeks without a free evening or day, pins);
            None: only without it
    """

    member: Member
    amount: int | None


@dataclass(frozen=True)
class Conflict:
    """Why there is no plan.

    ways      for every member that can settle it by itself; what was not decided is left out
    week      the week (from 0) to blame, when one is by itself
    shortest  none of the members can be missed
    alone     nothing else stands in the way: each of the ways makes a plan possible
    """

    answer: Answer
    members: tuple[Member, ...] = ()
    ways: tuple[WayOut, ...] = ()
    week: int | None = None
    shortest: bool = True
    alone: bool = True


def explain(problem: Problem, *, seconds: float = SECONDS) -> Conflict:
    """Whether there is a plan, and when there is none, why. Raises Mistake."""
    problem.validate()
    return _Explainer(problem, time.monotonic() + seconds).explain()


def _order(one: Asked) -> tuple[str, str, int]:
    return (one.demand, one.name, -1 if one.place is None else one.place)


class _Explainer:
    def __init__(self, problem: Problem, until: float) -> None:
        # What is soft never stands in the way.
        self.problem = replace(
            without(problem, frozenset(Asked(one) for one in problem.rules.soft)),
            wishes=NEUTRAL,
        )
        self.until = until
        self.listed: dict[tuple[object, ...], list[Patterns]] = {}
        self.shortest = True

    def explain(self) -> Conflict:
        ready = self._ready(self.problem)
        answer = self._answer(ready)
        if answer != Answer.IMPOSSIBLE:
            return Conflict(answer)
        week = self._week_without_plan(ready)
        if week is not None:
            self.problem = one_week(self.problem, week)
        core = self._core(asked_of(self.problem, one_by_one=week is not None))
        members = {one: self._member(one) for one in sorted(core, key=_order)}
        ways = self._ways(members)
        alone = bool(ways)
        if not alone:
            # Something else stands in the way as well: what would settle this by itself?
            every = frozenset(asked_of(self.problem, one_by_one=week is not None))
            self.problem = without(self.problem, every - core)
            ways = self._ways({self._found_again(one, core): members[one] for one in core})
        return Conflict(answer, tuple(members.values()), ways, week, self.shortest, alone)

    def _ways(self, members: dict[Asked, Member]) -> tuple[WayOut, ...]:
        return tuple(way for one, member in members.items() if (way := self._way(one, member)))

    @staticmethod
    def _found_again(one: Asked, core: frozenset[Asked]) -> Asked:
        """The same demand in the problem that holds nothing but the core."""
        if one.place is None:
            return one
        kin = sorted(other.place or 0 for other in core if other.demand == one.demand)
        return replace(one, place=kin.index(one.place))

    # Is there a plan?

    def _ready(self, problem: Problem) -> Ready:
        rules = problem.rules
        key = (
            id(problem.opening) if problem.opening is self.problem.opening else 0,
            problem.commitments,
            problem.pins,
            rules.day_most,
            rules.workplace_block,
            rules.study_block,
        )
        if key not in self.listed:
            self.listed[key] = list_days(problem)
        return prepare_bare(problem, self.listed[key])

    def _answer(self, ready: Ready) -> Answer:
        left = self.until - time.monotonic()
        proof = choose(ready.problem, ready.columns, ready.late, left).proof
        if proof == Proof.IMPOSSIBLE:
            return Answer.IMPOSSIBLE
        return Answer.UNDECIDED if proof == Proof.UNDECIDED else Answer.POSSIBLE

    def _ask(self, problem: Problem) -> Answer:
        if time.monotonic() > self.until:
            return Answer.UNDECIDED
        return self._answer(self._ready(problem))

    def _week_without_plan(self, ready: Ready) -> int | None:
        there = set(ready.columns.week.tolist())
        for week in range(self.problem.weeks):
            if week not in there and (
                self.problem.weeks == 1
                or self._ask(one_week(self.problem, week)) == Answer.IMPOSSIBLE
            ):
                return week
        return None

    # Which demands?

    def _core(self, asked: list[Asked]) -> frozenset[Asked]:
        gone: frozenset[Asked] = frozenset()
        for one in asked:
            tried = gone | {one}
            answer = self._ask(without(self.problem, tried))
            if answer == Answer.IMPOSSIBLE:
                gone = tried
            elif answer == Answer.UNDECIDED:
                self.shortest = False
        return frozenset(asked) - gone

    def _member(self, one: Asked) -> Member:
        if one.place is None:
            return Member(one.demand, one.name)
        if one.demand == Demand.PINS:
            return Member(one.demand)
        return Member(one.demand, one.name, self.problem.commitments[one.place])

    # What would help?

    def _way(self, one: Asked, member: Member) -> WayOut | None:
        if one.demand in {Demand.FREE_EVENING, Demand.FREE_DAY}:
            return self._weeks_without(one.demand, member)
        most = most_to_give(self.problem, one.demand)
        if most is None:
            answer = self._ask(without(self.problem, frozenset({one})))
            return WayOut(member, None) if answer == Answer.POSSIBLE else None
        unit = 1 if one.demand == Demand.TALKS else self.problem.step
        return self._least(one.demand, member, most // unit, unit)

    def _least(self, demand: Demand, member: Member, most: int, unit: int) -> WayOut | None:
        """The smallest multiple of `unit` that helps, by halving; None when nothing is known to."""
        low, high = 0, None
        step = 1
        while high is None:
            at = min(step, most)
            answer = self._ask(loosened(self.problem, demand, at * unit))
            if answer == Answer.UNDECIDED or (answer == Answer.IMPOSSIBLE and at >= most):
                return None
            low, high = (low, at) if answer == Answer.POSSIBLE else (at, None)
            step *= 4
        while high - low > 1:
            middle = (low + high) // 2
            answer = self._ask(loosened(self.problem, demand, middle * unit))
            if answer == Answer.UNDECIDED:
                break
            low, high = (low, middle) if answer == Answer.POSSIBLE else (middle, high)
        return WayOut(member, high * unit)

    def _weeks_without(self, demand: Demand, member: Member) -> WayOut | None:
        """In how few weeks the rule has to be let go."""
        rules = self.problem.rules
        softer = replace(rules, soft={demand: 1})
        ready = self._ready(replace(self.problem, rules=softer))
        choice = choose(ready.problem, ready.columns, ready.late, self.until - time.monotonic())
        return WayOut(member, -choice.value) if choice.proof == Proof.BEST else None
