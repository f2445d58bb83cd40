"""An independent judge of a result: it knows the rules and nothing of how results are found.

The rules, for student s and place p with a wish for each other:

- p has at most its seats; an organisation has at most its limit; a student gets a wish or nothing.
- s and p *block* when both would strictly rather have each other: s has nothing, or something at a
  worse level; and p would gain, by a free seat or by giving up somebody with a worse grade. A free
  seat at p counts only while the organisation is below its limit, or when somebody anywhere in the
  organisation (s included) has a worse grade than s has at p.
"""

from dataclasses import dataclass

import numpy as np

from tussenstop.matching.engine.market import Int32, Int64, Market

AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class Findings:
    """What is wrong with a result: nothing, if it is good.

    unacceptable  students at a place they did not wish for, or that does not exist
    overfull      places with more students than seats
    over_quota    organisations with more students than their limit
    blocking      int64[k, 2] pairs (student, place) who would both rather have each other
    """

    unacceptable: Int64
    overfull: Int64
    over_quota: Int64
    blocking: Int64

    @property
    def feasible(self) -> bool:
        return not (len(self.unacceptable) or len(self.overfull) or len(self.over_quota))

    @property
    def stable(self) -> bool:
        return self.feasible and not len(self.blocking)


def check(market: Market, place_of: Int32, closed: tuple[int, ...] = ()) -> Findings:
    """Judge `place_of` int32[n] (-1: none); places in `closed` count as having no seats."""
    n, m = market.students, market.places
    seats = market.capacity.astype(np.int64)
    seats[list(closed)] = 0
    strangers = np.flatnonzero((place_of < -1) | (place_of >= m))
    placed = np.flatnonzero((place_of >= 0) & (place_of < m))
    taken = np.bincount(place_of[placed], minlength=m)

    own_wish = np.full(n, np.iinfo(np.int32).max, dtype=np.int32)
    own_grade = np.full(n, -1, dtype=np.int64)
    step = max(1, AT_ONCE * n // max(len(market.place), 1))
    for low in range(0, n, step):
        edges, who = _block(market, low, min(low + step, n))
        hit = np.flatnonzero(market.place[edges] == place_of[who])
        own_wish[who[hit]] = market.wish[edges][hit]
        own_grade[who[hit]] = market.grade[edges][hit]
    unwished = placed[own_grade[placed] < 0]

    worst = np.full(m, -1, dtype=np.int64)
    np.maximum.at(worst, place_of[placed], own_grade[placed])
    room = taken < seats
    over_quota = np.zeros(0, dtype=np.int64)
    rescue = np.full(m, np.iinfo(np.int64).max)
    if market.quota is not None and market.organisation is not None:
        firm = market.organisation[place_of[placed]]
        total = np.bincount(firm, minlength=len(market.quota))
        limited = market.quota >= 0
        over_quota = np.flatnonzero(limited & (total > market.quota))
        last = np.full(len(market.quota), -1, dtype=np.int64)
        np.maximum.at(last, firm, own_grade[placed])
        at_limit = (limited & (total >= market.quota))[market.organisation]
        rescue = np.where(at_limit, last[market.organisation], rescue)
    # A place gains by a student whose grade is better than this:
    gains_below = np.maximum(worst, np.where(room, rescue, -1))
    gains_below[seats == 0] = -1

    blocking = [np.zeros((0, 2), dtype=np.int64)]
    for low in range(0, n, step):
        edges, who = _block(market, low, min(low + step, n))
        where = market.place[edges]
        pairs = np.flatnonzero(
            (market.wish[edges] < own_wish[who]) & (market.grade[edges] < gains_below[where])
        )
        blocking.append(np.stack([who[pairs], where[pairs]], axis=1).astype(np.int64))
    return Findings(
        np.sort(np.concatenate([strangers, unwished])),
        np.flatnonzero(taken > seats),
        over_quota,
        np.concatenate(blocking),
    )


def _block(market: Market, low: int, high: int) -> tuple[slice, Int32]:
    """The edges of students low .. high and whose they are."""
    edges = slice(int(market.start[low]), int(market.start[high]))
    lengths = np.diff(market.start[low : high + 1])
    return edges, np.repeat(np.arange(low, high, dtype=np.int32), lengths)
