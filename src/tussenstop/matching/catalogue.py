"""The open places as they are compared: what bears on a fit and nothing else, kept for a minute, so
that a list of thousands can be put in order for everybody who looks."""

import time
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.functions import Lower

from tussenstop.core.ids import uuid7
from tussenstop.matching.models import Place
from tussenstop.matching.rules import PlaceState

SECONDS = 60
LISTS = 32  # of as many programmes; each of at most some thousands of places
GENERATION = "open-places"


class Facts(NamedTuple):
    """What of a place is compared. `days` has a bit each, 1 is Monday."""

    place_id: UUID | None
    days: int
    postal_code: str
    city: str
    cultures: tuple[str, ...]
    languages: tuple[str, ...]


def open_places(*, programme: UUID | None, today: date, most: int) -> Sequence[Facts]:
    """At most so many open places, for one programme or for all, by title."""
    generation = cache.get_or_set(GENERATION, lambda: uuid7().hex, None)
    return _kept(programme, today, most, f"{generation} {int(time.time() // SECONDS)}")


@lru_cache(maxsize=LISTS)
def _kept(programme: UUID | None, today: date, most: int, _fresh: str) -> tuple[Facts, ...]:
    """In the memory of this process: nothing is unpacked for who looks."""
    places = Place.objects.filter(
        state=PlaceState.PUBLISHED, ends_on__gte=today, workplace__closed_at=None
    )
    if programme:
        places = places.filter(programmes=programme)
    return tuple(read(places.order_by(Lower("title"), "pk"), most=most))


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
