"""The competences of a programme, in two levels: one by one, or pasted as lines."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.core import audit
from tussenstop.core.errors import DomainError
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import claim, once, renumber, swapped
from tussenstop.people.models import Competence, Programme
from tussenstop.people.pasting import MOST_LINES, Change, Known, Line, read_lines
from tussenstop.people.queries import competences_of

CODE_TAKEN = _("This programme has a competence with this code already.")


class TwoLevels(DomainError):
    """A competence can be a part of another; a part has no parts."""


class HasParts(DomainError):
    """The parts of a competence would be lost with it."""


class BadLines(DomainError):
    """Some of the pasted lines can't be read; nothing was written."""


def known_in(programme: Programme) -> dict[str, Known]:
    """The competences that are there, as pasting wants to know them."""
    rows = competences_of(programme).select_related("parent")
    return {c.code: Known(c.text, c.parent.code if c.parent else "") for c in rows}


def _in_order(programme: Programme) -> list[Competence]:
    """Each competence of the first level, with its parts right after it."""
    rows = list(competences_of(programme))
    return [
        row
        for top in rows
        if top.parent_id is None
        for row in (top, *(part for part in rows if part.parent_id == top.pk))
    ]


def _check_parent(programme: Programme, parent: Competence | None) -> None:
    if parent and (parent.parent_id or parent.programme_id != programme.pk):
        raise TwoLevels(_("Choose a competence of the first level."), field="parent")


@transaction.atomic
def add_competence(
    *,
    by: By,
    programme: Programme,
    seen: int,
    code: str,
    text: str,
    now: datetime,
    parent: Competence | None = None,
) -> Competence:
    """Add a competence, or a part of one, at the end of its list; twice the same adds one."""
    _check_parent(programme, parent)
    same = competences_of(programme).filter(code=code, text=text, parent=parent)
    if already := same.first():
        return already
    claim(programme, seen=seen)
    with once(CODE_TAKEN, field="code"):
        competence = Competence.objects.create(
            programme=programme,
            parent=parent,
            code=code,
            text=text,
            position=competences_of(programme).count(),
        )
    renumber(_in_order(programme))
    _tell(by, programme, now)
    return competence


@transaction.atomic
def edit_competence(
    *,
    by: By,
    competence: Competence,
    seen: int,
    code: str,
    text: str,
    now: datetime,
    parent: Competence | None = None,
) -> None:
    """Change the code or the words of a competence, or what it is a part of."""
    programme = competence.programme
    _check_parent(programme, parent)
    if parent and (parent.pk == competence.pk or competence.parts.exists()):
        raise TwoLevels(
            _("This competence has parts of its own, so it can't be a part."), field="parent"
        )
    claim(programme, seen=seen)
    with once(CODE_TAKEN, field="code"):
        Competence.objects.filter(pk=competence.pk).update(code=code, text=text, parent=parent)
    renumber(_in_order(programme))
    _tell(by, programme, now)


@transaction.atomic
def move_competence(*, by: By, competence: Competence, seen: int, up: bool, now: datetime) -> None:
    """Put a competence one place higher or lower among its like."""
    programme = competence.programme
    claim(programme, seen=seen)
    like = list(competences_of(programme).filter(parent=competence.parent_id))
    places = [row.position for row in like]
    for row, place in zip(swapped(like, competence, up=up), places, strict=True):
        row.position = place
    Competence.objects.bulk_update(like, ["position"])
    renumber(_in_order(programme))
    _tell(by, programme, now)


@transaction.atomic
def remove_competence(*, by: By, competence: Competence, seen: int, now: datetime) -> None:
    """Take a competence off the list."""
    if competence.parts.exists():
        raise HasParts(_("Remove or move the parts of %(code)s first.") % {"code": competence.code})
    claim(competence.programme, seen=seen)
    competence.delete()
    renumber(_in_order(competence.programme))
    _tell(by, competence.programme, now)


def judge(programme: Programme, pasted: str) -> list[Line]:
    """What each pasted line would do, without doing it."""
    return read_lines(pasted, known_in(programme))


@transaction.atomic
def paste_competences(
    *, by: By, programme: Programme, seen: int, pasted: str, now: datetime
) -> list[Line]:
    """Add the lines that are new and change those whose words changed: all of them, or none."""
    claim(programme, seen=seen)
    lines = judge(programme, pasted)
    if not lines:
        raise BadLines(_("Paste at least one line."), field="pasted")
    if len(lines) > MOST_LINES:
        raise BadLines(
            _("At most %(count)s lines at once.") % {"count": MOST_LINES}, field="pasted"
        )
    if any(line.change == Change.WRONG for line in lines):
        raise BadLines(_("Some lines need another look. Nothing was saved."), field="pasted")
    rows = {row.code: row for row in competences_of(programme)}
    fresh: list[Competence] = []
    for line in lines:
        if line.change == Change.CHANGED:
            rows[line.code].text = line.text
        elif line.change == Change.NEW:
            rows[line.code] = Competence(
                programme=programme,
                parent=rows[line.parent] if line.parent else None,
                code=line.code,
                text=line.text,
                position=len(rows),
            )
            fresh.append(rows[line.code])
    Competence.objects.bulk_create(row for row in fresh if row.parent is None)
    Competence.objects.bulk_create(row for row in fresh if row.parent is not None)
    changed = [rows[line.code] for line in lines if line.change == Change.CHANGED]
    Competence.objects.bulk_update(changed, ["text"])
    renumber(_in_order(programme))
    if fresh or changed:
        _tell(by, programme, now)
    return lines


def _tell(by: By, programme: Programme, now: datetime) -> None:
    audit.record(
        "competences.changed",
        actor=by.actor,
        now=now,
        subject_id=programme.pk,
        name=programme.name,
    )
