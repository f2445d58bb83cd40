"""The whole way: exact when small, promotion when large, and every limit told."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.engine.markets import from_rows, market, random_market, whole
from tussenstop.matching.engine import exact
from tussenstop.matching.engine.check import check
from tussenstop.matching.engine.limits import Closing
from tussenstop.matching.engine.market import MarketError
from tussenstop.matching.engine.solve import Method, Note, solve


def test_a_small_round_is_solved_exactly_and_says_so() -> None:
    outcome = solve(market([[0, 1], [0]], [[(0, 1)], [0]], [1, 1]), seed=1, seconds=10)
    assert (outcome.method, outcome.proven, outcome.placed) == (Method.EXACT, True, 2)
    assert outcome.figures is not None
    assert outcome.figures.most_possible == outcome.figures.by_promotion == 2
    assert outcome.figures.by_draw in (1, 2)
    assert outcome.notes == ()


def test_a_larger_round_uses_promotion_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "LARGEST", 3)
    outcome = solve(random_market(1, students=8, places=4), seed=1, seconds=10)
    assert (outcome.method, outcome.proven) == (Method.PROMOTION, False)


def test_an_empty_round_comes_to_nothing() -> None:
    outcome = solve(from_rows([], []), seed=1, seconds=1)
    assert (outcome.placed, outcome.closed, len(outcome.place_of)) == (0, (), 0)
    assert solve(from_rows([[], []], [0]), seed=1, seconds=1).placed == 0


def test_a_wrong_market_is_refused() -> None:
    with pytest.raises(MarketError):
        solve(from_rows([[(3, 1, 1)]], [1]), seed=1, seconds=1)


def test_the_same_market_and_seed_give_the_same_outcome() -> None:
    for seed in range(10):
        some = random_market(seed, quotas=True)
        one, other = (solve(some, seed=seed, seconds=10) for _ in range(2))
        assert whole(one.place_of) == whole(other.place_of)
        assert one.lottery.tolist() == other.lottery.tolist()


@pytest.mark.parametrize("largest", [300, 0])
def test_whatever_the_limits_the_judge_finds_nothing(
    largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "LARGEST", largest)
    for seed in range(60):
        some = random_market(seed, quotas=True)
        dice = np.random.default_rng(seed)
        least = np.minimum(dice.integers(0, 3, some.places), some.capacity).astype(np.int32)
        limited = replace(some, minimum=least)
        outcome = solve(limited, seed=seed, seconds=10)
        assert check(limited, outcome.place_of, outcome.closed_places).stable
        count = np.bincount(outcome.place_of[outcome.place_of >= 0], minlength=some.places)
        assert not ((count > 0) & (count < least)).any()
        assert outcome.placed <= _figures(outcome.figures)


def _figures(figures: object) -> int:
    assert figures is not None
    return int(figures.most_possible)  # type: ignore[attr-defined]


def test_a_place_below_its_minimum_is_closed_and_its_students_go_on() -> None:
    small = market([[0, 1], [1], [1]], [[0], [(0, 1, 2)]], [3, 3], minimum=[2, 2])
    outcome = solve(small, seed=1, seconds=10)
    assert whole(outcome.place_of) == [1, 1, 1]
    assert outcome.closed == (Closing(place=0, students=1, minimum=2),)


def test_the_place_that_misses_most_is_closed_first_and_may_save_another() -> None:
    rows = market([[0, 1], [1], [1]], [[0], [(0, 1, 2)]], [5, 3], minimum=[4, 3])
    outcome = solve(rows, seed=1, seconds=10)
    assert [closing.place for closing in outcome.closed] == [0]
    assert whole(outcome.place_of) == [1, 1, 1]


def test_a_place_that_nobody_got_is_not_called_closed() -> None:
    outcome = solve(market([[0], []], [[0], [1]], [1, 1], minimum=[0, 1]), seed=1, seconds=5)
    assert outcome.closed == ()


def test_an_organisation_at_its_limit_is_told() -> None:
    firm = market([[0], [1]], [[0], [1]], [1, 1], organisation=[0, 0], quota=[1])
    outcome = solve(firm, seed=1, seconds=5)
    assert (outcome.placed, outcome.at_limit) == (1, (0,))


def test_groups_of_large_rounds_stay_together_only_by_chance_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exact, "LARGEST", 0)
    pairs = market([[0], [0], [0], [1]], [[0, 1, 2], [3]], [3, 1], together=((0, 1), (2, 3)))
    outcome = solve(pairs, seed=1, seconds=5)
    assert outcome.released == (1,)
    assert outcome.notes == (Note.GROUPS_NOT_SEARCHED,)


def test_without_time_promotion_stands_in_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exact, "solve_exactly", lambda *_args, **_named: None)
    outcome = solve(random_market(1, students=8, places=4), seed=1, seconds=5)
    assert outcome.method is Method.PROMOTION
    assert outcome.notes == (Note.NOT_DECIDED_IN_TIME,)


def test_when_time_is_up_the_last_places_are_closed_together() -> None:
    four = market([[0], [1]], [[0], [1]], [3, 3], minimum=[2, 2])
    outcome = solve(four, seed=1, seconds=0)
    assert whole(outcome.place_of) == [-1, -1]
    assert Note.CLOSED_AT_ONCE in outcome.notes
