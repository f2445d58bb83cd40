"""Deferred acceptance: students propose, places keep the best they have seen.

Gale and Shapley (1962), for places with several seats, in rounds: everybody without a seat asks the
next place on the list; a place that has more askers than seats lets the last ones go. The order in
which proposals arrive never changes the result, so the compiled and the plain way agree exactly.

Equal grades are told apart by a strict key: grade, then promotion, then lot. A *promoted* student
(Király, 2011) ran out of list once and goes down it a second time, ahead of equals who have not.
Because a key only ever separates equal grades, the result is stable for the grades themselves: no
student and place would both strictly rather have each other.

With limits per organisation a place's choice becomes its organisation's: go down the keys of all
its askers and take each one for whom both the place and the organisation still have room. Seats
within places within organisations form a laminar matroid, on which this greedy choice is the best
one and never takes back somebody it let go (Fleiner, 2003), so the same proposals still work.
"""

from dataclasses import dataclass

import numpy as np

from tussenstop.matching.engine.market import Bool, Int8, Int32, Int64, Market
from tussenstop.matching.engine.rounds import propose_in_rounds
from tussenstop.matching.engine.speed import compiled, fast

TOGETHER = 64
"""Proposals looked up side by side, so that the memory answers several at once."""


@dataclass(frozen=True)
class Accepted:
    """edge_of int64[n]: the wish each student got, -1 for none; promoted bool[n]."""

    edge_of: Int64
    promoted: Bool

    def place_of(self, market: Market) -> Int32:
        """int32[n]: the place of each student, -1 for none."""
        if not market.edges:
            return np.full(market.students, -1, dtype=np.int32)
        return np.where(self.edge_of >= 0, market.place[self.edge_of], np.int32(-1))


def accept(market: Market, lots: Int32, *, promote: bool) -> Accepted:
    """The result that is best for all students at once, under the keys that `lots` make.

    `lots` int32[n] is a permutation of 0 .. n-1, lower first among equals.
    """
    quota = market.quota if market.has_quotas else None
    if not fast():
        edge_of, promoted = propose_in_rounds(market, lots, quota, promote=promote)
        return Accepted(edge_of, promoted)
    student_of_lot = np.empty_like(lots)
    student_of_lot[lots] = np.arange(len(lots), dtype=np.int32)
    organisation, limit, first_place, their_places = _organisations(market, quota)
    edge_of, again = _propose(
        market.start,
        market.place,
        market.grade,
        market.seats_before,
        lots,
        student_of_lot,
        promote,
        organisation,
        limit,
        first_place,
        their_places,
    )
    return Accepted(edge_of, again.view(np.bool_))


def _organisations(market: Market, quota: Int32 | None) -> tuple[Int32, Int32, Int64, Int32]:
    """Each place's organisation and each organisation's limit and places; empty without limits."""
    if quota is None or market.organisation is None:
        none = np.zeros(0, dtype=np.int32)
        return none, none, np.zeros(1, dtype=np.int64), none
    their_places = np.argsort(market.organisation, kind="stable").astype(np.int32)
    first_place = np.zeros(len(quota) + 1, dtype=np.int64)
    np.cumsum(np.bincount(market.organisation, minlength=len(quota)), out=first_place[1:])
    return market.organisation, quota, first_place, their_places


@compiled
def _sink(heap: Int64, first: int, size: int, key: int) -> None:
    """Put `key` on top of a heap of `size` (largest on top) and let it sink to where it belongs."""
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and heap[first + below + 1] > heap[first + below]:
            below += 1
        if heap[first + below] <= key:
            break
        heap[first + at] = heap[first + below]
        at = below
    heap[first + at] = key


@compiled
def _rise(heap: Int64, first: int, size: int, key: int) -> None:
    """Add `key` to a heap of `size`."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap[first + above] >= key:
            break
        heap[first + at] = heap[first + above]
        at = above
    heap[first + at] = key


@compiled
def _propose(
    start: Int64,
    place: Int32,
    grade: Int32,
    seats_before: Int64,
    lots: Int32,
    student_of_lot: Int32,
    promote: bool,
    organisation: Int32,
    quota: Int32,
    first_place: Int64,
    their_places: Int32,
) -> tuple[Int64, Int8]:
    students = len(start) - 1
    at = start[:-1].copy()
    promoted = np.zeros(students, dtype=np.int8)
    heap = np.empty(max(seats_before[-1], 1), dtype=np.int64)
    filled = np.zeros(len(seats_before) - 1, dtype=np.int32)
    taken = np.zeros(len(quota), dtype=np.int32)
    asking = np.arange(students).astype(np.int32)
    again = np.empty(students, dtype=np.int32)
    who = np.empty(TOGETHER, dtype=np.int32)
    where = np.empty(TOGETHER, dtype=np.int32)
    keys = np.empty(TOGETHER, dtype=np.int64)
    lot_mask = np.int64(0xFFFFFFFF)
    count = students
    while count > 0:
        more = 0
        for low in range(0, count, TOGETHER):
            width = 0
            for i in range(low, min(low + TOGETHER, count)):
                s = asking[i]
                e = at[s]
                if e == start[s + 1]:
                    if not promote or promoted[s] or start[s] == e:
                        at[s] = -1
                        continue
                    promoted[s] = 1
                    e = start[s]
                    at[s] = e
                who[width] = s
                where[width] = place[e]
                keys[width] = (
                    (np.int64(grade[e]) << 33) | (np.int64(1 - promoted[s]) << 32) | lots[s]
                )
                width += 1
            for i in range(width):
                s = who[i]
                p = where[i]
                key = keys[i]
                first = seats_before[p]
                seats = seats_before[p + 1] - first
                size = filled[p]
                out = s
                if seats > 0 and size == seats:
                    worst = heap[first]
                    if key < worst:
                        out = student_of_lot[worst & lot_mask]
                        _sink(heap, first, size, key)
                elif seats > 0:
                    limit = np.int32(-1)
                    if len(quota) > 0:
                        limit = quota[organisation[p]]
                    if limit < 0 or taken[organisation[p]] < limit:
                        _rise(heap, first, size, key)
                        filled[p] = size + 1
                        out = np.int32(-1)
                        if limit >= 0:
                            taken[organisation[p]] += 1
                    elif limit > 0:
                        # The organisation is full elsewhere: its last one makes room.
                        o = organisation[p]
                        worst = np.int64(-1)
                        worst_place = np.int32(-1)
                        for j in range(first_place[o], first_place[o + 1]):
                            q = their_places[j]
                            if filled[q] > 0 and heap[seats_before[q]] > worst:
                                worst = heap[seats_before[q]]
                                worst_place = q
                        if key < worst:
                            out = student_of_lot[worst & lot_mask]
                            left = seats_before[worst_place]
                            filled[worst_place] -= 1
                            size = filled[worst_place]
                            if size > 0:
                                _sink(heap, left, size, heap[left + size])
                            _rise(heap, first, filled[p], key)
                            filled[p] += 1
                if out >= 0:
                    at[out] += 1
                    again[more] = out
                    more += 1
        asking, again = again, asking
        count = more
    return at, promoted
