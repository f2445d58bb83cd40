"""Reading rounds for who takes part: a student, and an organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.core.errors import NotFound
from tussenstop.matching.models import Place, Preference, Wish
from tussenstop.matching.rules import Side
from tussenstop.people.models import Organisation, Person
from tussenstop.rounds.market import Judge, last_moment, levels
from tussenstop.rounds.models import (
    Match,
    PlaceResult,
    Round,
    RoundPlace,
    RoundStudent,
    StudentResult,
)
from tussenstop.rounds.rules import Phase, RoundState, Why
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.routes.rules import BEFORE_AGREED, Context

RESULT_DAYS = 21  # so long Today tells of a round that had no place for somebody


@dataclass(frozen=True, slots=True)
class OwnWish:
    """One favourite as it stands in a round; `level` is how dear, 1 the dearest."""

    place: Place
    level: int
    why: Why | None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round as its student sees it. `stays` is where an own employee learns."""

    view: RouteView
    row: RoundStudent
    round: Round
    phase: Phase
    wishes: list[OwnWish]
    result: StudentResult | None
    match: Match | None
    stays: Placement | None
    places: int

    @property
    def counting(self) -> int:
        return sum(one.why is None for one in self.wishes)


def own_round(*, person: Person, route_id: UUID, round_id: UUID, now: datetime) -> OwnRound:
    """A round for the student of a route that takes part. Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.WISH)
    row = (
        RoundStudent.objects.filter(route=view.route, round=round_id)
        .select_related("round__institution")
        .first()
    )
    if row is None:
        raise NotFound
    row.route = view.route
    round_ = row.round
    phase = round_.phase(timezone.localdate(now))
    result = match = None
    wishes: list[OwnWish] = []
    if phase == Phase.PUBLISHED:
        result = (
            StudentResult.objects.filter(rehearsal=round_.result_id, student=row)
            .select_related("place__workplace__organisation")
            .first()
        )
        match = Match.objects.filter(round=round_, route=view.route).first()
        wishes = _told(result) if result else []
    elif phase != Phase.CANCELLED:
        wishes = _standing(round_, view.route)
    stays = None
    if view.route.context == Context.OWN_EMPLOYEE:
        stays = (
            Placement.objects.filter(route=view.route, ended_at=None)
            .select_related("workplace__organisation")
            .first()
        )
    places = RoundPlace.objects.filter(
        round=round_, left_at=None, place__programmes=view.route.programme_id
    ).count()
    return OwnRound(view, row, round_, phase, wishes, result, match, stays, places)


def _standing(round_: Round, route: Route) -> list[OwnWish]:
    """The favourites as they would count now. How much a workplace would like this student is not
    theirs to read, so it is left out."""
    wishes = list(
        Wish.objects.filter(route=route, made_at__lt=last_moment(round_))
        .select_related("place__workplace__organisation")
        .order_by("position", "made_at", "pk")
    )
    judge = Judge(
        round_, Route.objects.filter(pk=route.pk), only=[wish.place_id for wish in wishes]
    )
    judge.grades.clear()
    dear = levels(wish.tied for wish in wishes)
    return [
        OwnWish(wish.place, level, judge.of(route.pk, wish.place_id), wish.shown)
        for wish, level in zip(wishes, dear, strict=True)
    ]


def _told(result: StudentResult) -> list[OwnWish]:
    """Every wish of a published result with what became of it."""
    places = {
        str(place.pk): place
        for place in Place.objects.filter(pk__in=[pk for pk, _why in result.wishes]).select_related(
            "workplace__organisation"
        )
    }
    return [
        OwnWish(places[pk], n, Why(code))
        for n, (pk, code) in enumerate(result.wishes, start=1)
        if pk in places
    ]


def open_rounds_of(route: Route, *, now: datetime) -> list[RoundStudent]:
    """The rounds a route that was found takes part in: open, or published not long ago."""
    recent = Q(round__state=RoundState.OPEN) | Q(
        round__state=RoundState.PUBLISHED, round__published_at__gt=now - timedelta(days=60)
    )
    return list(
        RoundStudent.objects.filter(recent, route=route, left_at=None)
        .select_related("round")
        .order_by("-round__opened_at")
    )


def open_rounds_with(place: Place) -> list[Round]:
    """The open rounds in which a place that was found for who offers it takes part."""
    return list(
        Round.objects.filter(
            state=RoundState.OPEN, places__place=place, places__left_at=None
        ).order_by("preferences_until", "pk")
    )


@dataclass(frozen=True, slots=True)
class Offered:
    """A place of an organisation in a round: how many show interest, about how many it said
    nothing, and after publication what came of it."""

    row: RoundPlace
    interested: int
    unsaid: int
    result: PlaceResult | None
    matches: list[Match]


@dataclass(frozen=True, slots=True)
class OrganisationRound:
    organisation: Organisation
    round: Round
    phase: Phase
    places: list[Offered]


def organisation_round(
    *, person: Person, organisation_id: UUID, round_id: UUID, now: datetime
) -> OrganisationRound:
    """A round for an organisation with places in it. Raises NotFound, or Refused."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    round_ = Round.objects.filter(pk=round_id).select_related("institution").first()
    if organisation is None or round_ is None:
        raise NotFound
    checks.require_in(person, InScope.OFFER_PLACES, organisation, now=now)
    rows = list(
        RoundPlace.objects.filter(round=round_, place__workplace__organisation=organisation)
        .select_related("place__workplace")
        .order_by("place__title", "pk")
    )
    if not rows:
        raise NotFound
    phase = round_.phase(timezone.localdate(now))
    interest = _interest(round_, [row.place_id for row in rows])
    results: dict[UUID, PlaceResult] = {}
    matches: dict[UUID, list[Match]] = {}
    if phase == Phase.PUBLISHED:
        results = {
            one.place_id: one
            for one in PlaceResult.objects.filter(rehearsal=round_.result_id, place__in=rows)
        }
        for match in (
            Match.objects.filter(round=round_, place__in=[row.place_id for row in rows])
            .select_related("route__student", "route__programme")
            .order_by("route__student__name", "pk")
        ):
            matches.setdefault(match.place_id, []).append(match)
    places = [
        Offered(
            row,
            *interest.get(row.place_id, (0, 0)),
            results.get(row.pk),
            matches.get(row.place_id, []),
        )
        for row in rows
    ]
    return OrganisationRound(organisation, round_, phase, places)


def _interest(round_: Round, places: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """By place: how many students of the round showed it their interest, and about how many of them
    nothing was said yet."""
    part = RoundStudent.objects.filter(round=round_, left_at=None).values("route")
    said = Preference.objects.filter(place=OuterRef("place"), route=OuterRef("route"))
    rows = (
        Wish.objects.filter(
            place__in=places, shown=True, route__in=part, route__state__in=BEFORE_AGREED
        )
        .annotate(said=Exists(said))
        .values("place_id")
        .annotate(all=Count("pk"), unsaid=Count("pk", filter=Q(said=False)))
    )
    return {row["place_id"]: (row["all"], row["unsaid"]) for row in rows}


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match as one side sees it."""

    match: Match
    side: Side

    @property
    def mine(self) -> bool:
        return self.match.waits_for(self.side)

    @property
    def my_answer(self) -> bool | None:
        return self.match.answer_of(self.side)


def _whole(rows: QuerySet[Match]) -> QuerySet[Match]:
    return rows.select_related(
        "round__institution",
        "place__workplace__organisation",
        "route__student",
        "route__programme",
        "route__institution",
    )


def get_match(*, person: Person, match_id: UUID, now: datetime) -> MatchView:
    """A match, for the student and for who offers the place. Raises NotFound."""
    match = _whole(Match.objects.filter(pk=match_id)).first()
    if match is None:
        raise NotFound
    if checks.may(person, OnRoute.WISH, match.route, now=now):
        return MatchView(match, Side.STUDENT)
    organisation = match.place.workplace.organisation
    if checks.may_in(person, InScope.OFFER_PLACES, organisation, now=now):
        return MatchView(match, Side.WORKPLACE)
    raise NotFound


def waiting_matches(*, person: Person, now: datetime, limit: int = 12) -> list[MatchView]:
    """The matches on which this person has not answered yet, as student or for an organisation."""
    open_ones = _whole(
        Match.objects.filter(ended_at=None, route__state__in=BEFORE_AGREED)
    ).order_by("made_at", "pk")
    mine = open_ones.filter(route__student=person, student_yes=None)[:limit]
    found = [MatchView(match, Side.STUDENT) for match in mine]
    if led := checks.led_by(person, now=now).organisations:
        ours = open_ones.filter(place__workplace__organisation__in=led, workplace_yes=None)[:limit]
        found += [MatchView(match, Side.WORKPLACE) for match in ours]
    return found[:limit]


@dataclass(frozen=True, slots=True)
class Turn:
    """An open round for this person: as student with a route, or for an organisation that can
    still say what it prefers."""

    round: Round
    phase: Phase
    route_id: UUID | None = None
    organisation: Organisation | None = None


def turns_of(*, person: Person, now: datetime, limit: int = 6) -> list[Turn]:
    """The rounds of this person: as a student those that are open, to choose or to wait for the
    result, and for some weeks those that had no place for them; for an organisation those in which
    it is still time to say what it prefers."""
    today = timezone.localdate(now)
    open_now = Q(round__state=RoundState.OPEN, left_at=None)
    matched = Match.objects.filter(round=OuterRef("round"), route=OuterRef("route"))
    without = Q(
        ~Exists(matched),
        left_at=None,
        round__state=RoundState.PUBLISHED,
        round__published_at__gt=now - timedelta(days=RESULT_DAYS),
        route__placements=None,
    )
    own = (
        RoundStudent.objects.filter(
            open_now | without, route__student=person, route__state__in=BEFORE_AGREED
        )
        .exclude(route__context=Context.OWN_EMPLOYEE)
        .select_related("round")
        .order_by("round__wishes_until", "pk")[:limit]
    )
    found = [Turn(row.round, row.round.phase(today), route_id=row.route_id) for row in own]
    if led := checks.led_by(person, now=now).organisations:
        rows = (
            RoundPlace.objects.filter(
                open_now,
                place__workplace__organisation__in=led,
                round__preferences_until__gte=today,
            )
            .select_related("round", "place__workplace__organisation")
            .order_by("round__preferences_until", "pk")[: limit * 10]
        )
        ours = {(row.round_id, row.place.workplace.organisation_id): row for row in rows}
        found += [
            Turn(row.round, row.round.phase(today), organisation=row.place.workplace.organisation)
            for row in ours.values()
        ]
    return found[:limit]
