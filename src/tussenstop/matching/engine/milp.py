"""A mixed-integer programme in HiGHS: one thread, the same answer each time, a time limit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Found:
    """The best values known and what they cost; `proven` when nothing can be better."""

    values: Values
    cost: float
    proven: bool


class Milp:
    """Variables that are 0 or 1, rows that bound their sums, and costs to minimise in turn."""

    def __init__(self, variables: int) -> None:
        self.highs = highspy.Highs()
        self.variables = variables
        self._rows: list[tuple[float, float, list[int], list[float]]] = []
        self._hint: Values | None = None
        self._most = np.ones(variables)
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.999,  # costs are whole numbers
            "random_seed": 0,
        }.items():
            self.highs.setOptionValue(option, value)

    def row(self, low: float, high: float, terms: Iterable[tuple[int, float]]) -> None:
        """low <= sum of coefficient x variable <= high."""
        pairs = list(terms)
        self._rows.append((low, high, [v for v, _ in pairs], [c for _, c in pairs]))

    def at_least(self, low: float, terms: Iterable[tuple[int, float]]) -> None:
        self.row(low, highspy.kHighsInf, terms)

    def at_most(self, high: float, terms: Iterable[tuple[int, float]]) -> None:
        self.row(-highspy.kHighsInf, high, terms)

    def never(self, variables: Iterable[int]) -> None:
        """These stay 0."""
        self._most[list(variables)] = 0

    def hint(self, values: Values) -> None:
        """Values to begin from, where they fit the rows."""
        self._hint = values

    def minimise(self, costs: Mapping[int, float], seconds: float) -> Found | None:
        """The best values within `seconds`, or None when none were found."""
        self._send()
        every = np.arange(self.variables, dtype=np.int32)
        cost = np.zeros(self.variables)
        for variable, value in costs.items():
            cost[variable] = value
        self.highs.changeColsCost(self.variables, every, cost)
        if self._hint is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(self._hint)
            self.highs.setSolution(solution)
        self.highs.setOptionValue("time_limit", seconds)
        self.highs.run()
        proven = self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        info = self.highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.round(np.array(self.highs.getSolution().col_value))
        self._hint = values
        return Found(values, float(np.round(cost @ values)), proven)

    def keep(self, costs: Mapping[int, float], cost: float) -> None:
        """From now on the costs may not exceed `cost`: what was won stays won."""
        self.at_most(cost + 0.5, costs.items())

    def _send(self) -> None:
        """Hand the new rows (and at first the variables) to the solver."""
        if self.highs.getNumCol() == 0 and self.variables:
            lower, upper = np.zeros(self.variables), self._most
            self.highs.addVars(self.variables, lower, upper)
            whole = np.full(self.variables, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
            every = np.arange(self.variables, dtype=np.int32)
            self.highs.changeColsIntegrality(self.variables, every, whole)
        if not self._rows:
            return
        lengths = [len(variables) for _, _, variables, _ in self._rows]
        starts = np.zeros(len(lengths), dtype=np.int32)
        np.cumsum(lengths[:-1], out=starts[1:])
        self.highs.addRows(
            len(lengths),
            np.array([low for low, _, _, _ in self._rows]),
            np.array([high for _, high, _, _ in self._rows]),
            sum(lengths),
            starts,
            np.array([v for _, _, vs, _ in self._rows for v in vs], dtype=np.int32),
            np.array([c for _, _, _, cs in self._rows for c in cs], dtype=np.float64),
        )
        self._rows.clear()
