"""What the writes of the partnership share: one turn at a time, one name once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Manager
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tussenstop.core.errors import DomainError, Stale
from tussenstop.core.ids import uuid7
from tussenstop.people.models import (
    Competence,
    Institution,
    Organisation,
    Programme,
    TemplateStop,
    Workplace,
)

Ordered = TypeVar("Ordered", Competence, TemplateStop)
Made = TypeVar("Made", Institution, Organisation, Workplace, Programme)
Versioned = Institution | Organisation | Workplace | Programme


class Taken(DomainError):
    """There is one with this name or code already."""


def claim(row: Versioned, *, seen: int, **changes: Any) -> bool:
    """Write, if nobody else wrote since this person looked, and say whether anything had to be
    written: a second click on the same form finds its own work done. Raises Stale."""
    rows = type(row).objects.filter(pk=row.pk)
    if rows.filter(version=seen).update(version=F("version") + 1, **changes):
        row.version = seen + 1
        for name, value in changes.items():
            setattr(row, name, value)
        return True
    there = rows.first()
    if there and changes and all(getattr(there, k) == v for k, v in changes.items()):
        return False
    raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))


@contextmanager
def once(text: str | Promise, *, field: str) -> Iterator[None]:
    """A name or code that exists already is a refusal beside its field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Taken(text, field=field) from error


def make_once(
    rows: Manager[Made], key: UUID | None, *, taken: str | Promise, **values: Any
) -> tuple[Made, bool]:
    """Make a row, and say whether it is new. `key` came with the form: the same form sent twice,
    even at the same moment, makes one. A name that exists already is a refusal."""
    key = key or uuid7()
    try:
        if already := rows.filter(pk=key).first():
            return already, False
        with transaction.atomic():
            return rows.create(pk=key, **values), True
    except IntegrityError as error:
        if already := rows.filter(pk=key).first():
            return already, False
        raise Taken(taken, field="name") from error


def hold(row: Versioned) -> None:
    """Keep others from changing what belongs to this row until the transaction ends: a write that
    changes nothing waits its turn on SQLite and on PostgreSQL alike."""
    type(row).objects.filter(pk=row.pk).update(version=F("version"))


def renumber(rows: Sequence[Ordered]) -> None:
    """Give rows the positions of the order in which they stand."""
    moved: list[Ordered] = []
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            moved.append(row)
    if moved:
        type(moved[0]).objects.bulk_update(moved, ["position"])


def swapped(rows: list[Ordered], row: Ordered, *, up: bool) -> list[Ordered]:
    """The rows with this one a place higher or lower; at the end of the list nothing changes."""
    here = next(i for i, other in enumerate(rows) if other.pk == row.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    return rows
