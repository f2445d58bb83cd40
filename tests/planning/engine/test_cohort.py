"""Students who share a workplace, and conversations of many."""

from dataclasses import replace

import numpy as np
import pytest

from tests.planning.engine.problems import HOUR, plain_problem, small_problem
from tussenstop.planning.engine.check import judge
from tussenstop.planning.engine.cohort import Shared, crowded, plan_together
from tussenstop.planning.engine.master import Proof
from tussenstop.planning.engine.problem import Commitment, Goals, Problem
from tussenstop.planning.engine.solve import best
from tussenstop.planning.engine.talks import Talk, plan_talks


def seats(problem: Problem, number: int) -> np.ndarray:
    return np.full(problem.opening.shape, number, np.int16)


def test_never_more_students_than_seats() -> None:
    problem = plain_problem(goals=Goals(24 * HOUR))
    students = (problem,) * 4

    found = plan_together(Shared(students, seats(problem, 2)))

    plans = [one.blocks for one in found.outcomes]
    assert all(one.found for one in found.outcomes)
    assert crowded(Shared(students, seats(problem, 2)), plans) == 0
    assert all(judge(problem, blocks).broken == () for blocks in plans)


def test_with_seats_for_all_everybody_has_the_plan_of_their_own() -> None:
    students = tuple(
        plain_problem(commitments=(Commitment(day, 9 * HOUR, 12 * HOUR),)) for day in range(3)
    )

    found = plan_together(Shared(students, seats(students[0], 3)))

    assert found.outcomes == tuple(best(one) for one in students)


def test_somebody_with_little_room_goes_before_those_who_can_move() -> None:
    busy = tuple(Commitment(day, 0, 24 * HOUR, counts=False) for day in range(14) if day % 7 != 2)
    easy = plain_problem(goals=Goals(16 * HOUR))
    tight = plain_problem(goals=Goals(16 * HOUR), commitments=busy)

    found = plan_together(Shared((easy, tight), seats(easy, 1)))

    assert all(one.found for one in found.outcomes)
    assert {block.day % 7 for block in found.outcomes[1].blocks} == {2}


def test_without_a_seat_left_nobody_is_told_that_it_is_impossible() -> None:
    problem = plain_problem(goals=Goals(60 * HOUR))

    found = plan_together(Shared((problem, problem), seats(problem, 1)))

    assert sorted(one.found for one in found.outcomes) == [False, True]
    assert Proof.IMPOSSIBLE not in {one.proof for one in found.outcomes}


@pytest.mark.parametrize("seed", range(400, 404))
def test_rules_hold_for_everybody_whoever_shares(seed: int) -> None:
    first = small_problem(seed)
    second = replace(first, wishes=small_problem(seed).wishes, pins=())
    shared = Shared((first, second), seats(first, 1))

    found = plan_together(shared)

    plans = [one.blocks for one in found.outcomes]
    for problem, one in zip(shared.problems, found.outcomes, strict=True):
        assert not one.found or judge(problem, one.blocks).broken == ()
    assert all(crowded(shared, [blocks, ()]) == 0 for blocks in plans)
    assert crowded(shared, plans) == 0


def test_sixty_conversations_of_one_teacher_are_all_held() -> None:
    dice = np.random.default_rng(7)
    talks = [
        Talk(
            ("teacher", f"student {number}", f"mentor {number // 4}"),
            tuple(sorted(dice.choice(90, 14, replace=False).tolist())),
        )
        for number in range(60)
    ]

    held = plan_talks(talks, rooms=1)

    assert held.proof == Proof.BEST
    assert None not in held.slot_of
    assert len(set(held.slot_of)) == 60
    assert all(slot in talk.slots for talk, slot in zip(talks, held.slot_of, strict=True))


def test_a_mentor_is_never_in_two_conversations_and_a_room_never_too_full() -> None:
    talks = [Talk((f"teacher {n % 3}", "mentor" if n < 2 else f"m{n}"), (0, 1)) for n in range(5)]

    held = plan_talks(talks, rooms=2)

    assert held.slot_of[0] != held.slot_of[1]
    slots = [slot for slot in held.slot_of if slot is not None]
    assert max(slots.count(0), slots.count(1)) <= 2
    assert len(slots) == 4
    assert held.proof == Proof.BEST


def test_better_moments_are_taken_first() -> None:
    held = plan_talks([Talk(("a",), (0, 1), (1, 5)), Talk(("b",), (0, 1), (1, 5))], rooms=1)

    assert sorted(slot for slot in held.slot_of if slot is not None) == [0, 1]
    assert plan_talks([Talk(("a",), (0, 1), (1, 5))], rooms=1).slot_of == (1,)


def test_without_conversations_there_is_nothing_to_plan() -> None:
    assert plan_talks([], rooms=1).slot_of == ()
