"""What stability costs: the largest total of both sides' satisfaction, with a proof of how near.

The satisfaction of a student and a place with each other runs from 1 to 1,000: half of it is the
student's wish, half the place's grade, each falling evenly from its best level to the worst level
in the market. A result is worth the sum over its pairs.

The largest total is found by an auction (Bertsekas, 1988), with seats: whoever has no seat bids for
the one that pays best after its price, as much as makes it no better than the next best, and a bit
more; the lowest bidder of a full place must go. The final prices prove, whatever happened on the
way, that no result at all is worth more than

    sum of seats x price + sum over students of the best (satisfaction - price), at least 0.

The distance between that and the total is the *gap*; the bit more is made smaller until the gap is
small enough. Limits per organisation are left out, so that the total can only be too large.
"""

from dataclasses import dataclass

import numpy as np

from tussenstop.matching.engine.market import CHUNK, Int16, Int32, Int64, Market
from tussenstop.matching.engine.speed import compiled, fast, plain

BEST = 1_000
FINEST = 16
"""Bids are counted in sixteenths of a point of satisfaction."""


@dataclass(frozen=True, eq=False)
class Welfare:
    """place_of int32[n]; what it is worth, and what nothing can exceed."""

    place_of: Int32
    total: int
    bound: float

    @property
    def gap(self) -> float:
        """How much of the bound may be missing, from 0 to 1."""
        return 0.0 if self.bound <= 0 else (self.bound - self.total) / self.bound


def satisfaction(market: Market) -> Int16:
    """int16[E]: what each wish would be worth to both sides together, 1 to 1,000."""
    worth = np.empty(market.edges, dtype=np.int16)
    if not market.edges:
        return worth
    half, wishes, grades = BEST // 2, int(market.wish.max()), int(market.grade.max())
    by_wish = np.ceil(half * (wishes + 1 - np.arange(wishes + 1)) / wishes).astype(np.int16)
    for low in range(0, market.edges, CHUNK):
        part = slice(low, low + CHUNK)
        by_grade = half * (grades + 1 - market.grade[part].astype(np.int64)) // grades
        worth[part] = by_wish[market.wish[part]] + by_grade.astype(np.int16)
    return worth


def value_of(market: Market, place_of: Int32) -> int:
    """The total satisfaction of a result, place_of int32[n] (-1: none)."""
    worth = satisfaction(market)
    total = 0
    step = max(1, CHUNK * market.students // max(market.edges, 1))
    for low in range(0, market.students, step):
        high = min(low + step, market.students)
        edges = slice(int(market.start[low]), int(market.start[high]))
        student = market.student_of_edge(low, high)
        got = market.place[edges] == place_of[student]
        total += int(worth[edges][got].sum(dtype=np.int64))
    return int(total)


def largest_total(market: Market, *, gap: float = 0.0005) -> Welfare:
    """A result of the largest total satisfaction, proven to within `gap` of the best.

    The same with and without numba; without it, large rounds take minutes.
    """
    worth = satisfaction(market)
    auction, bound = (_auction, _bound) if fast() else (plain(_auction), plain(_bound))
    raise_by = 3 * FINEST
    while True:
        place_of, price = auction(market.start, market.place, worth, market.seats_before, raise_by)
        placed = place_of >= 0
        total = value_of(market, place_of) if placed.any() else 0
        seats = np.diff(market.seats_before)
        limit = bound(market.start, market.place, worth, seats, price) / FINEST
        result = Welfare(place_of, total, limit)
        if result.gap <= gap or raise_by == 1:
            return result
        raise_by = max(1, raise_by // 4)


@compiled
def _lower(heap: Int64, first: int, size: int, key: int) -> None:
    """Put `key` on top of a heap of `size` (smallest on top) and let it sink to where it belongs."""
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and heap[first + below + 1] < heap[first + below]:
            below += 1
        if heap[first + below] >= key:
            break
        heap[first + at] = heap[first + below]
        at = below
    heap[first + at] = key


@compiled
def _auction(
    start: Int64, place: Int32, worth: Int16, seats_before: Int64, raise_by: int
) -> tuple[Int32, Int64]:
    """Places of students and prices of places (0 while a place has a free seat)."""
    students, places = len(start) - 1, len(seats_before) - 1
    place_of = np.full(students, -1, dtype=np.int32)
    price = np.zeros(places, dtype=np.int64)
    filled = np.zeros(places, dtype=np.int64)
    heap = np.empty(seats_before[places] + 1, dtype=np.int64)
    mask = np.int64(0xFFFFFFFF)
    for newcomer in range(students):
        s = newcomer
        while s >= 0:
            best, second, chosen = np.int64(0), np.int64(0), -1
            for e in range(start[s], start[s + 1]):
                p = place[e]
                if seats_before[p + 1] == seats_before[p]:
                    continue
                pays = np.int64(worth[e]) * FINEST - price[p]
                if pays > best:
                    second = best
                    best = pays
                    chosen = p
                elif pays > second:
                    second = pays
            if chosen < 0:  # nothing is worth its price
                break
            first, seats = seats_before[chosen], seats_before[chosen + 1] - seats_before[chosen]
            bid = ((price[chosen] + best - second + raise_by) << 32) | s
            place_of[s] = chosen
            size = filled[chosen]
            if size < seats:
                at = size
                while at > 0 and heap[first + ((at - 1) >> 1)] > bid:
                    heap[first + at] = heap[first + ((at - 1) >> 1)]
                    at = (at - 1) >> 1
                heap[first + at] = bid
                filled[chosen] = size + 1
                s = -1
            else:
                s = heap[first] & mask
                place_of[s] = -1
                _lower(heap, first, seats, bid)
            if filled[chosen] == seats:
                price[chosen] = heap[first] >> 32
    return place_of, price


@compiled
def _bound(start: Int64, place: Int32, worth: Int16, seats: Int64, price: Int64) -> int:
    """What no result can exceed at these prices, in sixteenths."""
    total = np.int64(0)
    for p in range(len(seats)):
        total += seats[p] * price[p]
    for s in range(len(start) - 1):
        best = np.int64(0)
        for e in range(start[s], start[s + 1]):
            if seats[place[e]] > 0:
                best = max(best, np.int64(worth[e]) * FINEST - price[place[e]])
        total += best
    return int(total)
