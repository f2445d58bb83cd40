"""Who holds which role in a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.access.partnership import permission_to_manage, permission_to_see
from tussenstop.access.partnership_queries.belonging import permissions_in
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Institution, Membership, Organisation, Person
from tussenstop.people.queries import Scope, holders, not_over, roles_in, within
from tussenstop.people.rules import Role

FEW = 8  # names on an overview; the whole list has a page of its own


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Who holds one role in a place: the first names, and how many there are."""

    role: Role
    people: list[Person]
    count: int


def groups_in(scope: Scope, roles: Iterable[Role], *, now: datetime) -> list[RoleGroup]:
    """Of a place that was found: who does what there now."""
    held = Membership.objects.filter(checks.current(now), within(scope))
    counts = dict(
        held.values_list("role").annotate(count=Count("person", distinct=True)).order_by()
    )
    return [
        RoleGroup(role, list(holders(scope, [role], now=now)[:FEW]), counts[role])
        for role in roles
        if counts.get(role)
    ]


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The people of a place as one person may see them."""

    members: QuerySet[Membership]
    roles: tuple[Role, ...]
    may_manage: bool


def list_members(
    *,
    person: Person,
    scope: Scope,
    now: datetime,
    role: str = "",
    words: str = "",
    past: bool = False,
) -> PeopleView:
    """Who holds a role here, by name. Students are listed for those who may know them; what is
    over, for those who look after the roles."""
    checks.require_in(person, permission_to_see(scope), scope, now=now)
    can = permissions_in(person, scope, now=now)
    may_manage = can[permission_to_manage(scope).name]
    roles = roles_in(scope)
    if not can[InScope.SEE_STUDENTS.name]:
        roles = tuple(each for each in roles if each != Role.STUDENT)
    members = Membership.objects.filter(within(scope), role__in=list(roles))
    if past and may_manage:
        members = members.exclude(not_over(now)).order_by("-until", "pk")
    elif may_manage:
        members = members.filter(not_over(now)).order_by(Lower("person__name"), "pk")
    else:
        members = members.filter(checks.current(now)).order_by(Lower("person__name"), "pk")
    if role in set(roles):
        members = members.filter(role=role)
    for word in words.split():
        members = members.filter(person__name__icontains=word)
    return PeopleView(members.select_related("person", "workplace"), roles, may_manage)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place and what this person may do there."""

    place: Scope
    kind: str  # institution, organisation or partnership
    can: dict[str, bool]


def get_place(
    *,
    person: Person,
    now: datetime,
    institution_id: UUID | None = None,
    organisation_id: UUID | None = None,
    manage: bool = False,
) -> PlaceView:
    """An institution, an organisation, or (with neither) the partnership: to see its people, or
    to manage their roles."""
    place: Scope = None
    kind = "partnership"
    if institution_id:
        place, kind = Institution.objects.filter(pk=institution_id).first(), "institution"
    elif organisation_id:
        place, kind = Organisation.objects.filter(pk=organisation_id).first(), "organisation"
    if place is None and kind != "partnership":
        raise NotFound
    permission = permission_to_manage(place) if manage else permission_to_see(place)
    checks.require_in(person, permission, place, now=now)
    return PlaceView(place, kind, permissions_in(person, place, now=now))


def get_membership(*, person: Person, membership_id: UUID, now: datetime) -> Membership:
    """A role that somebody holds or held, for who looks after the roles there."""
    membership = (
        Membership.objects.filter(pk=membership_id)
        .select_related("person", "institution", "organisation")
        .first()
    )
    if membership is None:
        raise NotFound
    scope = membership.institution or membership.organisation
    checks.require_in(person, permission_to_manage(scope), scope, now=now)
    return membership
