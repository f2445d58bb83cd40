"""Conversations of many people, planned together: nobody in two places, no room too full."""

from dataclasses import dataclass

import numpy as np

from tussenstop.planning.engine.linear import INFINITE, Programme, Status, solve
from tussenstop.planning.engine.master import Proof

HALF = 0.5


@dataclass(frozen=True)
class Talk:
    """Who has to be there, and the slots (numbers, in order of time) that suit all of them, with
    `likes` in whole points for each (nothing, or not below zero)."""

    people: tuple[str, ...]
    slots: tuple[int, ...]
    likes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Held:
    """slot_of: for every talk its slot, or None. BEST: no plan holds more talks, or as many at
    better moments."""

    proof: Proof
    slot_of: tuple[int | None, ...]


def plan_talks(talks: list[Talk], *, rooms: int, seconds: float = 10.0) -> Held:
    """As many talks as possible, each person once a slot, and at most `rooms` talks a slot."""
    # Holding one talk more is worth more than all better moments together.
    worth = 1 + sum(max(talk.likes, default=0) for talk in talks)
    pairs = [
        (number, slot, worth + (talk.likes[place] if talk.likes else 0))
        for number, talk in enumerate(talks)
        for place, slot in enumerate(talk.slots)
    ]
    rows: dict[tuple[str, object], int] = {}
    entries: list[tuple[int, int]] = []
    for column, (number, slot, _) in enumerate(pairs):
        keys: list[tuple[str, object]] = [("talk", number), ("room", slot)]
        keys += [("person", (person, slot)) for person in talks[number].people]
        entries += [(column, rows.setdefault(key, len(rows))) for key in keys]
    high = np.ones(len(rows))
    for (kind, _), row in rows.items():
        if kind == "room":
            high[row] = rooms
    lengths = np.bincount([column for column, _ in entries], minlength=len(pairs))
    found = solve(
        Programme(
            np.array([worth for _, _, worth in pairs], dtype=float),
            np.ones(len(pairs)),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
            np.array([row for _, row in entries], dtype=np.int32),
            np.ones(len(entries)),
            np.full(len(rows), -INFINITE),
            high,
        ),
        whole=np.ones(len(pairs), dtype=np.uint8),
        seconds=seconds,
    )
    slot_of: list[int | None] = [None] * len(talks)
    for column in np.flatnonzero(found.values > HALF).tolist():
        number, slot, _ = pairs[column]
        slot_of[number] = slot
    if found.status == Status.OPTIMAL:
        return Held(Proof.BEST, tuple(slot_of))
    return Held(Proof.WITHIN if len(found.values) else Proof.UNDECIDED, tuple(slot_of))
