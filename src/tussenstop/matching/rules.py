"""What a place can be, and how many a student may wish. Pure facts."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceState(models.TextChoices):
    """Codes are stored: never rename one."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("open")
    FULL = "full", _("full")
    CLOSED = "closed", _("closed")


# What a coordinator may make of a place; who is full becomes so by itself, and opens by hand.
NEXT: dict[str, tuple[PlaceState, ...]] = {
    PlaceState.DRAFT: (PlaceState.PUBLISHED, PlaceState.CLOSED),
    PlaceState.PUBLISHED: (PlaceState.FULL, PlaceState.CLOSED),
    PlaceState.FULL: (PlaceState.PUBLISHED, PlaceState.CLOSED),
    PlaceState.CLOSED: (PlaceState.PUBLISHED,),
}

# Everybody who belongs to the partnership sees these.
SHOWN = (PlaceState.PUBLISHED, PlaceState.FULL)

MOST_WISHES = 15


def mask_of(weekdays: Iterable[int]) -> int:
    """Days as bits, so that a database can compare them: 1 is Monday, 64 is Sunday."""
    return sum(1 << (day - 1) for day in set(weekdays))


def weekdays_of(mask: int) -> list[int]:
    """The numbers of the days in a mask."""
    return [day for day in range(1, 8) if mask & 1 << (day - 1)]


class Side(models.TextChoices):
    """The two sides of an acquaintance."""

    STUDENT = "student", _("the student")
    WORKPLACE = "workplace", _("the workplace")

    @property
    def other(self) -> "Side":
        return Side.WORKPLACE if self == Side.STUDENT else Side.STUDENT


class Stage(models.TextChoices):
    """How far an acquaintance has come; derived, never stored."""

    ASKED = "asked", _("a date is proposed")
    PLANNED = "planned", _("the talk is planned")
    CHOSEN = "chosen", _("both said yes")
    NO = "no", _("it became no")
    OVER = "over", _("over")


class Grade(models.IntegerChoices):
    """How much a workplace would like a student; who gave none has no preference, and ties are
    normal. Codes are stored: never change one."""

    EAGER = 1, _("very much")
    GLAD = 2, _("gladly")
    LESS = 3, _("rather another")
    CANNOT = 9, _("not possible here")
