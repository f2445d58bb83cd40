"""Small rounds, exactly: held against every stable result there is."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.matching.engine.markets import (
    blocking,
    edges,
    every_stable,
    from_rows,
    market,
    merit,
    random_market,
    whole,
)
from tussenstop.matching.engine import ties
from tussenstop.matching.engine.equals import decided_among_equals
from tussenstop.matching.engine.exact import Exact, solve_exactly
from tussenstop.matching.engine.lottery import draw
from tussenstop.matching.engine.market import Market


def exactly(of: Market, seed: int = 1) -> Exact:
    begin, _ = ties.match(of, seed)
    found = solve_exactly(of, begin, seed=seed, seconds=20)
    assert found is not None
    assert found.proven
    return found


def test_it_places_more_than_promotion_can() -> None:
    """Both sides indifferent: the one with a single wish must get it, whatever the draw."""
    three = market(
        [[(0, 1)], [(1, 2)], [0], [2]],
        [[(0, 2)], [(0, 1)], [(1, 3)]],
        [1, 1, 1],
    )
    best = max(merit(three, places) for places in every_stable(three))
    assert merit(three, whole(exactly(three).place_of)) == best


@pytest.mark.parametrize("quotas", [False, True])
def test_among_all_stable_results_none_places_more_or_is_liked_better(quotas: bool) -> None:
    for seed in range(150):
        some = random_market(seed, students=seed % 7, places=4, longest=4, quotas=quotas)
        found = whole(exactly(some).place_of)
        stable = every_stable(some)
        assert tuple(found) in stable
        assert merit(some, found) == max(merit(some, places) for places in stable)


def test_the_draw_decides_between_two_who_could_simply_swap() -> None:
    winners = set()
    for seed in range(12):
        race = market([[0], [0], [0]], [[2, (0, 1)]], [2])
        found = exactly(race, seed)
        decided = decided_among_equals(race, found.place_of)
        assert decided.students.tolist() == [True, True, False]
        winners.add(whole(found.place_of).index(-1))
    assert winners == {0, 1}


def test_it_is_no_draw_when_swapping_would_leave_somebody_out() -> None:
    two = market([[0, 1], [0]], [[(0, 1)], [0]], [1, 1])
    found = exactly(two)
    assert whole(found.place_of) == [1, 0]
    assert not decided_among_equals(two, found.place_of).students.any()


def test_a_group_is_kept_together_when_a_stable_result_does_so() -> None:
    pair = market(
        [[(0, 1)], [(0, 1)], [0]],
        [[(0, 1, 2)], [(0, 1)]],
        [2, 2],
        together=((0, 1),),
    )
    found = exactly(pair)
    assert found.place_of[0] == found.place_of[1]
    assert found.released == ()


def test_a_group_is_released_when_no_stable_result_keeps_it() -> None:
    pair = market([[0], [1]], [[0], [1]], [1, 1], together=((0, 1),))
    found = exactly(pair)
    assert whole(found.place_of) == [0, 1]
    assert found.released == (0,)


def test_as_many_groups_are_kept_as_any_stable_result_keeps() -> None:
    for seed in range(40):
        some = random_market(seed, students=6, places=4, longest=4)
        firms = np.array([0, 0, 1, 1], dtype=np.int32)
        grouped = replace(some, organisation=firms, together=((0, 1), (2, 3)))
        found = exactly(grouped)
        assert not blocking(some, whole(found.place_of))

        def kept(places: tuple[int, ...] | list[int]) -> int:
            where = [-1 if p < 0 else p // 2 for p in places]
            return (where[0] == where[1]) + (where[2] == where[3])

        stable = every_stable(some)
        most = max(kept(places) for places in stable)
        assert kept(whole(found.place_of)) == most == 2 - len(found.released)
        best = max(merit(some, places) for places in stable if kept(places) == most)
        assert merit(some, whole(found.place_of)) == best


def test_new_numbers_for_students_and_places_change_nothing_that_counts() -> None:
    for seed in range(30):
        some = random_market(seed, students=6, places=4, longest=4)
        students, places = draw(6, seed).tolist(), draw(4, seed, "places").tolist()
        rows: list[list[tuple[int, int, int]]] = [[] for _ in range(6)]
        for (s, p), (wish, grade) in edges(some).items():
            rows[students[s]].append((places[p], wish, grade))
        seats = [int(some.capacity[places.index(p)]) for p in range(4)]
        turned = from_rows(rows, seats)
        merits = [merit(of, whole(exactly(of).place_of)) for of in (some, turned)]
        assert merits[0] == merits[1]


IN_A_FORKED_WORKER = """
import os
from tests.matching.engine.markets import random_market
from tussenstop.matching.engine.solve import solve
def work():
    return solve(random_market(3, students=8, places=5), seed=1, seconds=20).placed
here = work()
child = os.fork()
if child == 0:
    os._exit(0 if work() == here else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_forked_worker_solves_after_its_parent_did() -> None:
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IN_A_FORKED_WORKER],
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"},
        timeout=60,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_without_time_nothing_is_claimed() -> None:
    some = random_market(3, students=60, places=12, longest=8)
    begin, _ = ties.match(some, 1)
    found = solve_exactly(some, begin, seed=1, seconds=0.0)
    assert (
        found is None
        or not found.proven
        or merit(some, whole(found.place_of)) >= merit(some, whole(begin))
    )
