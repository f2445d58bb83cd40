"""Equal wishes and equal grades in rounds too large to solve exactly.

Equal grades: Király's promotion (2011). Whoever runs out of list goes down it once more, ahead of
equals who have not; those equals mostly have somewhere else to go. It costs nobody stability.

Equal wishes: a student asks first where the place likes them better, then where there is most room
for those who ask, then as the draw has it.
"""

from dataclasses import replace

import numpy as np

from tussenstop.matching.engine.deferred import accept
from tussenstop.matching.engine.lottery import draw
from tussenstop.matching.engine.market import Bool, Int32, Int64, Market, chunks


def match(market: Market, seed: int, *, promote: bool = True) -> tuple[Int32, Bool]:
    """A stable result and who was promoted: place_of int32[n] (-1: none), promoted bool[n].

    Without promotion every equality is left to the draw.
    """
    settled = settle_equal_wishes(market, seed, sensibly=promote)
    accepted = accept(settled, draw(market.students, seed), promote=promote)
    return accepted.place_of(settled), accepted.promoted


def settle_equal_wishes(market: Market, seed: int, *, sensibly: bool = True) -> Market:
    """The market with each student's equal wishes in the order in which to ask.

    Itself where nobody has equal wishes. Only what a match needs is kept in order: the wishes'
    levels stay, and belong to the same places as before.
    """
    ranges = chunks(market.start)
    tied = [_equal_wishes(market, first, last) for first, last in ranges]
    if not any(len(edges) for edges in tied):
        return market
    place, grade = market.place.copy(), market.grade.copy()
    lot_of_place = draw(market.places, seed, "places")
    crowd = _crowd(market) if sensibly else lot_of_place
    for (first, last), edges in zip(ranges, tied, strict=True):
        if not len(edges):
            continue
        student = market.student_of_edge(first, last)[edges - market.start[first]]
        group = (student.astype(np.int64) << 16) | market.wish[edges]
        where = market.place[edges]
        liking = market.grade[edges] if sensibly else lot_of_place[where]
        order = edges[np.lexsort((lot_of_place[where], crowd[where], liking, group))]
        place[edges], grade[edges] = market.place[order], market.grade[order]
    return replace(market, place=place, grade=grade)


def _equal_wishes(market: Market, first: int, last: int) -> Int64:
    """The edges of students first .. last that have an equal beside them."""
    low, high = int(market.start[first]), int(market.start[last])
    wish = market.wish[low:high]
    same = wish[1:] == wish[:-1]
    starts = market.start[first + 1 : last] - low
    same[starts[(starts > 0) & (starts < high - low)] - 1] = False
    if not same.any():
        return np.zeros(0, dtype=np.int64)
    tied = np.zeros(high - low, dtype=np.bool_)
    tied[1:] |= same
    tied[:-1] |= same
    return np.flatnonzero(tied) + low


def _crowd(market: Market) -> Int64:
    """int64[m]: how many wish for each place, per thousand seats."""
    wanted = np.bincount(market.place, minlength=market.places)
    return wanted * 1000 // np.maximum(market.capacity, 1)
