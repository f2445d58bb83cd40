"""The one door: a problem goes in, a plan with its proof comes out."""

import time
from dataclasses import dataclass

from tussenstop.planning.engine.columns import Columns, Frame, frame, joined, week_columns
from tussenstop.planning.engine.days import Days, lay_out
from tussenstop.planning.engine.listing import Likenesses, list_days
from tussenstop.planning.engine.master import Choice, Proof, choose
from tussenstop.planning.engine.patterns import Patterns
from tussenstop.planning.engine.problem import Block, Int32, Problem
from tussenstop.planning.engine.reach import reach_columns
from tussenstop.planning.engine.trace import blocks_of
from tussenstop.planning.engine.weeks import Classed, Table, classed

SECONDS = 10.0


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    blocks  the plan, in order of time; empty without one
    points  what it is worth by the wishes
    bound   no plan is worth more; as much as `points` when it is proven best
    """

    proof: Proof
    blocks: tuple[Block, ...]
    points: int
    bound: int

    @property
    def found(self) -> bool:
        return self.proof in {Proof.BEST, Proof.WITHIN}


@dataclass(frozen=True, eq=False)
class Ready:
    """Everything known about the weeks before one is chosen."""

    problem: Problem
    days: Days
    listed: list[Classed]
    classes: Int32
    frames: list[Frame]
    tables: list[list[Table]]
    columns: Columns

    @property
    def late(self) -> tuple[int, ...]:
        """For every week, how many classes its Sunday can end in beyond the first."""
        return tuple(int(self.classes[7 * week + 6]) - 1 for week in range(self.problem.weeks))

    def blocks(self, row: int) -> list[Block]:
        """The week that a column stands for."""
        week = int(self.columns.week[row])
        return blocks_of(self.problem, self.columns, row, self.tables[week], self.frames[week])


def prepare(problem: Problem, every: list[Patterns]) -> Ready:
    """The columns of every week."""
    days = lay_out(problem)
    listed, classes = classed(days, every)
    frames = [frame(problem, days, week, listed) for week in range(problem.weeks)]
    found = [
        week_columns(problem, week, listed, classes, frames[week]) for week in range(problem.weeks)
    ]
    return Ready(
        problem,
        days,
        listed,
        classes,
        frames,
        [one for one, _ in found],
        joined([one for _, one in found]),
    )


def prepare_bare(problem: Problem, every: list[Patterns]) -> Ready:
    """The columns of every week when wishes do not count: only to ask whether a plan exists."""
    days = lay_out(problem)
    listed, classes = classed(days, every)
    frames = [frame(problem, days, week, listed) for week in range(problem.weeks)]
    found = [
        reach_columns(problem, week, listed, classes, frames[week]) for week in range(problem.weeks)
    ]
    return Ready(problem, days, listed, classes, frames, [], joined(found))


def best(
    problem: Problem, *, seconds: float = SECONDS, likenesses: Likenesses | None = None
) -> Outcome:
    """The best plan, or the proof that there is none. Raises Mistake."""
    problem.validate()
    until = time.monotonic() + seconds
    ready = prepare(problem, list_days(problem, likenesses))
    return outcome(ready, choose(problem, ready.columns, ready.late, until - time.monotonic()))


def outcome(ready: Ready, choice: Choice) -> Outcome:
    """The blocks behind a choice."""
    blocks = [block for row in choice.rows for block in ready.blocks(int(row))]
    return Outcome(choice.proof, tuple(sorted(blocks)), choice.value, choice.bound)
