"""Organisations and their workplaces: public for everybody who belongs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.access.partnership_queries.belonging import permissions_in, require_belonging
from tussenstop.core.errors import NotFound
from tussenstop.people.models import (
    OpeningHours,
    Organisation,
    Person,
    Workplace,
    WorkplacePhoto,
)
from tussenstop.people.queries import Scope


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
        require_belonging(person, now)
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
        require_belonging(person, now)
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
        require_belonging(person, now)
    else:
        checks.require_in(person, permission, photo.workplace.organisation, now=now)
    return photo
