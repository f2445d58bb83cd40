"""Honest time: what a programme and a placement ask in an ordinary week, beside the job.

Averages from the programme's own figures, said before anybody signs. What the job takes is known
to the student alone, and shown to nobody else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from django.utils.translation import gettext as _

from tussenstop.access.rules import RouteRole
from tussenstop.matching.models import Place
from tussenstop.people.models import Person, Programme
from tussenstop.reports.fit import facts_of, fit_of
from tussenstop.reports.places import Looking
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView
from tussenstop.routes.rules import BEFORE_AGREED
from tussenstop.startposition.queries import own_position

# Hours of a full-time week in Belgium (Act of 10 August 2001, since 1 January 2003).
FULL_TIME = 38
A_DAY = 8  # hours on the workplace in one day, to count how often one travels


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that takes time, and how many hours a week."""

    label: str
    hours: float


@dataclass(frozen=True, slots=True)
class Week:
    """An ordinary week. `unknown` when the programme gave no figures of its own."""

    rows: list[Row]
    with_job: bool
    unknown: bool
    full_time: int = FULL_TIME

    @property
    def total(self) -> float:
        return sum(row.hours for row in self.rows)


def weeks_between(first: date, last: date) -> float:
    """How many weeks from the first day up to and including the last; at least one."""
    return max(((last - first).days + 1) / 7, 1.0)


def week_of(
    programme: Programme,
    *,
    first: date,
    last: date,
    hours_target: int,
    work_percentage: int | None = None,
    minutes: int | None = None,
) -> Week:
    """What it asks on average; `minutes` is one journey to the workplace, one way."""
    here = hours_target / weeks_between(first, last)
    rows = [Row(_("At the workplace"), round(here, 1))]
    if programme.lesson_hours:
        rows.append(Row(_("Lessons"), programme.lesson_hours))
    if programme.study_hours:
        rows.append(Row(_("Study at home"), programme.study_hours))
    if minutes:
        journeys = 2 * ceil(here / A_DAY)
        rows.append(Row(_("Travelling, about"), round(journeys * minutes / 60, 1)))
    if work_percentage:
        rows.append(Row(_("Your job"), round(FULL_TIME * work_percentage / 100, 1)))
    return Week(
        rows,
        with_job=bool(work_percentage),
        unknown=programme.lesson_hours is None and programme.study_hours is None,
    )


def _percentage(person: Person, route: Route, now: datetime) -> int | None:
    """How much of a full-time job the student told to have."""
    parts = own_position(person=person, route_id=route.pk, now=now).parts
    time = next((part for part in parts if part.part.key == "time"), None)
    told = time.answers.get("work_percentage") if time else None
    return told if isinstance(told, int) else None


def at_place(place: Place, *, who: Looking, now: datetime) -> Week | None:
    """What this place would ask of a student who looks for one; None for others."""
    route = who.route
    if route is None or who.need is None:
        return None
    return week_of(
        route.programme,
        first=place.starts_on,
        last=place.ends_on,
        hours_target=route.hours_target,
        work_percentage=_percentage(who.person, route, now),
        minutes=fit_of(facts_of(place), who.need).minutes,
    )


def on_route(view: RouteView, *, now: datetime) -> Week | None:
    """What the chosen workplace asks, until the start agreement holds; None without one."""
    route = view.route
    placements = [p for p in route.placements.all() if p.ended_at is None]
    if route.state not in BEFORE_AGREED or not placements:
        return None
    mine = RouteRole.STUDENT in view.roles
    return week_of(
        route.programme,
        first=min(p.starts_on for p in placements),
        last=max(p.ends_on for p in placements),
        hours_target=route.hours_target,
        work_percentage=_percentage(view.person, route, now) if mine else None,
    )
