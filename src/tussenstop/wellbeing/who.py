"""Who may look at how they are doing, and which coach may hear of whom.

A coach is somebody's coach by a route of theirs, or by an institution they or their routes belong
to; never when the same person also judges them, employs them, or leads their programme.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, ON_ROUTE, InScope, OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import ORGANISATION_ROLES, Role

BY_ROUTE = ON_ROUTE[OnRoute.CHECK_IN]
NEAR = frozenset({RouteRole.MENTOR, RouteRole.TEACHER, RouteRole.GODPARENT})  # employ or judge


def _parts(person: Person, roles: Iterable[str], now: datetime) -> QuerySet[Participation]:
    return Participation.objects.filter(
        checks.taking_part(now), person=person, role__in=list(roles)
    )


def _anywhere(person: Person, on: OnRoute, in_: InScope, now: datetime) -> bool:
    """By a role on some route, or by a role somewhere."""
    return (
        checks.memberships(person, now=now).filter(role__in=list(IN_SCOPE[in_])).exists()
        or _parts(person, ON_ROUTE[on], now).exists()
    )


def may_check_in(person: Person, *, now: datetime) -> bool:
    return _anywhere(person, OnRoute.CHECK_IN, InScope.CHECK_IN, now)


def is_coach(person: Person, *, now: datetime) -> bool:
    return _anywhere(person, OnRoute.SUPPORT, InScope.SUPPORT, now)


def require_coach(person: Person, now: datetime) -> None:
    """Raises NotFound."""
    if not is_coach(person, now=now):
        raise NotFound


def _schools(person: Person, roles: Iterable[Role], now: datetime) -> QuerySet[Any, Any]:
    """The institutions at which somebody holds one of these roles."""
    held = checks.memberships(person, now=now).filter(role__in=list(roles))
    return held.exclude(institution=None).values("institution_id")


def _on(routes: QuerySet[Any, Any], roles: Iterable[str], now: datetime) -> QuerySet[Any, Any]:
    """Who takes part in these routes in one of these roles."""
    parts = Participation.objects.filter(
        checks.taking_part(now), route_id__in=routes, role__in=list(roles)
    )
    return parts.values("person_id")


def coaches_of(person: Person, *, now: datetime) -> QuerySet[Person]:
    """Whom somebody can turn to, by name."""
    parts = _parts(person, BY_ROUTE, now)
    routes = parts.values("route_id")
    schools = Q(institution_id__in=_schools(person, IN_SCOPE[InScope.CHECK_IN], now)) | Q(
        institution_id__in=parts.values("route__institution_id")
    )
    held = Membership.objects.filter(checks.current(now))
    employers = OrganisationReach.objects.filter(checks.in_reach(now), route_id__in=routes)
    found = Q(pk__in=_on(routes, ON_ROUTE[OnRoute.SUPPORT], now)) | Q(
        pk__in=held.filter(schools, role__in=list(IN_SCOPE[InScope.SUPPORT])).values("person_id")
    )
    too_near = (
        Q(pk__in=_on(routes, NEAR, now))
        | Q(
            pk__in=held.filter(
                organisation_id__in=employers.values("organisation_id"),
                role__in=list(ORGANISATION_ROLES),
            ).values("person_id")
        )
        | Q(pk__in=held.filter(schools, role=Role.PROGRAMME_COORDINATOR).values("person_id"))
    )
    people = Person.objects.filter(found, is_active=True).exclude(too_near)
    return people.exclude(pk=person.pk).order_by(Lower("name"), "pk")


def may_hear(coach: Person, person: Person, *, now: datetime) -> bool:
    return coaches_of(person, now=now).filter(pk=coach.pk).exists()


def people_of(
    coach: Person, *, now: datetime, among: Collection[UUID] | None = None
) -> QuerySet[Person]:
    """The same rule from the other side: whose coach somebody is; `among` these, when they are
    named, so that a database looks at them and not at everybody of a school."""
    on_routes = _parts(coach, ON_ROUTE[OnRoute.SUPPORT], now).values("route_id")
    schools = _schools(coach, IN_SCOPE[InScope.SUPPORT], now)
    leads = _schools(coach, [Role.PROGRAMME_COORDINATOR], now)
    work = checks.memberships(coach, now=now).filter(role__in=list(ORGANISATION_ROLES))
    reached = OrganisationReach.objects.filter(
        checks.in_reach(now), organisation_id__in=work.values("organisation_id")
    )
    parts = Participation.objects.filter(checks.taking_part(now), role__in=list(BY_ROUTE))
    held = Membership.objects.filter(checks.current(now), role__in=list(IN_SCOPE[InScope.CHECK_IN]))
    if among is not None:
        parts, held = parts.filter(person_id__in=among), held.filter(person_id__in=among)
    found = (
        Q(pk__in=parts.filter(route_id__in=on_routes).values("person_id"))
        | Q(pk__in=parts.filter(route__institution_id__in=schools).values("person_id"))
        | Q(pk__in=held.filter(institution_id__in=schools).values("person_id"))
    )
    near = parts.filter(
        Q(route_id__in=_parts(coach, NEAR, now).values("route_id"))
        | Q(route_id__in=reached.values("route_id"))
        | Q(route__institution_id__in=leads)
    )
    too_near = Q(pk__in=near.values("person_id")) | Q(
        pk__in=held.filter(institution_id__in=leads).values("person_id")
    )
    return Person.objects.filter(found).exclude(too_near).exclude(pk=coach.pk)
