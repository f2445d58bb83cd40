"""Which hours a week can hold at all, wishes left aside: a set instead of a table of points.

The hours of study that can go with a number of hours at the workplace are the bits of one long
number, so that a pattern is put upon all of them by shifting.
"""

import numpy as np
from numpy.typing import NDArray

from tussenstop.matching.engine.speed import compiled, fast
from tussenstop.planning.engine.columns import Columns, Frame, joined, price_of_level
from tussenstop.planning.engine.patterns import LEVELS
from tussenstop.planning.engine.problem import Int32, Problem
from tussenstop.planning.engine.weeks import SORTS, Classed

Bits = NDArray[np.uint64]

WORD = 64


def reach_columns(
    problem: Problem, week: int, listed: list[Classed], classes: Int32, limits: Frame
) -> Columns:
    """Columns worth the price of what is not free; the most study for each number of hours.

    Soft limits to hours are not looked at: leave them out of the problem.
    """
    monday, *others = listed[7 * week : 7 * week + 7]
    parts = []
    for after in np.unique(monday.after):
        rows = np.flatnonzero(monday.after >= after).astype(np.int32)
        first = Classed(
            monday.patterns.only(rows), np.zeros(len(rows), np.int32), monday.until[rows]
        )
        bits = _walk((first, *others), classes[7 * week : 7 * week + 7], limits.room)
        parts += _read(problem, week, int(after), bits, limits)
    return joined(parts)


def _walk(days: tuple[Classed, ...], classes: Int32, room: tuple[int, int]) -> Bits:
    words = room[1] // WORD + 1
    bits = np.zeros((1, SORTS, 1, words), np.uint64)
    bits[0, 0, 0, 0] = 1
    step = _step if fast() else _step_plain
    for one, size in zip(days, classes, strict=True):
        found = one.patterns
        before = np.bitwise_or.accumulate(bits, axis=0)
        height = min(before.shape[2] - 1 + int(found.workplace.max(initial=0)), room[0])
        bits = np.zeros((int(size), SORTS, height + 1, words), np.uint64)
        follows = np.minimum(one.after, len(before) - 1).astype(np.int32)
        sort = (found.level * 2 + found.talk).astype(np.int32)
        step(
            before,
            bits,
            np.ascontiguousarray(found.workplace),
            np.ascontiguousarray(found.study),
            follows,
            one.until,
            sort,
        )
    return bits


@compiled
def _step(  # type: ignore[no-untyped-def]
    before, after, workplace, study, follows, until, sort
) -> None:
    """All patterns of a day upon everything that could be reached before it."""
    sorts, height, words = before.shape[1], before.shape[2], before.shape[3]
    for pattern in range(len(sort)):
        more = workplace[pattern]
        rows = min(height, after.shape[2] - more)
        skip, shift = study[pattern] // 64, np.uint64(study[pattern] % 64)
        back = np.uint64(64) - shift
        level, talk = sort[pattern] // 2, sort[pattern] % 2
        for old in range(sorts):
            new = max(old // 2, level) * 2 + max(old % 2, talk)
            source = before[follows[pattern], old]
            target = after[until[pattern], new]
            for a in range(rows):
                for word in range(words - skip):
                    value = source[a, word]
                    if value:
                        target[a + more, word + skip] |= value << shift
                        if shift and word + skip + 1 < words:
                            target[a + more, word + skip + 1] |= value >> back


def _step_plain(
    before: Bits,
    after: Bits,
    workplace: Int32,
    study: Int32,
    follows: Int32,
    until: Int32,
    sort: Int32,
) -> None:
    """The same in numpy."""
    height, words = before.shape[2], before.shape[3]
    for pattern in range(len(sort)):
        more = int(workplace[pattern])
        rows = min(height, after.shape[2] - more)
        skip, shift = divmod(int(study[pattern]), WORD)
        if rows <= 0 or skip >= words:
            continue
        source = before[follows[pattern], :, :rows, : words - skip]
        level, talk = divmod(int(sort[pattern]), 2)
        for old in range(SORTS):
            new = max(old // 2, level) * 2 + max(old % 2, talk)
            target = after[until[pattern], new, more : more + rows]
            target[:, skip:] |= source[old] << np.uint64(shift)
            if shift and skip + 1 < words:
                target[:, skip + 1 :] |= source[old, :, :-1] >> np.uint64(WORD - shift)


def _read(problem: Problem, week: int, after: int, bits: Bits, limits: Frame) -> list[Columns]:
    """The columns behind what was reached, without those that give less for less."""
    classes, _, height, words = bits.shape
    can = np.unpackbits(
        bits.astype("<u8").view(np.uint8).reshape(classes, SORTS, height, words * 8),
        axis=3,
        bitorder="little",
    ).astype(bool)[..., : limits.room[1] + 1]
    workplace = np.arange(height)[:, None]
    study = np.arange(can.shape[3])[None, :]
    allowed = np.broadcast_to(workplace >= limits.least, can.shape[2:])
    if limits.together is not None:
        allowed = allowed & (workplace + study <= limits.together)
    can &= allowed
    most = np.where(can.any(axis=3), can.shape[3] - 1 - can[..., ::-1].argmax(axis=3), -1)
    parts = []
    for until in range(classes):
        for level in range(LEVELS):
            price = price_of_level(problem, level, limits.level)
            if price is None:
                continue
            for talk in (0, 1):
                best = most[until, level * 2 + talk]
                beyond = np.append(np.maximum.accumulate(best[::-1])[::-1][1:], -1)
                rows = np.flatnonzero(best > beyond).astype(np.int32)
                fill = np.ones(len(rows), np.int32)
                parts.append(
                    Columns(
                        fill * week,
                        fill * 0,
                        rows,
                        best[rows].astype(np.int32),
                        fill * talk,
                        fill * after,
                        fill * until,
                        fill * level,
                        fill * -price,
                    )
                )
    return parts
