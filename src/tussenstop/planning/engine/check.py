"""An independent judge: does a plan keep to every rule, and what is it worth?

It works in minutes, block by block, from the problem alone, and shares nothing with the search.
"""

from dataclasses import dataclass

from tussenstop.planning.engine.problem import DAY, Activity, Block, Commitment, Demand, Problem


@dataclass(frozen=True)
class Broken:
    """A rule that a plan breaks: where (day, or the Monday of the week), and by how much.

    amount  minutes, or 1 for something that is there or not
    """

    demand: Demand
    day: int
    amount: int = 1


@dataclass(frozen=True)
class Judgement:
    """broken: hard rules; bent: soft ones; points: what the plan is worth, bent rules taken off."""

    broken: tuple[Broken, ...]
    bent: tuple[Broken, ...]
    terms: dict[str, int]

    @property
    def points(self) -> int:
        return sum(self.terms.values())


def judge(problem: Problem, blocks: tuple[Block, ...]) -> Judgement:
    """Every rule that a plan breaks, and its points term by term."""
    return _Judge(problem, blocks).verdict()


class _Judge:
    def __init__(self, problem: Problem, blocks: tuple[Block, ...]) -> None:
        self.problem = problem
        self.blocks = sorted(blocks)
        self.faults: list[Broken] = []
        self.by_day = [[b for b in blocks if b.day == day] for day in range(problem.days)]
        self.taken = [
            [c for c in problem.commitments if c.day == day] for day in range(problem.days)
        ]

    def verdict(self) -> Judgement:
        for day in range(self.problem.days):
            self._day(day)
        for week in range(self.problem.weeks):
            self._week(week)
        self._nights()
        self._totals()
        self.faults += [
            Broken(Demand.PINS, pin.day) for pin in self.problem.pins if pin not in self.blocks
        ]
        soft = self.problem.rules.soft
        bent = tuple(one for one in self.faults if one.demand in soft)
        broken = tuple(one for one in self.faults if one.demand not in soft)
        return Judgement(broken, bent, self._terms(bent))

    def fault(self, demand: Demand, day: int, amount: int = 1) -> None:
        self.faults.append(Broken(demand, day, amount))

    # Inside a day.

    def _day(self, day: int) -> None:
        problem, rules = self.problem, self.problem.rules
        mine = self.by_day[day]
        for block in mine:
            pinned = block in problem.pins
            workplace = block.activity == Activity.WORKPLACE
            demand = Demand.WORKPLACE_BLOCK if workplace else Demand.STUDY_BLOCK
            low, high = rules.workplace_block if workplace else rules.study_block
            if not pinned and not low <= block.minutes <= high:
                self.fault(demand, day)
            if workplace and not self._open(block):
                self.fault(Demand.OPENING, day)
            low, high = rules.study_between
            if not workplace and not pinned and not (low <= block.start and block.end <= high):
                self.fault(Demand.STUDY_BLOCK, day)
            if not (pinned and not workplace) and any(
                bar.activity == block.activity
                and bar.day == day
                and bar.start < block.end
                and block.start < bar.end
                for bar in problem.barred
            ):
                self.fault(Demand.OPENING, day)
            self._free_of_commitments(block)
        for activity in Activity:
            if sum(block.activity == activity for block in mine) > 1:
                self.fault(Demand.WORKPLACE_BLOCK, day)
        for one in mine:
            for other in mine:
                if (
                    one != other
                    and self._from(one) < self._to(other)
                    and (self._from(other) < self._to(one))
                ):
                    self.fault(Demand.COMMITMENT, day)
        if rules.day_most is not None and mine:
            load = sum(c.end - c.start for c in self.taken[day] if c.counts)
            room = max(rules.day_most - load, 0)
            over = sum(b.minutes for b in mine) - room // problem.step * problem.step
            if over > 0:
                self.fault(Demand.DAY_MOST, day, over)

    def _way(self, block: Block) -> int:
        return self.problem.travel if block.activity == Activity.WORKPLACE else 0

    def _from(self, block: Block) -> int:
        return block.start - self._way(block)

    def _to(self, block: Block) -> int:
        return block.end + self._way(block)

    def _open(self, block: Block) -> bool:
        steps = range(block.start // self.problem.step, block.end // self.problem.step)
        return all(self.problem.opening[block.day, step] for step in steps)

    def _free_of_commitments(self, block: Block) -> None:
        begin, end = self._from(block), self._to(block)
        if begin < 0 or end > DAY:
            self.fault(Demand.COMMITMENT, block.day)
        at = block.day * DAY
        for one in self.problem.commitments:
            start, stop = one.day * DAY + one.start, one.day * DAY + one.end
            if start < at + end and at + begin < stop:
                self.fault(Demand.COMMITMENT, block.day)

    # Between days.

    def _duties(self, day: int) -> list[Block | Commitment]:
        work: list[Block | Commitment] = [c for c in self.taken[day] if c.duty]
        return work + [b for b in self.by_day[day] if b.activity == Activity.WORKPLACE]

    def _nights(self) -> None:
        rest = self.problem.rules.rest
        for day in range(self.problem.days - 1):
            today, after = self._duties(day), self._duties(day + 1)
            if not today or not after:
                continue
            gap = min(one.start for one in after) + DAY - max(one.end for one in today)
            fixed = [one for one in today if isinstance(one, Commitment)]
            later = [one for one in after if isinstance(one, Commitment)]
            needed = rest
            if fixed and later:
                own = min(one.start for one in later) + DAY - max(one.end for one in fixed)
                needed = max(0, min(rest, own))
            if gap < needed:
                self.fault(Demand.REST, day, needed - gap)

    def _level(self, day: int, with_plan: bool) -> int:
        """0 nothing free, 1 the evening, 2 the whole day."""
        effort = [c for c in self.taken[day] if c.counts]
        blocks = self.by_day[day] if with_plan else []
        if not effort and not blocks:
            return 2
        ends = [c.end for c in effort] + [self._to(b) for b in blocks]
        return 1 if max(ends) <= self.problem.rules.evening_from else 0

    def _week(self, week: int) -> None:
        rules, monday = self.problem.rules, 7 * week
        days = range(monday, monday + 7)
        planned = [b for day in days for b in self.by_day[day]]
        workplace = sum(b.minutes for b in planned if b.activity == Activity.WORKPLACE)
        study = sum(b.minutes for b in planned if b.activity == Activity.STUDY)
        load = sum(c.end - c.start for day in days for c in self.taken[day] if c.counts)
        step = self.problem.step
        if rules.week_most and (most := rules.week_most[week]) is not None:
            over = workplace + study - max(most - load, 0) // step * step
            if over > 0:
                self.fault(Demand.WEEK_MOST, monday, over)
        for limits, minutes, demand in (
            (rules.workplace_week_most, workplace, Demand.WORKPLACE_WEEK_MOST),
            (rules.study_week_most, study, Demand.STUDY_WEEK_MOST),
        ):
            if limits and (most := limits[week]) is not None and minutes > most:
                self.fault(demand, monday, minutes - most)
        if rules.workplace_week_least and workplace < rules.workplace_week_least[week]:
            self.fault(
                Demand.WORKPLACE_WEEK_LEAST, monday, rules.workplace_week_least[week] - workplace
            )
        level = max(self._level(day, with_plan=True) for day in days)
        possible = max(self._level(day, with_plan=False) for day in days)
        asked = 2 if rules.free_day else 1
        if rules.free_evening and level < min(1, possible):
            self.fault(Demand.FREE_EVENING, monday)
        if rules.free_day and level < 2 <= min(asked, possible):
            self.fault(Demand.FREE_DAY, monday)

    # Over all weeks.

    def _met(self, block: Block) -> bool:
        if block.activity != Activity.WORKPLACE:
            return False
        steps = range(block.start // self.problem.step, block.end // self.problem.step)
        there = sum(bool(self.problem.mentor[block.day, step]) for step in steps)
        return there * self.problem.step >= self.problem.goals.talk_minutes

    def _totals(self) -> None:
        goals = self.problem.goals
        for activity, wanted, demand in (
            (Activity.WORKPLACE, goals.workplace, Demand.WORKPLACE_HOURS),
            (Activity.STUDY, goals.study, Demand.STUDY_HOURS),
        ):
            done = sum(b.minutes for b in self.blocks if b.activity == activity)
            if done < wanted:
                self.fault(demand, 0, wanted - done)
        met = {self.problem.part_of(b.day // 7) for b in self.blocks if self._met(b)}
        if len(met) < goals.talks:
            self.fault(Demand.TALKS, 0, goals.talks - len(met))

    # Points.

    def _terms(self, bent: tuple[Broken, ...]) -> dict[str, int]:
        problem, wishes, step = self.problem, self.problem.wishes, self.problem.step
        terms = dict.fromkeys(("moments", "blocks", "trips", "even", "evenings", "days"), 0)
        for block in self.blocks:
            work = block.activity == Activity.WORKPLACE
            values = wishes.workplace_value if work else wishes.study_value
            if values is not None:
                stretch = values[block.day, block.start // step : block.end // step]
                terms["moments"] += int(stretch.sum())
            terms["blocks"] -= wishes.block
        for day in range(problem.days):
            if any(b.activity == Activity.WORKPLACE for b in self.by_day[day]):
                terms["trips"] -= wishes.trip
            level = self._level(day, with_plan=True)
            terms["evenings"] += wishes.evening * (level >= 1)
            terms["days"] += wishes.day * (level == 2)
        for week in range(problem.weeks):
            planned = [b for b in self.blocks if b.day // 7 == week]
            for activity, goal, price in (
                (Activity.WORKPLACE, problem.goals.workplace, wishes.uneven_workplace),
                (Activity.STUDY, problem.goals.study, wishes.uneven_study),
            ):
                done = sum(b.minutes for b in planned if b.activity == activity) // step
                terms["even"] -= price * abs(done - round(goal / step / problem.weeks))
        by_step = {Demand.WEEK_MOST, Demand.DAY_MOST}
        terms["bent"] = -sum(
            problem.rules.soft[one.demand] * (one.amount // step if one.demand in by_step else 1)
            for one in bent
        )
        return terms
