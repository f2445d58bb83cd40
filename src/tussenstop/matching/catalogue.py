"""The open places as they are compared: what bears on a fit and nothing else, kept for a minute, so
that a list of thousands can be put in order for everybody who looks."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import Lower

from tussenstop.core.ids import uuid7
from tussenstop.matching.models import Place
from tussenstop.matching.rules import PlaceState

SECONDS = 60
GENERATION = "open-places"


class Facts(NamedTuple):
    """What of a place is compared. `days` has a bit each, 1 is Monday."""

    place_id: UUID | None
    days: int
    postal_code: str
    city: str
    cultures: tuple[str, ...]
    languages: tuple[str, ...]


def open_places(*, programme: UUID | None, today: date, most: int) -> list[Facts]:
    """At most so many open places, for one programme or for all, by title."""
    generation = cache.get_or_set(GENERATION, lambda: uuid7().hex, None)
    key = f"{GENERATION}:{generation}:{programme}:{today}:{most}"
    found: list[Facts] | None = cache.get(key)
    if found is None:
        places = Place.objects.filter(
            state=PlaceState.PUBLISHED, ends_on__gte=today, workplace__closed_at=None
        )
        if programme:
            places = places.filter(programmes=programme)
        found = read(places.order_by(Lower("title"), "pk"), most=most)
        cache.set(key, found, SECONDS)
    return found


def read(places: QuerySet[Place], *, most: int) -> list[Facts]:
    """At most so many of these places, in their order."""
    rows = places.values_list(
        "pk",
        "days",
        "workplace__postal_code",
        "workplace__city",
        "workplace__culture_types",
        "languages",
    )
    return [
        Facts(pk, days, code, city, tuple(cultures), tuple(languages))
        for pk, days, code, city, cultures, languages in rows[:most]
    ]


def forget() -> None:
    """Something about a place changed: who looks next, sees it. Another process may be a minute
    behind; what is not open any more is never shown."""
    cache.set(GENERATION, uuid7().hex, None)
