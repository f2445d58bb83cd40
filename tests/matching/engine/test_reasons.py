"""Every wish has a reason, and nobody's wishes are in another's reason."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.engine.markets import market, random_market
from tussenstop.matching.engine import exact
from tussenstop.matching.engine.market import Market
from tussenstop.matching.engine.reasons import Help, Reason, Reasons, Spare, reasons
from tussenstop.matching.engine.solve import solve


def why(of: Market, seed: int = 1) -> Reasons:
    return reasons(of, solve(of, seed=seed, seconds=10))


def test_the_wish_that_came_true_and_those_no_longer_needed() -> None:
    told = why(market([[0, 1]], [[0], [0]], [1, 1]))
    assert told.wish.tolist() == [Reason.PLACED, Reason.NOT_NEEDED]
    assert told.helped.tolist() == [Help.NOTHING]
    assert told.spare.tolist() == [Spare.NONE, Spare.RATHER_ELSEWHERE]
    assert (told.asked.tolist(), told.seated.tolist()) == ([1, 1], [1, 0])


def test_full_with_others_whom_the_place_would_rather_have() -> None:
    told = why(market([[0, 1], [0]], [[1, 0], [0]], [1, 1]))
    assert told.wish.tolist() == [Reason.OTHERS_RATHER, Reason.PLACED, Reason.PLACED]
    assert told.ahead.tolist() == [1, 0, 0]


def test_equals_and_the_draw() -> None:
    told = why(market([[0], [0]], [[(0, 1)]], [1]))
    assert sorted(told.wish.tolist()) == [Reason.PLACED, Reason.EQUALS_DRAWN]
    assert sorted(told.helped.tolist()) == [Help.NOTHING, Help.LUCK]
    assert told.ahead.tolist() == [0, 0]


@pytest.mark.parametrize("largest", [300, 0])
def test_equals_who_had_nowhere_else(largest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "LARGEST", largest)
    two = market([[0, 1], [0]], [[(0, 1)], [0]], [1, 1])
    told = [why(two, seed).wish.tolist() for seed in range(8)]
    assert [Reason.EQUALS_ELSE_NOWHERE, Reason.PLACED, Reason.PLACED] in told


def test_no_seats_and_closed_places() -> None:
    told = why(market([[0, 1, 2]], [[0], [0], [0]], [0, 2, 1], minimum=[0, 2, 0]))
    assert told.wish.tolist() == [Reason.NO_SEATS, Reason.CLOSED, Reason.PLACED]
    assert told.spare.tolist() == [Spare.NONE, Spare.CLOSED, Spare.NONE]


def test_the_limit_of_an_organisation() -> None:
    firm = market([[0], [1]], [[0], [1]], [1, 1], organisation=[0, 0], quota=[1])
    better = replace(firm, grade=np.array([1, 2], dtype=np.int32))
    told = why(better)
    assert told.wish.tolist() == [Reason.PLACED, Reason.LIMIT]
    assert told.spare.tolist() == [Spare.NONE, Spare.LIMIT]


def test_what_would_have_helped() -> None:
    told = why(
        market(
            [[], [0], [1], [1, 2], [1, 2], [1, 2], [3]],
            [[1], [3, 4, 5, 2], [5, 4, 3], [6], [6]],
            [0, 1, 1, 1, 4],
        )
    )
    assert told.helped.tolist()[:3] == [Help.WISHES, Help.OPEN_PLACES, Help.MORE_WISHES]
    assert told.helped.tolist()[3:] == [
        Help.NOTHING,
        Help.QUIETER_PLACES,
        Help.NOTHING,
        Help.NOTHING,
    ]


def test_when_every_seat_is_taken_only_seats_would_have_helped() -> None:
    assert why(market([[0], [0]], [[0, 1]], [1])).helped.tolist() == [
        Help.NOTHING,
        Help.MORE_SEATS,
    ]


def test_why_seats_stayed_free() -> None:
    told = why(market([[0], []], [[0], []], [2, 1]))
    assert told.spare.tolist() == [Spare.TOO_FEW_ASKED, Spare.NOBODY_ASKED]


@pytest.mark.parametrize("largest", [300, 0])
def test_every_wish_of_every_market_has_a_true_reason(
    largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "LARGEST", largest)
    for seed in range(60):
        some = random_market(seed, quotas=seed % 2 == 0)
        outcome = solve(some, seed=seed, seconds=10)
        told = reasons(some, outcome)
        for s in range(some.students):
            mine = [told.wish[e] for e in some.edges_of(s)]
            placed = outcome.place_of[s] >= 0
            assert mine.count(Reason.PLACED) == int(placed)
            assert placed or Reason.NOT_NEEDED not in mine
            assert (told.helped[s] == Help.NOTHING) == placed
            assert (Reason.EQUALS_DRAWN in mine) <= bool(outcome.lottery[s])
