"""The search for candidates without compiled code: tables of students by places nearby.

Students are taken together who share a programme and a large square (or a town); the table of these
students by the places around it is small.
"""

import numpy as np

from tussenstop.matching.engine.market import Bool, Int64
from tussenstop.matching.engine.nearby import Columns, Found, Index, closed, opened

TABLE = 4_000_000
"""The most pairs looked at together."""


def find_plainly(index: Index, seekers: Columns, weights: Int64) -> Found:
    """The same as `nearby.find`."""
    students = len(seekers["programme"])
    wide, cells = int(index.grid[3]), int(index.grid[5])
    count = np.zeros(students, dtype=np.int64)
    binding = np.zeros(students, dtype=np.int8)
    base = seekers["programme"].astype(np.int64) * cells
    offered = index.first[base + cells] > index.first[base]
    binding[~offered] = 1
    who, keys = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for group in _groups(index, seekers, np.flatnonzero(offered)):
        rows = _around(index, {k: v[group] for k, v in seekers.items()}, wide, cells)
        step = max(1, TABLE // max(len(rows), 1))
        for low in range(0, len(group), step):
            some = group[low : low + step]
            student, key = _best(index, seekers, some, rows, weights)
            who.append(student)
            keys.append(key)
    student, key = np.concatenate(who), np.concatenate(keys)
    order = np.lexsort((-key, student))
    np.add.at(count, student, 1)
    for s in np.flatnonzero(offered & (count == 0)):
        binding[s] = _binding(index, seekers, int(s), cells)
    return Found(count, *opened(key[order]), binding)


def _groups(index: Index, seekers: Columns, who: Int64) -> list[Int64]:
    """Students of one programme and one large square, or one town."""
    if not len(who):
        return []
    if index.grid[3] == 0:
        zones = [seekers["town"][who]]
    else:
        side = max(int(seekers["reach"][who].max()), int(index.grid[2]))
        zones = [seekers[axis][who].astype(np.int64) // side for axis in ("x", "y")]
    keys = [*zones, seekers["programme"][who]]
    order = np.lexsort(keys)
    changes = np.zeros(len(who), dtype=np.bool_)
    for key in keys:
        changes[1:] |= np.diff(key[order]) != 0
    return np.split(who[order], np.flatnonzero(changes))


def _around(index: Index, group: Columns, wide: int, cells: int) -> Int64:
    """The offers of the group's programme in the cells that any of the group can reach."""
    base = int(group["programme"][0]) * cells
    reach = int(group["reach"].max())
    if wide == 0:
        town = int(group["town"][0])
        near = np.flatnonzero(index.minutes[town] <= reach)
        spans = [(base + int(cell), base + int(cell) + 1) for cell in near]
    else:
        west, south, side, _, high, _ = (int(number) for number in index.grid)
        low_x = min(max((int(group["x"].min()) - reach - west) // side, 0), wide)
        high_x = max(min((int(group["x"].max()) + reach - west) // side, wide - 1), -1)
        low = min(max((int(group["y"].min()) - reach - south) // side, 0), high)
        stop = max(min((int(group["y"].max()) + reach - south) // side, high - 1), -1) + 1
        spans = [
            (base + row * wide + low_x, base + row * wide + high_x + 1) for row in range(low, stop)
        ]
        spans = spans if low_x <= high_x else []
    rows = [np.arange(index.first[low], index.first[high]) for low, high in spans]
    return np.concatenate([np.zeros(0, dtype=np.int64), *rows])


def _away(index: Index, seekers: Columns, who: Int64, rows: Int64) -> tuple[Int64, Int64]:
    """How far (squared metres, or minutes) each of `who` is from each row, and how far may be."""
    offers = index.columns
    reach = seekers["reach"][who].astype(np.int64)[:, None]
    if index.grid[3] == 0:
        minutes = index.minutes[seekers["town"][who][:, None], offers["town"][rows]]
        return minutes.astype(np.int64), reach
    away = np.zeros((len(who), len(rows)), dtype=np.int64)
    for axis in ("x", "y"):
        difference = offers[axis][rows] - seekers[axis][who].astype(np.int64)[:, None]
        away += difference * difference
    return away, reach * reach


def _holds(index: Index, seekers: Columns, who: Int64, rows: Int64) -> list[Bool]:
    """For each requirement in order, a table of `who` by `rows`: does it hold?"""
    offers = {name: column[rows] for name, column in index.columns.items()}
    mine = {name: column[who][:, None] for name, column in seekers.items()}
    away, within = _away(index, seekers, who, rows)
    return [
        away <= within,
        np.bitwise_count(offers["days"] & mine["days"]) >= mine["days_needed"],
        (offers["languages"] & ~mine["languages"]) == 0,
        (offers["periods"] & mine["periods"]) != 0,
        np.broadcast_to(offers["capacity"] > 0, away.shape),
    ]


def _best(
    index: Index, seekers: Columns, who: Int64, rows: Int64, weights: Int64
) -> tuple[Int64, Int64]:
    """Students and keys of the best offers, at most `weights[3]` each."""
    suits = np.logical_and.reduce(_holds(index, seekers, who, rows))
    student, offer = np.nonzero(suits)
    away, within = _away(index, seekers, who, rows)
    within = np.maximum(np.broadcast_to(within, away.shape), 1)
    points = weights[0] - weights[0] * away[student, offer] // within[student, offer]
    row, person = rows[offer], who[student]
    shared = index.columns["competences"][row] & seekers["competences"][person]
    points += weights[1] * np.bitwise_count(shared)
    culture = seekers["culture"][person]
    points += weights[2] * ((culture >= 0) & (culture == index.columns["culture"][row]))
    key = closed(points, index.columns["place"][row].astype(np.int64))
    order = np.lexsort((-key, student))
    student, key, person = student[order], key[order], person[order]
    position = np.arange(len(student)) - np.searchsorted(student, student)
    keep = position < weights[3]
    return person[keep], key[keep]


def _binding(index: Index, seekers: Columns, student: int, cells: int) -> int:
    """The requirement that keeps everything from this student, as a number of `Requirement`."""
    base = int(seekers["programme"][student]) * cells
    rows = np.arange(index.first[base], index.first[base + cells])
    holds = np.concatenate(_holds(index, seekers, np.array([student]), rows))
    failures = (~holds).sum(axis=0)
    alone = (~holds[:, failures == 1]).sum(axis=1)
    if alone.any():
        return int(np.argmax(alone)) + 2
    return int(np.argmin(holds, axis=0).max()) + 2
