"""The judge is judged: by the words of the definition, on results good and bad."""

from dataclasses import replace

import numpy as np

from tests.matching.engine.markets import blocking, fits, market, random_market
from tussenstop.matching.engine.check import check
from tussenstop.matching.engine.market import Int32


def places(*numbers: int) -> Int32:
    return np.array(numbers, dtype=np.int32)


def test_a_pair_who_would_both_rather_is_found() -> None:
    two = market([[0, 1], [0, 1]], [[0, 1], [0, 1]], [1, 1])
    assert check(two, places(0, 1)).stable
    assert check(two, places(1, 0)).blocking.tolist() == [[0, 0]]
    assert check(two, places(-1, 1)).blocking.tolist() == [[0, 0], [0, 1], [1, 0]]


def test_who_only_likes_it_as_much_does_not_block() -> None:
    tied = market([[(0, 1)], [0]], [[(0, 1)], [0]], [1, 1])
    assert check(tied, places(0, -1)).stable


def test_what_breaks_the_rules_is_named() -> None:
    two = market([[0], [0], []], [[0, 1], []], [1, 1])
    assert check(two, places(0, 0, -1)).overfull.tolist() == [0]
    assert check(two, places(0, 1, -1)).unacceptable.tolist() == [1]
    assert check(two, places(0, -1, 7)).unacceptable.tolist() == [2]
    assert not check(two, places(0, 0, -1)).stable


def test_a_closed_place_has_no_seats() -> None:
    two = market([[0, 1]], [[0], [0]], [1, 1])
    assert not check(two, places(1)).stable
    assert check(two, places(1), closed=(0,)).stable
    assert check(two, places(0), closed=(0,)).overfull.tolist() == [0]


def test_a_limit_is_kept_and_a_worse_one_elsewhere_must_go() -> None:
    firm = market([[0], [1]], [[0], [1]], [1, 1], organisation=[0, 0], quota=[1])
    assert check(firm, places(0, 1)).over_quota.tolist() == [0]
    assert check(firm, places(0, -1)).stable
    worse = replace(firm, grade=np.array([1, 2], dtype=np.int32))
    assert check(worse, places(-1, 1)).blocking.tolist() == [[0, 0]]


def test_it_agrees_with_the_definition_on_any_result() -> None:
    for seed in range(400):
        some = random_market(seed, quotas=seed % 2 == 0)
        dice = np.random.default_rng(seed)
        found = [
            int(dice.choice([-1, *(int(some.place[e]) for e in some.edges_of(s))]))
            for s in range(some.students)
        ]
        findings = check(some, places(*found))
        assert findings.feasible == fits(some, found)
        if findings.feasible:
            assert {(int(s), int(p)) for s, p in findings.blocking} == blocking(some, found)
