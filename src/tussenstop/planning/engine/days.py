"""What each day leaves room for, once everything that is fixed has been put in."""

from dataclasses import dataclass

import numpy as np

from tussenstop.planning.engine.problem import DAY, Activity, Bool, Int32, Problem

NEVER = 4 * DAY  # later than any start


@dataclass(frozen=True, eq=False)
class Days:
    """Steps and minutes per day.

    free           bool[days, steps]  nothing fixed
    workplace      bool[days, steps]  open, free, not barred
    study          bool[days, steps]  free, within the hours for study, not barred
    load           int32[days]  minutes of commitments that take strength
    first, last    int32[days]  minutes: when duty begins and ends (NEVER and 0 without)
    evening_taken, day_taken  bool[days]  no free evening or day, whatever is planned
    rest           int32[days]  minutes of rest that a plan must keep before the next day
    """

    free: Bool
    workplace: Bool
    study: Bool
    load: Int32
    first: Int32
    last: Int32
    evening_taken: Bool
    day_taken: Bool
    rest: Int32


def lay_out(problem: Problem) -> Days:
    """The room in every day."""
    days, steps, step = problem.days, problem.steps, problem.step
    free = np.ones((days + 2, steps), dtype=bool)  # two more: what ends past midnight
    flat = free.reshape(-1)
    load = np.zeros(days, dtype=np.int32)
    first = np.full(days, NEVER, dtype=np.int32)
    last = np.zeros(days, dtype=np.int32)
    evening = np.zeros(days, dtype=bool)
    taken = np.zeros(days, dtype=bool)
    for one in problem.commitments:
        begin = one.day * steps + one.start // step
        flat[begin : one.day * steps + -(-one.end // step)] = False
        if one.counts:
            load[one.day] += one.end - one.start
            taken[one.day] = True
            evening[one.day] |= one.end > problem.rules.evening_from
        if one.duty:
            first[one.day] = min(first[one.day], one.start)
            last[one.day] = max(last[one.day], one.end)
    free = free[:days]
    low, high = problem.rules.study_between
    awake = np.zeros(steps, dtype=bool)
    awake[-(-low // step) : high // step] = True
    workplace, study = free & problem.opening, free & awake
    for block in problem.barred:
        stretch = slice(block.start // step, -(-block.end // step))
        (workplace if block.activity == Activity.WORKPLACE else study)[block.day, stretch] = False
    return Days(
        free,
        workplace,
        study,
        load,
        first,
        last,
        evening,
        taken,
        _rest(problem.rules.rest, first, last),
    )


def _rest(rest: int, first: Int32, last: Int32) -> Int32:
    """Where the duties themselves leave less rest, a plan need not leave more than they do."""
    kept = np.full(len(first), rest, dtype=np.int32)
    between = first[1:] + DAY - last[:-1]
    both = (last[:-1] > 0) & (first[1:] < NEVER)
    kept[:-1] = np.where(both, np.clip(between, 0, rest), rest)
    return kept
