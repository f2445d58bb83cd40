"""The best plan is the best plan: by the rules, by its points, and by a second opinion."""

from dataclasses import replace
from typing import Any

import pytest

from tests.planning.engine.oracle import ask
from tests.planning.engine.problems import HOUR, plain_problem, small_problem
from tussenstop.matching.engine.speed import without_numba
from tussenstop.planning.engine.check import judge
from tussenstop.planning.engine.master import Proof
from tussenstop.planning.engine.problem import (
    Activity,
    Block,
    Commitment,
    Demand,
    Goals,
    Mistake,
)
from tussenstop.planning.engine.solve import best


@pytest.mark.parametrize("seed", range(50))
def test_no_plan_is_better_and_none_is_called_impossible_that_exists(seed: int) -> None:
    problem = small_problem(seed)

    outcome, opinion = best(problem), ask(problem)

    assert opinion.proven
    if opinion.points is None:
        assert outcome.proof == Proof.IMPOSSIBLE
        assert outcome.blocks == ()
    else:
        verdict = judge(problem, outcome.blocks)
        assert outcome.proof == Proof.BEST
        assert verdict.broken == ()
        assert verdict.points == outcome.points == opinion.points


@pytest.mark.parametrize("seed", range(100, 105))
def test_quarters_of_an_hour_are_planned_as_exactly_as_half_hours(seed: int) -> None:
    problem = small_problem(seed, step=15)

    outcome, opinion = best(problem), ask(problem)

    assert opinion.proven
    if opinion.points is None:
        assert outcome.proof == Proof.IMPOSSIBLE
    else:
        assert outcome.points == opinion.points
        assert judge(problem, outcome.blocks).broken == ()


@pytest.mark.parametrize("seed", range(12))
def test_without_compiled_code_the_plan_is_the_same(seed: int) -> None:
    problem = small_problem(seed)

    with without_numba():
        slow = best(problem)

    assert slow == best(problem)


def test_without_hours_to_reach_nothing_has_to_be_planned() -> None:
    problem = plain_problem(goals=Goals(0))

    outcome = best(problem)

    assert outcome.proof == Proof.BEST
    assert judge(problem, outcome.blocks).broken == ()


def test_without_time_nothing_is_called_impossible() -> None:
    outcome = best(plain_problem(), seconds=0)

    assert outcome.proof in {Proof.UNDECIDED, Proof.BEST, Proof.WITHIN}


def test_after_a_night_shift_the_day_begins_after_eleven_hours_of_rest() -> None:
    night = Commitment(0, 22 * HOUR, 30 * HOUR, duty=True, name="night")
    problem = plain_problem(commitments=(night,))
    problem = replace(problem, rules=replace(problem.rules, rest=11 * HOUR))

    blocks = best(problem).blocks

    tuesday = [one for one in blocks if one.day == 1 and one.activity == Activity.WORKPLACE]
    assert all(one.start >= 17 * HOUR for one in tuesday)


def test_a_duty_that_breaks_the_rest_by_itself_is_not_held_against_the_plan() -> None:
    late = Commitment(0, 14 * HOUR, 23 * HOUR, duty=True, name="late")
    early = Commitment(1, 6 * HOUR, 8 * HOUR, duty=True, name="early")
    problem = plain_problem(commitments=(late, early))
    problem = replace(problem, rules=replace(problem.rules, rest=11 * HOUR))

    outcome = best(problem)

    assert outcome.proof == Proof.BEST
    assert judge(problem, outcome.blocks).broken == ()


def test_pinned_blocks_are_kept_and_barred_stretches_stay_empty() -> None:
    pin = Block(1, 9 * HOUR, 12 * HOUR, Activity.WORKPLACE)
    bar = Block(2, 8 * HOUR, 18 * HOUR, Activity.WORKPLACE)
    problem = plain_problem(pins=(pin,), barred=(bar,))

    blocks = best(problem).blocks

    assert pin in blocks
    assert not [one for one in blocks if one.day == 2 and one.activity == Activity.WORKPLACE]


def test_the_way_there_is_kept_free_as_well() -> None:
    lesson = Commitment(0, 12 * HOUR, 13 * HOUR, name="lesson")
    problem = plain_problem(commitments=(lesson,), travel=45)

    blocks = best(problem).blocks

    for one in blocks:
        if one.day == 0 and one.activity == Activity.WORKPLACE:
            assert one.end + 45 <= 12 * HOUR or one.start - 45 >= 13 * HOUR


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"step": 20}, "15 or 30"),
        ({"weeks": 0}, "Between 1 and 60"),
        ({"goals": Goals(-60)}, "negative"),
        ({"goals": Goals(60, talks=9)}, "one conversation a week"),
        ({"commitments": (Commitment(0, 600, 500),)}, "ends after it starts"),
        ({"commitments": (Commitment(99, 600, 700),)}, "no day here"),
        ({"pins": (Block(0, 605, 700, Activity.STUDY),)}, "whole steps"),
    ],
)
def test_what_cannot_be_read_as_a_problem_is_refused_in_a_sentence(
    change: dict[str, Any], words: str
) -> None:
    with pytest.raises(Mistake, match=words):
        best(replace(plain_problem(), **change))


def test_a_rule_that_cannot_be_soft_is_refused() -> None:
    problem = plain_problem()
    with pytest.raises(Mistake, match="cannot be soft"):
        best(replace(problem, rules=replace(problem.rules, soft={Demand.TALKS: 3})))
