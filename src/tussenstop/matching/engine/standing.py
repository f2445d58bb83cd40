"""Where everybody stands in a given result: what each student got, and which places are full."""

from dataclasses import dataclass

import numpy as np

from tussenstop.matching.engine.market import Bool, Int16, Int32, Int64, Market, chunks

NOWHERE = 32_767
"""The wish level of who has no place: worse than every wish."""


@dataclass(frozen=True, eq=False)
class Standing:
    """What a result comes down to.

    edge   int64[n]  the wish each student got, -1 for none
    wish   int16[n]  its level (NOWHERE for none)
    grade  int32[n]  the place's level for the student (0 for none)
    count  int64[m]  students at each place
    arena  int64[m]  where somebody is turned away who asks this place: the place itself when it is
                     full, m + its organisation when only that is, -1 when there is room
    """

    edge: Int64
    wish: Int16
    grade: Int32
    count: Int64
    arena: Int64


def standing(market: Market, place_of: Int32) -> Standing:
    """The standing that `place_of` int32[n] (-1: none) leads to; each place must be a wish."""
    edge = np.full(market.students, -1, dtype=np.int64)
    for first, last in chunks(market.start):
        low, high = int(market.start[first]), int(market.start[last])
        student = market.student_of_edge(first, last)
        got = np.flatnonzero(market.place[low:high] == place_of[student])
        edge[student[got]] = got + low
    placed = np.flatnonzero(edge >= 0)
    wish = np.full(market.students, NOWHERE, dtype=np.int16)
    wish[placed] = market.wish[edge[placed]]
    grade = np.zeros(market.students, dtype=np.int32)
    grade[placed] = market.grade[edge[placed]]
    count = np.bincount(place_of[placed], minlength=market.places)
    arena = np.where(count >= market.capacity, np.arange(market.places), -1)
    if market.quota is not None and market.organisation is not None:
        theirs = np.bincount(market.organisation[place_of[placed]], minlength=len(market.quota))
        at_limit = (market.quota >= 0) & (theirs >= market.quota)
        closed_off = (arena < 0) & at_limit[market.organisation]
        arena = np.where(closed_off, market.places + market.organisation, arena)
    return Standing(edge, wish, grade, count, arena)


def worst_rank(market: Market, place_of: Int32, rank: Int64) -> Int64:
    """int64[m+o]: the worst `rank` int64[n] among those who sit at each place and organisation.

    -1 where nobody sits.
    """
    organisations = 0 if market.quota is None else len(market.quota)
    worst = np.full(market.places + organisations, -1, dtype=np.int64)
    placed = np.flatnonzero(place_of >= 0)
    np.maximum.at(worst, place_of[placed], rank[placed])
    if organisations and market.organisation is not None:
        theirs = market.places + market.organisation[place_of[placed]]
        np.maximum.at(worst, theirs, rank[placed])
    return worst


@dataclass(frozen=True, eq=False)
class Draw:
    """What the draw decided.

    edges     int64[k]  wishes lost by the draw alone
    students  bool[n]   those for whom it decided something, for them or against them
    """

    edges: Int64
    students: Bool


def decided_by_draw(market: Market, place_of: Int32, promoted: Bool) -> Draw:
    """Which wishes only the lot decided, in a result that promotion and lots led to.

    A student lost a wish by the draw who would rather have had a place that has no room, and whose
    grade and promotion are the same as those of the last one admitted there. The last ones admitted
    with that grade and promotion won by it.
    """
    now = standing(market, place_of)
    rank = now.grade.astype(np.int64) * 2 + ~promoted
    worst = worst_rank(market, place_of, rank)
    touched = np.zeros(market.students, dtype=np.bool_)
    contested = np.zeros(len(worst), dtype=np.bool_)
    lost = [np.zeros(0, dtype=np.int64)]
    for first, last in chunks(market.start):
        low, high = int(market.start[first]), int(market.start[last])
        student = market.student_of_edge(first, last)
        rather = np.flatnonzero(market.wish[low:high] < now.wish[student])
        edge, who = rather + low, student[rather]
        arena = now.arena[market.place[edge]]
        own = market.grade[edge].astype(np.int64) * 2 + ~promoted[who]
        equal = (arena >= 0) & (own == worst[arena])
        lost.append(edge[equal])
        touched[who[equal]] = True
        contested[arena[equal]] = True
    placed = np.flatnonzero(place_of >= 0)
    where: Int64 = place_of[placed].astype(np.int64)
    won = contested[where] & (rank[placed] == worst[where])
    if market.quota is not None and market.organisation is not None:
        where = market.organisation[place_of[placed]].astype(np.int64) + market.places
        won |= contested[where] & (rank[placed] == worst[where])
    touched[placed[won]] = True
    return Draw(np.concatenate(lost), touched)
