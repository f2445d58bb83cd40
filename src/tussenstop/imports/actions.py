"""Bringing in a file: read, say which column holds what, and then everything or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import IO, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.imports import places, students, wishes
from tussenstop.imports.columns import columns_of, guess, missing
from tussenstop.imports.forgetting import forget, forget_old
from tussenstop.imports.lines import CannotBringIn, Line
from tussenstop.imports.looking import judge, values_of
from tussenstop.imports.models import Import
from tussenstop.imports.reading import read_table
from tussenstop.imports.rules import USEFUL, Change, ImportState, Kind
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import hold
from tussenstop.people.models import Institution


class NothingThere(DomainError):
    """A column that is needed was not chosen."""


def _first_mapping(institution: Institution, kind: Kind, header: Sequence[str]) -> dict[str, int]:
    """As it was chosen for the last file with the same columns, or a guess."""
    before = (
        Import.objects.filter(institution=institution, kind=kind, columns=list(header))
        .exclude(mapping={})
        .order_by("-made_at")
        .values_list("mapping", flat=True)
        .first()
    )
    return before or guess(kind, header)


@transaction.atomic
def begin(
    *,
    by: By,
    institution: Institution,
    key: UUID,
    kind: Kind,
    file: IO[bytes],
    name: str,
    now: datetime,
) -> Import:
    """Read a file and keep its rows until they are brought in. `key` came with the form: the same
    form sent twice begins once. Raises BadTable; nothing is kept of what can't be read."""
    checks.require_in(by.person, InScope.IMPORT, institution, now=now)
    forget_old(now)
    rows = Import.objects.filter(pk=key, institution=institution)
    if already := rows.first():
        return already
    table = read_table(file)
    try:
        with transaction.atomic():
            return Import.objects.create(
                pk=key,
                institution=institution,
                kind=kind,
                file_name=PurePath(name.replace("\\", "/")).name[:200],
                columns=list(table.header),
                rows=[[row.number, *row.cells] for row in table.rows],
                mapping=_first_mapping(institution, kind, table.header),
                made_by=by.person,
                made_at=now,
            )
    except IntegrityError as error:
        if already := rows.first():
            return already
        raise Stale(_("This form was used before. Begin again with a new one.")) from error


@transaction.atomic
def choose_columns(
    *, by: By, one: Import, seen: int, mapping: Mapping[str, int], now: datetime
) -> None:
    """Say which column of the file holds what."""
    checks.require_in(by.person, InScope.IMPORT, one.institution, now=now)
    known = {column.key for column in columns_of(one.kind)}
    chosen = {k: n for k, n in mapping.items() if k in known and 0 <= n < len(one.columns)}
    for column in missing(one.kind, chosen):
        raise NothingThere(_("Choose the column that holds this."), field=column.key)
    if not Import.objects.filter(pk=one.pk, version=seen, state=ImportState.UPLOADED).update(
        mapping=chosen, version=F("version") + 1
    ):
        raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))


@transaction.atomic
def drop(*, by: By, one: Import, now: datetime) -> None:
    """Not bring it in after all: its rows are forgotten at once."""
    checks.require_in(by.person, InScope.IMPORT, one.institution, now=now)
    forget(Import.objects.filter(pk=one.pk))


def _write(one: Import, lines: Sequence[Line[Any]], *, by: By, opened: bool, now: datetime) -> int:
    """Do what the lines say; how many there are to tell of."""
    useful: list[tuple[int, Any]] = [(line.number, line.plan) for line in lines if line.plan]
    if one.kind == Kind.WISHES:
        return wishes.write([plan for _number, plan in useful], by=by, now=now)
    write = (
        partial(students.write, institution=one.institution)
        if one.kind == Kind.STUDENTS
        else partial(places.write, opened=opened)
    )
    for number, plan in useful:
        try:
            write(plan, by=by, now=now)
        except DomainError as refusal:
            raise CannotBringIn(
                _("Row %(row)s: %(why)s") % {"row": number, "why": refusal.text}
            ) from refusal
    return len(useful)


@transaction.atomic
def bring_in(*, by: By, one: Import, seen: int, now: datetime, opened: bool = False) -> None:
    """Bring in every row, or none. The rows are judged once more: if one needs another look by
    now, nothing is written. With `opened` new places are opened, because the organisations asked
    for that. Twice is once."""
    checks.require_in(by.person, InScope.IMPORT, one.institution, now=now)
    hold(one.institution)
    fresh = Import.objects.select_related("institution").get(pk=one.pk)
    if fresh.state == ImportState.DONE:
        return
    if fresh.state != ImportState.UPLOADED or fresh.version != seen:
        raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))
    for column in missing(fresh.kind, fresh.mapping):
        raise NothingThere(_("Choose the column that holds this."), field=column.key)
    rows = values_of(fresh)
    if fresh.kind == Kind.WISHES:
        wishes.hold(rows)
    lines = judge(fresh, rows, person=by.person, now=now)
    counts = Counter(str(line.change) for line in lines)
    if counts[Change.WRONG]:
        raise CannotBringIn(
            _("Something changed meanwhile: some rows need another look. Nothing was written.")
        )
    if not any(counts[change] for change in USEFUL):
        raise CannotBringIn(_("All of this is there already: there is nothing to bring in."))
    told = _write(fresh, lines, by=by, opened=opened, now=now)
    if opened and fresh.kind == Kind.PLACES:
        counts["opened"] = counts[Change.NEW]
    done = Import.objects.filter(pk=fresh.pk, state=ImportState.UPLOADED).update(
        state=ImportState.DONE,
        rows=None,
        done_at=now,
        counts=dict(counts),
        version=F("version") + 1,
    )
    if not done:
        raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))
    audit.record(f"import.{fresh.kind}", actor=by.actor, now=now, subject_id=fresh.pk, count=told)
