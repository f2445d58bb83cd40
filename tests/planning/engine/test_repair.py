"""A change moves as little as possible."""

from dataclasses import replace

import numpy as np
import pytest

from tests.planning.engine.oracle import ask
from tests.planning.engine.problems import HOUR, plain_problem, small_problem
from tussenstop.planning.engine.check import judge
from tussenstop.planning.engine.listing import list_days
from tussenstop.planning.engine.master import Proof, choose
from tussenstop.planning.engine.problem import Activity, Block, Commitment
from tussenstop.planning.engine.repair import repair
from tussenstop.planning.engine.solve import best, prepare

POSSIBLE = (200, 201, 203, 205, 206, 207, 208, 214, 215, 216, 218, 219, 221, 223, 224, 225)
SOFT_NIGHTS = (223, 226, 227, 228)  # a short night costs points; more weeks than one


def test_when_nothing_changed_nothing_moves() -> None:
    problem = plain_problem()
    agreed = best(problem).blocks

    mended = repair(problem, agreed)

    assert mended.changed == ()
    assert mended.outcome.blocks == agreed


def test_weeks_in_which_nothing_changed_are_left_alone() -> None:
    problem = plain_problem(weeks=4)
    agreed = best(problem).blocks
    lost = min(one.day for one in agreed if one.day // 7 == 2)
    ill = Commitment(lost, 0, 24 * HOUR, counts=False, name="ill")

    mended = repair(replace(problem, commitments=(*problem.commitments, ill)), agreed)

    assert mended.fewest
    assert lost in mended.changed
    others = {day // 7 for day in range(problem.days)} - {day // 7 for day in mended.changed}
    assert len(others) >= 2
    for week in others:
        assert [one for one in mended.outcome.blocks if one.day // 7 == week] == [
            one for one in agreed if one.day // 7 == week
        ]


@pytest.mark.parametrize("seed", [201, 205, 214, 216, 221])
def test_no_plan_with_a_column_is_worth_more_than_is_said(seed: int) -> None:
    problem = small_problem(seed)
    ready = prepare(problem, list_days(problem))
    columns = ready.columns

    found = choose(problem, columns, ready.late, 10.0)

    assert found.proof == Proof.BEST
    for row in range(0, len(columns), 1 + len(columns) // 40):
        with_it = np.flatnonzero(columns.week != columns.week[row]).astype(np.int32)
        forced = columns.only(np.append(with_it, np.int32(row)).astype(np.int32))
        best_with_it = choose(problem, forced, ready.late, 10.0)
        if best_with_it.proof == Proof.BEST:
            assert best_with_it.value <= found.at_most[row]


@pytest.mark.parametrize("seed", sorted({*POSSIBLE, *SOFT_NIGHTS}))
def test_no_repair_changes_fewer_days(seed: int) -> None:
    problem = small_problem(seed)
    before = best(problem)
    assert before.found
    ill = Commitment(seed % problem.days, 6 * HOUR, 22 * HOUR, counts=False, name="ill")
    changed = replace(problem, commitments=(*problem.commitments, ill), pins=())

    mended, opinion = repair(changed, before.blocks), ask(changed, agreed=before.blocks)

    assert opinion.proven
    if opinion.points is None:
        assert mended.outcome.proof == Proof.IMPOSSIBLE
    else:
        assert judge(changed, mended.outcome.blocks).broken == ()
        assert mended.fewest
        assert problem.days - len(mended.changed) == opinion.points


def test_among_repairs_of_as_few_days_the_best_one_is_taken() -> None:
    problem = plain_problem(weeks=1)
    agreed = best(problem).blocks
    worked = {one.day for one in agreed if one.activity == Activity.WORKPLACE}
    free = next(day for day in range(5) if day not in worked)
    lost = min(worked)
    away = Commitment(lost, 0, 24 * HOUR, counts=False, name="ill")
    liked = problem.opening.astype("int32")
    liked[free] *= 3
    changed = replace(
        problem, commitments=(away,), wishes=replace(problem.wishes, workplace_value=liked)
    )

    mended = repair(changed, agreed)

    assert mended.fewest
    assert judge(changed, mended.outcome.blocks).broken == ()
    assert set(mended.changed) >= {lost}


def test_an_agreed_block_that_no_longer_fits_is_moved() -> None:
    problem = plain_problem(weeks=1)
    agreed = (
        Block(0, 9 * HOUR, 17 * HOUR, Activity.WORKPLACE),
        Block(1, 9 * HOUR, 13 * HOUR, Activity.WORKPLACE),
        Block(2, 9 * HOUR, 12 * HOUR, Activity.STUDY),
        Block(3, 9 * HOUR, 10 * HOUR, Activity.STUDY),
    )
    shift = Commitment(1, 9 * HOUR, 13 * HOUR, duty=True, name="shift")

    mended = repair(replace(problem, commitments=(shift,)), agreed)

    assert mended.changed == (1,)
    assert mended.fewest
