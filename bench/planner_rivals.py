"""What others would build, on the same students: to hold the planner against."""

import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from tussenstop.planning.engine.columns import Frame, frame
from tussenstop.planning.engine.days import lay_out
from tussenstop.planning.engine.linear import INFINITE, Programme, Status, solve
from tussenstop.planning.engine.listing import list_days
from tussenstop.planning.engine.problem import Block, Problem
from tussenstop.planning.engine.weeks import Classed, classed


@dataclass(frozen=True)
class Rival:
    """points: None without a plan; proven: nothing is better, or there is none at all."""

    points: int | None
    proven: bool
    seconds: float


class Model:
    """One variable for every pattern of every day, and what holds between days."""

    def __init__(self, problem: Problem, *, wishes: bool = True) -> None:
        self.problem = problem
        days = lay_out(problem)
        self.listed, self.classes = classed(days, list_days(problem))
        self.frames = [frame(problem, days, week, self.listed) for week in range(problem.weeks)]
        self.gain: list[float] = []
        self.high: list[float] = []
        self.rows: list[tuple[list[tuple[int, int]], float, float]] = []
        self.at: list[int] = []
        for one in self.listed:
            self.at.append(len(self.gain))
            self.gain += [float(points) for points in one.patterns.points]
            self.high += [1.0] * len(one.patterns)
            first = self.at[-1]
            self.row([(first + n, 1) for n in range(len(one.patterns))], 1, 1)
        self._nights()
        for week, limits in enumerate(self.frames):
            self._week(week, limits, wishes)
        self._totals()
        if not wishes:
            self.gain = [0.0] * len(self.gain)

    def row(self, terms: list[tuple[int, int]], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def _pick(self, day: int, wanted: np.ndarray) -> list[tuple[int, int]]:
        return [(self.at[day] + int(n), 1) for n in np.flatnonzero(wanted)]

    def _hours(self, days: range, name: str) -> list[tuple[int, int]]:
        return [
            (self.at[day] + n, int(length))
            for day in days
            for n, length in enumerate(getattr(self.listed[day].patterns, name))
            if length
        ]

    def _nights(self) -> None:
        for day in range(self.problem.days - 1):
            today, after = self.listed[day], self.listed[day + 1]
            for one in range(1, int(self.classes[day])):
                terms = self._pick(day, today.until >= one) + self._pick(day + 1, after.after < one)
                self.row(terms, -INFINITE, 1)

    def _week(self, week: int, limits: Frame, wishes: bool) -> None:
        days = range(7 * week, 7 * week + 7)
        work, study = self._hours(days, "workplace"), self._hours(days, "study")
        rooms = limits.room
        self.row(work, limits.least, rooms[0])
        self.row(study, 0, rooms[1])
        if limits.together is not None:
            both = Counter(dict(work))
            both.update(dict(study))
            self.row(list(both.items()), -INFINITE, limits.together)
        for level in range(1, limits.level + 1):
            terms = [
                term
                for day in days
                for term in self._pick(day, self.listed[day].patterns.level >= level)
            ]
            self.row(terms, 1, INFINITE)
        if wishes:
            prices = (self.problem.wishes.uneven_workplace, self.problem.wishes.uneven_study)
            for terms, share, price in zip((work, study), limits.shares, prices, strict=True):
                away = len(self.gain)
                self.gain.append(-float(price))
                self.high.append(float(7 * self.problem.steps))
                self.row([*terms, (away, -1)], -INFINITE, share)
                self.row([*terms, (away, 1)], share, INFINITE)

    def _totals(self) -> None:
        goals, step = self.problem.goals, self.problem.step
        every = range(self.problem.days)
        self.row(self._hours(every, "workplace"), -(-goals.workplace // step), INFINITE)
        self.row(self._hours(every, "study"), -(-goals.study // step), INFINITE)
        for part in range(goals.talks):
            terms = [
                term
                for day in every
                if self.problem.part_of(day // 7) == part
                for term in self._pick(day, self.listed[day].patterns.talk > 0)
            ]
            self.row(terms, 1, INFINITE)

    def programme(self) -> Programme:
        owners = np.array([v for terms, _, _ in self.rows for v, _ in terms])
        rows = np.repeat(np.arange(len(self.rows)), [len(terms) for terms, _, _ in self.rows])
        amounts = np.array([c for terms, _, _ in self.rows for _, c in terms], dtype=float)
        order = np.argsort(owners, kind="stable")
        return Programme(
            np.array(self.gain),
            np.array(self.high),
            np.searchsorted(owners[order], np.arange(len(self.gain) + 1)).astype(np.int32),
            rows[order].astype(np.int32),
            amounts[order],
            np.array([low for _, low, _ in self.rows], dtype=float),
            np.array([high for _, _, high in self.rows], dtype=float),
        )


def highs(problem: Problem, seconds: float, *, wishes: bool = True) -> Rival:
    """HiGHS on the same day patterns."""
    start = time.perf_counter()
    programme = Model(problem, wishes=wishes).programme()
    whole = np.ones(len(programme.gain), dtype=np.uint8)
    found = solve(programme, whole=whole, seconds=seconds)
    taken = time.perf_counter() - start
    if found.status == Status.IMPOSSIBLE:
        return Rival(None, proven=True, seconds=taken)
    points = round(found.gain) if len(found.values) else None
    return Rival(points, found.status == Status.OPTIMAL, taken)


def cp_sat(problem: Problem, seconds: float) -> Rival:
    """CP-SAT, two workers, on the same day patterns."""
    start = time.perf_counter()
    same = Model(problem)
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, int(most), "") for most in same.high]
    for terms, low, high in same.rows:
        total = sum(amount * variables[v] for v, amount in terms)
        if low > -INFINITE:
            model.add(total >= int(low))
        if high < INFINITE:
            model.add(total <= int(high))
    model.maximize(
        sum(int(gain) * one for gain, one in zip(same.gain, variables, strict=True) if gain)
    )
    return _asked(model, seconds, start)


def _asked(model: cp_model.CpModel, seconds: float, start: float) -> Rival:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    taken = time.perf_counter() - start
    if status == cp_model.INFEASIBLE:
        return Rival(None, proven=True, seconds=taken)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Rival(round(solver.objective_value), status == cp_model.OPTIMAL, taken)
    return Rival(None, proven=False, seconds=taken)


def intervals(problem: Problem, seconds: float) -> Rival:
    """CP-SAT as everybody writes it first: two optional intervals a day that do not overlap."""
    start = time.perf_counter()
    return _asked(_Intervals(problem).model, seconds, start)


class _Intervals:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.gain: list[cp_model.LinearExprT] = []
        self.work: list[dict[str, cp_model.IntVar]] = []
        self.study: list[dict[str, cp_model.IntVar]] = []
        self.evening: list[cp_model.IntVar] = []
        self.free: list[cp_model.IntVar] = []
        self.days = lay_out(problem)
        for day in range(problem.days):
            self._day(day)
        self._nights()
        for week in range(problem.weeks):
            self._week(week)
        goals, step = problem.goals, problem.step
        self.model.add(sum(one["length"] for one in self.work) >= goals.workplace // step)
        self.model.add(sum(one["length"] for one in self.study) >= goals.study // step)
        self._talks()
        self.model.maximize(sum(self.gain))

    def _block(self, able: np.ndarray, limits: tuple[int, int], way: int) -> dict:
        model, steps, step = self.model, self.problem.steps, self.problem.step
        at = np.flatnonzero(able)
        low, high = (int(at[0]), int(at[-1]) + 1) if len(at) else (0, 0)
        there = model.new_bool_var("")
        start = model.new_int_var(0, steps, "")
        end = model.new_int_var(0, steps, "")
        length = model.new_int_var(0, limits[1] // step, "")
        model.add(start >= low).only_enforce_if(there)
        model.add(end <= high).only_enforce_if(there)
        model.add(length >= limits[0] // step).only_enforce_if(there)
        model.add(length == 0).only_enforce_if(~there)
        model.add(end == start + length)
        if not len(at):
            model.add(there == 0)
        around = model.new_optional_interval_var(
            start - way, length + 2 * way, end + way, there, ""
        )
        return {"there": there, "start": start, "end": end, "length": length, "around": around}

    def _day(self, day: int) -> None:
        problem, model, step = self.problem, self.model, self.problem.step
        rules, wishes = problem.rules, problem.wishes
        low, high = rules.study_between
        awake = np.zeros(problem.steps, dtype=bool)
        awake[low // step : high // step] = True
        way = -(-problem.travel // step)
        work = self._block(problem.opening[day], rules.workplace_block, way)
        study = self._block(awake, rules.study_block, 0)
        taken = [one for one in problem.commitments if one.day == day]
        # Commitments may overlap each other: the stretches that are not free, each once.
        edges = np.flatnonzero(np.diff(np.concatenate([[1], self.days.free[day], [1]])))
        fixed = [
            model.new_fixed_size_interval_var(int(begin), int(end - begin), "")
            for begin, end in zip(edges[::2], edges[1::2], strict=True)
        ]
        model.add_no_overlap([work["around"], study["around"], *fixed])
        load = sum(one.end - one.start for one in taken if one.counts)
        if rules.day_most is not None:
            room = max(rules.day_most - load, 0) // step
            model.add(work["length"] + study["length"] <= room)
        for block, values, name in (
            (work, wishes.workplace_value, "work"),
            (study, wishes.study_value, "study"),
        ):
            if values is not None:
                sums = np.concatenate([[0], np.cumsum(values[day])]).tolist()
                ends = [model.new_int_var(min(sums), max(sums), "") for _ in range(2)]
                model.add_element(block["start"], sums, ends[0])
                model.add_element(block["end"], sums, ends[1])
                self.gain.append(ends[1] - ends[0])
            self.gain.append(-wishes.block * block["there"])
            getattr(self, name).append(block)
        evening, free = model.new_bool_var(""), model.new_bool_var("")
        after = rules.evening_from // step
        if self.days.evening_taken[day]:
            model.add(evening == 0)
        model.add(work["end"] + way <= after).only_enforce_if(evening, work["there"])
        model.add(study["end"] <= after).only_enforce_if(evening, study["there"])
        if self.days.day_taken[day]:
            model.add(free == 0)
        model.add_implication(free, ~work["there"])
        model.add_implication(free, ~study["there"])
        model.add_implication(free, evening)
        self.evening.append(evening)
        self.free.append(free)
        self.gain += [wishes.evening * evening, wishes.day * free, -wishes.trip * work["there"]]

    def _nights(self) -> None:
        steps, step = self.problem.steps, self.problem.step
        for day in range(self.problem.days - 1):
            today, after = self.work[day], self.work[day + 1]
            rest = int(self.days.rest[day]) // step
            last = int(self.days.last[day]) // step
            first = int(self.days.first[day + 1]) // step
            both = [today["there"], after["there"]]
            self.model.add(after["start"] + steps >= today["end"] + rest).only_enforce_if(both)
            if last:
                self.model.add(after["start"] + steps >= last + rest).only_enforce_if(
                    after["there"]
                )
            if first <= steps:
                self.model.add(today["end"] + rest <= first + steps).only_enforce_if(today["there"])

    def _week(self, week: int) -> None:
        rules, wishes, step = self.problem.rules, self.problem.wishes, self.problem.step
        days = slice(7 * week, 7 * week + 7)
        work = sum(one["length"] for one in self.work[days])
        study = sum(one["length"] for one in self.study[days])
        if rules.week_most and (most := rules.week_most[week]) is not None:
            self.model.add(work + study <= max(most - int(self.days.load[days].sum()), 0) // step)
        if rules.workplace_week_least:
            self.model.add(work >= rules.workplace_week_least[week] // step)
        for done, limits in (
            (work, rules.workplace_week_most),
            (study, rules.study_week_most),
        ):
            if limits and (most := limits[week]) is not None:
                self.model.add(done <= most // step)
        if rules.free_evening and not self.days.evening_taken[days].all():
            self.model.add_bool_or(self.evening[days])
        if rules.free_day and not self.days.day_taken[days].all():
            self.model.add_bool_or(self.free[days])
        goals, weeks = self.problem.goals, self.problem.weeks
        for done, goal, price in (
            (work, goals.workplace, wishes.uneven_workplace),
            (study, goals.study, wishes.uneven_study),
        ):
            away = self.model.new_int_var(0, 7 * self.problem.steps, "")
            share = round(goal / step / weeks)
            self.model.add(away >= done - share)
            self.model.add(away >= share - done)
            self.gain.append(-price * away)

    def _talks(self) -> None:
        goals, step = self.problem.goals, self.problem.step
        needed = goals.talk_minutes // step
        met: list[list[cp_model.IntVar]] = [[] for _ in range(goals.talks)]
        for day, block in enumerate(self.work):
            present = np.flatnonzero(self.problem.mentor[day])
            if not len(present) or not goals.talks:
                continue
            one = self.model.new_bool_var("")
            self.model.add_implication(one, block["there"])
            low, high = int(present[0]), int(present[-1]) + 1
            self.model.add(block["end"] >= low + needed).only_enforce_if(one)
            self.model.add(block["start"] <= high - needed).only_enforce_if(one)
            self.model.add(block["length"] >= needed).only_enforce_if(one)
            met[self.problem.part_of(day // 7)].append(one)
        for part in met:
            self.model.add_bool_or(part)


def greedy(problem: Problem) -> tuple[Block, ...]:
    """Week after week, day after day, the pattern that gives most for the hours still wanted."""
    days = lay_out(problem)
    listed, _ = classed(days, list_days(problem))
    blocks: list[Block] = []
    left = [problem.goals.workplace // problem.step, problem.goals.study // problem.step]
    ends = 0
    for week in range(problem.weeks):
        limits = frame(problem, days, week, listed)
        share = [-(-one // (problem.weeks - week)) for one in left]
        room = [min(share[0], limits.room[0]), min(share[1], limits.room[1])]
        together = limits.together if limits.together is not None else sum(room)
        for day in range(7 * week, 7 * week + 7):
            one = listed[day]
            row = _greedy_row(one, ends, room, together)
            found = one.patterns
            ends = int(one.until[row])
            done = int(found.workplace[row]), int(found.study[row])
            room = [room[0] - done[0], room[1] - done[1]]
            left = [max(left[0] - done[0], 0), max(left[1] - done[1], 0)]
            together -= sum(done)
            blocks += found.blocks(row, day, problem.step)
    return tuple(blocks)


def _greedy_row(one: Classed, ends: int, room: list[int], together: int) -> int:
    found = one.patterns
    fits = (
        (one.after >= ends)
        & (found.workplace <= max(room[0], 0))
        & (found.study <= max(room[1], 0))
        & (found.workplace + found.study <= max(together, 0))
    )
    worth = np.where(fits, found.points + 6 * (found.workplace + found.study), -(2**30))
    return int(worth.argmax())
