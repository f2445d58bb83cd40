"""Ties in large rounds: promotion, the order of equal wishes, and what the draw decided."""

import numpy as np
import pytest

from tests.matching.engine.markets import market, random_market, whole
from tussenstop.matching.engine import ties
from tussenstop.matching.engine.check import check
from tussenstop.matching.engine.lottery import draw
from tussenstop.matching.engine.standing import decided_by_draw


def test_the_draw_is_a_permutation_that_anybody_can_repeat() -> None:
    assert sorted(draw(1000, 7).tolist()) == list(range(1000))
    assert draw(6, 7).tolist() == draw(6, 7).tolist() == [2, 0, 4, 5, 1, 3]
    assert draw(1000, 7).tolist() != draw(1000, 8).tolist()
    assert draw(0, 1).tolist() == []


def test_in_the_draw_everybody_comes_first_about_as_often() -> None:
    first = np.bincount([int(np.argmin(draw(5, seed))) for seed in range(2000)], minlength=5)
    assert first.min() > 320


def test_who_would_go_without_goes_ahead_of_an_equal_with_somewhere_else_to_go() -> None:
    """Whatever the draw, student 1 (who has one wish) and student 0 (who has two) both get in."""
    two = market([[0, 1], [0]], [[(0, 1)], [0]], [1, 1])
    for seed in range(20):
        place_of, promoted = ties.match(two, seed)
        assert whole(place_of) == [1, 0]
        assert not promoted[0]


def test_promotion_never_goes_ahead_of_a_better_grade() -> None:
    two = market([[0, 1], [0]], [[0, 1], [0]], [1, 1])
    assert whole(ties.match(two, 1)[0]) == [0, -1]


def test_equal_wishes_go_where_the_student_is_liked_and_there_is_room() -> None:
    liked = market([[(0, 1)], []], [[1, 0], [0]], [2, 2])
    assert whole(ties.match(liked, 3)[0]) == [1, -1]
    crowded = market([[(0, 1)], [0], [0]], [[(0, 1, 2)], [0]], [2, 2])
    assert whole(ties.match(crowded, 3)[0]) == [1, 0, 0]


def test_promotion_keeps_thousands_of_markets_stable_and_places_more() -> None:
    more = fewer = 0
    for seed in range(600):
        some = random_market(seed)
        place_of, _ = ties.match(some, seed)
        by_draw, _ = ties.match(some, seed, promote=False)
        assert check(some, place_of).stable
        assert check(some, by_draw).stable
        difference = int((place_of >= 0).sum() - (by_draw >= 0).sum())
        more += max(difference, 0)
        fewer += max(-difference, 0)
    assert more > 20 * max(fewer, 1)


def test_equal_input_gives_equal_output() -> None:
    some = random_market(5, students=8, places=5)
    assert whole(ties.match(some, 1)[0]) == whole(ties.match(some, 1)[0])


@pytest.mark.parametrize("seed", range(5))
def test_the_draw_decides_only_between_equals(seed: int) -> None:
    race = market([[0], [0], [0]], [[2, (0, 1)]], [2])
    place_of, promoted = ties.match(race, seed)
    decided = decided_by_draw(race, place_of, promoted)
    assert place_of[2] == 0
    assert decided.students.tolist() == [True, True, False]
    loser = whole(place_of).index(-1)
    assert decided.edges.tolist() == [loser]


def test_where_grades_differ_the_draw_decides_nothing() -> None:
    for seed in range(100):
        strict = random_market(seed, ties=False)
        place_of, promoted = ties.match(strict, seed)
        decided = decided_by_draw(strict, place_of, promoted)
        assert not decided.students.any()
        assert not len(decided.edges)


def test_the_draw_can_decide_at_an_organisations_limit() -> None:
    firm = market([[0], [1]], [[0], [1]], [1, 1], organisation=[0, 0], quota=[1])
    place_of, promoted = ties.match(firm, 2)
    decided = decided_by_draw(firm, place_of, promoted)
    assert decided.students.tolist() == [True, True]
    assert len(decided.edges) == 1
