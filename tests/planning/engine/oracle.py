"""A second opinion: every way to fill a day spelled out, and CP-SAT to choose among them.

It lists days without leaving anything out, knows nothing of weeks or columns, and shares only the
problem itself with the planner.
"""

from dataclasses import dataclass
from itertools import product

from ortools.sat.python import cp_model

from tussenstop.planning.engine.problem import DAY, Activity, Block, Demand, Problem

LATE = 10 * DAY


@dataclass(frozen=True)
class Option:
    blocks: tuple[Block, ...]
    workplace: int  # steps
    study: int
    first: int
    last: int
    level: int
    met: bool
    points: int


@dataclass(frozen=True)
class Opinion:
    """points: of the best plan; None when there is none."""

    points: int | None
    proven: bool


def options(problem: Problem, day: int) -> list[Option]:
    """Every way to fill a day."""
    found = []
    for work, study in product(_works(problem, day), _studies(problem, day)):
        option = _option(problem, day, work, study)
        if option:
            found.append(option)
    return found


def _taken(problem: Problem, day: int, start: int, end: int) -> bool:
    return any(
        one.day * DAY + one.start < day * DAY + end and day * DAY + start < one.day * DAY + one.end
        for one in problem.commitments
        if day - 2 <= one.day <= day
    )


def _stretches(problem: Problem, limits: tuple[int, int]) -> list[tuple[int, int]]:
    step = problem.step
    return [
        (start, end)
        for start in range(0, DAY, step)
        for end in range(start + step, DAY + 1, step)
        if limits[0] <= end - start <= limits[1]
    ]


def _barred(problem: Problem, block: Block) -> bool:
    return any(
        bar.activity == block.activity
        and bar.day == block.day
        and bar.start < block.end
        and block.start < bar.end
        for bar in problem.barred
    )


def _pin(problem: Problem, day: int, activity: Activity) -> Block | None:
    for pin in problem.pins:
        if pin.day == day and pin.activity == activity:
            return pin
    return None


def _works(problem: Problem, day: int) -> list[Block | None]:
    pin = _pin(problem, day, Activity.WORKPLACE)
    stretches = (
        [(pin.start, pin.end)] if pin else _stretches(problem, problem.rules.workplace_block)
    )
    found: list[Block | None] = [] if pin else [None]
    way, step = -(-problem.travel // problem.step) * problem.step, problem.step
    for start, end in stretches:
        block = Block(day, start, end, Activity.WORKPLACE)
        if (
            all(problem.opening[day, one // step] for one in range(start, end, step))
            and not _taken(problem, day, start - way, end + way)
            and start - way >= 0
            and end + way <= DAY
            and not _barred(problem, block)
        ):
            found.append(block)
    return found


def _studies(problem: Problem, day: int) -> list[Block | None]:
    pin = _pin(problem, day, Activity.STUDY)
    if pin:
        return [pin] if not _taken(problem, day, pin.start, pin.end) else []
    low, high = problem.rules.study_between
    found: list[Block | None] = [None]
    for start, end in _stretches(problem, problem.rules.study_block):
        block = Block(day, start, end, Activity.STUDY)
        allowed = low <= start and end <= high and not _barred(problem, block)
        if allowed and not _taken(problem, day, start, end):
            found.append(block)
    return found


def _option(problem: Problem, day: int, work: Block | None, study: Block | None) -> Option | None:
    rules, wishes, step = problem.rules, problem.wishes, problem.step
    way = -(-problem.travel // step) * step
    if work and study and study.start < work.end + way and work.start - way < study.end:
        return None
    taken = [one for one in problem.commitments if one.day == day]
    load = sum(one.end - one.start for one in taken if one.counts)
    blocks = tuple(one for one in (work, study) if one)
    minutes = sum(one.minutes for one in blocks)
    points = 0
    if rules.day_most is not None and blocks:
        over = minutes - max(rules.day_most - load, 0) // step * step
        if over > 0:
            if Demand.DAY_MOST not in rules.soft:
                return None
            points -= rules.soft[Demand.DAY_MOST] * (over // step)
    ends = [one.end for one in taken if one.counts]
    ends += [work.end + way] if work else []
    ends += [study.end] if study else []
    level = 2 if not ends else 1 if max(ends) <= rules.evening_from else 0
    for block, values in ((work, wishes.workplace_value), (study, wishes.study_value)):
        if block and values is not None:
            points += int(values[day, block.start // step : block.end // step].sum())
    points -= wishes.block * len(blocks) + (wishes.trip if work else 0)
    points += (wishes.evening if level else 0) + (wishes.day if level == 2 else 0)
    duty = [(one.start, one.end) for one in taken if one.duty]
    duty += [(work.start, work.end)] if work else []
    met = 0
    if work:
        met = step * sum(
            bool(problem.mentor[day, one // step]) for one in range(work.start, work.end, step)
        )
    return Option(
        blocks,
        work.minutes // step if work else 0,
        study.minutes // step if study else 0,
        min((one for one, _ in duty), default=LATE),
        max((one for _, one in duty), default=0),
        level,
        met >= problem.goals.talk_minutes and work is not None,
        points,
    )


def ask(
    problem: Problem, *, agreed: tuple[Block, ...] | None = None, seconds: float = 30
) -> Opinion:
    """The most points a plan can have; the most days like an agreed plan, when one is given."""
    model = cp_model.CpModel()
    goals, step = problem.goals, problem.step
    days = [options(problem, day) for day in range(problem.days)]
    chosen = [[model.new_bool_var("") for _ in one] for one in days]
    gain: list = []
    for one, picks in zip(days, chosen, strict=True):
        model.add_exactly_one(picks)
        gain += [option.points * pick for option, pick in zip(one, picks, strict=True)]
    gain += _nights(problem, model, days, chosen)
    hours: dict[str, list] = {"workplace": [], "study": []}
    for week in range(problem.weeks):
        seven = range(7 * week, 7 * week + 7)
        pairs = [pair for day in seven for pair in zip(days[day], chosen[day], strict=True)]
        done = {name: sum(getattr(option, name) * pick for option, pick in pairs) for name in hours}
        for name, weekly in hours.items():
            weekly.append(done[name])
        gain += _week(problem, model, week, pairs, done)
    model.add(sum(hours["workplace"]) >= -(-goals.workplace // step))
    model.add(sum(hours["study"]) >= -(-goals.study // step))
    for part in range(goals.talks):
        model.add_bool_or(
            [
                pick
                for day in range(problem.days)
                if problem.part_of(day // 7) == part
                for option, pick in zip(days[day], chosen[day], strict=True)
                if option.met
            ]
        )
    if agreed is not None:
        gain = [
            pick
            for day, picks in enumerate(chosen)
            for option, pick in zip(days[day], picks, strict=True)
            if sorted(option.blocks) == sorted(one for one in agreed if one.day == day)
        ]
    model.maximize(sum(gain))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Opinion(None, proven=True)
    if status == cp_model.OPTIMAL:
        return Opinion(round(solver.objective_value), proven=True)
    return Opinion(None, proven=False)


def _nights(problem: Problem, model: cp_model.CpModel, days: list, chosen: list) -> list:
    rest = problem.rules.rest
    price = problem.rules.soft.get(Demand.REST)
    gain = []
    for day in range(problem.days - 1):
        needed = rest
        today = [one.end for one in problem.commitments if one.day == day and one.duty]
        after = [one.start for one in problem.commitments if one.day == day + 1 and one.duty]
        if today and after:
            needed = max(0, min(rest, min(after) + DAY - max(today)))
        short = model.new_bool_var("")
        if price is None:
            model.add(short == 0)
        gain.append(-(price or 0) * short)
        for first in sorted({one.first for one in days[day + 1]}):
            early = [
                pick
                for option, pick in zip(days[day + 1], chosen[day + 1], strict=True)
                if option.first <= first
            ]
            late = [
                pick
                for option, pick in zip(days[day], chosen[day], strict=True)
                if option.last and option.last + needed - DAY > first
            ]
            model.add(sum(early) + sum(late) <= 1 + short)
    return gain


def _week(problem: Problem, model: cp_model.CpModel, week: int, pairs: list, done: dict) -> list:
    rules, goals, wishes, step = problem.rules, problem.goals, problem.wishes, problem.step
    gain: list = []
    taken = [one for one in problem.commitments if one.day // 7 == week]
    if rules.week_most and (most := rules.week_most[week]) is not None:
        load = sum(one.end - one.start for one in taken if one.counts)
        over = model.new_int_var(0, 7 * problem.steps, "")
        model.add(done["workplace"] + done["study"] - max(most - load, 0) // step <= over)
        if Demand.WEEK_MOST in rules.soft:
            gain.append(-rules.soft[Demand.WEEK_MOST] * over)
        else:
            model.add(over == 0)
    for name, limits in (
        ("workplace", rules.workplace_week_most),
        ("study", rules.study_week_most),
    ):
        if limits and (most := limits[week]) is not None:
            model.add(done[name] <= most // step)
    if rules.workplace_week_least:
        model.add(done["workplace"] >= -(-rules.workplace_week_least[week] // step))
    for wanted, level, demand in (
        (rules.free_evening, 1, Demand.FREE_EVENING),
        (rules.free_day, 2, Demand.FREE_DAY),
    ):
        possible = [
            day
            for day in range(7 * week, 7 * week + 7)
            if not any(
                one.counts and (level == 2 or one.end > rules.evening_from)
                for one in taken
                if one.day == day
            )
        ]
        if wanted and possible:
            missing = model.new_bool_var("")
            if demand in rules.soft:
                gain.append(-rules.soft[demand] * missing)
            else:
                model.add(missing == 0)
            model.add_bool_or([pick for option, pick in pairs if option.level >= level] + [missing])
    for name, goal, price in (
        ("workplace", goals.workplace, wishes.uneven_workplace),
        ("study", goals.study, wishes.uneven_study),
    ):
        away = model.new_int_var(0, 7 * problem.steps, "")
        share = round(goal / step / problem.weeks)
        model.add(away >= done[name] - share)
        model.add(away >= share - done[name])
        gain.append(-price * away)
    return gain
