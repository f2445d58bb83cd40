"""Judging a file: the rows that were kept, through the columns that were chosen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tussenstop.imports import places, students, wishes
from tussenstop.imports.lines import Line, Values
from tussenstop.imports.models import Import
from tussenstop.imports.rules import Kind
from tussenstop.people.models import Person


def values_of(one: Import) -> list[Values]:
    """The rows by the names of the columns we know."""
    columns = {key: place for key, place in one.mapping.items() if place < len(one.columns)}
    return [
        Values(int(number), {key: cells[place] for key, place in columns.items()})
        for number, *cells in one.rows or []
    ]


def judge(
    one: Import, rows: Sequence[Values], *, person: Person, now: datetime
) -> Sequence[Line[Any]]:
    """What each row would do if this person brought it in now."""
    if one.kind == Kind.STUDENTS:
        return students.judge(rows, institution=one.institution, now=now)
    if one.kind == Kind.PLACES:
        return places.judge(rows, institution=one.institution, person=person, now=now)
    return wishes.judge(rows, institution=one.institution, now=now)
