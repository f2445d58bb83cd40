"""The route template of a programme: the stops a new route starts with."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.core import audit
from tussenstop.core.errors import DomainError
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import claim, renumber, swapped
from tussenstop.people.models import Programme, TemplateStop
from tussenstop.people.queries import template_of


class LastStop(DomainError):
    """A route needs a stop."""


class Nameless(DomainError):
    """A stop of one's own needs a name; a built-in one has one."""


def copy_built_in(programme: Programme) -> None:
    """Give a programme without stops those of the content pack."""
    TemplateStop.objects.bulk_create(
        TemplateStop(
            programme=programme,
            kind=kind.key,
            position=position,
            optional=kind.optional,
            week=kind.week,
        )
        for position, kind in enumerate(pack().stops.values())
    )


@transaction.atomic
def add_template_stop(
    *,
    by: By,
    programme: Programme,
    seen: int,
    now: datetime,
    kind: str = "",
    name: str = "",
    purpose: str = "",
    optional: bool = False,
    week: int | None = None,
    after: TemplateStop | None = None,
    key: UUID | None = None,
) -> TemplateStop:
    """Add a stop of one's own, or one of a built-in `kind`, after another one or at the beginning.
    `key` came with the form: the same form sent twice adds one stop."""
    _check_name(kind, name)
    if key and (already := template_of(programme).filter(pk=key).first()):
        return already
    claim(programme, seen=seen)
    stops = list(template_of(programme))
    stop = TemplateStop.objects.create(
        pk=key or uuid7(),
        programme=programme,
        kind=kind,
        own_name=name,
        own_purpose=purpose,
        optional=optional,
        week=week,
        position=len(stops),
    )
    place = next((i + 1 for i, s in enumerate(stops) if after and s.pk == after.pk), 0)
    renumber([*stops[:place], stop, *stops[place:]])
    _tell(by, programme, now)
    return stop


@transaction.atomic
def edit_template_stop(
    *,
    by: By,
    stop: TemplateStop,
    seen: int,
    now: datetime,
    name: str = "",
    purpose: str = "",
    optional: bool = False,
    week: int | None = None,
) -> None:
    """Change a stop; a built-in one without a name or purpose of its own keeps the usual ones."""
    _check_name(stop.kind, name)
    claim(stop.programme, seen=seen)
    TemplateStop.objects.filter(pk=stop.pk).update(
        own_name=name, own_purpose=purpose, optional=optional, week=week
    )
    _tell(by, stop.programme, now)


@transaction.atomic
def move_template_stop(*, by: By, stop: TemplateStop, seen: int, up: bool, now: datetime) -> None:
    """Put a stop one place earlier or later."""
    claim(stop.programme, seen=seen)
    renumber(swapped(list(template_of(stop.programme)), stop, up=up))
    _tell(by, stop.programme, now)


@transaction.atomic
def remove_template_stop(*, by: By, stop: TemplateStop, seen: int, now: datetime) -> None:
    """Take a stop out of the template; routes that run keep theirs."""
    claim(stop.programme, seen=seen)
    rest = [other for other in template_of(stop.programme) if other.pk != stop.pk]
    if not rest:
        raise LastStop(_("This is the last stop. A route needs at least one."))
    stop.delete()
    renumber(rest)
    _tell(by, stop.programme, now)


@transaction.atomic
def reset_template(*, by: By, programme: Programme, seen: int, now: datetime) -> None:
    """Go back to the built-in stops."""
    claim(programme, seen=seen)
    TemplateStop.objects.filter(programme=programme).delete()
    copy_built_in(programme)
    _tell(by, programme, now)


def _check_name(kind: str, name: str) -> None:
    if kind and kind not in pack().stops:
        raise Nameless(_("Choose one of the stops in the list."), field="kind")
    if not kind and not name:
        raise Nameless(_("Give the stop a name."), field="name")


def _tell(by: By, programme: Programme, now: datetime) -> None:
    audit.record(
        "template.changed", actor=by.actor, now=now, subject_id=programme.pk, name=programme.name
    )
