"""Three really different calendars for the same weeks."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tussenstop.planning.engine.figures import SATURDAY, Figures, figures
from tussenstop.planning.engine.patterns import Likeness
from tussenstop.planning.engine.problem import Activity, Block, Problem, Wishes
from tussenstop.planning.engine.solve import SECONDS, Outcome, best


class Flavour(StrEnum):
    """What a calendar is good at."""

    EVEN = "even"  # every week about as heavy
    INTENSE = "intense"  # few, long days at the workplace
    WEEKENDS = "weekends"  # weekends and evenings free


@dataclass(frozen=True)
class Alternative:
    flavour: Flavour
    outcome: Outcome
    figures: Figures


MOST_ALIKE = 0.5  # of the days at the workplace of two calendars
APART = 12  # points taken off for a day that is the same, at first
TRIES = 2


def flavoured(problem: Problem, flavour: Flavour) -> Problem:
    """The same problem with its wishes bent towards one flavour. One's own wishes keep counting."""
    wishes = problem.wishes
    scale = problem.step // 15  # points are for a step
    bent: Wishes
    if flavour == Flavour.EVEN:
        bent = replace(
            wishes,
            uneven_workplace=wishes.uneven_workplace + 3 * scale,
            uneven_study=wishes.uneven_study + 2 * scale,
        )
    elif flavour == Flavour.INTENSE:
        bent = replace(wishes, trip=wishes.trip + 30, uneven_workplace=0)
    else:
        weekend = np.zeros((problem.days, problem.steps), np.int32)
        weekend[np.arange(problem.days) % 7 >= SATURDAY] = -3 * scale
        bent = replace(
            wishes,
            workplace_value=_plus(wishes.workplace_value, weekend),
            study_value=_plus(wishes.study_value, weekend),
            evening=wishes.evening + 18,
            day=wishes.day + 15,
        )
    return replace(problem, wishes=bent)


def _plus(values: np.ndarray | None, more: np.ndarray) -> np.ndarray:
    return more if values is None else (values + more).astype(np.int32)


def alike(one: tuple[Block, ...], other: tuple[Block, ...]) -> float:
    """The share of days at the workplace that two plans have in common, from 0 to 1."""
    mine = {block for block in one if block.activity == Activity.WORKPLACE}
    theirs = {block for block in other if block.activity == Activity.WORKPLACE}
    fewest = min(len(mine), len(theirs))
    return len(mine & theirs) / fewest if fewest else 0.0


def one_by_one(problem: Problem, *, seconds: float = SECONDS) -> Iterator[Alternative]:
    """One calendar of every flavour, no two of them alike on more than half of their days when
    that can be. When the first has no plan nothing follows it. Raises Mistake."""
    problem.validate()
    until = time.monotonic() + seconds
    found: list[Alternative] = []
    for flavour in Flavour:
        outcome = _apart(flavoured(problem, flavour), found, until)
        if found and not outcome.found:
            return
        found.append(Alternative(flavour, outcome, figures(problem, outcome.blocks)))
        yield found[-1]
        if not outcome.found:
            return


def three(problem: Problem, *, seconds: float = SECONDS) -> list[Alternative]:
    """All of them at once."""
    return list(one_by_one(problem, seconds=seconds))


def _apart(problem: Problem, earlier: list[Alternative], until: float) -> Outcome:
    """The best plan that differs enough from the earlier ones; pinned days are no likeness."""
    pinned = set(problem.pins)
    outcome = best(problem, seconds=max(until - time.monotonic(), 0.1))
    for turn in range(TRIES):
        free = tuple(one for one in outcome.blocks if one not in pinned)
        left = until - time.monotonic()
        if left <= 0 or all(alike(free, one.outcome.blocks) <= MOST_ALIKE for one in earlier):
            break
        points = -APART * 4**turn
        outcome = best(problem, seconds=left, likenesses=_likenesses(earlier, points, pinned))
    return outcome


def _likenesses(
    earlier: list[Alternative], points: int, pinned: set[Block]
) -> dict[int, tuple[Likeness, ...]]:
    found: dict[int, tuple[Likeness, ...]] = {}
    for one in earlier:
        for block in one.outcome.blocks:
            if block.activity == Activity.WORKPLACE and block not in pinned:
                like = Likeness((block,), points, whole=False)
                found[block.day] = (*found.get(block.day, ()), like)
    return found
