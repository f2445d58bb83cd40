"""Who belongs to the partnership, and to what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, Value
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, InScope
from tussenstop.access.models import Participation
from tussenstop.access.partnership import may_anywhere
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Institution, Organisation, Person, Workplace
from tussenstop.people.queries import Scope, within
from tussenstop.people.rules import Role


def belongs(person: Person, *, now: datetime) -> bool:
    """Whether this person holds a role anywhere, or takes part in a route: to them the
    organisations of the partnership may present themselves."""
    return (
        checks.memberships(person, now=now).exists()
        or Participation.objects.filter(checks.taking_part(now), person=person).exists()
    )


def require_belonging(person: Person, now: datetime) -> None:
    if not belongs(person, now=now):
        raise NotFound


def permissions_in(person: Person, scope: Scope, *, now: datetime) -> dict[str, bool]:
    """Everything that can be done in a place, and whether this person may: `can.EDIT_ORGANISATION`
    and the like, for templates."""
    held = set(
        checks.memberships(person, now=now)
        .filter(within(scope) | within(None))
        .values_list("role", flat=True)
    )
    return {permission.name: not held.isdisjoint(roles) for permission, roles in IN_SCOPE.items()}


@dataclass(frozen=True, slots=True)
class Belonging:
    """One place somebody belongs to, with the roles they hold there."""

    place: Institution | Organisation
    roles: list[str]


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody belongs to, and what they may do with the partnership as a whole."""

    organisations: list[Belonging]
    institutions: list[Belonging]
    is_administrator: bool
    may_add_organisation: bool
    belongs: bool


def mine(*, person: Person, now: datetime) -> Mine:
    """Where this person holds a role."""
    held = (
        checks.memberships(person, now=now)
        .select_related("organisation", "institution")
        .order_by("since", "pk")
    )
    roles: dict[UUID, list[str]] = defaultdict(list)
    places: dict[UUID, Institution | Organisation] = {}
    all_roles = set()
    for membership in held:
        all_roles.add(membership.role)
        if place := membership.organisation or membership.institution:
            places[place.pk] = place
            roles[place.pk].append(membership.role)
    found = [
        Belonging(place, roles[key])
        for key, place in sorted(places.items(), key=lambda item: item[1].name.lower())
    ]
    return Mine(
        organisations=[one for one in found if isinstance(one.place, Organisation)],
        institutions=[one for one in found if isinstance(one.place, Institution)],
        is_administrator=Role.ADMINISTRATOR in all_roles,
        may_add_organisation=not all_roles.isdisjoint(IN_SCOPE[InScope.ADD_ORGANISATION]),
        belongs=bool(all_roles) or belongs(person, now=now),
    )


def whole_partnership(*, person: Person, now: datetime, words: str = "") -> QuerySet[Any]:
    """Every institution and organisation by name, as dictionaries with `id`, `name` and `kind`."""
    checks.require_in(person, InScope.MANAGE_PARTNERSHIP, None, now=now)
    wanted = Q()
    for word in words.split():
        wanted &= Q(name__icontains=word)
    columns = ("id", "name", "kind", "by_name")
    schools: QuerySet[Any] = (
        Institution.objects.filter(wanted)
        .annotate(kind=Value("institution"), by_name=Lower("name"))
        .values(*columns)
    )
    employers: QuerySet[Any] = (
        Organisation.objects.filter(wanted)
        .annotate(kind=Value("organisation"), by_name=Lower("name"))
        .values(*columns)
    )
    return schools.union(employers, all=True).order_by("by_name", "id")


def list_organisations(*, person: Person, now: datetime, words: str = "") -> QuerySet[Organisation]:
    """The organisations of the partnership as they present themselves, by name."""
    require_belonging(person, now)
    found = Organisation.objects.order_by(Lower("name"), "pk")
    for word in words.split():
        places = Workplace.objects.filter(Q(city__icontains=word) | Q(name__icontains=word))
        found = found.filter(
            Q(name__icontains=word)
            | Q(sector__icontains=word)
            | Q(pk__in=places.filter(closed_at=None).values("organisation_id"))
        )
    open_places = Workplace.objects.filter(closed_at=None).order_by(Lower("name"))
    return found.prefetch_related(Prefetch("workplaces", open_places, to_attr="open_workplaces"))


def may_add_organisation(*, person: Person, now: datetime) -> None:
    """Raises NotFound for who may not bring an organisation in."""
    if not may_anywhere(person, InScope.ADD_ORGANISATION, now=now):
        raise NotFound


def may_add_institution(*, person: Person, now: datetime) -> None:
    """Raises NotFound for who may not bring an institution in."""
    checks.require_in(person, InScope.MANAGE_PARTNERSHIP, None, now=now)
