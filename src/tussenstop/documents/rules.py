"""Which documents are required on a route, and how one stands. Pure facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import RouteRole
from tussenstop.routes.rules import State


class Gate(models.TextChoices):
    """Before which step it must be in order. Codes are stored: never rename one."""

    AGREEMENT = "agreement", _("before the start agreement")
    START = "start", _("before the first day")


class Proof(models.TextChoices):
    """How somebody shows that it is in order."""

    FILE = "file", _("an upload")
    WORD = "word", _("somebody confirms it")
    FITNESS = "fitness", _("may start: yes or no, and a date")


class Standing(models.TextChoices):
    """How a required document stands; derived, never stored."""

    MISSING = "missing", _("still needed")
    GIVEN = "given", _("in order")
    EXPIRED = "expired", _("to be renewed")
    NOT_FIT = "not_fit", _("may not start")
    OPENED = "opened", _("opened without it")


# Who provides a document; at the workplace and at school somebody can step in for another.
STEPS_IN: dict[str, frozenset[RouteRole]] = {
    RouteRole.STUDENT: frozenset({RouteRole.STUDENT}),
    RouteRole.MENTOR: frozenset({RouteRole.MENTOR, RouteRole.ORGANISATION_COORDINATOR}),
    RouteRole.ORGANISATION_COORDINATOR: frozenset({RouteRole.ORGANISATION_COORDINATOR}),
    RouteRole.TEACHER: frozenset({RouteRole.TEACHER, RouteRole.PROGRAMME_COORDINATOR}),
    RouteRole.PROGRAMME_COORDINATOR: frozenset({RouteRole.PROGRAMME_COORDINATOR}),
}
PROVIDERS = tuple(RouteRole(role) for role in STEPS_IN)

# Which gates must be open before a state.
GATES_BEFORE: dict[State, tuple[Gate, ...]] = {
    State.AGREED: (Gate.AGREEMENT,),
    State.UNDER_WAY: (Gate.AGREEMENT, Gate.START),
}


@dataclass(frozen=True, slots=True)
class Required:
    """One document as it is asked on a route, built in or of a programme's own."""

    key: str
    name: str
    description: str
    provider: RouteRole
    gate: Gate
    proof: Proof
    months: int | None = None
    source: str = ""
    url: str = ""


def applies(*, forms: Iterable[str], contexts: Iterable[str], form: str, context: str) -> bool:
    """Whether a requirement is for this form of contract and this context; none named means all."""
    forms, contexts = set(forms), set(contexts)
    return (not forms or form in forms) and (not contexts or context in contexts)


def asked(standard: bool, key: str, switched: Mapping[str, bool]) -> bool:
    """Whether it is asked: as its programme switched it, else as usual."""
    return switched.get(key, standard)


def runs_out(on: date, months: int | None) -> date | None:
    """Until when something given on this day holds; None for as long as the route lasts."""
    if months is None:
        return None
    year, month = divmod(on.month - 1 + months, 12)
    last = (date(on.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(on.year + year, month + 1, min(on.day, last))
