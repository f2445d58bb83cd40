"""What a conversation can be, and how it stands. Pure facts."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import PARTNERS, RouteRole

# Kinds are keys of the content pack; only these mean something to the code.
HOW_IS_IT = "how_is_it"
THREE_WAY = "three_way"
UNPLANNED = "unplanned"
MEDIATION = "mediation"
TEAM = "team"

TALKING = (RouteRole.STUDENT, RouteRole.MENTOR, RouteRole.TEACHER, RouteRole.COACH)

BACK_DAYS = 400  # so long after a talk one can still note it
AHEAD = timedelta(days=400)
MOST_SLOTS = 5
# Days between two talks of a kind, until the partners agree on a rhythm of their own; 0 is none.
SUGGESTED = {HOW_IS_IT: 14, "feedback": 28, THREE_WAY: 84, "team": 0}
# Who is reminded: both sides, never one.
REMINDED: dict[str, frozenset[RouteRole]] = {
    HOW_IS_IT: frozenset({RouteRole.STUDENT, RouteRole.MENTOR}),
    "feedback": frozenset({RouteRole.STUDENT, RouteRole.MENTOR}),
    THREE_WAY: frozenset({RouteRole.STUDENT, RouteRole.MENTOR, RouteRole.TEACHER}),
    "team": frozenset({RouteRole.STUDENT, RouteRole.MENTOR}),
}
REMINDERS = 2  # about a talk that does not come: one, and one more a whole rhythm later
MEND = timedelta(days=1)  # so long, what was noted can be put right
UNTOLD = timedelta(days=7)  # so long after its moment a talk nobody told of still counts
COUNTS_AS = {UNPLANNED: HOW_IS_IT}  # a talk over coffee is a how-is-it too
STOPS_COUNT_AS = {
    "start_conversation": THREE_WAY,
    "first_how_is_it": HOW_IS_IT,
    "interim": THREE_WAY,
}

LENGTHS = (15, 30, 45, 60, 90, 120)
OTHERS = 120  # characters on colleagues who are there too
USUAL_MINUTES = {HOW_IS_IT: 15, THREE_WAY: 45, MEDIATION: 60}
MOST_POINTS = 20
MOST_PROMPTS = 12  # of one person, for one kind


class State(models.TextChoices):
    """How a conversation stands; derived, never stored."""

    ASKED = "asked", _("looking for a moment")
    PLANNED = "planned", _("planned")
    HELD = "held", _("talked")
    CANCELLED = "cancelled", _("fell through")


def is_short_of_partners(kind: str, there: Collection[str], on_route: Collection[str]) -> bool:
    """A three-way conversation is one of all three partners, as far as the route has them."""
    return kind == THREE_WAY and not (set(PARTNERS) & set(on_route)) <= set(there)


def which_reminder(
    *, since: date, every: int, today: date, last: tuple[date, int, date] | None
) -> int:
    """Which letter about a talk that is due since a day is owed today, 0 for none. `last` tells of
    the newest one: since when that talk was due, which letter it was, and when it left."""
    if last is None:
        return 1
    then_since, number, on = last
    if (today - on).days < every:
        return 0
    if then_since != since:
        return 1
    return number + 1 if number < REMINDERS else 0
