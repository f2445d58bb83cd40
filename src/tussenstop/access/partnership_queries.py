"""Reading the partnership, always for someone: what they may not know of is not found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, InScope
from tussenstop.access.models import Participation
from tussenstop.access.partnership import may_anywhere, permission_to_manage, permission_to_see
from tussenstop.core.errors import NotFound
from tussenstop.people.models import (
    Competence,
    Institution,
    Membership,
    OpeningHours,
    Organisation,
    Person,
    Programme,
    TemplateStop,
    Workplace,
    WorkplacePhoto,
)
from tussenstop.people.queries import (
    Scope,
    holders,
    not_over,
    roles_in,
    template_of,
    tree_of,
    within,
)
from tussenstop.people.rules import Role

FEW = 8  # names on an overview; the whole list has a page of its own


def belongs(person: Person, *, now: datetime) -> bool:
    """Whether this person holds a role anywhere, or takes part in a route: to them the
    organisations of the partnership may present themselves."""
    return (
        checks.memberships(person, now=now).exists()
        or Participation.objects.filter(checks.taking_part(now), person=person).exists()
    )


def _require_belonging(person: Person, now: datetime) -> None:
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
    _require_belonging(person, now)
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


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place and what this person may do there."""

    place: Scope
    kind: str  # institution, organisation or partnership
    can: dict[str, bool]


@dataclass(frozen=True, slots=True)
class OrganisationView:
    organisation: Organisation
    can: dict[str, bool]


def get_organisation(
    *, person: Person, organisation_id: UUID, now: datetime, permission: InScope | None = None
) -> OrganisationView:
    """An organisation; without a permission its public description, for everybody who belongs."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound
    if permission is None:
        _require_belonging(person, now)
    else:
        checks.require_in(person, permission, organisation, now=now)
    return OrganisationView(organisation, permissions_in(person, organisation, now=now))


def workplaces_of(organisation: Organisation) -> QuerySet[Workplace]:
    """Of an organisation that was found: its workplaces, the open ones first."""
    return Workplace.objects.filter(organisation=organisation).order_by(
        F("closed_at").asc(nulls_first=True), Lower("name"), "pk"
    )


def open_workplaces(scope: Scope) -> list[Workplace]:
    """Of a place that was found: the workplaces at which somebody can get a role."""
    if not isinstance(scope, Organisation):
        return []
    return list(workplaces_of(scope).filter(closed_at=None))


@dataclass(frozen=True, slots=True)
class WorkplaceView:
    workplace: Workplace
    can: dict[str, bool]


def get_workplace(
    *, person: Person, workplace_id: UUID, now: datetime, permission: InScope | None = None
) -> WorkplaceView:
    """A workplace with its opening hours and photos; without a permission for who belongs."""
    workplace = (
        Workplace.objects.filter(pk=workplace_id)
        .select_related("organisation")
        .prefetch_related(
            Prefetch("opening_hours", OpeningHours.objects.order_by("weekday", "opens")),
            Prefetch("photos", WorkplacePhoto.objects.order_by("position", "pk")),
        )
        .first()
    )
    if workplace is None:
        raise NotFound
    if permission is None:
        _require_belonging(person, now)
    else:
        checks.require_in(person, permission, workplace.organisation, now=now)
    return WorkplaceView(workplace, permissions_in(person, workplace.organisation, now=now))


def get_photo(
    *, person: Person, photo_id: UUID, now: datetime, permission: InScope | None = None
) -> WorkplacePhoto:
    """A photo of a workplace, with its file; without a permission for who belongs."""
    photo = (
        WorkplacePhoto.objects.filter(pk=photo_id)
        .select_related("file", "workplace__organisation")
        .first()
    )
    if photo is None:
        raise NotFound
    if permission is None:
        _require_belonging(person, now)
    else:
        checks.require_in(person, permission, photo.workplace.organisation, now=now)
    return photo


@dataclass(frozen=True, slots=True)
class InstitutionView:
    institution: Institution
    can: dict[str, bool]


def get_institution(
    *,
    person: Person,
    institution_id: UUID,
    now: datetime,
    permission: InScope = InScope.SEE_INSTITUTION,
) -> InstitutionView:
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise NotFound
    checks.require_in(person, permission, institution, now=now)
    return InstitutionView(institution, permissions_in(person, institution, now=now))


def programmes_of(institution: Institution) -> QuerySet[Programme]:
    """Of an institution that was found: its programmes, the open ones first."""
    return Programme.objects.filter(institution=institution).order_by(
        F("closed_at").asc(nulls_first=True), Lower("name"), "pk"
    )


def teachers_of(institution: Institution, *, now: datetime) -> QuerySet[Person]:
    """Of an institution that was found: who teaches there now."""
    return holders(institution, [Role.TEACHER], now=now)


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme with its competences (two levels) and its route template."""

    programme: Programme
    can: dict[str, bool]
    competences: Sequence[Competence] = field(default=())
    stops: Sequence[TemplateStop] = field(default=())


def get_programme(
    *,
    person: Person,
    programme_id: UUID,
    now: datetime,
    permission: InScope = InScope.SEE_INSTITUTION,
) -> ProgrammeView:
    programme = (
        Programme.objects.filter(pk=programme_id)
        .select_related("institution", "default_teacher")
        .first()
    )
    if programme is None:
        raise NotFound
    checks.require_in(person, permission, programme.institution, now=now)
    return ProgrammeView(
        programme,
        permissions_in(person, programme.institution, now=now),
        list(tree_of(programme)),
        list(template_of(programme)),
    )


def get_competence(*, person: Person, competence_id: UUID, now: datetime) -> Competence:
    """A competence, to change it."""
    found = Competence.objects.select_related("programme__institution", "parent")
    competence = found.filter(pk=competence_id).first()
    if competence is None:
        raise NotFound
    school = competence.programme.institution
    checks.require_in(person, InScope.EDIT_INSTITUTION, school, now=now)
    return competence


def get_template_stop(*, person: Person, stop_id: UUID, now: datetime) -> TemplateStop:
    """A stop of a route template, to change it."""
    found = TemplateStop.objects.select_related("programme__institution")
    stop = found.filter(pk=stop_id).first()
    if stop is None:
        raise NotFound
    checks.require_in(person, InScope.EDIT_INSTITUTION, stop.programme.institution, now=now)
    return stop


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
