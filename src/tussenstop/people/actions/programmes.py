"""Programmes: what a student is enrolled in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.core import audit
from tussenstop.core.errors import DomainError
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import claim, make_once, once
from tussenstop.people.actions.template import copy_built_in
from tussenstop.people.models import Institution, Person, Programme
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role

PROGRAMME_TAKEN = _("This institution has a programme with this name already.")


class NotATeacher(DomainError):
    """Only a teacher of the institution can be the usual teacher of a programme."""


@dataclass(frozen=True, slots=True)
class Outline:
    """How a programme is described."""

    name: str
    hours_target: int
    code: str = ""
    about: str = ""
    weeks: int = 26
    lesson_hours: int | None = None
    study_hours: int | None = None
    self_start: bool = True
    default_teacher: Person | None = None

    def columns(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def _check(institution: Institution, outline: Outline, now: datetime) -> None:
    teacher = outline.default_teacher
    if teacher and not holders(institution, [Role.TEACHER], now=now).contains(teacher):
        raise NotATeacher(
            _("%(name)s is not a teacher here now.") % {"name": teacher.name},
            field="default_teacher",
        )


@transaction.atomic
def add_programme(
    *,
    by: By,
    institution: Institution,
    outline: Outline,
    now: datetime,
    key: UUID | None = None,
) -> Programme:
    """Add a programme; its route template starts as the built-in one. Twice the same form makes
    one programme."""
    _check(institution, outline, now)
    programme, made = make_once(
        institution.programmes, key, taken=PROGRAMME_TAKEN, created_at=now, **outline.columns()
    )
    if not made:
        return programme
    copy_built_in(programme)
    _tell("programme.added", by, programme, now)
    return programme


@transaction.atomic
def edit_programme(
    *, by: By, programme: Programme, seen: int, outline: Outline, now: datetime
) -> None:
    """Describe a programme; routes that run already keep the hours that were agreed."""
    if outline.default_teacher and outline.default_teacher.pk != programme.default_teacher_id:
        _check(programme.institution, outline, now)
    with once(PROGRAMME_TAKEN, field="name"):
        written = claim(programme, seen=seen, **outline.columns())
    if written:
        _tell("programme.edited", by, programme, now)


@transaction.atomic
def close_programme(*, by: By, programme: Programme, now: datetime) -> None:
    """Take no new students; routes that run go on."""
    if Programme.objects.filter(pk=programme.pk, closed_at=None).update(closed_at=now):
        _tell("programme.closed", by, programme, now)


@transaction.atomic
def reopen_programme(*, by: By, programme: Programme, now: datetime) -> None:
    """Take students again."""
    closed = Programme.objects.filter(pk=programme.pk, closed_at__isnull=False)
    if closed.update(closed_at=None):
        _tell("programme.reopened", by, programme, now)


def _tell(code: str, by: By, programme: Programme, now: datetime) -> None:
    audit.record(code, actor=by.actor, now=now, subject_id=programme.pk, name=programme.name)
