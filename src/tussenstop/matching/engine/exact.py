"""Small rounds solved exactly: stable, then most placed, then best liked by both sides together.

A mixed-integer programme for hospitals and residents with ties on both sides and incomplete lists
(after Kwanashie and Manlove, 2013, and Delorme et al., 2019), solved by HiGHS in one thread: more
threads hang in forked workers, and would not repeat themselves.

For each wish e = (s, p) a variable says whether s gets p. Stability says for each wish that s gets
this or something at least as good, or p is full of others at least as good, or (under a limit) p's
organisation is at its limit with students who are all at least as good.

Groups that stay together ask, for each organisation, that all of a group are there or none. The
most groups that any stable result can keep together are kept, before anything else is counted.

Which of several equally good results comes out depends on the order in which the solver meets
students and places; that order is drawn by lot.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tussenstop.matching.engine.lottery import draw
from tussenstop.matching.engine.market import Int32, Market
from tussenstop.matching.engine.milp import Milp, Values
from tussenstop.matching.engine.pruning import Wishes, idle

LARGEST = 300
"""The most students a round may have to be solved exactly."""


@dataclass(frozen=True, eq=False)
class Exact:
    """place_of int32[n], whether it was proven best, and the groups that had to be let go."""

    place_of: Int32
    proven: bool
    released: tuple[int, ...]


def solve_exactly(market: Market, begin: Int32, *, seed: int, seconds: float) -> Exact | None:
    """The best stable result within `seconds`, or None when nothing was found in time.

    `begin` int32[n] (-1: none) is a stable result to begin from. An answer that is not `proven` is
    stable all the same.
    """
    until = time.monotonic() + seconds
    model = _Model(market, seed)
    if not len(model.edges):
        return Exact(np.full(market.students, -1, dtype=np.int32), True, ())
    model.milp.hint(model.values_of(begin))
    best: Values | None = None
    proven = True
    for costs in model.stages():
        found = model.milp.minimise(costs, seconds=max(until - time.monotonic(), 0.01))
        if found is not None:
            best = found.values
        if found is None or not found.proven:
            proven = False
            break
        model.milp.keep(costs, found.cost)
    if best is None:
        return None
    return Exact(model.place_of(best), proven, model.released(best))


class _Model:
    """The programme of one market, and the way between its values and places.

    Variables: one per wish that can come true; one per place and grade, and per organisation with a
    limit and grade (is it full of students with this grade or better?); one per group (does it stay
    together?). Once it is known who is full with whom, all that is left is a flow, which is why
    the solver gets far with these.
    """

    def __init__(self, market: Market, seed: int) -> None:
        self.market = market
        owner = market.student_of_edge()
        student_lot = draw(market.students, seed)
        place_lot = draw(market.places, seed, "places")
        drawn = np.lexsort((place_lot[market.place], student_lot[owner]))
        self.edges = drawn[market.capacity[market.place[drawn]] > 0]
        self.student = owner[self.edges].tolist()
        self.place = market.place[self.edges].tolist()
        self.wish = market.wish[self.edges].tolist()
        self.grade = market.grade[self.edges].tolist()
        firm = market.organisation
        self.firm = self.place if firm is None else firm[self.place].tolist()
        self.of_student = _grouped(self.student)
        self.of_place = _grouped(self.place)
        self.of_firm = _grouped(self.firm)
        seats = {p: int(market.capacity[p]) for p in self.of_place}
        quotas = {} if market.quota is None else {o: int(market.quota[o]) for o in self.of_firm}
        quotas = {o: limit for o, limit in quotas.items() if limit >= 0}
        wishes = len(self.edges)
        self.place_full = self._levels(self.of_place, seats, wishes)
        self.firm_full = self._levels(self.of_firm, quotas, wishes + len(self.place_full))
        first_group = wishes + len(self.place_full) + len(self.firm_full)
        self.kept = [first_group + i for i in range(len(market.together))]
        self.milp = Milp(first_group + len(self.kept))
        for mine in self.of_student.values():
            self.milp.at_most(1, _sum(mine))
        self._full(self.place_full, self.of_place, seats)
        self._full(self.firm_full, self.of_firm, quotas)
        for e in range(wishes):
            self._nobody_blocks(e)
        left_alone = {p: -1 for e, p in enumerate(self.place) if self.firm[e] in quotas}
        facts = Wishes(self.student, self.place, self.wish, self.grade, {**seats, **left_alone})
        self.milp.never(idle(facts, self.of_student, self.of_place))
        for group, kept in zip(market.together, self.kept, strict=True):
            self._together(group, kept)

    def stages(self) -> list[dict[int, float]]:
        """What to minimise, one after the other."""
        wishes = range(len(self.edges))
        most_placed = dict.fromkeys(wishes, -1.0)
        best_liked = {e: float(self.wish[e] + self.grade[e]) for e in wishes}
        keep_groups = [dict.fromkeys(self.kept, -1.0)] if self.kept else []
        return [*keep_groups, most_placed, best_liked]

    def _levels(
        self, askers: dict[int, list[int]], limits: dict[int, int], first: int
    ) -> dict[tuple[int, int], int]:
        """A variable for each limited place (or organisation) and each grade it gave."""
        grades = [(o, g) for o in limits for g in sorted({self.grade[e] for e in askers[o]})]
        return {level: first + i for i, level in enumerate(grades)}

    def _full(
        self,
        levels: dict[tuple[int, int], int],
        askers: dict[int, list[int]],
        limits: dict[int, int],
    ) -> None:
        """No more than the limit; full with a grade only when that many have it or better."""
        for owner, limit in limits.items():
            self.milp.at_most(limit, _sum(askers[owner]))
        before: tuple[int, int] | None = None
        for (owner, grade), full in levels.items():
            good = [e for e in askers[owner] if self.grade[e] <= grade]
            self.milp.at_least(0, [*_sum(good), (full, -float(limits[owner]))])
            if before is not None and before[0] == owner:
                below = levels[before]
                self.milp.at_most(0, [(below, 1.0), (full, -1.0)])
                for e in good:
                    if self.grade[e] == grade:
                        self.milp.at_most(1, [(e, 1.0), (below, 1.0)])
            before = owner, grade

    def _nobody_blocks(self, e: int) -> None:
        """The student has this or as good, or there is no room for the student here."""
        row = [f for f in self.of_student[self.student[e]] if self.wish[f] <= self.wish[e]]
        row.append(self.place_full[self.place[e], self.grade[e]])
        if (self.firm[e], self.grade[e]) in self.firm_full:
            row.append(self.firm_full[self.firm[e], self.grade[e]])
        self.milp.at_least(1, _sum(row))

    def _together(self, group: tuple[int, ...], kept: int) -> None:
        """While `kept`, each organisation has all of the group or none."""
        firms = sorted({self.firm[f] for s in group for f in self.of_student.get(s, [])})
        for firm in firms:
            there = [[f for f in self.of_student.get(s, []) if self.firm[f] == firm] for s in group]
            for one, other in pairwise(there):
                apart = [*_sum(one), *((f, -1.0) for f in other)]
                self.milp.at_most(1, [*apart, (kept, 1.0)])
                self.milp.at_least(-1, [*apart, (kept, -1.0)])

    def values_of(self, place_of: Int32) -> Values:
        """The values of a known result."""
        values = np.zeros(self.milp.variables)
        for e, (student, place) in enumerate(zip(self.student, self.place, strict=True)):
            values[e] = place_of[student] == place
        for levels, askers, limits in (
            (self.place_full, self.of_place, self.market.capacity),
            (self.firm_full, self.of_firm, self.market.quota),
        ):
            for (owner, grade), full in levels.items():
                good = [e for e in askers[owner] if self.grade[e] <= grade]
                values[full] = limits is not None and values[good].sum() >= limits[owner]
        firms = {s: self.firm[e] for e, s in enumerate(self.student) if values[e]}
        for group, kept in zip(self.market.together, self.kept, strict=True):
            values[kept] = len({firms.get(s) for s in group}) == 1
        return values

    def place_of(self, values: Values) -> Int32:
        """int32[n]: the place of each student, -1 for none."""
        place_of = np.full(self.market.students, -1, dtype=np.int32)
        for e in np.flatnonzero(values[: len(self.edges)] > 0.5):
            place_of[self.student[e]] = self.place[e]
        return place_of

    def released(self, values: Values) -> tuple[int, ...]:
        """The groups (by their number in the market) that no longer stay together."""
        return tuple(i for i, kept in enumerate(self.kept) if values[kept] < 0.5)


def _grouped(owners: list[int]) -> dict[int, list[int]]:
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for e, owner in enumerate(owners):
        groups[owner].append(e)
    return groups


def _sum(variables: Iterable[int]) -> list[tuple[int, float]]:
    return [(variable, 1.0) for variable in variables]
