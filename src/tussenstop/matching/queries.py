"""Reading places and wishes, always for someone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.access.partnership_queries.belonging import require_belonging
from tussenstop.core.errors import NotFound
from tussenstop.matching.models import Acquaintance, Place, Preference, Wish
from tussenstop.matching.rules import SHOWN, PlaceState, Side, mask_of
from tussenstop.people.models import Competence, Organisation, Person, Programme, Workplace
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.routes.rules import BEFORE_AGREED, Context


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as one person sees it."""

    place: Place
    may_offer: bool


def complete(places: QuerySet[Place]) -> QuerySet[Place]:
    """Everything that the page of a place shows."""
    return places.select_related("workplace__organisation").prefetch_related(
        Prefetch("programmes", Programme.objects.order_by(Lower("name"))),
        Prefetch("competences", Competence.objects.order_by("programme_id", "position")),
        Prefetch("mentors", Person.objects.order_by(Lower("name"))),
        "workplace__photos",
    )


def get_place(*, person: Person, place_id: UUID, now: datetime) -> PlaceView:
    """A place that is open or full, for everybody who belongs; else for who offers it."""
    place = complete(Place.objects.filter(pk=place_id)).first()
    if place is None:
        raise NotFound
    organisation = place.workplace.organisation
    may_offer = checks.may_in(person, InScope.OFFER_PLACES, organisation, now=now)
    if not may_offer:
        require_belonging(person, now)
        if place.state not in SHOWN:
            raise NotFound
    return PlaceView(place, may_offer)


def to_offer(*, person: Person, place_id: UUID, now: datetime) -> Place:
    """A place, for who offers it. Raises NotFound, or Refused."""
    view = get_place(person=person, place_id=place_id, now=now)
    if not view.may_offer:
        checks.require_in(person, InScope.OFFER_PLACES, view.place.workplace.organisation, now=now)
    return view.place


def workplace_to_offer(*, person: Person, workplace_id: UUID, now: datetime) -> Workplace:
    """A workplace, for who offers places there. Raises NotFound, or Refused."""
    workplace = Workplace.objects.filter(pk=workplace_id).select_related("organisation").first()
    if workplace is None:
        raise NotFound
    checks.require_in(person, InScope.OFFER_PLACES, workplace.organisation, now=now)
    return workplace


def programmes_on_offer() -> list[Programme]:
    """The programmes of the partnership that a place can be for, by institution."""
    return list(
        Programme.objects.filter(closed_at=None)
        .select_related("institution")
        .order_by(Lower("institution__name"), Lower("name"))
    )


def competences_on_offer(programmes: Collection[UUID]) -> list[Competence]:
    """What can be learned for these programmes: competences without parts, with their programme."""
    return list(
        Competence.objects.filter(programme_id__in=programmes, parts=None)
        .select_related("programme")
        .order_by(Lower("programme__name"), "position")
    )


def mentors_at(organisation: Organisation, *, now: datetime) -> list[Person]:
    return list(holders(organisation, [Role.MENTOR], now=now))


def places_at(*, person: Person, workplace: Workplace, now: datetime) -> QuerySet[Place]:
    """The places at a workplace that was found: all for who offers them, else what is shown."""
    places = Place.objects.filter(workplace=workplace).order_by("starts_on", "pk")
    if checks.may_in(person, InScope.OFFER_PLACES, workplace.organisation, now=now):
        return places
    return places.filter(state__in=SHOWN)


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """What somebody looks for. `codes` are postal codes within reach, None for anywhere."""

    programme: UUID | None = None
    days: frozenset[int] = frozenset()
    culture: str = ""
    competence: UUID | None = None
    words: str = ""
    codes: frozenset[str] | None = None


def shown_places(
    *, person: Person, now: datetime, today: date, wanted: PlaceFilter
) -> QuerySet[Place]:
    """The places that are open now, for everybody who belongs, by title."""
    require_belonging(person, now)
    places = Place.objects.filter(
        state=PlaceState.PUBLISHED, ends_on__gte=today, workplace__closed_at=None
    )
    if wanted.programme:
        places = places.filter(programmes=wanted.programme)
    if wanted.competence:
        places = places.filter(competences=wanted.competence)
    if wanted.codes is not None:
        places = places.filter(workplace__postal_code__in=wanted.codes)
    if wanted.days:
        asked = mask_of(wanted.days)
        places = places.annotate(both=F("days").bitand(asked)).filter(both=asked)
    if wanted.culture:
        # A list of keys kept as JSON: with its quotes a key is found, and no other holds it.
        places = places.filter(workplace__culture_types__icontains=f'"{wanted.culture}"')
    for word in wanted.words.split():
        places = places.filter(
            Q(title__icontains=word)
            | Q(workplace__name__icontains=word)
            | Q(workplace__city__icontains=word)
            | Q(workplace__organisation__name__icontains=word)
        )
    return places.order_by(Lower("title"), "pk")


def listed(places: QuerySet[Place]) -> QuerySet[Place]:
    """What one line of a list shows of a place."""
    return places.select_related("workplace__organisation").prefetch_related("programmes")


def seeking_route(*, person: Person, now: datetime) -> Route | None:
    """The route for which this student still looks for a workplace; the latest, if there are
    more. Whoever did not say yes to their route yet looks around like anybody else; an own employee
    stays where they work."""
    mine = checks.routes_for(person, OnRoute.WISH, now=now)
    return (
        Route.objects.filter(mine, student=person, state__in=BEFORE_AGREED)
        .exclude(context=Context.OWN_EMPLOYEE)
        .select_related("programme", "student")
        .order_by("-created_at")
        .first()
    )


def to_wish(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """The route of a student who chooses favourites. Raises NotFound, or Refused."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.WISH)


def wishes_of(view: RouteView) -> list[Wish]:
    """The favourites of a route that was found for its student, the first first."""
    return list(
        Wish.objects.filter(route=view.route)
        .select_related("place__workplace__organisation")
        .prefetch_related("place__programmes")
        .order_by("position", "made_at", "pk")
    )


def wished(route: Route) -> set[UUID]:
    """The places that the student of this route keeps as favourites."""
    return set(Wish.objects.filter(route=route).values_list("place_id", flat=True))


def interested_in(*, person: Person, place_id: UUID, now: datetime) -> tuple[Place, QuerySet[Wish]]:
    """Who shows interest in a place, for who offers it. Raises NotFound, or Refused."""
    place = to_offer(person=person, place_id=place_id, now=now)
    wishes = (
        Wish.objects.filter(place=place, shown=True, route__state__in=BEFORE_AGREED)
        .select_related("route__student", "route__programme", "route__institution")
        .order_by("made_at", "pk")
    )
    return place, wishes


def preferences_for(place: Place) -> dict[UUID, int]:
    """The grade of each route, for a place that was found for who offers it."""
    return dict(Preference.objects.filter(place=place).values_list("route_id", "grade"))


def interest_counts(places: Collection[Place]) -> dict[UUID, int]:
    """How many students show interest, for places that were found for who offers them."""
    rows = (
        Wish.objects.filter(
            place__in=[p.pk for p in places], shown=True, route__state__in=BEFORE_AGREED
        )
        .values("place_id")
        .annotate(count=Count("pk"))
    )
    return {row["place_id"]: row["count"] for row in rows}


@dataclass(frozen=True, slots=True)
class Met:
    """An acquaintance as one side sees it."""

    one: Acquaintance
    side: Side

    @property
    def mine(self) -> bool:
        """Whether it is this person's turn."""
        return self.one.waits_for(self.side)

    @property
    def my_answer(self) -> bool | None:
        return self.one.answer_of(self.side)


def _whole(rows: QuerySet[Acquaintance]) -> QuerySet[Acquaintance]:
    return rows.select_related(
        "place__workplace__organisation", "route__student", "route__programme", "stop__route"
    )


def get_acquaintance(*, person: Person, acquaintance_id: UUID, now: datetime) -> Met:
    """An acquaintance, for the student and for who offers the place. Raises NotFound."""
    one = _whole(Acquaintance.objects.filter(pk=acquaintance_id)).first()
    if one is None:
        raise NotFound
    if checks.may(person, OnRoute.WISH, one.route, now=now):
        return Met(one, Side.STUDENT)
    organisation = one.place.workplace.organisation
    if checks.may_in(person, InScope.OFFER_PLACES, organisation, now=now):
        return Met(one, Side.WORKPLACE)
    raise NotFound


def acquaintances_of(view: RouteView) -> list[Met]:
    """Those of a route that was found for its student, the newest first."""
    rows = _whole(Acquaintance.objects.filter(route=view.route)).order_by("-begun_at", "-pk")
    return [Met(one, Side.STUDENT) for one in rows]


def acquaintances_for(place: Place) -> dict[UUID, Met]:
    """The latest of each route, for a place that was found for who offers it."""
    rows = _whole(Acquaintance.objects.filter(place=place)).order_by("begun_at", "pk")
    return {one.route_id: Met(one, Side.WORKPLACE) for one in rows}


def waiting_acquaintances(*, person: Person, now: datetime, limit: int = 12) -> list[Met]:
    """The acquaintances in which it is this person's turn, as student or for an organisation. Yes
    or no is asked once the talk took place."""
    open_ones = Acquaintance.objects.filter(ended_at=None, route__state__in=BEFORE_AGREED).order_by(
        "proposed_at"
    )
    led = checks.led_by(person, now=now).organisations
    mine = _whole(open_ones.filter(route__student=person))[:limit]
    ours = _whole(open_ones.filter(place__workplace__organisation_id__in=led))[: limit * 4]
    found = [
        *(Met(one, Side.STUDENT) for one in mine),
        *(Met(one, Side.WORKPLACE) for one in (ours if led else [])),
    ]
    return [
        met for met in found if met.mine and (met.one.suits_at is None or met.one.starts_at <= now)
    ][:limit]
