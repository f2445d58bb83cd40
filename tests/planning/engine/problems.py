"""Small problems made at random: every rule, shifts over midnight, Sundays, pins."""

from dataclasses import replace

import numpy as np

from tussenstop.planning.engine.problem import (
    Activity,
    Block,
    Commitment,
    Demand,
    Goals,
    Problem,
    Rules,
    Wishes,
)

HOUR = 60


def small_problem(seed: int, *, step: int = 30) -> Problem:
    """One to three weeks with few possible blocks a day, so that all can be spelled out."""
    dice = np.random.default_rng(seed)
    weeks = int(dice.integers(1, 4))
    steps = 24 * HOUR // step
    opening = np.zeros((7 * weeks, steps), dtype=bool)
    mentor = np.zeros_like(opening)
    for day in range(7 * weeks):
        if dice.random() < 0.75:
            start = int(dice.choice([6, 8, 13, 17]))
            opening[day, start * HOUR // step : (start + 5) * HOUR // step] = True
        if dice.random() < 0.5:
            mentor[day, 9 * HOUR // step : 15 * HOUR // step] = True
    soft = {
        demand: int(dice.integers(0, 40))
        for demand in (
            Demand.WEEK_MOST,
            Demand.DAY_MOST,
            Demand.REST,
            Demand.FREE_EVENING,
            Demand.FREE_DAY,
        )
        if dice.random() < 0.25
    }
    commitments = _commitments(dice, 7 * weeks)
    at = int(dice.choice([7, 9, 18, 19]))
    rules = Rules(
        week_most=tuple(int(dice.integers(20, 44)) * HOUR for _ in range(weeks))
        if dice.random() < 0.7
        else (),
        day_most=int(dice.integers(6, 11)) * HOUR if dice.random() < 0.7 else None,
        rest=11 * HOUR if dice.random() < 0.8 else 0,
        free_evening=dice.random() < 0.6,
        free_day=dice.random() < 0.6,
        workplace_block=(2 * HOUR, 4 * HOUR),
        study_block=(HOUR, 2 * HOUR),
        study_between=(at * HOUR, (at + 4) * HOUR),
        workplace_week_least=(2 * HOUR,) * weeks if dice.random() < 0.3 else (),
        workplace_week_most=(11 * HOUR,) * weeks if dice.random() < 0.3 else (),
        study_week_most=(5 * HOUR,) * weeks if dice.random() < 0.3 else (),
        soft=soft,
    )
    values = dice.integers(-2, 4, size=(2, 7 * weeks, steps)).astype(np.int32)
    pins, barred = _pins(dice, weeks, opening, step)
    return Problem(
        step=step,
        weeks=weeks,
        opening=opening,
        mentor=mentor,
        goals=Goals(
            int(dice.integers(0, 14)) * weeks * HOUR,
            int(dice.integers(0, 8)) * weeks * HOUR,
            int(dice.integers(0, weeks + 1)),
        ),
        commitments=commitments,
        rules=rules,
        wishes=Wishes(
            values[0],
            values[1],
            block=int(dice.integers(0, 12)),
            trip=int(dice.integers(0, 12)),
            uneven_workplace=int(dice.integers(0, 4)),
            uneven_study=int(dice.integers(0, 4)),
            evening=int(dice.integers(0, 15)),
            day=int(dice.integers(0, 40)),
        ),
        travel=int(dice.choice([0, 30, 45])),
        pins=pins,
        barred=barred,
    )


def _commitments(dice: np.random.Generator, days: int) -> tuple[Commitment, ...]:
    found = []
    for day in range(days):
        draw = dice.random()
        if draw < 0.25:
            start = int(dice.choice([6, 8, 12, 14, 22]))
            found.append(Commitment(day, start * HOUR, (start + 6) * HOUR, duty=True, name="shift"))
        elif draw < 0.4:
            found.append(Commitment(day, 18 * HOUR + 15, 21 * HOUR + 40, name="lesson"))
        elif draw < 0.5:
            found.append(Commitment(day, 16 * HOUR, 19 * HOUR, counts=False, name="family"))
    return tuple(found)


def _pins(
    dice: np.random.Generator, weeks: int, opening: np.ndarray, step: int
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    pins, barred = [], []
    if dice.random() < 0.3:
        day = int(dice.integers(7 * weeks))
        begin = int(np.argmax(opening[day])) * step
        pins.append(Block(day, begin, begin + 3 * HOUR, Activity.WORKPLACE))
    if dice.random() < 0.3:
        pins.append(Block(int(dice.integers(7 * weeks)), 1200, 1290, Activity.STUDY))
    if dice.random() < 0.3:
        barred.append(Block(int(dice.integers(7 * weeks)), 480, 1020, Activity.WORKPLACE))
    return tuple(pins), tuple(barred)


def plain_problem(*, weeks: int = 2, step: int = 30, **changes: object) -> Problem:
    """Weekdays from 8 to 18 at the workplace, the mentor always there, 12 hours a week to reach."""
    opening = np.zeros((7 * weeks, 24 * HOUR // step), dtype=bool)
    for day in range(7 * weeks):
        if day % 7 < 5:
            opening[day, 8 * HOUR // step : 18 * HOUR // step] = True
    problem = Problem(
        step=step,
        weeks=weeks,
        opening=opening,
        mentor=opening.copy(),
        goals=Goals(12 * weeks * HOUR, 4 * weeks * HOUR, 1),
    )
    return replace(problem, **changes)  # type: ignore[arg-type]
