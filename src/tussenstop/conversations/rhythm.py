"""How often people talk: what they agreed on, and which talk was long ago. Said to both sides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.access.rules import PARTNERS, RouteRole
from tussenstop.agreements.models import Revision
from tussenstop.agreements.rules import Kind
from tussenstop.conversations.models import Conversation, Slot
from tussenstop.conversations.rules import (
    COUNTS_AS,
    REMINDED,
    STOPS_COUNT_AS,
    SUGGESTED,
    THREE_WAY,
    UNTOLD,
)
from tussenstop.people.models import Person
from tussenstop.routes.models import Route, Stop
from tussenstop.routes.rules import State

MOST_ROUTES = 100
Key = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Due:
    """A kind of talk that was long ago on a route: so many `days`, while people want it `every` so
    many. `last` is None when there was none yet."""

    route: Route
    kind: str
    last: date | None
    days: int
    every: int
    agreed: bool


def agreed_rhythms(routes: Iterable[Route]) -> dict[UUID, dict[str, int]]:
    """The rhythm that the partners of each route agreed on last; nothing where they did not."""
    sealed = (
        Revision.objects.filter(
            agreement__route__in=list(routes),
            agreement__kind=Kind.RHYTHM,
            agreement__withdrawn_at=None,
            seal__isnull=False,
        )
        .order_by("seal__sealed_at")
        .values_list("agreement__route_id", "body")
    )
    return {route_id: body["data"]["rhythm"] for route_id, body in sealed}


def _last_talks(routes: list[Route]) -> dict[Key, date]:
    """When each kind was held last, with the student and the mentor there: a talk of others is
    theirs to know of. Stops at which one talks count too."""
    found: dict[Key, date] = {}

    def add(route_id: UUID, kind: str, day: date) -> None:
        key = (route_id, COUNTS_AS.get(kind, kind))
        found[key] = max(day, found.get(key, day))

    held = (
        Conversation.objects.filter(
            Q(closed=False) | ~Q(kind=THREE_WAY),
            route__in=routes,
            cancelled_at=None,
            held_at__isnull=False,
        )
        .filter(attendees__role=RouteRole.MENTOR)
        .filter(attendees__role=RouteRole.STUDENT)
        .values("route_id", "kind")
        .annotate(last=Max("day"))
        .values_list("route_id", "kind", "last")
        .order_by()
    )
    for route_id, kind, day in held:
        add(route_id, kind, day)
    stops = Stop.objects.filter(
        route__in=routes, kind__in=list(STOPS_COUNT_AS), done_at__isnull=False
    )
    for route_id, kind, starts_at, done_at in stops.values_list(
        "route_id", "kind", "starts_at", "done_at"
    ):
        add(route_id, STOPS_COUNT_AS[kind], timezone.localdate(starts_at or done_at))
    return found


def _coming(routes: list[Route], now: datetime) -> set[Key]:
    """What student and mentor planned or are asked already needs no reminder; a moment that passed
    does, once nobody has said for a while that it was held."""
    still_open = Slot.objects.filter(conversation=OuterRef("pk"), ended_at=None, starts_at__gt=now)
    talks = (
        Conversation.objects.filter(
            Q(starts_at__gt=now - UNTOLD) | Exists(still_open),
            route__in=routes,
            held_at=None,
            cancelled_at=None,
        )
        .filter(attendees__role=RouteRole.MENTOR)
        .filter(attendees__role=RouteRole.STUDENT)
    )
    stops = Stop.objects.filter(
        route__in=routes, kind__in=list(STOPS_COUNT_AS), starts_at__gt=now, done_at=None
    )
    found = {(pk, COUNTS_AS.get(kind, kind)) for pk, kind in talks.values_list("route_id", "kind")}
    return found | {
        (pk, STOPS_COUNT_AS[kind]) for pk, kind in stops.values_list("route_id", "kind")
    }


def due_on(
    routes: Iterable[Route], *, roles: Mapping[UUID, Iterable[str]], now: datetime
) -> list[Due]:
    """The talks that were too long ago on these routes, for somebody with these roles on each; the
    one longest past its rhythm first. Only while a route is under way."""
    going = [route for route in routes if route.state == State.UNDER_WAY]
    if not going:
        return []
    agreed, last, coming = agreed_rhythms(going), _last_talks(going), _coming(going, now)
    today = timezone.localdate(now)
    found = []
    for route in going:
        rhythm = agreed.get(route.pk, SUGGESTED)
        for kind, every in rhythm.items():
            key = (route.pk, kind)
            if not every or key in coming or REMINDED[kind].isdisjoint(roles[route.pk]):
                continue
            begun = timezone.localdate(route.state_since)
            days = (today - max(begun, last.get(key, begun))).days
            if days > every:
                due = Due(route, kind, last.get(key), days, every, route.pk in agreed)
                found.append((every - days, str(route.pk), kind, due))
    return [due for *_order, due in sorted(found, key=lambda one: one[:3])]


def due_for(person: Person, *, now: datetime, limit: int = 3) -> list[Due]:
    """The talks that were too long ago on all routes of a partner."""
    parts = Participation.objects.filter(
        checks.taking_part(now),
        person=person,
        role__in=PARTNERS,
        route__state=State.UNDER_WAY,
    ).select_related("route__student")[:MOST_ROUTES]
    routes: dict[UUID, Any] = {}
    roles: dict[UUID, set[str]] = defaultdict(set)
    for part in parts:
        routes[part.route_id] = part.route
        roles[part.route_id].add(part.role)
    return due_on(routes.values(), roles=roles, now=now)[:limit]


def rhythm_of(route: Route) -> tuple[dict[str, int], bool]:
    """The days between talks of each kind, and whether the partners agreed on them."""
    agreed = agreed_rhythms([route]).get(route.pk)
    return (agreed, True) if agreed is not None else (SUGGESTED, False)
