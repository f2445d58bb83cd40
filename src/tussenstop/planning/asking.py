"""From what stands in calendars to a problem for the planner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tussenstop.calendars.queries import fixed_blocks
from tussenstop.calendars.rules import LOADS, Kind
from tussenstop.people.models import OpeningHours
from tussenstop.planning import seats
from tussenstop.planning.models import PlannedBlock, Presence, Terms
from tussenstop.planning.rules import DAY_PARTS, STEP, DayPart, Strength
from tussenstop.policies.holidays import PUBLIC_VERSION, Holiday, public_holidays
from tussenstop.policies.queries import held, holidays_between
from tussenstop.policies.rules import Code
from tussenstop.routes.models import Placement

if TYPE_CHECKING:
    from tussenstop.planning.engine.problem import Block, Commitment, Problem

DAY = 24 * 60
OPEN = (8 * 60, 17 * 60)  # assumed on weekdays where nobody typed the opening hours
LIKED, DISLIKED = 2, -3  # points for half an hour
HOLIDAY = -6  # the same, for the workplace in school holidays that one would rather have free
RATHER = 25  # points for a week that has what one would rather have


@dataclass(frozen=True)
class Asked:
    """The problem, the Monday on which its day 0 lies, what was assumed (codes), and the version of
    every rule that it was reckoned with."""

    problem: "Problem"
    monday: date
    assumed: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def build(
    terms: Terms,
    placement: Placement,
    *,
    now: datetime,
    since: date,
    pins: Sequence[list[Any]] = (),
    kept: Sequence[PlannedBlock] = (),
) -> Asked:
    """The problem of a student's weeks.

    since  the first day that may be planned
    pins   blocks that stay: [day, start, end, activity]
    kept   blocks before `since` that hold: their hours count, their days stay as they are
    """
    from tussenstop.planning.engine.problem import Problem  # noqa: PLC0415 - only for jobs

    first = max(terms.from_on, since)
    monday = _monday(first)
    weeks = max((terms.until_on - monday).days // 7 + 1, 1)
    opening, mentor, assumed = _hours(placement, terms, monday, weeks, first)
    school = placement.route.institution
    last = monday + timedelta(days=7 * weeks - 1)
    holidays, versions = holidays_between(monday, last, school)
    if terms.holidays_free == Strength.MUST:
        _close(opening, holidays, monday)
    commitments = _commitments(placement.route.student, monday, weeks, now)
    commitments += _outside(monday, weeks, first, terms.until_on)
    commitments += _kept(kept, monday)
    return Asked(
        Problem(
            step=STEP,
            weeks=weeks,
            opening=opening,
            mentor=mentor,
            goals=_goals(terms, kept, weeks),
            commitments=tuple(commitments),
            rules=_rules(terms, _exam_weeks(commitments, weeks), weeks),
            wishes=_wishes(terms, weeks, holidays, monday),
            travel=terms.travel_minutes,
            pins=tuple(read_block(pin, monday) for pin in pins),
        ),
        monday,
        assumed,
        [PUBLIC_VERSION, *versions, held(on=monday, institution=school)[Code.REST].version],
    )


def read_block(written: list[Any], monday: date) -> "Block":
    """[day, start, end, activity] as a block of the engine."""
    from tussenstop.planning.engine.problem import Activity, Block  # noqa: PLC0415

    day, start, end, activity = written
    return Block((date.fromisoformat(day) - monday).days, start, end, Activity(activity))


def write_block(block: "Block", monday: date) -> list[Any]:
    """The other way around."""
    day = monday + timedelta(days=block.day)
    return [day.isoformat(), block.start, block.end, block.activity.value]


def _hours(placement: Placement, terms: Terms, monday: date, weeks: int, first: date) -> Any:
    """When the workplace is open and the mentor there, per step; and what had to be assumed."""
    import numpy as np

    opening = np.zeros((7 * weeks, DAY // STEP), dtype=bool)
    mentor = np.zeros_like(opening)
    assumed = []
    stretches = [
        (one.weekday - 1, minutes(one.opens), minutes(one.closes))
        for one in OpeningHours.objects.filter(workplace=placement.workplace_id)
    ]
    if not stretches:
        assumed.append("opening")
        stretches = [(day, *OPEN) for day in range(5)]
    there = [
        (one.weekday - 1, minutes(one.starts_at), minutes(one.ends_at))
        for one in Presence.objects.filter(placement=placement)
    ]
    if not there:
        assumed.append("presence")
        there = stretches
    for week in range(weeks):
        for grid, rows in ((opening, stretches), (mentor, there)):
            for day, start, end in rows:
                grid[7 * week + day, -(-start // STEP) : end // STEP] = True
    last = min(terms.until_on, placement.ends_on)
    begin = max(first, placement.starts_on)
    holidays = public_holidays(monday, monday + timedelta(days=7 * weeks))
    for number in range(7 * weeks):
        date_ = monday + timedelta(days=number)
        if not begin <= date_ <= last or date_ in holidays:
            opening[number] = False
    before = int(opening.sum())
    for on, start, end in seats.full(placement, monday, monday + timedelta(days=7 * weeks - 1)):
        opening[(on - monday).days, start // STEP : end // STEP] = False
    if int(opening.sum()) < before:
        assumed.append("full")
    return opening, mentor, assumed


def _commitments(person: Any, monday: date, weeks: int, now: datetime) -> "list[Commitment]":
    from tussenstop.planning.engine.problem import Commitment  # noqa: PLC0415

    found = []
    end = monday + timedelta(days=7 * weeks - 1)
    blocks = fixed_blocks(person=person, start=monday, end=end, now=now)
    for block in (one for one in blocks if one.takes_time):
        begin = timezone.localtime(block.starts_at).replace(tzinfo=None)
        stop = timezone.localtime(block.ends_at).replace(tzinfo=None)
        counts = block.kind in LOADS and not block.all_day
        while begin < stop:
            day = (begin.date() - monday).days
            midnight = datetime.combine(begin.date(), time.min)
            part = min(stop, begin + timedelta(days=1))
            if 0 <= day < 7 * weeks:
                found.append(
                    Commitment(
                        day,
                        int((begin - midnight).total_seconds() // 60),
                        int((part - midnight).total_seconds() // 60),
                        counts=counts,
                        duty=block.kind == Kind.WORK and not block.all_day,
                        name=block.kind,
                    )
                )
            begin = part
    return found


def _outside(monday: date, weeks: int, first: date, last: date) -> "list[Commitment]":
    """The days of the first and last week that are not to be planned."""
    from tussenstop.planning.engine.problem import Commitment  # noqa: PLC0415

    days = (monday + timedelta(days=n) for n in range(7 * weeks))
    return [
        Commitment((day - monday).days, 0, DAY, counts=False, name="outside")
        for day in days
        if not first <= day <= last
    ]


def _kept(kept: Sequence[PlannedBlock], monday: date) -> "list[Commitment]":
    from tussenstop.planning.engine.problem import Commitment  # noqa: PLC0415

    return [
        Commitment(
            (one.day - monday).days,
            minutes(one.starts_at),
            minutes(one.starts_at) + one.minutes,
            duty=one.activity == "workplace",
            name="kept",
        )
        for one in kept
        if one.day >= monday
    ]


def _goals(terms: Terms, kept: Sequence[PlannedBlock], weeks: int) -> Any:
    from tussenstop.planning.engine.problem import Goals  # noqa: PLC0415

    done = {"workplace": 0, "study": 0}
    for one in kept:
        if one.day >= terms.from_on:  # what lies before was not asked for
            done[one.activity] += one.minutes
    return Goals(
        workplace=max(terms.workplace_hours * 60 - done["workplace"], 0),
        study=max(terms.study_hours * 60 - done["study"], 0),
        talks=min(terms.talks, weeks),
    )


def _exam_weeks(commitments: "list[Commitment]", weeks: int) -> set[int]:
    return {one.day // 7 for one in commitments if one.name == Kind.EXAM} & set(range(weeks))


def _rules(terms: Terms, exams: set[int], weeks: int) -> Any:
    from tussenstop.planning.engine.problem import Demand, Rules  # noqa: PLC0415

    most = terms.week_most * 60 if terms.week_most else None
    lighter = terms.exam_most * 60 if terms.exam_most else most
    soft = {}
    if terms.free_evening == Strength.RATHER:
        soft[Demand.FREE_EVENING] = RATHER
    if terms.free_day == Strength.RATHER:
        soft[Demand.FREE_DAY] = RATHER
    return Rules(
        week_most=tuple(lighter if week in exams else most for week in range(weeks)),
        day_most=terms.day_most * 60,
        rest=terms.rest * 60,
        free_evening=terms.free_evening != Strength.NO,
        free_day=terms.free_day != Strength.NO,
        workplace_block=(terms.least_block * 60, terms.most_block * 60),
        soft=soft,
    )


def _wishes(terms: Terms, weeks: int, holidays: list[Holiday], monday: date) -> Any:
    import numpy as np

    from tussenstop.planning.engine.problem import Wishes  # noqa: PLC0415

    week = np.zeros((7, DAY // STEP), dtype=np.int32)
    for marks, points in ((terms.liked, LIKED), (terms.disliked, DISLIKED)):
        for mark in marks:
            day, _, part = mark.partition("-")
            start, end = DAY_PARTS[DayPart(part)]
            week[int(day) - 1, start * 60 // STEP : end * 60 // STEP] += points
    values = np.tile(week, (weeks, 1))
    there = values.copy()
    if terms.holidays_free == Strength.RATHER:
        for start, end in _spans(holidays, monday):
            there[start:end] += HOLIDAY
    return Wishes(there, values, uneven_workplace=2, uneven_study=2)


def _spans(holidays: list[Holiday], monday: date) -> list[tuple[int, int]]:
    """The days of holidays as numbers, from the first up to but not including the last."""
    return [
        (max((one.first_on - monday).days, 0), (one.last_on - monday).days + 1) for one in holidays
    ]


def _close(opening: Any, holidays: list[Holiday], monday: date) -> None:
    for start, end in _spans(holidays, monday):
        opening[start:end] = False
