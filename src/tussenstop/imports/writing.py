"""Writing what a file brings: every row, or none."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.imports import places, students, wishes
from tussenstop.imports.lines import CannotBringIn, Line
from tussenstop.imports.looking import judge, values_of
from tussenstop.imports.models import Import
from tussenstop.imports.rules import USEFUL, Change, ImportState, Kind
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import hold


def refuse_wrong(lines: Sequence[Line[Any]]) -> Counter[str]:
    """How many lines do what. Raises CannotBringIn when one needs another look, or none does
    anything."""
    counts = Counter(str(line.change) for line in lines)
    if counts[Change.WRONG]:
        raise CannotBringIn(
            _("Something changed meanwhile: some rows need another look. Nothing was written.")
        )
    if not any(counts[change] for change in USEFUL):
        raise CannotBringIn(_("All of this is there already: there is nothing to bring in."))
    return counts


def _write_lines(one: Import, lines: Sequence[Line[Any]], *, by: By, now: datetime) -> int:
    """Do what the lines say; how many there are to tell of."""
    useful: list[tuple[int, Any]] = [(line.number, line.plan) for line in lines if line.plan]
    if one.kind == Kind.WISHES:
        return wishes.write([plan for _number, plan in useful], by=by, now=now)
    write = (
        partial(students.write, institution=one.institution)
        if one.kind == Kind.STUDENTS
        else partial(places.write, opened=one.opened)
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
def _write(one: Import, *, by: By, now: datetime) -> None:
    checks.require_in(by.person, InScope.IMPORT, one.institution, now=now)
    hold(one.institution)
    rows = values_of(one)
    # Written first: whoever does the same at this moment waits, and then finds it done.
    busy = Import.objects.filter(pk=one.pk, state=ImportState.BUSY, version=one.version)
    if not busy.update(
        state=ImportState.DONE, rows=None, trouble="", done_at=now, version=F("version") + 1
    ):
        return
    if one.kind == Kind.WISHES:
        wishes.hold(rows)
    lines = judge(one, rows, person=by.person, now=now)
    counts = refuse_wrong(lines)
    told = _write_lines(one, lines, by=by, now=now)
    if one.opened and one.kind == Kind.PLACES:
        counts["opened"] = counts[Change.NEW]
    Import.objects.filter(pk=one.pk).update(counts=dict(counts))
    audit.record(f"import.{one.kind}", actor=by.actor, now=now, subject_id=one.pk, count=told)


def give_back(one: Import, trouble: str) -> None:
    """It came to nothing: everything is as it was, and says why."""
    Import.objects.filter(pk=one.pk, state=ImportState.BUSY, version=one.version).update(
        state=ImportState.UPLOADED, trouble=trouble[:600], version=F("version") + 1
    )


def write(one: Import, *, by: By, now: datetime) -> None:
    """Judge every row once more and bring it in; afterwards the rows are forgotten. When something
    changed meanwhile nothing is written, and the file says why."""
    with translation.override(by.person.language):
        try:
            _write(one, by=by, now=now)
        except (NotFound, Refused):
            give_back(one, _("Whoever asked this, may no longer do so."))
        except DomainError as refusal:
            give_back(one, str(refusal.text))
