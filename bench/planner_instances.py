"""Made-up students for measuring the planner: the same ones for the same number."""

from dataclasses import replace

import numpy as np

from tussenstop.planning.engine.problem import Commitment, Goals, Problem, Rules, Wishes

HOUR = 60
MENTOR_DAYS = 3


def student(
    seed: int,
    *,
    weeks: int = 20,
    step: int = 30,
    job: int = 24,
    workplace: int = 180,
    study: int = 110,
    talks: int = 8,
    week_most: int = 52,
    exam_most: int = 46,
) -> Problem:
    """A semester with a job whose shifts move, two evenings of lessons, a family, and exams.

    Hours everywhere. The workplace is open on weekdays from 7 to 18 and on Saturday from 9 to 13;
    the mentor is there on three days from 9 to 16; half an hour on the way.
    """
    dice = np.random.default_rng(seed)
    steps = 24 * HOUR // step
    opening = np.zeros((7 * weeks, steps), dtype=bool)
    mentor = np.zeros_like(opening)
    present = np.sort(dice.choice(5, MENTOR_DAYS, replace=False))
    for week in range(weeks):
        for day in range(5):
            opening[7 * week + day, 7 * HOUR // step : 18 * HOUR // step] = True
        opening[7 * week + 5, 9 * HOUR // step : 13 * HOUR // step] = True
        for day in present:
            mentor[7 * week + day, 9 * HOUR // step : 16 * HOUR // step] = True
    exams = {weeks // 2, weeks - 2, weeks - 1} if weeks >= 8 else set()
    limits = tuple((exam_most if week in exams else week_most) * HOUR for week in range(weeks))
    return Problem(
        step=step,
        weeks=weeks,
        opening=opening,
        mentor=mentor,
        goals=Goals(workplace * HOUR, study * HOUR, min(talks, weeks)),
        commitments=_commitments(dice, weeks, job),
        rules=Rules(
            week_most=limits,
            day_most=10 * HOUR,
            rest=11 * HOUR,
            free_evening=True,
            free_day=True,
            workplace_block=(2 * HOUR, 8 * HOUR),
            study_block=(HOUR, 3 * HOUR),
            workplace_week_least=tuple(0 if week in exams else 4 * HOUR for week in range(weeks)),
            workplace_week_most=tuple((8 if week in exams else 16) * HOUR for week in range(weeks)),
            study_week_most=(15 * HOUR,) * weeks,
        ),
        wishes=wishes(dice, weeks, step),
        travel=30,
    )


def wishes(dice: np.random.Generator, weeks: int, step: int) -> Wishes:
    """Likes and dislikes for the hours of the week, the same every week."""
    by_hour = dice.integers(-1, 3, size=(7, 24, 2))
    per_step = np.repeat(by_hour, HOUR // step, axis=1) * (step // 15)
    values = np.tile(per_step, (weeks, 1, 1)).astype(np.int32)
    return Wishes(
        workplace_value=np.ascontiguousarray(values[:, :, 0]),
        study_value=np.ascontiguousarray(values[:, :, 1]),
        uneven_workplace=step // 15,
        uneven_study=step // 15,
    )


def _commitments(dice: np.random.Generator, weeks: int, job: int) -> tuple[Commitment, ...]:
    found = []
    lessons = np.sort(dice.choice(4, 2, replace=False))
    family = int(dice.integers(7))
    for week in range(weeks):
        left = job
        for day in dice.permutation(6):
            if left <= 0:
                break
            hours = int(min(left, dice.choice([4, 6, 8])))
            start = int(dice.choice([7, 9, 12, 14]))
            if day in lessons:
                start = 7 if hours > 6 else 9
            left -= hours
            found.append(
                Commitment(
                    7 * week + int(day),
                    start * HOUR,
                    (start + hours) * HOUR,
                    duty=True,
                    name="shift",
                )
            )
        found += [
            Commitment(7 * week + int(day), 18 * HOUR + 30, 21 * HOUR + 30, name="lesson")
            for day in lessons
        ]
        found.append(
            Commitment(7 * week + family, 17 * HOUR, 20 * HOUR, counts=False, name="family")
        )
    return tuple(sorted(found, key=lambda one: (one.day, one.start)))


def tighter(problem: Problem, *, week_most: int) -> Problem:
    """The same student with another limit a week (hours), exams included."""
    limits = (week_most * HOUR,) * problem.weeks
    return replace(problem, rules=replace(problem.rules, week_most=limits))
