"""Finding a place: the places that are open, ordered by how they fit who looks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tussenstop.access.partnership_queries.belonging import require_belonging
from tussenstop.matching import queries
from tussenstop.matching.catalogue import Facts, open_places, read
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.queries import PlaceFilter
from tussenstop.matching.rules import PlaceState, mask_of
from tussenstop.people import towns
from tussenstop.people.models import Person
from tussenstop.people.towns import Town
from tussenstop.reports.fit import Fit, facts_of, fit_of, score_of
from tussenstop.routes.models import Route
from tussenstop.startposition.need import Need, need_of
from tussenstop.startposition.queries import PartView, shown_to_workplaces

LANDMARKS = 8  # large towns on a map, to find one's way by
MOST_COMPARED = 2000  # places put in order for one student; more than any programme offers


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks for a place: with a route that still seeks one, what they told counts."""

    person: Person
    route: Route | None
    need: Need | None
    wished: set[UUID]


def looking(*, person: Person, now: datetime) -> Looking:
    route = queries.seeking_route(person=person, now=now)
    if route is None:
        return Looking(person, None, None, set())
    return Looking(
        person,
        route,
        need_of(person=person, route=route, now=now),
        queries.wished(route),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a list, with how it fits when that can be said."""

    place: Place
    fit: Fit | None
    wished: bool


@dataclass(frozen=True, slots=True)
class Browsed:
    """The places found, in order; how each fits is said of those on the page."""

    rows: list[Facts]
    need: Need | None
    more: bool

    def page(self, rows: Iterable[Facts], *, wished: set[UUID]) -> list[Found]:
        """These places, whole, in the same order; without any that closed meanwhile."""
        facts = {one.place_id: one for one in rows}
        places = {
            place.pk: place
            for place in queries.listed(
                Place.objects.filter(pk__in=list(facts), state=PlaceState.PUBLISHED)
            )
        }
        return [
            Found(places[pk], fit_of(one, self.need) if self.need else None, pk in wished)
            for pk, one in facts.items()
            if pk in places
        ]


def browse(
    *, who: Looking, wanted: PlaceFilter, most_minutes: int | None, now: datetime
) -> Browsed:
    """The places that are open, the ones that fit best first; by title for who does not look for
    one. Raises NotFound for who does not belong."""
    require_belonging(who.person, now)
    if who.need and who.need.town and most_minutes:
        km = towns.reach(most_minutes, who.need.ways)
        codes = frozenset(towns.codes_within(who.need.town, km=km))
        wanted = replace(wanted, codes=codes)
    today = timezone.localdate(now)
    most = MOST_COMPARED + 1
    rows = list(open_places(programme=wanted.programme, today=today, most=most))
    if wanted.words or wanted.competence or len(rows) == most:
        # Not all of it is at hand: ask the database.
        found = queries.shown_places(person=who.person, now=now, today=today, wanted=wanted)
        rows = read(found, most=most)
    else:
        days = mask_of(wanted.days)
        rows = [
            one
            for one in rows
            if one.days & days == days
            and (not wanted.culture or wanted.culture in one.cultures)
            and (wanted.codes is None or one.postal_code in wanted.codes)
        ]
    more, rows = len(rows) == most, rows[:MOST_COMPARED]
    if need := who.need:
        rows = sorted(rows, key=lambda one: -score_of(one, need))
    return Browsed(rows, who.need, more)


def fit_for(who: Looking, place: Place) -> Fit | None:
    """Why this place fits, for a student who looks for one of its kind."""
    return fit_of(facts_of(place), who.need) if who.need else None


@dataclass(frozen=True, slots=True)
class Pin:
    """A town on the map, with the places there; x and y from 0 to 100, y downwards."""

    town: Town
    places: list[Found]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """Towns with places, the home of who looks, and large towns to find one's way by."""

    pins: list[Pin]
    home: tuple[Town, float, float] | None
    landmarks: list[tuple[Town, float, float]]


def map_of(found: Iterable[Found], home: Town | None) -> Map | None:
    """A drawing of where places lie, without anything from outside. None without any."""
    by_town: dict[Town, list[Found]] = {}
    for one in found:
        workplace = one.place.workplace
        if town := towns.find(f"{workplace.postal_code} {workplace.city}"):
            by_town.setdefault(town, []).append(one)
    if not by_town:
        return None
    shown = [*by_town, *([home] if home else [])]
    south, north = min(t.latitude for t in shown), max(t.latitude for t in shown)
    west, east = min(t.longitude for t in shown), max(t.longitude for t in shown)
    # A degree of longitude is about 0.63 of a degree of latitude here; never closer than 20 km.
    middle_lat, middle_lon = (south + north) / 2, (west + east) / 2
    half = max((north - south) / 2, (east - west) * 0.63 / 2, 0.09) * 1.2

    def x(town: Town) -> float:
        return round(50 + (town.longitude - middle_lon) * 0.63 / half * 50, 1)

    def y(town: Town) -> float:
        return round(50 - (town.latitude - middle_lat) / half * 50, 1)

    box = (middle_lat - half, middle_lat + half, middle_lon - half / 0.63, middle_lon + half / 0.63)
    taken = [(x(town), y(town)) for town in shown]
    marks: list[tuple[Town, float, float]] = []
    for town in towns.landmarks(*box, most=30):
        spot = (x(town), y(town))
        if len(marks) < LANDMARKS and all(_apart(spot, other) for other in taken):
            taken.append(spot)
            marks.append((town, *spot))
    return Map(
        pins=[Pin(town, places, x(town), y(town)) for town, places in by_town.items()],
        home=(home, x(home), y(home)) if home else None,
        landmarks=marks,
    )


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two names fit on the map: beside, or one under the other."""
    return abs(one[0] - other[0]) > 18 or abs(one[1] - other[1]) > 8


@dataclass(frozen=True, slots=True)
class Interested:
    """Somebody who shows interest in a place, with only what they share with workplaces."""

    wish: Wish
    shared: list[PartView]


def with_what_they_share(wishes: Iterable[Wish]) -> list[Interested]:
    """Some of those who show interest, found for who offers the place, with what they share."""
    rows = list(wishes)
    shared = shown_to_workplaces([wish.route for wish in rows])
    return [Interested(wish, shared[wish.route_id]) for wish in rows]
