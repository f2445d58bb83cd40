"""In an exact result: between whom the draw decided, because nothing else could."""

import numpy as np

from tussenstop.matching.engine.check import check
from tussenstop.matching.engine.market import Int32, Market
from tussenstop.matching.engine.standing import Draw, standing


def decided_among_equals(market: Market, place_of: Int32, closed: tuple[int, ...] = ()) -> Draw:
    """Which wishes went to somebody truly equal, in a small stable result.

    Two students are truly equal for a place when they have the same grade there and could simply
    swap: as many placed, liked as much by both sides together, and still stable.
    """
    now = standing(market, place_of)
    touched = np.zeros(market.students, dtype=np.bool_)
    lost: list[int] = []
    owner = market.student_of_edge()
    levels = market.wish.astype(np.int64) + market.grade
    edge_of = {
        (int(s), int(p)): e for e, (s, p) in enumerate(zip(owner, market.place, strict=True))
    }
    rather = np.flatnonzero(market.wish < now.wish[owner])
    for e in rather:
        loser, place = int(owner[e]), int(market.place[e])
        left = int(place_of[loser])
        before = levels[now.edge[loser]] if left >= 0 else 0
        same = (place_of == place) & (now.grade == market.grade[e])
        for winner in np.flatnonzero(same):
            instead = edge_of.get((int(winner), left))
            if left >= 0 and instead is None:
                continue
            after = levels[e] + (levels[instead] if instead is not None else 0)
            if after != before + levels[now.edge[winner]]:
                continue
            swapped = place_of.copy()
            swapped[loser], swapped[winner] = place, left
            if check(market, swapped, closed).stable:
                lost.append(int(e))
                touched[[loser, int(winner)]] = True
                break
    return Draw(np.array(lost, dtype=np.int64), touched)
