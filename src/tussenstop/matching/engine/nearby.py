"""The search for candidates, compiled: student by student over the squares or towns in reach."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tussenstop.matching.engine.market import Int8, Int32, Int64
from tussenstop.matching.engine.speed import compiled

Columns = dict[str, NDArray[Any]]

DISTANCE, DAYS, LANGUAGE, PERIOD, CAPACITY = 0, 1, 2, 3, 4
"""The requirements that can be given up, in order; the programme comes before them."""


SEEKER_COLUMNS = (
    *("programme", "x", "y", "town", "reach", "days", "days_needed", "periods"),
    *("languages", "competences", "culture"),
)
OFFER_COLUMNS = (
    *("place", "x", "y", "town", "days", "periods"),
    *("languages", "competences", "culture", "capacity"),
)


@dataclass(frozen=True, eq=False)
class Index:
    """Offers in order of programme, cell and place.

    columns  the attributes of the offers
    first    int64[programmes * cells + 1]  where the offers of each programme and cell begin
    grid     int64[6]  west, south, side, squares wide, squares high, cells (wide is 0 for towns)
    minutes  int32[t, t]  travel times, empty for a grid
    near     int32[t, t]  towns by travel time from each
    """

    columns: Columns
    first: Int64
    grid: Int64
    minutes: Int32
    near: Int32


@dataclass(frozen=True, eq=False)
class Found:
    """For some students: how many each found, the lists one after the other, what was binding."""

    count: Int64
    place: Int32
    points: Int32
    binding: Int8


def find(index: Index, seekers: Columns, weights: Int64) -> Found:
    """The candidates of these students; weights int64[4]: near, competence, culture, most."""
    students = len(seekers["programme"])
    offers = index.columns
    most = int(weights[3])
    keys = np.empty((students, most), dtype=np.int64)
    count = np.zeros(students, dtype=np.int64)
    binding = np.zeros(students, dtype=np.int8)
    columns = [
        *(seekers[name] for name in SEEKER_COLUMNS),
        *(offers[name] for name in OFFER_COLUMNS),
    ]
    search: Callable[..., None] = _find
    search(
        _neighbours(index, seekers),
        index.first,
        index.grid,
        index.minutes,
        index.near,
        *columns,
        weights,
        keys,
        count,
        binding,
    )
    listed = keys[np.arange(most) < count[:, None]]
    return Found(count, *opened(listed), binding)


def _neighbours(index: Index, seekers: Columns) -> Int64:
    """An order in which students who look at the same places come after one another."""
    side = int(index.grid[2])
    square = (seekers["y"].astype(np.int64) // side << 16) + seekers["x"] // side
    if len(index.minutes):
        square = seekers["town"].astype(np.int64)
    return np.argsort((seekers["programme"].astype(np.int64) << 36) + square)


def closed(points: Int64, place: Int64) -> Int64:
    """Points and place in one number that sorts the best last."""
    return (points << 32) | (0xFFFFFFFF - place)


def opened(keys: Int64) -> tuple[Int32, Int32]:
    """The places and points of such numbers."""
    place = 0xFFFFFFFF - (keys & 0xFFFFFFFF)
    return place.astype(np.int32), (keys >> 32).astype(np.int32)


@compiled
def _bits(mask: Any) -> Any:
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@compiled
def _find(
    order: Int64,
    first: Int64,
    grid: Int64,
    minutes: Int32,
    near: Int32,
    programme: Int32,
    x: Int32,
    y: Int32,
    town: Int32,
    reach: Int32,
    days: Int32,
    days_needed: Int32,
    periods: Int32,
    languages: Int64,
    competences: Int64,
    culture: Int32,
    o_place: Int32,
    o_x: Int32,
    o_y: Int32,
    o_town: Int32,
    o_days: Int32,
    o_periods: Int32,
    o_languages: Int64,
    o_competences: Int64,
    o_culture: Int32,
    o_capacity: Int32,
    weights: Int64,
    keys: Int64,
    count: Int64,
    binding: Int8,
) -> None:
    west, south, side, wide, high, cells = grid[0], grid[1], grid[2], grid[3], grid[4], grid[5]
    most = weights[3]
    by_town = len(minutes) > 0
    alone = np.zeros(5, dtype=np.int64)
    for s in order:
        base = programme[s] * cells
        if first[base + cells] == first[base]:
            binding[s] = 1
            continue
        radius = np.int64(reach[s])
        sx, sy = np.int64(x[s]), np.int64(y[s])
        low_x = min(max((sx - radius - west) // side, 0), wide)
        high_x = max(min((sx + radius - west) // side, wide - 1), -1)
        low = min(max((sy - radius - south) // side, 0), high)
        stop = max(min((sy + radius - south) // side, high - 1), -1) + 1
        if by_town:
            low, stop = 0, len(near)
        held = 0
        for row in range(low, stop):
            if by_town:
                cell = near[town[s], row]
                if minutes[town[s], cell] > radius:
                    break
                begin, end = first[base + cell], first[base + cell + 1]
            else:
                if high_x < low_x:
                    break
                begin = first[base + row * wide + low_x]
                end = first[base + row * wide + high_x + 1]
            for i in range(begin, end):
                if o_capacity[i] <= 0 or (o_periods[i] & periods[s]) == 0:
                    continue
                if (o_languages[i] & ~languages[s]) != 0:
                    continue
                if by_town:
                    away = np.int64(minutes[town[s], o_town[i]])
                    within = radius
                else:
                    dx, dy = o_x[i] - sx, o_y[i] - sy
                    away, within = dx * dx + dy * dy, radius * radius
                if away > within or _bits(o_days[i] & days[s]) < days_needed[s]:
                    continue
                points = weights[0] - weights[0] * away // max(within, 1)
                points += weights[1] * _bits(o_competences[i] & competences[s])
                if culture[s] >= 0 and culture[s] == o_culture[i]:
                    points += weights[2]
                key = (points << 32) | (np.int64(0xFFFFFFFF) - o_place[i])
                if held == most and key < keys[s, held - 1]:
                    continue
                at = held if held < most else held - 1
                while at > 0 and keys[s, at - 1] < key:
                    keys[s, at] = keys[s, at - 1]
                    at -= 1
                keys[s, at] = key
                if held < most:
                    held += 1
        count[s] = held
        if held > 0:
            continue
        alone[:] = 0
        furthest = 0
        for i in range(first[base], first[base + cells]):
            if by_town:
                far = minutes[town[s], o_town[i]] > radius
            else:
                dx, dy = o_x[i] - sx, o_y[i] - sy
                far = dx * dx + dy * dy > radius * radius
            failed, failures = -1, 0
            for requirement in range(5):
                if requirement == DISTANCE:
                    fails = far
                elif requirement == DAYS:
                    fails = _bits(o_days[i] & days[s]) < days_needed[s]
                elif requirement == LANGUAGE:
                    fails = (o_languages[i] & ~languages[s]) != 0
                elif requirement == PERIOD:
                    fails = (o_periods[i] & periods[s]) == 0
                else:
                    fails = o_capacity[i] <= 0
                if fails:
                    failures += 1
                    if failures == 1:
                        failed = requirement
            furthest = max(furthest, failed)
            if failures == 1:
                alone[failed] += 1
        best = furthest
        if alone.max() > 0:
            best = int(np.argmax(alone))
        binding[s] = best + 2
