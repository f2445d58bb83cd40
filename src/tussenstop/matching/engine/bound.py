"""How many could be placed at the very most, whoever would rather be elsewhere."""

import numpy as np

from tussenstop.matching.engine.market import Int32, Int64, Market
from tussenstop.matching.engine.speed import compiled, fast, plain

LARGEST_PLAIN = 2_000_000
"""The most wishes for which the exact bound is sought without compiled code."""


def most_possible(market: Market, begin: Int32) -> int:
    """An upper bound on the number placed; exact without limits per organisation.

    `begin` int32[n] (-1: none) is any result within the seats to begin from. In large rounds
    without numba the bound is the plain one: no more than have a wish, no more than have a seat.
    """
    wishes = int(np.count_nonzero(np.diff(market.start)))
    wanted = np.bincount(market.place, minlength=market.places)
    coarse = min(wishes, _within_limits(market, np.minimum(wanted, market.capacity)))
    if not fast() and market.edges > LARGEST_PLAIN:
        return coarse
    grow = _grow if fast() else plain(_grow)
    return min(coarse, int(grow(market.start, market.place, market.seats_before, begin)))


def _within_limits(market: Market, used: Int64) -> int:
    """The sum of `used` int64[m] with every organisation cut to its limit."""
    if market.quota is None or market.organisation is None:
        return int(used.sum())
    theirs = np.bincount(market.organisation, weights=used, minlength=len(market.quota))
    limit = np.where(market.quota < 0, np.inf, market.quota)
    return int(np.minimum(theirs, limit).sum())


@compiled
def _grow(start: Int64, place: Int32, seats_before: Int64, begin: Int32) -> int:
    """The size of a largest matching, grown from `begin` along alternating paths.

    Breadth first from each student without a place, over places not yet looked at in this pass;
    passes go on until one finds nothing.
    """
    students, places = len(start) - 1, len(seats_before) - 1
    place_of = begin.copy()
    sitter = np.full(seats_before[places] + 1, -1, dtype=np.int32)
    seat_of = np.full(students, -1, dtype=np.int64)
    filled = np.zeros(places, dtype=np.int64)
    size = 0
    for s in range(students):
        p = place_of[s]
        if p >= 0:
            seat_of[s] = seats_before[p] + filled[p]
            sitter[seat_of[s]] = s
            filled[p] += 1
            size += 1
    seen = np.zeros(places, dtype=np.int64)
    asker = np.zeros(places, dtype=np.int32)
    line = np.empty(students, dtype=np.int32)
    turn = 0
    grown = True
    while grown:
        grown = False
        turn += 1
        for root in range(students):
            if place_of[root] >= 0:
                continue
            line[0] = root
            head, tail = 0, 1
            end = -1
            while head < tail and end < 0:
                s = line[head]
                head += 1
                for e in range(start[s], start[s + 1]):
                    p = place[e]
                    if seen[p] == turn:
                        continue
                    seen[p] = turn
                    asker[p] = s
                    first, seats = seats_before[p], seats_before[p + 1] - seats_before[p]
                    if filled[p] < seats:
                        end = p
                        break
                    for i in range(first, first + seats):
                        line[tail] = sitter[i]
                        tail += 1
            if end < 0:
                continue
            # Everybody on the path moves on one place.
            seat = seats_before[end] + filled[end]
            filled[end] += 1
            goal = end
            while goal >= 0:
                s = asker[goal]
                left, left_seat = place_of[s], seat_of[s]
                place_of[s], seat_of[s], sitter[seat] = goal, seat, s
                goal, seat = left, left_seat
            size += 1
            grown = True
    return size
