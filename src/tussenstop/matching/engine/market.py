"""What goes into a round: wishes of both sides, seats and limits, as arrays.

A *student* and a *place* are numbers from 0. An *edge* is one wish: a student who accepts a place
that accepts the student. Edges are stored student by student, each student's in order of wish.
Levels are whole numbers from 1 (best); equal levels mean "no preference between these".

Normal, and no error: a place without seats, a student without wishes, a place nobody wants.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

MOST_EDGES = 2**30
WORST_GRADE = 2**30 - 1
"""Grades share a 64-bit key with the lottery, which leaves them thirty bits."""

WORST_WISH = 2**15 - 2

CHUNK = 1 << 20
"""How many edges are looked at together: keeps the working memory small."""


class MarketError(ValueError):
    """What is wrong with a market, in one plain sentence; numbers count from 0."""


@dataclass(frozen=True, eq=False)
class Market:
    """One round.

    start         int64[n+1]  edges of student s are start[s] .. start[s+1]
    place         int32[E]    the place of each edge, each student's in order of wish
    wish          int16[E]    the student's level for the place; never falls within a student
    grade         int32[E]    the place's level for the student
    capacity      int32[m]    seats
    minimum       int32[m]    fewest students with whom a place can run (0: any number)
    organisation  int32[m]    the organisation each place belongs to, from 0
    quota         int32[o]    most students of an organisation over its places (-1: no limit); its
                              grades are then one order over all its places
    together      groups of students who want places at one organisation (without `organisation`:
                  at one place), or no place at all; see `limits`
    """

    start: Int64
    place: Int32
    wish: Int16
    grade: Int32
    capacity: Int32
    minimum: Int32 | None = None
    organisation: Int32 | None = None
    quota: Int32 | None = None
    together: tuple[tuple[int, ...], ...] = ()

    @property
    def students(self) -> int:
        return len(self.start) - 1

    @property
    def places(self) -> int:
        return len(self.capacity)

    @property
    def edges(self) -> int:
        return len(self.place)

    @cached_property
    def seats_before(self) -> Int64:
        """int64[m+1]: where each place's seats begin when all seats that count stand in one row.

        Never more seats than wishes: a place with a million seats costs no more than it is asked.
        """
        before = np.zeros(self.places + 1, dtype=np.int64)
        seats = self.capacity
        if seats.sum(dtype=np.int64) > self.edges:
            seats = np.minimum(seats, np.bincount(self.place, minlength=self.places))
        np.cumsum(seats, out=before[1:])
        return before

    @property
    def has_quotas(self) -> bool:
        return self.quota is not None and bool((self.quota >= 0).any())

    def student_of_edge(self, first: int = 0, last: int | None = None) -> Int32:
        """int32[...]: who each edge belongs to, for the edges of students first .. last."""
        last = self.students if last is None else last
        lengths = np.diff(self.start[first : last + 1])
        return np.repeat(np.arange(first, last, dtype=np.int32), lengths)

    def edges_of(self, student: int) -> range:
        return range(int(self.start[student]), int(self.start[student + 1]))

    def validate(self) -> "Market":
        """Itself, when everything fits together. Raises MarketError with one sentence."""
        _check_shapes(self)
        _check_edges(self)
        _check_limits(self)
        _check_groups(self)
        return self


def chunks(start: Int64, edges: int = CHUNK) -> list[tuple[int, int]]:
    """Ranges of students with about `edges` edges each (more when one student has more)."""
    students = len(start) - 1
    cuts = np.searchsorted(start, np.arange(0, int(start[-1]) + 1, edges), side="left")
    bounds = sorted({0, students, *(int(cut) for cut in cuts if cut < students)})
    return list(pairwise(bounds))


def _check_shapes(market: Market) -> None:
    kinds = {
        "start": np.int64,
        "place": np.int32,
        "wish": np.int16,
        "grade": np.int32,
        "capacity": np.int32,
        "minimum": np.int32,
        "organisation": np.int32,
        "quota": np.int32,
    }
    for name, kind in kinds.items():
        values = getattr(market, name)
        if values is not None and (values.dtype != kind or values.ndim != 1):
            raise MarketError(f"The list '{name}' must be one row of {np.dtype(kind)}.")
    if len(market.start) < 1:
        raise MarketError("The list 'start' must have one number more than there are students.")
    if max(market.students, market.places, market.edges) > MOST_EDGES:
        raise MarketError(f"There can be at most {MOST_EDGES} students, places and wishes.")
    if not len(market.place) == len(market.wish) == len(market.grade):
        raise MarketError("The lists of places, wishes and grades are not equally long.")
    ordered = market.start[0] == 0 and market.start[-1] == market.edges
    if not ordered or (np.diff(market.start) < 0).any():
        raise MarketError("The students' lists overlap or do not follow one another.")
    for name in ("minimum", "organisation"):
        values = getattr(market, name)
        if values is not None and len(values) != market.places:
            raise MarketError(f"The list '{name}' must have one number for each place.")


def _check_edges(market: Market) -> None:
    if not market.edges:
        return
    if market.place.min() < 0 or market.place.max() >= market.places:
        raise MarketError("A wish names a place that does not exist.")
    if market.wish.min() < 1 or market.wish.max() > WORST_WISH:
        raise MarketError(f"The level of a wish must lie between 1 and {WORST_WISH}.")
    if market.grade.min() < 1 or market.grade.max() > WORST_GRADE:
        raise MarketError(f"A grade must lie between 1 and {WORST_GRADE}.")
    for first, last in chunks(market.start):
        low, high = int(market.start[first]), int(market.start[last])
        student = market.student_of_edge(first, last)
        wish = market.wish[low:high]
        fell = np.flatnonzero((np.diff(wish) < 0) & (np.diff(student) == 0))
        if len(fell):
            who = student[fell[0]]
            raise MarketError(f"The wishes of student {who} are not in order, best first.")
        pairs = np.sort(student.astype(np.int64) * market.places + market.place[low:high])
        double = np.flatnonzero(np.diff(pairs) == 0)
        if len(double):
            who, where = divmod(int(pairs[double[0]]), market.places)
            raise MarketError(f"Student {who} wishes for place {where} more than once.")


def _check_limits(market: Market) -> None:
    if market.places and market.capacity.min() < 0:
        where = int(np.argmin(market.capacity))
        raise MarketError(f"Place {where} has fewer than 0 seats.")
    if market.minimum is not None and market.places:
        if market.minimum.min() < 0:
            raise MarketError(f"Place {int(np.argmin(market.minimum))} has a minimum below 0.")
        over = np.flatnonzero((market.minimum > market.capacity) & (market.capacity > 0))
        if len(over):
            raise MarketError(f"Place {over[0]} needs more students than it has seats for.")
    if market.quota is None:
        return
    if market.organisation is None:
        raise MarketError("There are limits per organisation, but no organisations.")
    if len(market.quota) and market.quota.min() < -1:
        where = int(np.argmin(market.quota))
        raise MarketError(f"Organisation {where} has a limit below 0.")
    if market.places and (
        market.organisation.min() < 0 or market.organisation.max() >= len(market.quota)
    ):
        raise MarketError("A place belongs to an organisation that does not exist.")


def _check_groups(market: Market) -> None:
    seen: set[int] = set()
    for group in market.together:
        if len(group) < 2:
            raise MarketError("A group of students who stay together needs at least two.")
        for student in group:
            if not 0 <= student < market.students:
                raise MarketError(f"A group names student {student}, who does not exist.")
            if student in seen:
                raise MarketError(f"Student {student} is named twice in groups.")
            seen.add(student)
