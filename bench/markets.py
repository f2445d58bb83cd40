"""Made-up countries for the matching engine: skewed popularity, partly shared opinions."""

import numpy as np

from tussenstop.matching.engine.candidates import Offers, Seekers
from tussenstop.matching.engine.market import Int32, Market

AT_ONCE = 100_000


def country(students: int, wishes: int, *, seed: int, grades: int = 0) -> Market:
    """A market of `students`, a fifth as many places, 1.05 seats a student.

    The best liked place is wished for five times as often as the least; a place's opinion is half
    shared by all places. Grades are strict ranks, or `grades` broad classes.
    """
    dice = np.random.default_rng(seed)
    places = students // 5
    popular = np.cumsum(np.linspace(1, 5, places))
    number = dice.permutation(places).astype(np.int32)
    common = dice.random(students, dtype=np.float32)
    place = np.empty((students, wishes), dtype=np.int32)
    score = np.empty((students, wishes), dtype=np.float32)
    for low in range(0, students, AT_ONCE):
        high = min(low + AT_ONCE, students)
        place[low:high] = number[_distinct(dice, popular, high - low, wishes)]
        own = dice.random((high - low, wishes), dtype=np.float32)
        score[low:high] = (common[low:high, None] + own) / 2
    place = place.reshape(-1)
    if grades:
        grade = np.minimum(score.reshape(-1) * grades, grades - 1).astype(np.int32) + 1
    else:
        grade = _ranks(place, score.reshape(-1), places)
    seats = np.bincount(dice.integers(0, places, students * 21 // 20), minlength=places)
    start = np.arange(0, students * wishes + 1, wishes, dtype=np.int64)
    wish = np.tile(np.arange(1, wishes + 1, dtype=np.int16), students)
    return Market(start, place, wish, grade, seats.astype(np.int32))


def _distinct(
    dice: np.random.Generator,
    popular: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    n: int,
    k: int,
) -> Int32:
    """k different places for each of n students, the popular ones more often."""

    def chosen(rows: int) -> Int32:
        drawn = np.searchsorted(popular, dice.random((rows, k)) * popular[-1])
        return np.minimum(drawn, len(popular) - 1).astype(np.int32)

    found = chosen(n)
    while True:
        ordered = np.sort(found, axis=1)
        again = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if not len(again):
            return found
        found[again] = chosen(len(again))


def _ranks(
    place: Int32, score: "np.ndarray[tuple[int], np.dtype[np.float32]]", places: int
) -> Int32:
    """Each place's own strict order, 1 for its best."""
    bits = np.int64(32)
    both = (place.astype(np.int64) << bits) | (score * np.float32(2**31)).astype(np.int64)
    order = np.argsort(both, kind="stable").astype(np.int32)
    del both
    before = np.zeros(places, dtype=np.int64)
    np.cumsum(np.bincount(place, minlength=places)[:-1], out=before[1:])
    rank = np.empty(len(place), dtype=np.int32)
    rank[order] = np.arange(1, len(place) + 1) - before[place[order]]
    return rank


def lists_of(market: Market) -> tuple[list[list[int]], list[list[int]], list[int]]:
    """The same market as lists of wishes, lists of ranks, and seats, for other packages."""
    wishes = [
        market.place[market.start[s] : market.start[s + 1]].tolist() for s in range(market.students)
    ]
    order = np.lexsort((market.grade, market.place))
    ranks: list[list[int]] = [[] for _ in range(market.places)]
    owner = market.student_of_edge()
    for e in order:
        ranks[market.place[e]].append(int(owner[e]))
    return wishes, ranks, market.capacity.tolist()


def attributes(students: int, places: int, *, seed: int) -> tuple[Seekers, Offers]:
    """People and places in 400 towns, large and small, on 220 by 90 km.

    300 programmes, a reach of 10, 20 or 30 km.
    """
    dice = np.random.default_rng(seed)
    towns = np.stack([dice.integers(0, 220_000, 400), dice.integers(0, 90_000, 400)])

    size = 1 / np.arange(10, 410)
    size /= size.sum()

    def somewhere(count: int) -> tuple[Int32, Int32, Int32]:
        town = dice.choice(400, count, p=size)
        x, y = towns[:, town] + dice.normal(0, 3_000, (2, count)).astype(np.int64)
        return x.astype(np.int32), y.astype(np.int32), town.astype(np.int32)

    def some(values: int, count: int, least: int = 0) -> Int32:
        return dice.integers(least, values, count).astype(np.int32)

    def days(count: int, likely: float) -> Int32:
        free = dice.random((count, 7)) < likely
        return (free @ (1 << np.arange(7))).astype(np.int32)

    x, y, town = somewhere(students)
    seekers = Seekers(
        programme=some(300, students),
        x=x,
        y=y,
        town=town,
        reach=dice.choice([10_000, 20_000, 30_000], students).astype(np.int32),
        days=days(students, 0.5),
        days_needed=some(3, students, least=1),
        periods=some(4, students, least=1),
        languages=dice.integers(0, 4, students) * 2 + 1,
        competences=dice.integers(0, 1 << 40, students),
        culture=some(4, students, least=-1),
    )
    x, y, town = somewhere(places)
    offers = Offers(
        place=np.arange(places, dtype=np.int32),
        programme=some(300, places),
        x=x,
        y=y,
        town=town,
        days=days(places, 0.7),
        periods=some(4, places, least=1),
        languages=1 << np.minimum(dice.integers(0, 8, places), 2) * (dice.random(places) < 0.2),
        competences=dice.integers(0, 1 << 40, places),
        culture=some(4, places),
        capacity=some(12, places),
    )
    return seekers, offers
