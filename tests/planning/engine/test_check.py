"""The judge sees every rule that is broken."""

from dataclasses import replace

import pytest

from tests.planning.engine.problems import HOUR, plain_problem
from tussenstop.planning.engine.check import judge
from tussenstop.planning.engine.problem import Activity, Block, Commitment, Demand, Goals, Rules

NOTHING = Goals(0)


def work(day: int, start: float, end: float) -> Block:
    return Block(day, int(start * HOUR), int(end * HOUR), Activity.WORKPLACE)


def study(day: int, start: float, end: float) -> Block:
    return Block(day, int(start * HOUR), int(end * HOUR), Activity.STUDY)


def job(day: int, start: float, end: float) -> Commitment:
    return Commitment(day, int(start * HOUR), int(end * HOUR), duty=True, name="shift")


WEEKS = 2


@pytest.mark.parametrize(
    ("demand", "changes", "blocks"),
    [
        (Demand.OPENING, {}, [work(5, 9, 12)]),
        (Demand.OPENING, {"barred": (work(0, 8, 10),)}, [work(0, 9, 12)]),
        (Demand.WORKPLACE_BLOCK, {}, [work(0, 9, 10)]),
        (Demand.WORKPLACE_BLOCK, {}, [work(0, 8, 10), work(0, 11, 13)]),
        (Demand.STUDY_BLOCK, {}, [study(0, 8, 12)]),
        (Demand.STUDY_BLOCK, {}, [study(0, 5, 6)]),
        (Demand.COMMITMENT, {"commitments": (job(0, 11, 13),)}, [work(0, 9, 12)]),
        (Demand.COMMITMENT, {"commitments": (job(0, 12, 13),), "travel": 30}, [work(0, 9, 12)]),
        (Demand.COMMITMENT, {"commitments": (job(0, 20, 34),)}, [work(1, 9, 12)]),
        (Demand.COMMITMENT, {}, [work(0, 9, 12), study(0, 11, 13)]),
        (Demand.DAY_MOST, {"rules": Rules(day_most=4 * HOUR)}, [work(0, 9, 14)]),
        (Demand.WEEK_MOST, {"rules": Rules(week_most=(4 * HOUR,) * WEEKS)}, [work(0, 9, 14)]),
        (
            Demand.WORKPLACE_WEEK_MOST,
            {"rules": Rules(workplace_week_most=(4 * HOUR,) * WEEKS)},
            [work(0, 9, 14)],
        ),
        (
            Demand.STUDY_WEEK_MOST,
            {"rules": Rules(study_week_most=(HOUR,) * WEEKS)},
            [study(0, 9, 11)],
        ),
        (
            Demand.WORKPLACE_WEEK_LEAST,
            {"rules": Rules(workplace_week_least=(HOUR, 0))},
            [],
        ),
        (
            Demand.REST,
            {"rules": Rules(rest=11 * HOUR), "commitments": (job(0, 18, 23),)},
            [work(1, 8, 12)],
        ),
        (
            Demand.FREE_EVENING,
            {"rules": Rules(free_evening=True)},
            [study(day, 19, 20) for day in range(7)],
        ),
        (
            Demand.FREE_DAY,
            {"rules": Rules(free_day=True)},
            [study(day, 9, 10) for day in range(7)],
        ),
        (Demand.WORKPLACE_HOURS, {"goals": Goals(5 * HOUR)}, [work(0, 9, 12)]),
        (Demand.STUDY_HOURS, {"goals": Goals(0, 5 * HOUR)}, [study(0, 9, 12)]),
        (Demand.TALKS, {"goals": Goals(0, talks=2)}, [work(0, 9, 12)]),
        (Demand.PINS, {"pins": (work(0, 9, 12),)}, []),
    ],
)
def test_a_broken_rule_is_named(
    demand: Demand, changes: dict[str, object], blocks: list[Block]
) -> None:
    problem = plain_problem(**{"goals": NOTHING} | changes)

    verdict = judge(problem, tuple(blocks))

    assert demand in {one.demand for one in verdict.broken}


def test_a_soft_rule_is_bent_and_costs_points() -> None:
    rules = Rules(day_most=4 * HOUR, soft={Demand.DAY_MOST: 5})
    problem = plain_problem(goals=NOTHING, rules=rules)

    verdict = judge(problem, (work(0, 9, 14),))

    assert verdict.broken == ()
    assert verdict.terms["bent"] == -10  # two half hours above


def test_shifts_that_leave_no_free_evening_are_not_held_against_the_plan() -> None:
    shifts = tuple(job(day, 18, 23) for day in range(7))
    problem = plain_problem(goals=NOTHING, rules=Rules(free_evening=True), commitments=shifts)

    assert judge(problem, (study(0, 9, 10),)).broken == ()


def test_points_are_told_term_by_term() -> None:
    problem = plain_problem(goals=NOTHING)
    problem = replace(problem, wishes=replace(problem.wishes, block=10, trip=3))

    terms = judge(problem, (work(0, 9, 12), study(0, 13, 14))).terms

    assert (terms["blocks"], terms["trips"]) == (-20, -3)
    assert terms["days"] == 13 * problem.wishes.day
