"""A plan in figures: what a person compares."""

from dataclasses import dataclass

from tussenstop.planning.engine.problem import Activity, Block, Problem

SATURDAY = 5


@dataclass(frozen=True)
class Figures:
    """Minutes and counts over all weeks.

    heaviest         the week (from 0) with the most hours, and those minutes, commitments included
    free_evenings, free_days   of the whole plan
    days_there       days at the workplace; weekend_days of them on Saturday or Sunday
    with_mentor      minutes at the workplace while the mentor is there
    talks            parts of the weeks in which a conversation can be held
    """

    workplace: int
    study: int
    heaviest: tuple[int, int]
    free_evenings: int
    free_days: int
    days_there: int
    weekend_days: int
    with_mentor: int
    talks: int


def figures(problem: Problem, blocks: tuple[Block, ...]) -> Figures:
    """What a plan comes to."""
    there = [one for one in blocks if one.activity == Activity.WORKPLACE]
    loads = [0] * problem.weeks
    ends = [0] * problem.days  # the end of the last effort of the day; 0 for a day without
    for day, start, end, way in [
        *((one.day, one.start, one.end, 0) for one in problem.commitments if one.counts),
        *((one.day, one.start, one.end, problem.travel if one in there else 0) for one in blocks),
    ]:
        loads[day // 7] += end - start
        ends[day] = max(ends[day], end + way)
    met = {one: _minutes_with_mentor(problem, one) for one in there}
    heaviest = max(range(problem.weeks), key=lambda week: (loads[week], -week))
    return Figures(
        workplace=sum(one.minutes for one in there),
        study=sum(one.minutes for one in blocks) - sum(one.minutes for one in there),
        heaviest=(heaviest, loads[heaviest]),
        free_evenings=sum(end <= problem.rules.evening_from for end in ends),
        free_days=ends.count(0),
        days_there=len({one.day for one in there}),
        weekend_days=len({one.day for one in there if one.day % 7 >= SATURDAY}),
        with_mentor=sum(met.values()),
        talks=len(
            {
                problem.part_of(one.day // 7)
                for one, minutes in met.items()
                if minutes >= problem.goals.talk_minutes
            }
        ),
    )


def _minutes_with_mentor(problem: Problem, block: Block) -> int:
    steps = slice(block.start // problem.step, block.end // problem.step)
    return int(problem.mentor[block.day, steps].sum()) * problem.step
