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
from typing import Any

import numpy as np

from tussenstop.matching.engine.market import Bool, Int8, Int32, Int64, Market
from tussenstop.matching.engine.rounds import propose_in_rounds
from tussenstop.matching.engine.speed import compiled, fast

TOGETHER = 64
"""Proposals looked up side by side, so that the memory answers several at once."""

Whole = int | np.signedinteger[Any]


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
    block = (market.seats_before + np.arange(market.places + 1)).astype(np.int32)
    edge_of, again = _propose(
        market.start,
        market.place,
        market.grade,
        block,
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
def _sink(heap: Int64, first: Whole, size: Whole, key: Whole) -> None:
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
def _rise(heap: Int64, first: Whole, size: Whole, key: Whole) -> None:
    """Add `key` to a heap of `size`."""
    at = np.int64(size)
    while at > 0:
        above = (at - 1) >> 1
        if heap[first + above] >= key:
            break
        heap[first + at] = heap[first + above]
        at = above
    heap[first + at] = key


@compiled
def _drop(heap: Int64, first: Whole) -> None:
    """Take the largest key from a heap, whose size stands before it."""
    size = heap[first - 1] - 1
    heap[first - 1] = size
    if size > 0:
        _sink(heap, first, size, heap[first + size])


@compiled
def _last_place(heap: Int64, block: Int32, places: Int32, low: Whole, high: Whole) -> int:
    """Of places[low:high], the one where the largest key of all sits; -1 when nobody sits."""
    last, worst = -1, np.int64(-1)
    for i in range(low, high):
        first = block[places[i]]
        if heap[first] > 0 and heap[first + 1] > worst:
            worst = heap[first + 1]
            last = places[i]
    return last


@compiled
def _propose(
    start: Int64,
    place: Int32,
    grade: Int32,
    block: Int32,
    lots: Int32,
    student_of_lot: Int32,
    promote: bool,
    organisation: Int32,
    quota: Int32,
    first_place: Int64,
    their_places: Int32,
) -> tuple[Int64, Int8]:
    students = len(start) - 1
    # Students go by their lot, and what is needed together lies together: the latest wish asked
    # and the end of the list, which is turned over (~) once the student is promoted.
    state = np.empty((students, 2), dtype=np.int32)
    # One block of memory per place: how many sit there, then a heap of their keys.
    heap = np.zeros(block[-1] + 1, dtype=np.int64)
    taken = np.zeros(len(quota), dtype=np.int32)
    asking = np.empty(students, dtype=np.int32)
    again = np.empty(students, dtype=np.int32)
    for s in range(students):
        lot = lots[s]
        asking[s] = lot
        state[lot, 0] = start[s] - 1
        state[lot, 1] = start[s + 1]
    who = np.empty(TOGETHER, dtype=np.int32)
    where = np.empty(TOGETHER, dtype=np.int32)
    keys = np.empty(TOGETHER, dtype=np.int64)
    seen = np.empty(TOGETHER, dtype=np.int64)
    lot_mask = np.int64(0xFFFFFFFF)
    count = students
    while count > 0:
        more = 0
        for low in range(0, count, TOGETHER):
            width = 0
            for i in range(low, min(low + TOGETHER, count)):
                lot = asking[i]
                e = state[lot, 0] + np.int32(1)
                end = state[lot, 1]
                later = np.int64(1)
                if end < 0:
                    later = np.int64(0)
                    end = ~end
                if e == end:
                    first_edge = start[student_of_lot[lot]]
                    if not promote or later == 0 or first_edge == e:
                        state[lot, 0] = -1
                        continue
                    e = np.int32(first_edge)
                    state[lot, 1] = ~end
                    later = np.int64(0)
                state[lot, 0] = e
                who[width] = lot
                where[width] = place[e]
                keys[width] = (np.int64(grade[e]) << 33) | (later << 32) | lot
                width += 1
            for i in range(width):  # look at all first: the memory answers several looks at once
                seen[i] = heap[block[where[i]]] + heap[block[where[i] + 1] - 1]
            for i in range(width):
                s = who[i]
                p = where[i]
                key = keys[i]
                first = np.int64(block[p]) + 1
                seats = block[p + 1] - first
                size = heap[first - 1]
                out = s
                if size < seats:
                    limit = np.int32(-1)
                    if len(quota) > 0:
                        limit = quota[organisation[p]]
                    if limit < 0 or taken[organisation[p]] < limit:
                        _rise(heap, first, size, key)
                        heap[first - 1] = size + 1
                        out = np.int32(-1)
                        if limit >= 0:
                            taken[organisation[p]] += 1
                    elif limit > 0:
                        # The organisation is full elsewhere: its last one makes room.
                        o = organisation[p]
                        last = _last_place(
                            heap, block, their_places, first_place[o], first_place[o + 1]
                        )
                        if last >= 0 and key < heap[block[last] + 1]:
                            out = np.int32(heap[block[last] + 1] & lot_mask)
                            _drop(heap, np.int64(block[last]) + 1)
                            _rise(heap, first, heap[first - 1], key)
                            heap[first - 1] += 1
                elif seats > 0:
                    worst = heap[first]
                    if key < worst:
                        out = np.int32(worst & lot_mask)
                        _sink(heap, first, size, key)
                if out >= 0:
                    again[more] = out
                    more += 1
        asking, again = again, asking
        count = more
    at = np.empty(students, dtype=np.int64)
    promoted = np.empty(students, dtype=np.int8)
    for s in range(students):
        at[s] = state[lots[s], 0]
        promoted[s] = state[lots[s], 1] < 0
    return at, promoted
