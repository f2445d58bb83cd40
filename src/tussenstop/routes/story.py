"""The sentences in which the story of a route is told."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import RouteRole
from tussenstop.routes.names import in_words
from tussenstop.routes.rules import State

SENTENCES = {
    "route.started": _("%(who)s started this route through %(programme)s."),
    "route.state": _("%(who)s took the route from “%(before)s” to “%(after)s”."),
    "route.state_agreed": _("The route went from “%(before)s” to “%(after)s”, as agreed."),
    "route.state_why": _("%(who)s took the route from “%(before)s” to “%(after)s”: %(why)s"),
    "people.invited": _("%(who)s asked %(name)s to take part as %(role)s."),
    "people.accepted": _("%(who)s takes part as %(role)s."),
    "people.declined": _("%(who)s does not take part as %(role)s."),
    "people.ended": _("%(who)s ended the role of %(name)s as %(role)s."),
    "placement.chosen": _("%(who)s chose %(workplace)s at %(organisation)s."),
    "placement.ended": _("%(who)s ended the placement at %(workplace)s."),
    "moment.proposed": _("%(who)s proposed a date for “%(stop)s”: %(when)s."),
    "moment.accepted": _("%(who)s said that the date for “%(stop)s” suits."),
    "moment.declined": _("%(who)s said that the date for “%(stop)s” does not suit."),
    "moment.set": _("“%(stop)s” is planned: %(when)s."),
    "moment.withdrawn": _("%(who)s withdrew the date for “%(stop)s”."),
    "agenda.added": _("%(who)s added to the agenda of “%(stop)s”: %(text)s"),
    "agenda.dropped": _("%(who)s took “%(text)s” off the agenda of “%(stop)s”."),
    "checklist.done": _("%(who)s ticked off for “%(stop)s”: %(text)s"),
    "checklist.undone": _("%(who)s opened again for “%(stop)s”: %(text)s"),
    "stop.outcome": _("%(who)s wrote down what came out of “%(stop)s”."),
    "stop.done": _("%(who)s closed “%(stop)s”."),
    "stop.skipped": _("“%(stop)s” was skipped, as agreed."),
    "stop.added": _("“%(stop)s” was added to the route, as agreed."),
    "stop.moved": _("“%(stop)s” was moved on the route, as agreed."),
    "preparation.shared": _("%(who)s shared a preparation for “%(stop)s”."),
    "period.changed": _("The period is now %(start)s to %(end)s, as agreed."),
    "hours.changed": _("The hours to reach are now %(hours)s, as agreed."),
}


def _role(code: Any) -> str:
    return str(RouteRole(code).label) if code in set(RouteRole) else str(code)


def _state(code: Any) -> str:
    return str(State(code).label) if code in set(State) else str(code)


def _day(text: Any) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


def _moment(text: Any) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")


READERS: dict[str, Callable[[Any], str]] = {
    "role": _role,
    "before": _state,
    "after": _state,
    "start": _day,
    "end": _day,
    "when": _moment,
    "stop": in_words,
    "text": in_words,
}
