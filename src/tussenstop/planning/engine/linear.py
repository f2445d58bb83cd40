"""Linear and integer programmes in HiGHS: one thread, the same answer each time, a time limit."""

from dataclasses import dataclass
from enum import StrEnum

import highspy
import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int32 = NDArray[np.int32]

INFINITE = highspy.kHighsInf

# For a fractional programme with few rows and many columns; whole numbers choose for themselves.
PRIMAL = highspy.simplex_constants.SimplexStrategy.kSimplexStrategyPrimal.value


class Status(StrEnum):
    OPTIMAL = "optimal"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out_of_time"


@dataclass(frozen=True, eq=False)
class Programme:
    """Maximise gain x values, with low <= matrix x values <= high and 0 <= values <= most.

    gain    float64[n]
    most    float64[n]
    starts  int32[n + 1], rows int32[k], coefficients float64[k]   the matrix, column by column
    low, high  float64[m]
    """

    gain: Float
    most: Float
    starts: Int32
    rows: Int32
    coefficients: Float
    low: Float
    high: Float


@dataclass(frozen=True, eq=False)
class Solved:
    """values and duals are empty when nothing was found; `bound` is never below the best."""

    status: Status
    values: Float
    duals: Float
    gain: float
    bound: float


def solve(
    programme: Programme, *, whole: NDArray[np.uint8] | None, seconds: float, presolve: bool = True
) -> Solved:
    """The best values; whole numbers where `whole` is 1, everywhere fractional without it.

    presolve  False where there is little to simplify: few rows, many columns
    """
    if not len(programme.gain):
        return _empty(programme)
    highs = highspy.Highs()
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "time_limit": max(seconds, 0.001),
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,  # gains are whole numbers
        # Small programmes, solved by the hundred: setting up heavy machinery costs more.
        "mip_heuristic_run_feasibility_jump": False,
        **({} if presolve else {"presolve": "off"}),
        **({"simplex_strategy": PRIMAL} if whole is None else {}),
    }.items():
        highs.setOptionValue(option, value)
    model = highspy.HighsModel()
    model.lp_.num_col_ = len(programme.gain)
    model.lp_.num_row_ = len(programme.low)
    model.lp_.col_cost_ = programme.gain
    model.lp_.col_lower_ = np.zeros(len(programme.gain))
    model.lp_.col_upper_ = programme.most
    model.lp_.row_lower_ = programme.low
    model.lp_.row_upper_ = programme.high
    model.lp_.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.lp_.a_matrix_.start_ = programme.starts
    model.lp_.a_matrix_.index_ = programme.rows
    model.lp_.a_matrix_.value_ = programme.coefficients
    model.lp_.sense_ = highspy.ObjSense.kMaximize
    if whole is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.lp_.integrality_ = [kinds[one] for one in whole.tolist()]
    highs.passModel(model)
    highs.run()
    return _read(highs, whole is not None)


def _read(highs: highspy.Highs, mixed: bool) -> Solved:
    nothing = np.zeros(0)
    state = highs.getModelStatus()
    info = highs.getInfo()
    if state in {
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    }:
        return Solved(Status.IMPOSSIBLE, nothing, nothing, -np.inf, -np.inf)
    optimal = state == highspy.HighsModelStatus.kOptimal
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if not found:
        return Solved(Status.OUT_OF_TIME, nothing, nothing, -np.inf, np.inf)
    solution = highs.getSolution()
    gain = info.objective_function_value
    bound = gain if optimal else (info.mip_dual_bound if mixed else np.inf)
    return Solved(
        Status.OPTIMAL if optimal else Status.OUT_OF_TIME,
        np.array(solution.col_value),
        np.array(solution.row_dual) if not mixed else nothing,
        gain,
        bound,
    )


def _empty(programme: Programme) -> Solved:
    """Without columns, every row must be content with nothing."""
    nothing = np.zeros(0)
    if (programme.low <= 0).all() and (programme.high >= 0).all():
        return Solved(Status.OPTIMAL, nothing, np.zeros(len(programme.low)), 0, 0)
    return Solved(Status.IMPOSSIBLE, nothing, nothing, -np.inf, -np.inf)
