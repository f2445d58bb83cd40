"""Reads about people and the partnership that ask no permission: the layers above do that."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from tussenstop.people.models import (
    Competence,
    Institution,
    Membership,
    Organisation,
    Person,
    Programme,
    TemplateStop,
)
from tussenstop.people.rules import (
    INSTITUTION_ROLES,
    ORGANISATION_ROLES,
    PARTNERSHIP_ROLES,
    Role,
)

Scope = Institution | Organisation | None


def in_force(now: datetime) -> Q:
    """Memberships that hold now."""
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def not_over(now: datetime) -> Q:
    """Memberships that hold now or will."""
    return Q(until=None) | Q(until__gt=now)


def within(scope: Scope) -> Q:
    """Memberships of one institution, one organisation, or (None) the partnership itself."""
    if isinstance(scope, Institution):
        return Q(institution=scope)
    if isinstance(scope, Organisation):
        return Q(organisation=scope)
    return Q(institution=None, organisation=None)


def roles_in(scope: Scope) -> tuple[Role, ...]:
    """The roles that exist there."""
    if isinstance(scope, Institution):
        return INSTITUTION_ROLES
    if isinstance(scope, Organisation):
        return ORGANISATION_ROLES
    return PARTNERSHIP_ROLES


def holders(scope: Scope, roles: Iterable[Role], *, now: datetime) -> QuerySet[Person]:
    """Who holds one of these roles there now, by name."""
    held = Membership.objects.filter(in_force(now), within(scope), role__in=list(roles))
    return Person.objects.filter(pk__in=held.values("person_id")).order_by(Lower("name"))


def competences_of(programme: Programme) -> QuerySet[Competence]:
    """In the order in which they are read: each with its parts right after it."""
    return Competence.objects.filter(programme=programme).order_by("position", "pk")


def tree_of(programme: Programme) -> QuerySet[Competence]:
    """The competences of the first level, each with its `parts`."""
    parts = Prefetch("parts", Competence.objects.order_by("position", "pk"))
    return competences_of(programme).filter(parent=None).prefetch_related(parts)


def template_of(programme: Programme) -> QuerySet[TemplateStop]:
    return TemplateStop.objects.filter(programme=programme).order_by("position", "pk")
