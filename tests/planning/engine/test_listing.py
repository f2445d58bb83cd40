"""Days of one kind have the same patterns, and what a day looks like elsewhere can carry points."""

import numpy as np
import pytest

from tests.planning.engine.problems import HOUR, plain_problem, small_problem
from tussenstop.planning.engine import listing
from tussenstop.planning.engine.days import lay_out
from tussenstop.planning.engine.listing import list_days
from tussenstop.planning.engine.patterns import FIELDS, Likeness, Patterns, list_day
from tussenstop.planning.engine.problem import Activity, Block


def rows(patterns: Patterns) -> list[tuple[int, ...]]:
    return list(zip(*(getattr(patterns, name).tolist() for name in FIELDS), strict=True))


@pytest.mark.parametrize("seed", range(200, 240))
def test_a_day_has_the_patterns_that_it_has_by_itself(seed: int) -> None:
    problem = small_problem(seed)
    days = lay_out(problem)

    together = list_days(problem)

    for day in range(problem.days):
        assert rows(together[day]) == rows(list_day(problem, days, day))


def test_days_of_one_kind_are_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = []

    def counted(*given: object) -> Patterns:
        listed.append(given[2])
        return list_day(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(listing, "list_day", counted)

    list_days(plain_problem(weeks=3))

    assert 0 < len(listed) <= 7


def test_the_day_as_it_was_carries_the_points() -> None:
    problem = plain_problem(weeks=1)
    before = list_days(problem)[0]
    row = int(np.flatnonzero((before.workplace > 0) & (before.study > 0))[0])
    blocks = tuple(before.blocks(row, 0, problem.step))

    after = list_days(problem, {0: (Likeness(blocks, 1000),)})[0]

    assert len(after) == len(before)
    more = after.points - before.points
    assert more[row] == 1000
    assert {tuple(before.blocks(int(one), 0, problem.step)) for one in np.flatnonzero(more)} == {
        blocks
    }


def test_a_day_as_it_was_that_nobody_would_list_is_added() -> None:
    problem = plain_problem(weeks=1)
    before = list_days(problem)[0]
    blocks = (Block(0, 20 * HOUR, 21 * HOUR, Activity.STUDY),)
    assert all(tuple(before.blocks(row, 0, problem.step)) != blocks for row in range(len(before)))

    after = list_days(problem, {0: (Likeness(blocks, 1000),)})[0]

    assert len(after) == len(before) + 1
    assert tuple(after.blocks(len(before), 0, problem.step)) == blocks
    assert after.points[-1] > 1000 // 2


def test_a_day_as_it_was_that_cannot_be_any_more_adds_nothing() -> None:
    problem = plain_problem(weeks=1)
    night = (Block(0, 2 * HOUR, 5 * HOUR, Activity.WORKPLACE),)

    after = list_days(problem, {0: (Likeness(night, 1000),)})[0]

    assert rows(after) == rows(list_days(problem)[0])
