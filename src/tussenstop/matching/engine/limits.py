"""Limits beyond seats: the most per organisation, the fewest per place, and who stays together.

*The most per organisation.* An organisation has one order of grades over all its places and takes
the best it may (see `deferred`). Stable then means: nobody would rather have a place that would
rather have them, where a free seat counts only while the organisation is below its limit or has
somebody with a worse grade, whom it would give up (see `check`).

*The fewest per place.* A place that ends with some students but fewer than its minimum is closed,
the one that misses most first, and the round runs again. That overrides those students' wishes, so
every closing is told. A place with nobody stays open: it may serve those whom a closing sends on.

*Together.* A group wants places at one organisation (without organisations: at one place), or none.
It is kept together only at nobody's cost: by choosing, among the results that are stable for every
student alone, one that has the group together. Where there is none, the group is released and told
so. Small rounds find out exactly; in large ones a group is released when the result parts it.
"""

from dataclasses import dataclass

import numpy as np

from tussenstop.matching.engine.market import Int32, Market

ONE_BY_ONE = 10_000
"""Up to this many students places are closed one at a time; above it, all that miss as much."""


@dataclass(frozen=True)
class Closing:
    """A place that was closed because too few would come: `students` of at least `minimum`."""

    place: int
    students: int
    minimum: int


def next_closings(market: Market, place_of: Int32, *, all_at_once: bool) -> list[Closing]:
    """The places to close after this result: none when every place has its minimum or nobody."""
    if market.minimum is None:
        return []
    count = np.bincount(place_of[place_of >= 0], minlength=market.places)
    missing = np.where(count > 0, market.minimum - count, 0)
    short = np.flatnonzero(missing > 0)
    if not len(short):
        return []
    if not all_at_once:
        short = short[missing[short] == missing.max()]
        if market.students <= ONE_BY_ONE:
            short = short[np.argsort(count[short], kind="stable")][:1]
    return [Closing(int(p), int(count[p]), int(market.minimum[p])) for p in short]


def parted(market: Market, place_of: Int32) -> tuple[int, ...]:
    """The groups, by their number in the market, that do not stay together in this result."""
    return tuple(
        number
        for number, group in enumerate(market.together)
        if len({_where(market, int(place_of[student])) for student in group}) > 1
    )


def _where(market: Market, place: int) -> int:
    if place < 0 or market.organisation is None:
        return place
    return int(market.organisation[place])


def at_their_limit(market: Market, place_of: Int32) -> tuple[int, ...]:
    """The organisations that have as many students as they may have."""
    if market.quota is None or market.organisation is None:
        return ()
    theirs = market.organisation[place_of[place_of >= 0]]
    count = np.bincount(theirs, minlength=len(market.quota))
    return tuple(np.flatnonzero((market.quota >= 0) & (count >= market.quota)).tolist())
