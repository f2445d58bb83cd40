"""Bringing in a file: read, say which column holds what, and then everything or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import IO
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core.errors import DomainError, Stale
from tussenstop.imports import jobs
from tussenstop.imports.columns import columns_of
from tussenstop.imports.forgetting import forget, forget_old, waiting
from tussenstop.imports.guessing import guess, missing
from tussenstop.imports.looking import judge, values_of
from tussenstop.imports.models import Import
from tussenstop.imports.reading import read_table
from tussenstop.imports.rules import ImportState, Kind
from tussenstop.imports.tables import TooLong
from tussenstop.imports.writing import refuse_wrong
from tussenstop.people.acting import By
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
    instead: UUID | None = None,
) -> Import:
    """Read a file and keep its rows until they are brought in. A file it comes `instead` of is
    forgotten. `key` came with the form: the same form sent twice begins once. Raises BadTable;
    nothing is kept of what can't be read."""
    checks.require_in(by.person, InScope.IMPORT, institution, now=now)
    forget_old(now)
    rows = Import.objects.filter(pk=key, institution=institution)
    if already := rows.first():
        return already
    table = read_table(file)
    if len(table.rows) > kind.most:
        raise TooLong(kind.most)
    if instead:
        forget(Import.objects.filter(pk=instead, institution=institution), now)
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
    if not Import.objects.filter(waiting(now), pk=one.pk, version=seen).update(
        mapping=chosen, state=ImportState.UPLOADED, trouble="", version=F("version") + 1
    ):
        raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))


@transaction.atomic
def drop(*, by: By, one: Import, now: datetime) -> None:
    """Not bring it in after all: its rows are forgotten at once."""
    checks.require_in(by.person, InScope.IMPORT, one.institution, now=now)
    forget(Import.objects.filter(pk=one.pk), now)


@transaction.atomic
def bring_in(*, by: By, one: Import, seen: int, now: datetime, opened: bool = False) -> None:
    """Bring in every row in the background, or none: refused while one needs another look. With
    `opened` new places are opened, because the organisations asked for that. Twice is once."""
    checks.require_in(by.person, InScope.IMPORT, one.institution, now=now)
    fresh = Import.objects.select_related("institution").get(pk=one.pk)
    rows = Import.objects.filter(waiting(now), pk=one.pk, version=seen)
    if not rows.exists():
        if fresh.state in {ImportState.BUSY, ImportState.DONE}:
            return
        raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))
    for column in missing(fresh.kind, fresh.mapping):
        raise NothingThere(_("Choose the column that holds this."), field=column.key)
    refuse_wrong(judge(fresh, values_of(fresh), person=by.person, now=now))
    if rows.update(
        state=ImportState.BUSY,
        begun_at=now,
        opened=opened,
        trouble="",
        version=F("version") + 1,
    ):
        transaction.on_commit(partial(jobs.bring_in.enqueue, str(one.pk), str(by.person.pk)))
