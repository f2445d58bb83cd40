"""Deferred acceptance: textbook cases, outside oracles, and the same with and without numba."""

import random

import numpy as np
import pytest

from tests.matching.engine.markets import (
    every_stable,
    from_rows,
    market,
    merit,
    random_market,
    whole,
)
from tests.matching.engine.oracles import by_algmatch, by_matching
from tussenstop.matching.engine.check import check
from tussenstop.matching.engine.deferred import accept
from tussenstop.matching.engine.lottery import draw
from tussenstop.matching.engine.market import Market
from tussenstop.matching.engine.speed import COMPILED, without_numba


def matched(of: Market, *, promote: bool = False) -> list[int]:
    return whole(accept(of, draw(of.students, 1), promote=promote).place_of(of))


def test_the_example_of_gale_and_shapley_gives_each_proposer_their_first_choice() -> None:
    circle = market(
        [[0, 1, 2], [1, 2, 0], [2, 0, 1]],
        [[1, 2, 0], [2, 0, 1], [0, 1, 2]],
        [1, 1, 1],
    )
    assert matched(circle) == [0, 1, 2]


def test_the_example_of_the_american_residents() -> None:
    """Arthur, Sunny, Joseph, Latha, Darrius at Mercy, City and General, as the NRMP explains it."""
    residents = market(
        [[1], [1, 0], [1, 2, 0], [0, 1, 2], [1, 0, 2]],
        [[4, 2], [4, 0, 1, 3, 2], [4, 0, 2, 3]],
        [2, 2, 2],
    )
    assert matched(residents) == [1, -1, 2, 2, 1]


def test_who_is_preferred_takes_the_seat_of_who_came_first() -> None:
    assert matched(market([[0], [0]], [[1, 0]], [1])) == [-1, 0]


def test_nobody_anywhere_and_no_seats_end_well() -> None:
    assert matched(from_rows([], [])) == []
    assert matched(from_rows([[], [(0, 1, 1)]], [0])) == [-1, -1]


def test_with_strict_lists_no_stable_result_is_better_for_any_student() -> None:
    for seed in range(60):
        strict = random_market(seed, students=5, places=3, ties=False)
        found = matched(strict)
        assert tuple(found) in every_stable(strict)
        for other in every_stable(strict):
            assert merit(strict, other)[0] == merit(strict, found)[0]
            for s, p in enumerate(other):
                order = [int(strict.place[e]) for e in strict.edges_of(s)]
                assert p < 0 or order.index(found[s]) <= order.index(p)


def strict_lists(seed: int, n: int, m: int) -> tuple[list[list[int]], list[list[int]], list[int]]:
    dice = random.Random(seed)
    wishes = [dice.sample(range(m), dice.randint(1, min(m, 6))) for _ in range(n)]
    ranks = [[s for s in range(n) if p in wishes[s]] for p in range(m)]
    for rank in ranks:
        dice.shuffle(rank)
    return wishes, ranks, [dice.randint(1, 4) for _ in range(m)]


@pytest.mark.parametrize("seed", range(12))
def test_two_packages_of_others_agree(seed: int) -> None:
    wishes, ranks, seats = strict_lists(seed, 40, 12)
    ours = matched(market(wishes, ranks, seats))
    assert ours == by_matching(wishes, ranks, seats)
    assert ours == by_algmatch(wishes, ranks, seats)


@pytest.mark.skipif(not COMPILED, reason="numba is not installed")
@pytest.mark.parametrize("promote", [False, True])
@pytest.mark.parametrize("quotas", [False, True])
def test_compiled_and_plain_agree_on_every_market(promote: bool, quotas: bool) -> None:
    for seed in range(250):
        some = random_market(seed, quotas=quotas)
        lots = draw(some.students, seed)
        compiled = accept(some, lots, promote=promote)
        with without_numba():
            plain = accept(some, lots, promote=promote)
        assert whole(compiled.place_of(some)) == whole(plain.place_of(some))
        assert compiled.promoted.tolist() == plain.promoted.tolist()


def test_keys_too_long_for_one_number_are_compared_all_the_same() -> None:
    far = from_rows(
        [[(p, p + 1, 2**30 - 1 - s) for p in range(3)] for s in range(500)], [20, 0, 30]
    )
    wide = Market(far.start, far.place * 10_000, far.wish, far.grade, np.full(20_001, 7, np.int32))
    with without_numba():
        slow = matched(wide)
    assert slow == matched(wide)
    assert check(wide, np.array(slow, dtype=np.int32)).stable


@pytest.mark.parametrize("quotas", [False, True])
def test_a_thousand_random_markets_end_stable(quotas: bool) -> None:
    for seed in range(500):
        some = random_market(seed, quotas=quotas)
        for promote in (False, True):
            lots = draw(some.students, seed)
            findings = check(some, accept(some, lots, promote=promote).place_of(some))
            assert findings.stable


def test_the_order_of_students_does_not_matter_when_lists_are_strict() -> None:
    wishes, ranks, seats = strict_lists(3, 30, 10)
    order = random.Random(1).sample(range(30), 30)
    new_number = {old: new for new, old in enumerate(order)}
    turned = market(
        [wishes[old] for old in order], [[new_number[s] for s in rank] for rank in ranks], seats
    )
    before = matched(market(wishes, ranks, seats))
    assert matched(turned) == [before[old] for old in order]
