"""Small markets to try, and a slow, plain judge of results that shares nothing with the engine."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from tussenstop.matching.engine.market import Int32, Market

Order = Sequence[int | tuple[int, ...]]


def levels(order: Order) -> dict[int, int]:
    """The level of each name in an order of names, where a tuple is a tie."""
    found = {}
    for level, names in enumerate(order, start=1):
        for name in names if isinstance(names, tuple) else (names,):
            found[name] = level
    return found


def market(
    wishes: Sequence[Order], ranks: Sequence[Order], seats: Sequence[int], **more: Any
) -> Market:
    """A market from what students wish and how places rank students; a tuple is a tie."""
    graded = [levels(order) for order in ranks]
    rows = [
        [
            (place, wish, graded[place][s])
            for place, wish in levels(order).items()
            if s in graded[place]
        ]
        for s, order in enumerate(wishes)
    ]
    return from_rows(rows, seats, **more)


def from_rows(
    rows: Sequence[Sequence[tuple[int, int, int]]], seats: Sequence[int], **more: Any
) -> Market:
    """A market from (place, wish, grade) of each student."""
    edges = [edge for row in rows for edge in row]
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=start[1:])
    for name in ("minimum", "organisation", "quota"):
        if name in more:
            more[name] = np.array(more[name], dtype=np.int32)
    return Market(
        start,
        np.array([place for place, _, _ in edges], dtype=np.int32),
        np.array([wish for _, wish, _ in edges], dtype=np.int16),
        np.array([grade for _, _, grade in edges], dtype=np.int32),
        np.array(seats, dtype=np.int32),
        **more,
    )


def random_market(
    seed: int,
    students: int | None = None,
    *,
    places: int | None = None,
    longest: int = 5,
    ties: bool = True,
    quotas: bool = False,
) -> Market:
    """A small market with ties on both sides, incomplete lists and places without seats."""
    dice = np.random.default_rng(seed)
    n = int(dice.integers(0, 9)) if students is None else students
    m = int(dice.integers(1, 6)) if places is None else places
    grades = int(dice.integers(1, 5))
    rows = []
    line = [list(dice.permutation(n)) for _ in range(m)]
    for s in range(n):
        chosen = dice.permutation(m)[: int(dice.integers(0, min(m, longest) + 1))]
        wish, row = 1, []
        for p in chosen:
            grade = int(dice.integers(1, grades + 1)) if ties else line[p].index(s) + 1
            row.append((int(p), wish, grade))
            wish += int(dice.random() < 0.6) if ties else 1
        rows.append(row)
    more: dict[str, Any] = {}
    if quotas:
        more["organisation"] = dice.integers(0, 2, m)
        more["quota"] = dice.integers(-1, 4, 2)
    return from_rows(rows, dice.integers(0, 3, m).tolist(), **more).validate()


def edges(market: Market) -> dict[tuple[int, int], tuple[int, int]]:
    """(student, place) -> (wish, grade)."""
    return {
        (s, int(market.place[e])): (int(market.wish[e]), int(market.grade[e]))
        for s in range(market.students)
        for e in market.edges_of(s)
    }


def fits(market: Market, places: Sequence[int]) -> bool:
    """Whether seats and limits are kept."""
    for p in range(market.places):
        if list(places).count(p) > market.capacity[p]:
            return False
    if market.quota is None or market.organisation is None:
        return True
    firms = [market.organisation[p] for p in places if p >= 0]
    return all(q < 0 or firms.count(o) <= q for o, q in enumerate(market.quota))


def blocking(market: Market, places: Sequence[int]) -> set[tuple[int, int]]:
    """The pairs who would both rather have each other, by the words of the definition."""
    known = edges(market)
    found = set()
    for (s, p), (wish, grade) in known.items():
        own = known[s, places[s]][0] if places[s] >= 0 else 10**6
        if wish >= own or market.capacity[p] == 0:
            continue
        here = [known[t, p][1] for t, q in enumerate(places) if q == p]
        if any(other > grade for other in here):
            found.add((s, p))
        elif len(here) < market.capacity[p]:
            if market.quota is None or market.organisation is None:
                found.add((s, p))
                continue
            firm = market.organisation[p]
            theirs = [
                known[t, q][1]
                for t, q in enumerate(places)
                if q >= 0 and market.organisation[q] == firm
            ]
            limit = market.quota[firm]
            if limit < 0 or len(theirs) < limit or any(other > grade for other in theirs):
                found.add((s, p))
    return found


def every_stable(market: Market) -> list[tuple[int, ...]]:
    """All stable results, by trying everything."""
    choices = [
        [-1, *(int(market.place[e]) for e in market.edges_of(s))] for s in range(market.students)
    ]
    return [
        places
        for places in product(*choices)
        if fits(market, places) and not blocking(market, places)
    ]


def merit(market: Market, places: Sequence[int]) -> tuple[int, int]:
    """How many are placed, and minus the sum of the levels: better is larger."""
    known = edges(market)
    pairs = [known[s, p] for s, p in enumerate(places) if p >= 0]
    return len(pairs), -sum(wish + grade for wish, grade in pairs)


def whole(places: Int32) -> list[int]:
    return [int(p) for p in places]
