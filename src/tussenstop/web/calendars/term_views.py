"""Sixteen weeks of one's own calendar at once: how full every day is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tussenstop.calendars import queries
from tussenstop.calendars.queries import Day, Week
from tussenstop.calendars.rules import LOADS, TERM_WEEKS
from tussenstop.policies.holidays import Holiday, public_holidays
from tussenstop.policies.queries import holidays_between
from tussenstop.web.calendars.shown import kind_name
from tussenstop.web.calendars.views import day_in, monday_of, to_calendar
from tussenstop.web.page import now_of, page, person_of

FULL = 14.0  # hours that fill the bar of a day


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: its hours, its bar (kind, from where, how wide, of 100), and in words."""

    day: Day
    parts: list[tuple[str, float, float]]
    words: list[tuple[str, float]]
    public: bool


@dataclass(frozen=True, slots=True)
class Row:
    week: Week
    cells: list[Cell]
    holidays: list[Holiday]
    over: bool


def _cell(day: Day, public: frozenset[date]) -> Cell:
    scale, x, parts = 100 / max(FULL, day.total), 0.0, []
    for kind in LOADS:
        if hours := day.hours.get(kind, 0):
            parts.append((str(kind), round(x, 1), round(hours * scale, 1)))
            x += hours * scale
    words = [(kind_name(kind), hours) for kind, hours in day.hours.items() if hours]
    return Cell(day, parts, words, day.day in public)


@require_safe
def term(request: HttpRequest) -> HttpResponse:
    """From the week of a day in the address, or from this one."""
    person, now = person_of(request), now_of(request)
    today = timezone.localdate(now)
    monday = monday_of(day_in(request.GET.get("from", "")) or today)
    step = timedelta(weeks=TERM_WEEKS)
    last = monday + step - timedelta(days=1)
    weeks = queries.load(person=person, monday=monday, weeks=TERM_WEEKS, now=now)
    limit = queries.limit_of(person)
    route = queries.own_route(person)
    holidays: list[Holiday] = []
    if route:
        holidays, _versions = holidays_between(monday, last, route.institution)
    public = public_holidays(monday, last)
    return page(
        request,
        "calendars/term.html",
        {
            "rows": [
                Row(
                    week,
                    [_cell(day, public) for day in week.days],
                    [one for one in holidays if any(one.has(day.day) for day in week.days)],
                    over=limit is not None and week.total > limit,
                )
                for week in weeks
            ],
            "any": any(week.total for week in weeks),
            "today": today,
            "first": monday,
            "last": last,
            "before": monday - step,
            "after": monday + step,
            "limit": limit,
            "crumbs": to_calendar(),
        },
    )
