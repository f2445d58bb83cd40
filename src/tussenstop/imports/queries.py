"""Reading what is brought in, for who may bring something in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core.errors import NotFound
from tussenstop.imports.columns import columns_of
from tussenstop.imports.forgetting import waiting
from tussenstop.imports.guessing import missing
from tussenstop.imports.lines import Line
from tussenstop.imports.looking import judge, values_of
from tussenstop.imports.models import Import
from tussenstop.imports.rules import CHANGE_ORDER, USEFUL, Change, Kind
from tussenstop.people.models import Institution, Person, Programme

SAMPLES = 3


def to_import(*, person: Person, institution_id: UUID, now: datetime) -> Institution:
    """The institution, for who may bring something in. Raises NotFound, or Refused."""
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise NotFound
    checks.require_in(person, InScope.IMPORT, institution, now=now)
    return institution


def imports_of(institution: Institution) -> QuerySet[Import]:
    """Of an institution that was found for who may bring something in: the newest first."""
    return (
        Import.objects.filter(institution=institution)
        .defer("rows", "columns", "mapping")
        .select_related("made_by")
        .order_by("-made_at", "-pk")
    )


def get_import(*, person: Person, import_id: UUID, now: datetime) -> Import:
    """One file. Raises NotFound, or Refused."""
    found = Import.objects.filter(pk=import_id).select_related("institution", "made_by").first()
    if found is None:
        raise NotFound
    checks.require_in(person, InScope.IMPORT, found.institution, now=now)
    return found


def is_waiting(one: Import, *, now: datetime) -> bool:
    """Whether a file that was found can be brought in."""
    return Import.objects.filter(waiting(now), pk=one.pk).exists()


def get_waiting(*, person: Person, import_id: UUID, now: datetime) -> Import:
    """One file that can be brought in. Raises NotFound, or Refused."""
    found = get_import(person=person, import_id=import_id, now=now)
    if not is_waiting(found, now=now):
        raise NotFound
    return found


def samples_of(one: Import) -> list[list[str]]:
    """The first values of each column of a file that was found."""
    samples: list[list[str]] = []
    for place in range(len(one.columns)):
        values = (row[place + 1] for row in one.rows or [])
        samples.append(
            [
                " ".join(v.split())[:40]
                for v, _n in zip(filter(None, values), range(SAMPLES), strict=False)
            ]
        )
    return samples


def is_mapped(one: Import) -> bool:
    """Whether everything that is needed was chosen."""
    return not missing(one.kind, one.mapping)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would do: its lines with the problems first, and how many do what."""

    lines: Sequence[Line[Any]]
    counts: Counter[str]

    @property
    def wrong(self) -> int:
        return self.counts[Change.WRONG]

    @property
    def useful(self) -> int:
        return sum(self.counts[change] for change in USEFUL)


def preview(one: Import, *, person: Person, now: datetime) -> Preview:
    """Of a file that was found for this person."""
    lines = judge(one, values_of(one), person=person, now=now)
    return Preview(
        sorted(lines, key=lambda line: (CHANGE_ORDER[line.change], line.number)),
        Counter(str(line.change) for line in lines),
    )


def problem_rows(one: Import, shown: Preview) -> tuple[list[str], list[list[str]]]:
    """The rows that need another look as they stand in the file, with what is the matter; and
    their header."""
    labels = {column.key: str(column.label) for column in columns_of(one.kind)}
    cells = {int(number): values for number, *values in one.rows or []}
    header = [*one.columns, _("Row in your file"), _("What is the matter")]
    return header, [
        [
            *cells[line.number],
            str(line.number),
            " ".join(f"{labels[key]}: {why}" for key, why in line.problems.items()),
        ]
        for line in shown.lines
        if line.problems
    ]


@dataclass(frozen=True, slots=True)
class Example:
    """A file to begin from: the columns we know, and one row."""

    header: list[str]
    row: list[str]


def example_of(institution: Institution, kind: Kind) -> Example:
    """Of an institution that was found: in the reader's language, with a programme of its own."""
    programme = (
        Programme.objects.filter(institution=institution, closed_at=None).order_by("name").first()
    )
    row = {column.key: str(column.example) for column in columns_of(kind)}
    if programme:
        row |= {key: programme.name for key in ("programme", "programmes") if key in row}
    return Example([str(column.label) for column in columns_of(kind)], list(row.values()))
