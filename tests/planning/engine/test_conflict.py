"""Impossible is only said with proof, and explained with what cannot be missed."""

from dataclasses import replace

import pytest

from tests.planning.engine.oracle import ask
from tests.planning.engine.problems import HOUR, plain_problem, small_problem
from tussenstop.matching.engine.speed import without_numba
from tussenstop.planning.engine.conflict import Answer, Conflict, Member, explain
from tussenstop.planning.engine.loosening import Asked, asked_of, loosened, without
from tussenstop.planning.engine.master import Proof
from tussenstop.planning.engine.problem import (
    Activity,
    Block,
    Commitment,
    Demand,
    Goals,
    Problem,
    Rules,
)
from tussenstop.planning.engine.solve import best

# Problems that are impossible over all weeks together, and whose ways out are known.
OVER_WEEKS = (302, 314, 315, 318, 323, 333, 334, 337, 340, 341, 342, 343)


def possible(problem: Problem) -> bool:
    opinion = ask(problem)
    assert opinion.proven
    return opinion.points is not None


@pytest.mark.parametrize("seed", range(300, 340))
def test_impossible_is_said_when_and_only_when_it_is(seed: int) -> None:
    problem = small_problem(seed)

    found = explain(problem)

    assert (found.answer == Answer.POSSIBLE) == possible(problem)
    assert bool(found.members) == (found.answer == Answer.IMPOSSIBLE)


def planned(problem: Problem) -> bool:
    """Whether the search by points finds a plan; what it says is held against CP-SAT elsewhere."""
    proof = best(problem).proof
    assert proof in {Proof.BEST, Proof.IMPOSSIBLE}
    return proof == Proof.BEST


def _asked(found: Conflict) -> frozenset[Asked]:
    return frozenset(Asked(one.demand, one.name) for one in found.members)


@pytest.mark.parametrize("seed", OVER_WEEKS)
def test_none_of_the_contradicting_demands_can_be_missed(seed: int) -> None:
    problem = replace(small_problem(seed), rules=replace(small_problem(seed).rules, soft={}))
    found = explain(problem)
    assert found.answer == Answer.IMPOSSIBLE
    core = _asked(found)
    others = frozenset(asked_of(problem, one_by_one=False)) - core

    assert found.shortest
    assert not planned(without(problem, others))
    for one in core:
        assert planned(without(problem, others | {one}))


@pytest.mark.parametrize("seed", OVER_WEEKS)
def test_a_way_out_is_the_smallest_one(seed: int) -> None:
    problem = replace(small_problem(seed), rules=replace(small_problem(seed).rules, soft={}))
    found = explain(problem)
    assert any(way.amount for way in found.ways)
    for way in found.ways:
        demand = way.member.demand
        if way.amount is None or demand in {Demand.FREE_DAY, Demand.FREE_EVENING}:
            continue
        unit = 1 if demand == Demand.TALKS else problem.step
        assert planned(loosened(problem, demand, way.amount))
        assert not planned(loosened(problem, demand, way.amount - unit))


def test_a_single_week_is_explained_shift_by_shift() -> None:
    late = Commitment(8, 14 * HOUR, 22 * HOUR, duty=True, name="late shift")
    lesson = Commitment(9, 13 * HOUR, 18 * HOUR, name="lesson")
    other = Commitment(11, 8 * HOUR, 9 * HOUR, name="dentist")
    pin = Block(9, 8 * HOUR, 12 * HOUR, Activity.WORKPLACE)
    problem = plain_problem(
        commitments=(late, lesson, other), pins=(pin,), rules=Rules(rest=11 * HOUR)
    )

    found = explain(problem)

    assert found.week == 1
    assert set(found.members) == {
        Member(Demand.COMMITMENT, "late shift", replace(late, day=1)),
        Member(Demand.PINS),
        Member(Demand.REST),
    }
    assert {(way.member.demand, way.amount) for way in found.ways} == {
        (Demand.COMMITMENT, None),
        (Demand.PINS, None),
        (Demand.REST, HOUR),
    }


def test_too_many_hours_for_the_limits_of_the_weeks() -> None:
    limits = (10 * HOUR,) * 2
    problem = plain_problem(goals=Goals(30 * HOUR), rules=Rules(week_most=limits))

    found = explain(problem)

    assert {one.demand for one in found.members} == {Demand.WORKPLACE_HOURS, Demand.WEEK_MOST}
    assert {way.member.demand: way.amount for way in found.ways} == {
        Demand.WORKPLACE_HOURS: 10 * HOUR,
        Demand.WEEK_MOST: 5 * HOUR,
    }
    assert found.alone


def test_in_how_few_weeks_a_free_day_has_to_go_is_told() -> None:
    # Six days of four hours a week cannot hold thirty, seven can.
    problem = plain_problem(
        goals=Goals(0, 54 * HOUR),
        rules=Rules(free_day=True, study_block=(HOUR, 4 * HOUR), study_between=(540, 780)),
    )

    found = explain(problem)

    ways = {way.member.demand: way.amount for way in found.ways}
    assert ways[Demand.FREE_DAY] == 2


def test_two_conflicts_at_once_are_told_one_at_a_time() -> None:
    problem = plain_problem(
        goals=Goals(30 * HOUR, 30 * HOUR),
        rules=Rules(
            workplace_week_most=(10 * HOUR,) * 2,
            study_week_most=(10 * HOUR,) * 2,
        ),
    )

    found = explain(problem)

    assert not found.alone
    assert len(found.members) == 2
    assert found.ways


def test_without_time_nothing_is_called_impossible() -> None:
    problem = plain_problem(goals=Goals(300 * HOUR))

    assert explain(problem, seconds=0).answer in {Answer.UNDECIDED, Answer.IMPOSSIBLE}
    found = explain(problem, seconds=0)
    assert not found.shortest or found.answer == Answer.UNDECIDED


@pytest.mark.parametrize("seed", range(300, 306))
def test_without_compiled_code_the_explanation_is_the_same(seed: int) -> None:
    with without_numba():
        slow = explain(small_problem(seed))

    assert slow == explain(small_problem(seed))
