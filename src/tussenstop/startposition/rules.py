"""Who a part of the starting position can be shared with, and when they read it. Pure facts."""

from collections.abc import Collection, Iterable, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import RouteRole
from tussenstop.content import Pack
from tussenstop.routes.rules import BEFORE_AGREED, Context


class Audience(models.TextChoices):
    """Who may read a part. Codes are stored: never rename one."""

    MENTOR = "mentor", _("your mentor")
    TEACHER = "teacher", _("your teacher")
    COACH = "coach", _("your competence coach")
    WORKPLACES = "workplaces", _("workplaces that might suit you")


class DayPart(models.TextChoices):
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")


class Room(models.TextChoices):
    """How a part of a day stands in an ordinary week."""

    TAKEN = "taken", _("taken")
    MOVABLE = "movable", _("can move")
    FREE = "free", _("free")


class Pile(models.TextChoices):
    """On which pile a motive card lies; a card that was left lies on none."""

    STRONG = "strong", _("very much me")
    SOME = "some", _("a little")


def audiences_for(context: str) -> list[Audience]:
    """An own employee looks for no workplace: their employer reads nothing as a candidate's."""
    return [a for a in Audience if a != Audience.WORKPLACES or context != Context.OWN_EMPLOYEE]


def audiences_of(roles: Collection[RouteRole], *, state: str, context: str) -> set[Audience]:
    """As whom somebody with these roles reads. Coordinators read only to bring student and
    workplace together, so until the start agreement holds."""
    found = {Audience(role.value) for role in roles if role.value in set(Audience)}
    seeking = state in BEFORE_AGREED and context != Context.OWN_EMPLOYEE
    if seeking and {RouteRole.ORGANISATION_COORDINATOR, RouteRole.PROGRAMME_COORDINATOR} & set(
        roles
    ):
        found.add(Audience.WORKPLACES)
    return found


def proposed(pack: Pack, context: str) -> dict[str, list[str]]:
    """What we suggest to share: everything but what is private. It holds for nobody until the
    student says so."""
    everyone = [audience.value for audience in audiences_for(context)]
    return {
        key: [] if part.private else list(everyone) for key, part in pack.starting_position.items()
    }


def readable(shared: Mapping[str, Iterable[str]], audiences: Collection[str]) -> set[str]:
    """The parts that these audiences may read."""
    return {key for key, some in shared.items() if not set(some).isdisjoint(audiences)}
