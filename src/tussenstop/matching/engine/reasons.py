"""Why each wish went as it did, in codes and counts that betray nobody else's wishes.

What is told about a wish is what its own place knew about its own askers: whether it was full with
others it would rather have, how many it would rather have had, how many asked. A place's askers are
counted, never named, and nothing is told of where else they asked.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from tussenstop.matching.engine.market import Bool, Int8, Int32, Int64, Market
from tussenstop.matching.engine.solve import Outcome, close
from tussenstop.matching.engine.standing import standing, worst_rank


class Reason(IntEnum):
    """Why a wish came true or did not."""

    PLACED = 1
    """The student has this place."""
    NOT_NEEDED = 2
    """The student has a wish that is at least as dear."""
    NO_SEATS = 3
    """The place had no seats to give."""
    CLOSED = 4
    """Too few would have come: the place was closed."""
    OTHERS_RATHER = 5
    """Full with students whom the place would rather have."""
    EQUALS_DRAWN = 6
    """Full with, among others, somebody truly equal: the draw decided."""
    EQUALS_ELSE_NOWHERE = 7
    """Full with, among others, equals who went first because that places or pleases more people."""
    LIMIT = 8
    """A seat was free, but the organisation reached its limit with students it would rather have."""


class Help(IntEnum):
    """What would have helped a student without a place."""

    NOTHING = 0
    """Has a place."""
    WISHES = 1
    """To have wishes at all."""
    OPEN_PLACES = 2
    """Wishes for places that have seats and stay open: none of these had, or did."""
    LUCK = 3
    """Another draw: somebody truly equal went first."""
    MORE_WISHES = 4
    """A longer list: it was shorter than is usual, and elsewhere seats stayed free."""
    QUIETER_PLACES = 5
    """Wishes for places asked by fewer: elsewhere seats stayed free."""
    MORE_SEATS = 6
    """Nothing of the student's own: there were no free seats."""


class Spare(IntEnum):
    """Why seats of a place stayed free."""

    NONE = 0
    """They did not: it is full, or has no seats."""
    CLOSED = 1
    """It was closed, because too few would have come."""
    NOBODY_ASKED = 2
    TOO_FEW_ASKED = 3
    """Fewer asked than there are seats, and some of them went elsewhere or all came."""
    RATHER_ELSEWHERE = 4
    """Enough asked, but some got a wish at least as dear."""
    LIMIT = 5
    """The organisation reached its limit."""


@dataclass(frozen=True, eq=False)
class Reasons:
    """One code per wish, per student and per place.

    wish     int8[E]   a Reason
    ahead    int32[E]  how many who asked this place have a better grade there: the student's own
                       position in its line, from 0
    helped   int8[n]   a Help
    asked    int64[m]  how many asked each place
    seated   int64[m]  how many have it
    spare    int8[m]   a Spare
    """

    wish: Int8
    ahead: Int32
    helped: Int8
    asked: Int64
    seated: Int64
    spare: Int8


def reasons(market: Market, outcome: Outcome) -> Reasons:
    """The reasons of an outcome of this market."""
    running = close(market, list(outcome.closed_places))
    shut = np.zeros(market.places, dtype=np.bool_)
    shut[list(outcome.closed_places)] = True
    now = standing(running, outcome.place_of)
    asked = np.bincount(market.place, minlength=market.places)
    wish = _why(market, running, outcome, shut)
    spare = _spare(market, now.count, now.arena, asked, shut)
    free = int(np.maximum(running.capacity - now.count, 0)[spare != Spare.LIMIT].sum())
    return Reasons(
        wish,
        _ahead(market),
        _help(market, outcome, wish, free=free),
        asked,
        now.count,
        spare,
    )


def _why(market: Market, running: Market, outcome: Outcome, shut: Bool) -> Int8:
    """A Reason for every wish."""
    now = standing(running, outcome.place_of)
    worst = worst_rank(running, outcome.place_of, now.grade.astype(np.int64))
    drawn = np.zeros(market.edges, dtype=np.bool_)
    drawn[outcome.drawn] = True
    owner = market.student_of_edge()
    arena = now.arena[market.place]
    equal = worst[arena] == market.grade
    in_order: list[tuple[Reason, Bool]] = [
        (Reason.PLACED, now.edge[owner] == np.arange(market.edges)),
        (Reason.NOT_NEEDED, market.wish >= now.wish[owner]),
        (Reason.CLOSED, shut[market.place]),
        (Reason.NO_SEATS, market.capacity[market.place] == 0),
        (Reason.EQUALS_DRAWN, drawn),
        (Reason.EQUALS_ELSE_NOWHERE, equal),
        (Reason.LIMIT, arena >= market.places),
    ]
    codes = [np.int8(code) for code, _ in in_order]
    why: Int8 = np.select(
        [holds for _, holds in in_order], codes, default=np.int8(Reason.OTHERS_RATHER)
    )
    return why


def _ahead(market: Market) -> Int32:
    """int32[E]: how many of a place's askers have a strictly better grade there."""
    order = np.lexsort((market.grade, market.place))
    place, grade = market.place[order], market.grade[order]
    here = np.arange(market.edges, dtype=np.int64)
    new_place = np.ones(market.edges, dtype=np.bool_)
    new_place[1:] = place[1:] != place[:-1]
    new_grade = new_place.copy()
    new_grade[1:] |= grade[1:] != grade[:-1]
    first_of_place = np.maximum.accumulate(np.where(new_place, here, 0))
    first_of_grade = np.maximum.accumulate(np.where(new_grade, here, 0))
    ahead = np.empty(market.edges, dtype=np.int32)
    ahead[order] = first_of_grade - first_of_place
    return ahead


def _help(market: Market, outcome: Outcome, wish: Int8, *, free: int) -> Int8:
    """A Help for every student; `free` seats are left in the whole round."""
    owner = market.student_of_edge()
    length = np.diff(market.start)
    usual = float(np.median(length[length > 0])) if (length > 0).any() else 0.0
    within_reach = ~np.isin(wish, [Reason.NO_SEATS, Reason.CLOSED])
    open_wishes = np.bincount(owner[within_reach], minlength=market.students)
    unlucky = np.bincount(owner[wish == Reason.EQUALS_DRAWN], minlength=market.students)
    in_order: list[tuple[Help, Bool]] = [
        (Help.NOTHING, outcome.place_of >= 0),
        (Help.WISHES, length == 0),
        (Help.OPEN_PLACES, open_wishes == 0),
        (Help.LUCK, unlucky > 0),
        (Help.MORE_SEATS, np.full(market.students, free == 0)),
        (Help.MORE_WISHES, length < usual),
    ]
    codes = [np.int8(code) for code, _ in in_order]
    helped: Int8 = np.select(
        [holds for _, holds in in_order], codes, default=np.int8(Help.QUIETER_PLACES)
    )
    return helped


def _spare(market: Market, count: Int64, arena: Int64, asked: Int64, shut: Bool) -> Int8:
    """A Spare for every place."""
    in_order: list[tuple[Spare, Bool]] = [
        (Spare.CLOSED, shut),
        (Spare.NONE, count >= market.capacity),
        (Spare.NOBODY_ASKED, asked == 0),
        (Spare.LIMIT, arena >= market.places),
        (Spare.TOO_FEW_ASKED, asked < market.capacity),
    ]
    codes = [np.int8(code) for code, _ in in_order]
    spare: Int8 = np.select(
        [holds for _, holds in in_order], codes, default=np.int8(Spare.RATHER_ELSEWHERE)
    )
    return spare
