"""The largest total, and what stability costs."""

from itertools import product

import numpy as np
import pytest

from tests.matching.engine.markets import from_rows, market, random_market, whole
from tussenstop.matching.engine import ties
from tussenstop.matching.engine.bound import most_possible
from tussenstop.matching.engine.market import Market
from tussenstop.matching.engine.speed import COMPILED, without_numba
from tussenstop.matching.engine.welfare import largest_total, satisfaction, value_of


def test_the_best_wish_and_grade_are_worth_a_thousand() -> None:
    two = market([[0, 1]], [[0], [1, 0]], [1, 1])
    assert satisfaction(two).tolist() == [1000, 500]


def everything(of: Market) -> list[tuple[int, ...]]:
    choices = [[-1, *(int(of.place[e]) for e in of.edges_of(s))] for s in range(of.students)]
    return [
        places
        for places in product(*choices)
        if all(places.count(p) <= of.capacity[p] for p in range(of.places))
    ]


def test_it_finds_the_largest_total_there_is_and_proves_it() -> None:
    for seed in range(40):
        some = random_market(seed, students=seed % 6, places=4, longest=4)
        found = largest_total(some)
        totals = [value_of(some, np.array(p, dtype=np.int32)) for p in everything(some)]
        assert found.total == value_of(some, found.place_of)
        assert max(totals) <= found.bound + 1e-9
        assert found.total >= max(totals) * (1 - 0.0005)
        assert found.gap <= 0.0005 or found.total == max(totals)


def test_stable_is_worth_at_most_that() -> None:
    for seed in range(40):
        some = random_market(seed, students=8, places=5)
        stable, _ = ties.match(some, seed)
        assert value_of(some, stable) <= largest_total(some).bound + 1e-9


@pytest.mark.skipif(not COMPILED, reason="numba is not installed")
def test_compiled_and_plain_come_to_the_same() -> None:
    for seed in range(60):
        some = random_market(seed)
        compiled = largest_total(some), most_possible(some, ties.match(some, seed)[0])
        with without_numba():
            plain = largest_total(some), most_possible(some, ties.match(some, seed)[0])
        assert whole(compiled[0].place_of) == whole(plain[0].place_of)
        assert compiled[0].bound == plain[0].bound
        assert compiled[1] == plain[1]


def test_the_most_possible_is_the_most_that_fits_whoever_minds() -> None:
    for seed in range(60):
        some = random_market(seed, students=seed % 7, places=4, longest=4)
        begin, _ = ties.match(some, seed)
        most = max(sum(p >= 0 for p in places) for places in everything(some))
        assert most_possible(some, begin) == most


def test_an_empty_round_is_worth_nothing() -> None:
    nothing = largest_total(from_rows([[]], [1]))
    assert (nothing.total, nothing.gap) == (0, 0.0)
