"""The one door: a market goes in, an outcome comes out."""

import time
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tussenstop.matching.engine import exact, limits, ties
from tussenstop.matching.engine.bound import most_possible
from tussenstop.matching.engine.equals import decided_among_equals
from tussenstop.matching.engine.limits import Closing
from tussenstop.matching.engine.market import Bool, Int32, Int64, Market
from tussenstop.matching.engine.standing import Draw, decided_by_draw, standing


class Method(StrEnum):
    EXACT = "exact"
    PROMOTION = "promotion"


class Note(StrEnum):
    """What a coordinator must know about how the result came about."""

    NOT_DECIDED_IN_TIME = "not_decided_in_time"
    """The exact search found nothing better in time: this is the result of promotion."""
    NOT_PROVEN_IN_TIME = "not_proven_in_time"
    """The exact search found this, and ran out of time before it could say that it is best."""
    GROUPS_NOT_SEARCHED = "groups_not_searched"
    """Too large to look for results that keep groups together: they stay so only by chance."""
    CLOSED_AT_ONCE = "closed_at_once"
    """Time ran out: the last places below their minimum were closed together."""


@dataclass(frozen=True)
class Figures:
    """The number of students placed, in other ways than the one chosen.

    by_draw          with every equality left to the draw
    by_promotion     with promotion
    most_possible    the most that could be placed, stable or not (an upper bound)
    """

    by_draw: int
    by_promotion: int
    most_possible: int


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a round came to.

    place_of   int32[n]  each student's place, -1 for none
    promoted   bool[n]   who ran out of list and went down it again, ahead of equals
    method     how it was found; `proven`: nothing stable places more, or as many liked better
    placed     how many students have a place
    lottery    bool[n]   those for whom the draw decided something, for them or against them
    drawn      int64[k]  the wishes (edges) lost by the draw alone
    closed     the places closed for want of students, in turn
    released   the groups (by number in the market) that could not stay together
    at_limit   the organisations with as many students as they may have
    figures    what other ways come to; None when not asked for
    seed       the seed of the draw
    """

    place_of: Int32
    promoted: Bool
    method: Method
    proven: bool
    placed: int
    lottery: Bool
    drawn: Int64
    closed: tuple[Closing, ...]
    released: tuple[int, ...]
    at_limit: tuple[int, ...]
    figures: Figures | None
    notes: tuple[Note, ...]
    seed: int

    @property
    def closed_places(self) -> tuple[int, ...]:
        return tuple(closing.place for closing in self.closed)


@dataclass(frozen=True, eq=False)
class _Found:
    place_of: Int32
    promoted: Bool
    method: Method
    proven: bool
    released: tuple[int, ...]
    note: Note | None


def solve(market: Market, *, seed: int, seconds: float, compare: bool = True) -> Outcome:
    """A stable result: at most 300 students exactly, more with promotion.

    The same market and seed give the same outcome, as long as the search is `proven` within
    `seconds` (or is no search at all). Without `compare` the figures are left out.
    Raises MarketError when something is wrong with the market.
    """
    market.validate()
    until = time.monotonic() + seconds
    running, closed, notes = market, list[Closing](), list[Note]()
    while True:
        left = max(until - time.monotonic(), 0.0)
        found = _once(running, seed, left if market.minimum is None else left / 3)
        late = time.monotonic() > until
        closings = limits.next_closings(running, found.place_of, all_at_once=late)
        if not closings:
            break
        if late and len(closings) > 1:
            notes.append(Note.CLOSED_AT_ONCE)
        closed += closings
        running = close(running, [closing.place for closing in closings])
    if found.note is not None:
        notes.append(found.note)
    drawn = _drawn(running, found)
    return Outcome(
        place_of=found.place_of,
        promoted=found.promoted,
        method=found.method,
        proven=found.proven,
        placed=_placed(found.place_of),
        lottery=drawn.students,
        drawn=drawn.edges,
        closed=tuple(closed),
        released=found.released,
        at_limit=limits.at_their_limit(running, found.place_of),
        figures=_figures(running, found, seed) if compare else None,
        notes=tuple(dict.fromkeys(notes)),
        seed=seed,
    )


def close(market: Market, places: list[int]) -> Market:
    """The market in which these places have no seats."""
    if not places:
        return market
    capacity = market.capacity.copy()
    capacity[places] = 0
    return replace(market, capacity=capacity)


def _once(market: Market, seed: int, seconds: float) -> _Found:
    """One run over the places that are still open."""
    place_of, promoted = ties.match(market, seed)
    parted = limits.parted(market, place_of)
    promotion = _Found(place_of, promoted, Method.PROMOTION, False, parted, None)
    if market.students > exact.LARGEST:
        return replace(promotion, note=Note.GROUPS_NOT_SEARCHED if market.together else None)
    searched = exact.solve_exactly(market, place_of, seed=seed, seconds=seconds)
    if searched is None:
        return replace(promotion, note=Note.NOT_DECIDED_IN_TIME)
    found = _Found(
        searched.place_of,
        np.zeros_like(promoted),
        Method.EXACT,
        searched.proven,
        limits.parted(market, searched.place_of),
        None if searched.proven else Note.NOT_PROVEN_IN_TIME,
    )
    if not found.proven and _merit(market, found) <= _merit(market, promotion):
        return replace(promotion, note=Note.NOT_DECIDED_IN_TIME)
    return found


def _merit(market: Market, found: _Found) -> tuple[int, int, int]:
    """Better is larger: fewer groups released, more placed, liked better."""
    now = standing(market, found.place_of)
    placed = found.place_of >= 0
    levels = int((now.wish[placed].astype(np.int64) + now.grade[placed]).sum())
    return -len(found.released), _placed(found.place_of), -levels


def _drawn(market: Market, found: _Found) -> Draw:
    if found.method is Method.EXACT:
        return decided_among_equals(market, found.place_of)
    return decided_by_draw(market, found.place_of, found.promoted)


def _figures(market: Market, found: _Found, seed: int) -> Figures:
    by_draw, _ = ties.match(market, seed, promote=False)
    by_promotion = found.place_of
    if found.method is not Method.PROMOTION:
        by_promotion, _ = ties.match(market, seed)
    return Figures(_placed(by_draw), _placed(by_promotion), most_possible(market, found.place_of))


def _placed(place_of: Int32) -> int:
    return int(np.count_nonzero(place_of >= 0))
