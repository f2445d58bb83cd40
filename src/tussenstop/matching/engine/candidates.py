"""Which places could suit whom: scored lists from attributes, without comparing all with all.

Places are sorted by programme and by square of a grid (or by town), so that each student is only
compared with places of the same programme nearby. All arithmetic is in whole numbers (metres or
minutes, points), so that compiled and plain code agree to the last point.

A place suits a student when all of these hold, in this order:

    programme   it offers the student's programme
    distance    it is within reach: metres as the crow flies, or minutes from town to town
    days        they share at least as many days as the student needs
    language    the student speaks every language the place requires
    period      they share a period
    capacity    it has a seat

Who finds nothing is told the *binding* requirement: the one that, given up alone, would bring the
most places; where none would bring any, the first in this order at which no place is left. The
programme is never given up: it is binding only when no place offers it.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tussenstop.matching.engine.market import Int8, Int32, Int64
from tussenstop.matching.engine.nearby import Found, Index, find
from tussenstop.matching.engine.nearby_plain import find_plainly
from tussenstop.matching.engine.speed import fast

AT_ONCE = 1 << 17
"""Students one thread looks at together."""

MOST_SQUARES = 1 << 22


class Requirement(IntEnum):
    """What keeps all places from a student; NONE when something suits."""

    NONE = 0
    PROGRAMME = 1
    DISTANCE = 2
    DAYS = 3
    LANGUAGE = 4
    PERIOD = 5
    CAPACITY = 6


class CandidateError(ValueError):
    """What is wrong with the attributes, in one plain sentence."""


@dataclass(frozen=True, eq=False)
class Seekers:
    """The students, one number each; masks have one bit per day, period, language or competence.

    programme    int32[n]  from 0
    x, y         int32[n]  metres, east and north, on any flat map
    town         int32[n]  row in the table of minutes; used when there is one
    reach        int32[n]  metres, or minutes when there is a table of minutes
    days         int32[n]  mask of seven: days that could be learning days
    days_needed  int32[n]  how many of those a place must share
    periods      int32[n]  mask
    languages    int64[n]  mask: spoken
    competences  int64[n]  mask: still to acquire
    culture      int32[n]  the kind of culture sought, -1 for no preference
    """

    programme: Int32
    x: Int32
    y: Int32
    town: Int32
    reach: Int32
    days: Int32
    days_needed: Int32
    periods: Int32
    languages: Int64
    competences: Int64
    culture: Int32


@dataclass(frozen=True, eq=False)
class Offers:
    """What is offered, one row per place and programme; as `Seekers`, and:

    place      int32[k]  the place of this row, from 0 (a place with two programmes has two rows)
    languages  int64[k]  mask: required
    capacity   int32[k]  seats
    """

    place: Int32
    programme: Int32
    x: Int32
    y: Int32
    town: Int32
    days: Int32
    periods: Int32
    languages: Int64
    competences: Int64
    culture: Int32
    capacity: Int32


@dataclass(frozen=True)
class Weights:
    """Points: for the nearest possible, for each competence still to acquire, for the culture."""

    near: int = 100
    competence: int = 20
    culture: int = 50


@dataclass(frozen=True, eq=False)
class Candidates:
    """The lists, best first (equal points: lower place number first), and who has none and why.

    start    int64[n+1]  the list of student s is start[s] .. start[s+1]
    place    int32[...]
    points   int32[...]
    binding  int8[n]     a Requirement
    """

    start: Int64
    place: Int32
    points: Int32
    binding: Int8


def candidates(
    seekers: Seekers,
    offers: Offers,
    *,
    minutes: Int32 | None = None,
    weights: Weights = Weights(),
    most: int = 20,
) -> Candidates:
    """At most `most` places per student. `minutes` int32[t, t]: from town (row) to town (column).

    Raises CandidateError for an impossible reach, programme or town.
    """
    _check(seekers, offers, minutes)
    index = _index(seekers, offers, minutes)
    finder = find if fast() else find_plainly
    limits = np.array([weights.near, weights.competence, weights.culture, most], dtype=np.int64)
    students = len(seekers.programme)
    parts = [(low, min(low + AT_ONCE, students)) for low in range(0, students, AT_ONCE)]

    def look(part: tuple[int, int]) -> Found:
        rows = slice(*part)
        return finder(index, {k: v[rows] for k, v in vars(seekers).items()}, limits)

    with ThreadPoolExecutor(min(len(parts), os.cpu_count() or 1) or 1) as threads:
        found = list(threads.map(look, parts))
    start = np.zeros(students + 1, dtype=np.int64)
    counts = [part.count for part in found]
    np.cumsum(np.concatenate([np.zeros(0, dtype=np.int64), *counts]), out=start[1:])
    return Candidates(
        start,
        _joined([part.place for part in found], np.int32),
        _joined([part.points for part in found], np.int32),
        _joined([part.binding for part in found], np.int8),
    )


def _joined(parts: list[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=kind), *parts])


def _check(seekers: Seekers, offers: Offers, minutes: Int32 | None) -> None:
    for who, table in (("students", seekers), ("places", offers)):
        if len({len(column) for column in vars(table).values()}) > 1:
            raise CandidateError(f"The lists of the {who} are not equally long.")
    for name, column in (("programme", seekers.programme), ("programme", offers.programme)):
        if len(column) and column.min() < 0:
            raise CandidateError(f"A {name} has a number below 0.")
    if len(seekers.reach) and seekers.reach.min() < 0:
        raise CandidateError(f"Student {int(np.argmin(seekers.reach))} has a reach below 0.")
    if minutes is None:
        return
    for town in (seekers.town, offers.town):
        if len(town) and (town.min() < 0 or town.max() >= len(minutes)):
            raise CandidateError("A town is not in the table of minutes.")


def _index(seekers: Seekers, offers: Offers, minutes: Int32 | None) -> Index:
    """The offers sorted by programme and cell: a square of the map, or a town."""
    programmes = 1 + max(_largest(seekers.programme), _largest(offers.programme), 0)
    if minutes is None:
        west, south = _smallest(offers.x), _smallest(offers.y)
        east, north = _largest(offers.x), _largest(offers.y)
        side = _side(programmes, east - west, north - south, seekers.reach)
        wide, high = (east - west) // side + 1, (north - south) // side + 1
        cell = (offers.y.astype(np.int64) - south) // side * wide
        cell += (offers.x.astype(np.int64) - west) // side
        cells = wide * high
        travel = np.zeros((0, 0), dtype=np.int32)
    else:
        west = south = wide = high = 0
        side, cells, travel = 1, len(minutes), minutes
        cell = offers.town.astype(np.int64)
    key = offers.programme.astype(np.int64) * cells + cell
    order = np.lexsort((offers.place, key))
    first = np.zeros(programmes * cells + 1, dtype=np.int64)
    np.cumsum(np.bincount(key, minlength=programmes * cells), out=first[1:])
    return Index(
        columns={name: column[order] for name, column in vars(offers).items()},
        first=first,
        grid=np.array([west, south, side, wide, high, cells], dtype=np.int64),
        minutes=travel,
        near=np.argsort(travel, axis=1, kind="stable").astype(np.int32),
    )


def _side(programmes: int, width: int, height: int, reach: Int32) -> int:
    """The side of a square in metres: a quarter of the usual reach, larger if too many result."""
    side = max(1000, int(np.median(reach)) // 4 if len(reach) else 1000)
    while programmes * (width // side + 1) * (height // side + 1) > MOST_SQUARES:
        side *= 2
        if side > max(width, height):
            break
    return side


def _largest(numbers: Int32) -> int:
    return int(numbers.max()) if len(numbers) else 0


def _smallest(numbers: Int32) -> int:
    return int(numbers.min()) if len(numbers) else 0
