"""Taking a demand away, or asking a little less of it."""

from dataclasses import dataclass, replace

from tussenstop.planning.engine.problem import DAY, Bool, Demand, Problem, Rules


@dataclass(frozen=True)
class Asked:
    """One demand that can be taken away.

    name   of the commitments that go together, for a demand of that kind
    place  which one of the pins or commitments, when each is looked at by itself
    """

    demand: Demand
    name: str = ""
    place: int | None = None


def asked_of(problem: Problem, *, one_by_one: bool) -> list[Asked]:
    """Everything that a problem asks, what is easiest to do without first.

    one_by_one  every commitment by itself, instead of all with the same name together
    """
    rules, goals = problem.rules, problem.goals
    present = {
        Demand.STUDY_BLOCK: goals.study > 0,
        Demand.WORKPLACE_BLOCK: goals.workplace > 0 or any(rules.workplace_week_least),
        Demand.OPENING: True,
        Demand.DAY_MOST: rules.day_most is not None,
        Demand.STUDY_WEEK_MOST: any(one is not None for one in rules.study_week_most),
        Demand.WORKPLACE_WEEK_MOST: any(one is not None for one in rules.workplace_week_most),
        Demand.REST: rules.rest > 0,
        Demand.FREE_EVENING: rules.free_evening,
        Demand.FREE_DAY: rules.free_day,
        Demand.WORKPLACE_WEEK_LEAST: any(rules.workplace_week_least),
        Demand.TALKS: goals.talks > 0,
        Demand.WEEK_MOST: any(one is not None for one in rules.week_most),
        Demand.STUDY_HOURS: goals.study > 0,
        Demand.WORKPLACE_HOURS: goals.workplace > 0,
    }
    rest = [
        Asked(demand) for demand, there in present.items() if there and demand not in rules.soft
    ]
    if one_by_one:
        own = [
            Asked(Demand.COMMITMENT, one.name, place)
            for place, one in enumerate(problem.commitments)
        ]
        pins = [Asked(Demand.PINS, "", place) for place in range(len(problem.pins))]
    else:
        names = sorted({one.name for one in problem.commitments})
        own = [Asked(Demand.COMMITMENT, name) for name in names]
        pins = [Asked(Demand.PINS)] if problem.pins else []
    return [*own, *pins, *rest]


def without(problem: Problem, taken: frozenset[Asked]) -> Problem:
    """The problem without some of its demands."""
    gone = {one.demand for one in taken if one.place is None and not one.name}
    names = {one.name for one in taken if one.demand == Demand.COMMITMENT and one.place is None}
    places = {one.place for one in taken if one.demand == Demand.COMMITMENT}
    pins = {one.place for one in taken if one.demand == Demand.PINS}
    goals, rules = problem.goals, problem.rules
    goals = replace(
        goals,
        workplace=0 if Demand.WORKPLACE_HOURS in gone else goals.workplace,
        study=0 if Demand.STUDY_HOURS in gone else goals.study,
        talks=0 if Demand.TALKS in gone else goals.talks,
    )
    return replace(
        problem,
        goals=goals,
        rules=_rules_without(rules, gone, problem.step),
        commitments=tuple(
            one
            for place, one in enumerate(problem.commitments)
            if one.name not in names and place not in places
        ),
        pins=()
        if Demand.PINS in gone
        else tuple(pin for place, pin in enumerate(problem.pins) if place not in pins),
        opening=_always_open(problem) if Demand.OPENING in gone else problem.opening,
        barred=() if Demand.OPENING in gone else problem.barred,
    )


def _always_open(problem: Problem) -> Bool:
    """Every day from six to ten: nobody means the night when opening hours are in the way."""
    opening = problem.opening.copy()
    opening[:, 6 * 60 // problem.step : 22 * 60 // problem.step] = True
    return opening


def _rules_without(rules: Rules, gone: set[Demand], step: int) -> Rules:
    work, study = rules.workplace_block, rules.study_block
    return replace(
        rules,
        week_most=() if Demand.WEEK_MOST in gone else rules.week_most,
        day_most=None if Demand.DAY_MOST in gone else rules.day_most,
        rest=0 if Demand.REST in gone else rules.rest,
        free_evening=rules.free_evening and Demand.FREE_EVENING not in gone,
        free_day=rules.free_day and Demand.FREE_DAY not in gone,
        workplace_block=(step, work[1]) if Demand.WORKPLACE_BLOCK in gone else work,
        study_block=(step, study[1]) if Demand.STUDY_BLOCK in gone else study,
        study_between=(0, DAY) if Demand.STUDY_BLOCK in gone else rules.study_between,
        workplace_week_least=()
        if Demand.WORKPLACE_WEEK_LEAST in gone
        else rules.workplace_week_least,
        workplace_week_most=() if Demand.WORKPLACE_WEEK_MOST in gone else rules.workplace_week_most,
        study_week_most=() if Demand.STUDY_WEEK_MOST in gone else rules.study_week_most,
    )


def most_to_give(problem: Problem, demand: Demand) -> int | None:
    """By how much (minutes, or a number of talks) a demand can be loosened at all; None: only
    taken away."""
    rules, goals = problem.rules, problem.goals
    return {
        Demand.WORKPLACE_HOURS: goals.workplace,
        Demand.STUDY_HOURS: goals.study,
        Demand.TALKS: goals.talks,
        Demand.WEEK_MOST: 40 * 60,
        Demand.DAY_MOST: 12 * 60,
        Demand.REST: rules.rest,
        Demand.WORKPLACE_WEEK_LEAST: max(rules.workplace_week_least, default=0),
        Demand.WORKPLACE_WEEK_MOST: 40 * 60,
        Demand.STUDY_WEEK_MOST: 40 * 60,
        Demand.WORKPLACE_BLOCK: rules.workplace_block[0] - problem.step,
    }.get(demand)


def loosened(problem: Problem, demand: Demand, by: int) -> Problem:
    """The problem with one demand loosened: fewer hours or talks, a higher most, a lower least."""
    goals, rules = problem.goals, problem.rules
    if demand == Demand.WORKPLACE_HOURS:
        return replace(problem, goals=replace(goals, workplace=max(goals.workplace - by, 0)))
    if demand == Demand.STUDY_HOURS:
        return replace(problem, goals=replace(goals, study=max(goals.study - by, 0)))
    if demand == Demand.TALKS:
        return replace(problem, goals=replace(goals, talks=max(goals.talks - by, 0)))
    low, high = rules.workplace_block
    changes: dict[Demand, dict[str, object]] = {
        Demand.WEEK_MOST: {"week_most": _more(rules.week_most, by)},
        Demand.DAY_MOST: {"day_most": (rules.day_most or 0) + by},
        Demand.REST: {"rest": max(rules.rest - by, 0)},
        Demand.WORKPLACE_WEEK_LEAST: {
            "workplace_week_least": tuple(max(one - by, 0) for one in rules.workplace_week_least)
        },
        Demand.WORKPLACE_WEEK_MOST: {"workplace_week_most": _more(rules.workplace_week_most, by)},
        Demand.STUDY_WEEK_MOST: {"study_week_most": _more(rules.study_week_most, by)},
        Demand.WORKPLACE_BLOCK: {"workplace_block": (max(low - by, problem.step), high)},
    }
    return replace(problem, rules=replace(rules, **changes[demand]))  # type: ignore[arg-type]


def _more(limits: tuple[int | None, ...], by: int) -> tuple[int | None, ...]:
    return tuple(None if one is None else one + by for one in limits)


def one_week(problem: Problem, week: int) -> Problem:
    """One week by itself, with nothing to reach but what holds for every week."""
    days = slice(7 * week, 7 * week + 7)
    first = 7 * week
    rules = problem.rules
    return replace(
        problem,
        weeks=1,
        opening=problem.opening[days],
        mentor=problem.mentor[days],
        goals=replace(problem.goals, workplace=0, study=0, talks=0),
        commitments=tuple(
            replace(one, day=one.day - first)
            for one in problem.commitments
            if first <= one.day < first + 7
        ),
        pins=tuple(
            replace(one, day=one.day - first) for one in problem.pins if one.day // 7 == week
        ),
        barred=tuple(
            replace(one, day=one.day - first) for one in problem.barred if one.day // 7 == week
        ),
        rules=replace(
            rules,
            week_most=rules.week_most[week : week + 1],
            workplace_week_least=rules.workplace_week_least[week : week + 1],
            workplace_week_most=rules.workplace_week_most[week : week + 1],
            study_week_most=rules.study_week_most[week : week + 1],
        ),
    )
