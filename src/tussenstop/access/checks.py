"""The one place that answers "may this person see or do this?".

The list filter (`routes_for`) and the check of one route (`may`, `require`) are made from the
same table in matrix.py and the same definition of who holds which role when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from tussenstop.access.matrix import IN_SCOPE, ON_ROUTE, InScope, OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.access.rules import TAKING_PART, RouteRole
from tussenstop.core.errors import NotFound, Refused
from tussenstop.people.models import Institution, Membership, Organisation, Person
from tussenstop.people.rules import Role


class RouteLike(Protocol):
    """What a check needs of a route."""

    pk: UUID
    institution_id: UUID


def current(now: datetime) -> Q:
    """Memberships in force."""
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def taking_part(now: datetime) -> Q:
    """Participations that give sight of the route: accepted, and not over."""
    return Q(accepted_at__isnull=False, declined_at=None, ended_at=None) & (
        Q(until=None) | Q(until__gt=now)
    )


def in_reach(now: datetime) -> Q:
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def _participations(person: Person, roles: Iterable[str], now: datetime) -> QuerySet[Participation]:
    return Participation.objects.filter(taking_part(now), person=person, role__in=list(roles))


def memberships(person: Person, *, now: datetime) -> QuerySet[Membership]:
    """The roles this person holds now, outside of any route."""
    return Membership.objects.filter(current(now), person=person)


@dataclass(frozen=True, slots=True)
class Leads:
    """The organisations and institutions that somebody coordinates."""

    organisations: list[UUID]
    institutions: list[UUID]


def led_by(person: Person, *, now: datetime) -> Leads:
    held = memberships(person, now=now).filter(
        role__in=[Role.ORGANISATION_COORDINATOR, Role.PROGRAMME_COORDINATOR]
    )
    pairs = list(held.values_list("organisation_id", "institution_id"))
    return Leads([o for o, _i in pairs if o], [i for _o, i in pairs if i])


def as_roles(person: Person, roles: Iterable[RouteRole], *, now: datetime) -> Q:
    """Routes on which this person holds one of these roles. Reads what they coordinate first, so
    that the filter holds only what applies: a database walks one index for one condition, and all
    routes for several."""
    roles, led = set(roles), led_by(person, now=now)
    some = _participations(person, roles & set(TAKING_PART), now).values("route_id")
    found = Q(pk__in=some)
    if RouteRole.ORGANISATION_COORDINATOR in roles and led.organisations:
        reached = OrganisationReach.objects.filter(
            in_reach(now), organisation_id__in=led.organisations
        )
        found |= Q(pk__in=reached.values("route_id"))
    if RouteRole.PROGRAMME_COORDINATOR in roles and led.institutions:
        everything = Q(institution_id__in=led.institutions)
        if led.organisations or some.exclude(route__institution_id__in=led.institutions).exists():
            return found | everything
        return everything
    return found


def routes_for(person: Person, permission: OnRoute, *, now: datetime) -> Q:
    """The filter of a list of routes: those for which this person has the permission."""
    return as_roles(person, ON_ROUTE[permission], now=now)


def roles_on(person: Person, route: RouteLike, *, now: datetime) -> frozenset[RouteRole]:
    """Every role this person holds on this route now."""
    roles = {
        RouteRole(role)
        for role in _participations(person, TAKING_PART, now)
        .filter(route_id=route.pk)
        .values_list("role", flat=True)
    }
    for membership in memberships(person, now=now).filter(
        role__in=[Role.ORGANISATION_COORDINATOR, Role.PROGRAMME_COORDINATOR]
    ):
        if membership.institution_id == route.institution_id:
            roles.add(RouteRole.PROGRAMME_COORDINATOR)
        elif (
            membership.organisation_id
            and OrganisationReach.objects.filter(
                in_reach(now), organisation_id=membership.organisation_id, route_id=route.pk
            ).exists()
        ):
            roles.add(RouteRole.ORGANISATION_COORDINATOR)
    return frozenset(roles)


def may(person: Person, permission: OnRoute, route: RouteLike, *, now: datetime) -> bool:
    return not ON_ROUTE[permission].isdisjoint(roles_on(person, route, now=now))


def require(
    person: Person, permission: OnRoute, route: RouteLike, *, now: datetime
) -> frozenset[RouteRole]:
    """The roles by which this person may do this. Raises NotFound when they may not know of the
    route, Refused when they know of it but may not do this."""
    roles = roles_on(person, route, now=now)
    if ON_ROUTE[OnRoute.SEE].isdisjoint(roles):
        raise NotFound
    if ON_ROUTE[permission].isdisjoint(roles):
        raise Refused(permission.label)
    return roles


def may_in(
    person: Person,
    permission: InScope,
    scope: Institution | Organisation | None,
    *,
    now: datetime,
) -> bool:
    """The same for an institution, an organisation, or (None) the partnership."""
    held = memberships(person, now=now).filter(role__in=list(IN_SCOPE[permission]))
    where = Q(institution=None, organisation=None)
    if isinstance(scope, Institution):
        where |= Q(institution=scope)
    elif isinstance(scope, Organisation):
        where |= Q(organisation=scope)
    return held.filter(where).exists()


def require_in(
    person: Person,
    permission: InScope,
    scope: Institution | Organisation | None,
    *,
    now: datetime,
) -> None:
    """Raises NotFound when the person may not know of the scope, Refused when they may not do this."""
    if may_in(person, permission, scope, now=now):
        return
    sight = {Institution: InScope.SEE_INSTITUTION, Organisation: InScope.SEE_ORGANISATION}.get(
        type(scope)  # type: ignore[arg-type]
    )
    if sight is None or not may_in(person, sight, scope, now=now):
        raise NotFound
    raise Refused(permission.label)
