"""Reading routes, always for someone: what they may not know of is not found."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import ON_ROUTE, OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person, Programme
from tussenstop.routes.models import MomentAnswer, Move, Pause, Placement, Route, Stop
from tussenstop.routes.moves import current_stop
from tussenstop.routes.names import name_of
from tussenstop.routes.rules import (
    ENDED,
    LIVE,
    MOVE_ORDER,
    NOTHING_WAITS,
    OWN_PACE,
    State,
    StopState,
)


@dataclass(frozen=True, slots=True)
class RouteView:
    """A route as one person sees it: the route, their roles on it, and what they may do."""

    route: Route
    roles: frozenset[RouteRole]
    person: Person

    def may(self, permission: OnRoute) -> bool:
        return not ON_ROUTE[permission].isdisjoint(self.roles)

    @property
    def can(self) -> dict[str, bool]:
        """For templates: `can.WORK_ON_STOPS` and the like."""
        return {permission.name: self.may(permission) for permission in OnRoute}


def complete(routes: QuerySet[Route]) -> QuerySet[Route]:
    """Everything a page about a route shows of it besides its stops."""
    return routes.select_related("student", "programme", "institution").prefetch_related(
        Prefetch(
            "placements",
            Placement.objects.select_related("workplace", "organisation").order_by("starts_on"),
        ),
        Prefetch(
            "participations",
            Participation.objects.filter(ended_at=None, declined_at=None)
            .select_related("person", "placement__workplace")
            .order_by("invited_at"),
        ),
    )


def listed(routes: QuerySet[Route]) -> QuerySet[Route]:
    """What one line of a list shows of a route; less than its own page."""
    # The few programmes are read apart: joined, SQLite begins with them and sorts every route.
    return routes.select_related("student").prefetch_related(
        "programme",
        Prefetch(
            "placements",
            Placement.objects.select_related("organisation")
            .only("route_id", "organisation__name")
            .order_by("starts_on"),
        ),
    )


def get_route(
    *, person: Person, route_id: UUID, now: datetime, permission: OnRoute = OnRoute.SEE
) -> RouteView:
    """The route, if this person may. Raises NotFound, or Refused."""
    route = complete(Route.objects.filter(pk=route_id)).first()
    if route is None:
        raise NotFound
    roles = checks.require(person, permission, route, now=now)
    return RouteView(route, roles, person)


def get_stop(
    *, person: Person, stop_id: UUID, now: datetime, permission: OnRoute = OnRoute.SEE_STOPS
) -> tuple[RouteView, Stop]:
    """A stop with its route, if this person may."""
    stop = Stop.objects.filter(pk=stop_id).prefetch_related("agenda__added_by", "checklist").first()
    if stop is None:
        raise NotFound
    view = get_route(person=person, route_id=stop.route_id, now=now, permission=permission)
    stop.route = view.route
    return view, stop


def get_placement(
    *, person: Person, placement_id: UUID, now: datetime, permission: OnRoute = OnRoute.SEE
) -> tuple[RouteView, Placement]:
    """A placement with its route, if this person may. Raises NotFound, or Refused."""
    placement = (
        Placement.objects.filter(pk=placement_id)
        .select_related("workplace", "organisation")
        .first()
    )
    if placement is None:
        raise NotFound
    view = get_route(person=person, route_id=placement.route_id, now=now, permission=permission)
    placement.route = view.route
    return view, placement


@dataclass(frozen=True, slots=True)
class RouteFilter:
    """What somebody looks for in a list of routes."""

    words: str = ""
    state: str = ""
    programme: UUID | None = None
    organisation: UUID | None = None
    only_waiting: bool = False


def list_routes(
    *, person: Person, now: datetime, wanted: RouteFilter | None = None
) -> QuerySet[Route]:
    """The routes this person may know of, the ones that need attention first."""
    wanted = wanted or RouteFilter()
    routes = Route.objects.filter(checks.routes_for(person, OnRoute.SEE, now=now))
    for word in wanted.words.split():
        routes = routes.filter(
            Q(student__name__icontains=word) | Q(programme__name__icontains=word)
        )
    if wanted.state == "live":
        routes = routes.filter(state__in=LIVE)
    elif wanted.state:
        routes = routes.filter(state=wanted.state)
    if wanted.programme:
        routes = routes.filter(programme_id=wanted.programme)
    if wanted.organisation:
        routes = routes.filter(
            pk__in=Placement.objects.filter(organisation_id=wanted.organisation).values("route_id")
        )
    if wanted.only_waiting:
        routes = routes.filter(attention_at__lte=now)
    return listed(routes).order_by("attention_at", "pk")


def stop_states(stops: Sequence[Stop], state: str) -> dict[UUID, StopState]:
    """What the line shows of each stop: derived from what was done, in order."""
    current = None if state in ENDED else current_stop(stops)
    found: dict[UUID, StopState] = {}
    open_before = False
    for stop in stops:
        if stop.skipped_at:
            found[stop.pk] = StopState.SKIPPED
        elif stop.done_at or (stop.stretch and state == State.COMPLETED):
            found[stop.pk] = StopState.DONE
        elif stop is current or (stop.stretch and not open_before and state not in ENDED):
            found[stop.pk] = StopState.CURRENT
        else:
            found[stop.pk] = StopState.AHEAD
        open_before = open_before or found[stop.pk] in {StopState.CURRENT, StopState.AHEAD}
    return found


# What the line needs of a stop: a list draws hundreds, their texts would weigh the most.
DRAWN = (
    "route_id",
    "kind",
    "own_name",
    "position",
    "optional",
    "stretch",
    "aimed_on",
    "starts_at",
    "done_at",
    "skipped_at",
)


@dataclass(slots=True)
class Journey:
    """What the line of one route is drawn from."""

    route: Route
    stops: list[Stop] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)

    @property
    def states(self) -> dict[UUID, StopState]:
        return stop_states(self.stops, self.route.state)

    @property
    def current(self) -> Stop | None:
        return None if self.route.state in ENDED else current_stop(self.stops)


def journeys(routes: Iterable[Route]) -> dict[UUID, Journey]:
    """The stops and pauses of many routes, in two reads."""
    found = {route.pk: Journey(route) for route in routes}
    drawn = Stop.objects.filter(route_id__in=list(found)).only(*DRAWN).order_by("position")
    for stop in drawn:
        found[stop.route_id].stops.append(stop)
    for pause in Pause.objects.filter(route_id__in=list(found)).order_by("starts_on"):
        found[pause.route_id].pauses.append(pause)
    return found


def _waiting(now: datetime) -> Q:
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def moves_of(*, person: Person, now: datetime, limit: int = 12) -> list[Move]:
    """What waits for this person, most urgent first, over all their roles; at most `limit`."""
    led = checks.led_by(person, now=now)
    parts = Participation.objects.filter(person=person)
    here = parts.filter(checks.taking_part(now)).values("route_id")
    base = Move.objects.filter(_waiting(now)).select_related("route__student", "route__programme")
    found: dict[UUID, Move] = {}
    for mine in (
        # What was asked of a role that is over, is not asked any more.
        base.filter(person=person).exclude(
            route_id__in=parts.filter(until__lte=now).exclude(route_id__in=here).values("route_id")
        ),
        base.filter(
            organisation_id__in=led.organisations,
            route_id__in=OrganisationReach.objects.filter(
                checks.in_reach(now), organisation_id__in=led.organisations
            ).values("route_id"),
        ),
        base.filter(institution_id__in=led.institutions),
    ):
        found.update((move.pk, move) for move in mine.order_by("since")[:limit])
    return sorted(found.values(), key=lambda m: (m.since, MOVE_ORDER[m.code]))[:limit]  # type: ignore[index]


def moves_on(*, route: Route, person: Person, now: datetime) -> list[Move]:
    """Whose move it is on one route, the oldest first; what others do at their own pace is not
    this person's business."""
    found = (
        Move.objects.filter(_waiting(now), route=route)
        .exclude(~Q(person=person), code__in=OWN_PACE)
        .select_related("person")
    )
    return sorted(found, key=lambda m: (m.since, MOVE_ORDER[m.code]))  # type: ignore[index]


def week_of(*, person: Person, now: datetime, days: int = 7, limit: int = 20) -> list[Stop]:
    """The stops of the coming days in which this person takes part, soonest first."""
    parts = Participation.objects.filter(checks.taking_part(now), person=person)
    roles: dict[UUID, set[str]] = defaultdict(set)
    stops = list(
        Stop.objects.filter(
            route_id__in=parts.values("route_id"),
            starts_at__gte=timezone.localtime(now).replace(hour=0, minute=0),
            starts_at__lt=now + timedelta(days=days),
            done_at=None,
            skipped_at=None,
        )
        .select_related("route__student", "route__programme")
        .order_by("starts_at")[: limit * 2]
    )
    for route_id, role in parts.filter(route_id__in={s.route_id for s in stops}).values_list(
        "route_id", "role"
    ):
        roles[route_id].add(role)
    return [s for s in stops if roles[s.route_id].intersection(s.attends)][:limit]


def attention_days(route: Route, now: datetime) -> int | None:
    """Since how many days something waits; None when nothing does."""
    if route.attention_at >= NOTHING_WAITS or route.attention_at > now:
        return None
    return (now - route.attention_at).days


def day_of(stop: Stop) -> date | None:
    """When a stop took place, takes place, or else is aimed at."""
    moment = stop.starts_at or stop.done_at
    return timezone.localdate(moment) if moment else stop.aimed_on


def day_fraction(stops: Sequence[Stop], today: date) -> float | None:
    """Where today lies on the line, in stop units: 2.5 is halfway from the third stop to the
    fourth. None when too few stops have a day."""
    days = [(place, day_of(s)) for place, s in enumerate(stops) if not s.skipped_at]
    known = [(p, d) for p, d in days if d]
    if len(known) < 2 or today < known[0][1]:
        return None
    for (before, day), (after, next_day) in itertools.pairwise(known):
        if day <= today < next_day:
            return before + (after - before) * (today - day).days / (next_day - day).days
    return None


def stop_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these stops, for lists of moves; ids of other things are passed over."""
    stops = Stop.objects.filter(pk__in=list(ids)).only("pk", "kind", "own_name", "own_purpose")
    return {stop.pk: name_of(stop) for stop in stops}


def invitation_for(*, person: Person, part_id: UUID) -> Participation:
    """The question whether this person takes part in a route, asked of them. Raises NotFound."""
    part = (
        Participation.objects.filter(pk=part_id, person=person, ended_at=None)
        .select_related(
            "person",
            "invited_by",
            "route__student",
            "route__programme",
            "route__institution",
            "placement__workplace__organisation",
        )
        .first()
    )
    if part is None:
        raise NotFound
    return part


def part_on(*, view: RouteView, part_id: UUID) -> Participation:
    """Somebody's role on this route. Raises NotFound."""
    part = (
        Participation.objects.filter(pk=part_id, route=view.route, ended_at=None, declined_at=None)
        .select_related("person", "invited_by", "placement", "route__student")
        .first()
    )
    if part is None:
        raise NotFound
    return part


def programmes_of(*, person: Person, now: datetime, limit: int = 60) -> list[tuple[UUID, str]]:
    """The programmes among the routes of this person, to choose from; at most `limit`."""
    led = checks.led_by(person, now=now)
    parts = Participation.objects.filter(checks.taking_part(now), person=person)
    mine = Programme.objects.filter(
        Q(institution_id__in=led.institutions)
        | Q(pk__in=Route.objects.filter(pk__in=parts.values("route_id")).values("programme_id"))
    )
    return list(mine.order_by(Lower("name")).values_list("pk", "name")[:limit])


def invitable(view: RouteView) -> list[RouteRole]:
    """The roles for which this person may ask somebody."""
    roles = []
    if view.may(OnRoute.INVITE_FOR_WORKPLACE) and view.route.placements.all():
        roles += [RouteRole.MENTOR, RouteRole.GODPARENT]
    if view.may(OnRoute.INVITE_FOR_SCHOOL):
        roles += [RouteRole.TEACHER, RouteRole.COACH]
    return roles


def moment_asked_of(*, person: Person, moment_id: UUID) -> MomentAnswer:
    """The question whether a date suits, asked of this person. Raises NotFound."""
    found = (
        MomentAnswer.objects.filter(moment_id=moment_id, person=person)
        .select_related("moment__proposed_by", "moment__stop__route__student")
        .first()
    )
    if found is None:
        raise NotFound
    return found
