"""Three calendars that really differ."""

from dataclasses import replace
from itertools import combinations

from tests.planning.engine.problems import HOUR, plain_problem
from tussenstop.planning.engine.alternatives import MOST_ALIKE, Flavour, alike, three
from tussenstop.planning.engine.check import judge
from tussenstop.planning.engine.figures import figures
from tussenstop.planning.engine.problem import Activity, Block, Commitment, Goals, Rules


def test_three_calendars_keep_to_the_rules_and_differ_on_most_days() -> None:
    problem = plain_problem(weeks=6)

    found = three(problem)

    assert [one.flavour for one in found] == list(Flavour)
    assert all(judge(problem, one.outcome.blocks).broken == () for one in found)
    for one, other in combinations(found, 2):
        assert alike(one.outcome.blocks, other.outcome.blocks) <= MOST_ALIKE


def test_the_intense_one_goes_to_the_workplace_least_often() -> None:
    found = {one.flavour: one.figures for one in three(plain_problem(weeks=6))}

    days = {flavour: one.days_there for flavour, one in found.items()}
    assert days[Flavour.INTENSE] == min(days.values())
    assert days[Flavour.INTENSE] < days[Flavour.EVEN]


def test_pinned_blocks_stay_in_all_of_them() -> None:
    pins = tuple(Block(7 * week + 1, 14 * HOUR, 18 * HOUR, Activity.WORKPLACE) for week in range(4))

    for one in three(plain_problem(weeks=4, pins=pins)):
        assert set(pins) <= set(one.outcome.blocks)


def test_when_there_is_no_plan_one_answer_is_enough() -> None:
    found = three(plain_problem(goals=Goals(300 * HOUR)))

    assert len(found) == 1
    assert not found[0].outcome.found


def test_the_figures_count_what_a_person_counts() -> None:
    shift = Commitment(0, 8 * HOUR, 12 * HOUR, duty=True)
    problem = plain_problem(commitments=(shift,), rules=Rules(), travel=30)
    problem = replace(problem, goals=Goals(HOUR, talks=2))
    blocks = (
        Block(0, 13 * HOUR, 18 * HOUR, Activity.WORKPLACE),
        Block(1, 9 * HOUR, 10 * HOUR, Activity.STUDY),
    )

    found = figures(problem, blocks)

    assert (found.workplace, found.study) == (5 * HOUR, HOUR)
    assert found.heaviest == (0, 10 * HOUR)
    assert found.free_days == 12
    assert found.free_evenings == 13  # home at half past six on Monday
    assert (found.days_there, found.weekend_days, found.talks) == (1, 0, 1)
    assert found.with_mentor == 5 * HOUR
