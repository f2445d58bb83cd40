"""What pages show of workplaces and route templates, put in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tussenstop.content import pack
from tussenstop.people.rules import Weekday, last_moment
from tussenstop.routes.line import Line, LineStop
from tussenstop.routes.names import name_of, purpose_of, short_name_of


def week_of(hours: Iterable[Any]) -> list[tuple[str, str]]:
    """The week in words, days with the same hours taken together; nothing when none are known."""
    stretches: dict[int, list[str]] = {}
    for row in hours:
        stretches.setdefault(row.weekday, []).append(
            f"{time_format(row.opens, 'H:i')}–{time_format(row.closes, 'H:i')}"
        )
    if not stretches:
        return []
    week = []
    for text, run in groupby(Weekday, lambda day: ", ".join(stretches.get(day.value, []))):
        days = [day.label for day in run]
        label = str(days[0])
        if len(days) > 1:
            label = _("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}
        week.append((label, text or _("closed")))
    return week


def period_of(membership: Any, now: datetime) -> str:
    """From when until when somebody holds or held a role."""

    def day(moment: datetime) -> str:
        return date_format(timezone.localtime(moment), "j F Y")

    first = day(membership.since)
    last = day(last_moment(membership.until)) if membership.until else ""
    if membership.until and membership.until <= now:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if membership.since > now:
        return _("begins on %(day)s") % {"day": first}
    if last:
        return _("since %(first)s, until %(last)s") % {"first": first, "last": last}
    return _("since %(day)s") % {"day": first}


def cultures_of(workplace: Any) -> list[tuple[str, str]]:
    """The culture types of a workplace with what they mean, its own words last."""
    known = pack().cultures
    return [
        *(
            (str(known[key].name), str(known[key].description))
            for key in workplace.culture_types
            if key in known
        ),
        *((own, "") for own in workplace.own_culture_types),
    ]


def week_text(week: int | None) -> str:
    if week is None:
        return ""
    if week < 0:
        before = ngettext(
            "%(count)s week before the start", "%(count)s weeks before the start", -week
        )
        return before % {"count": -week}
    return _("week %(week)s") % {"week": week}


def stop_rows(stops: Sequence[Any]) -> list[dict[str, Any]]:
    """The stops of a template as its pages list them."""
    return [
        {
            "stop": stop,
            "name": name_of(stop),
            "purpose": purpose_of(stop),
            "week": week_text(stop.week),
            "own": not stop.kind,
        }
        for stop in stops
    ]


def line_of(title: str, stops: Sequence[Any]) -> Line:
    """A route template drawn as the line of a route that is still to be travelled."""
    kinds = pack().stops
    return Line(
        title=title,
        stops=tuple(
            LineStop(
                name=name_of(stop),
                short_name=short_name_of(stop),
                state="ahead",
                state_text=_("may be skipped") if stop.optional else _("part of every route"),
                optional=stop.optional,
                stretch=bool(stop.kind and kinds[stop.kind].stretch),
                note=""
                if stop.week is None
                else _("wk %(week)s") % {"week": str(stop.week).replace("-", "−")},
            )
            for stop in stops
        ),
    )
