"""Institutions and their programmes, for who belongs there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.access.partnership_queries.belonging import permissions_in
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Competence, Institution, Person, Programme, TemplateStop
from tussenstop.people.queries import holders, template_of, tree_of
from tussenstop.people.rules import Role


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
