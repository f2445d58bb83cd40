"""Short ways to make a file and to bring it in, for tests."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.core.sheets import csv_bytes
from tussenstop.imports import actions, queries, writing
from tussenstop.imports.models import Import
from tussenstop.imports.queries import Preview
from tussenstop.imports.rules import Kind
from tussenstop.people.acting import By

STUDENTS = ("Naam", "E-mail", "Opleiding")
PLACES = (
    "Organisatie",
    "Werkplek",
    "Titel",
    "Opleidingen",
    "Eerste dag",
    "Laatste dag",
    "Dagen",
    "Uren per week",
    "Aantal",
)
WISHES = ("E-mail", "Plaats", "Volgorde")


def a_workbook(*rows: Sequence[Any], merged: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if merged:
        book.active.merge_cells(merged)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def the_place(world: World) -> dict[str, str]:
    return {
        "organisation": world.organisation.name,
        "workplace": world.workplace.name,
        "title": "Leren koken",
        "programmes": world.programme.name,
        "first": "1/2/2027",
        "last": "30/6/2027",
        "days": "ma di do",
        "hours": "16",
        "seats": "2",
    }


def a_place_row(world: World, **changes: str) -> list[str]:
    return list({**the_place(world), **changes}.values())


def begin(world: World, kind: Kind, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Import:
    return actions.begin(
        by=By(world.programme_coordinator),
        institution=world.institution,
        key=uuid7(),
        kind=kind,
        file=BytesIO(csv_bytes(header, rows)),
        name="lijst.csv",
        now=NOW,
    )


def look(world: World, one: Import) -> Preview:
    fresh = queries.get_import(person=world.programme_coordinator, import_id=one.pk, now=NOW)
    return queries.preview(fresh, person=world.programme_coordinator, now=NOW)


def ask(world: World, one: Import, **more: Any) -> None:
    """Ask for it; the work itself begins after the commit, which tests don't reach."""
    one.refresh_from_db()
    actions.bring_in(by=By(world.programme_coordinator), one=one, seen=one.version, now=NOW, **more)


def bring_in(world: World, one: Import, **more: Any) -> Import:
    ask(world, one, **more)
    one.refresh_from_db()
    writing.write(one, by=By(world.programme_coordinator), now=NOW)
    one.refresh_from_db()
    return one


def problems_of(
    world: World, kind: Kind, header: Sequence[str], *rows: Sequence[str]
) -> list[dict[str, str]]:
    """What is the matter with each row, in the order of the file."""
    lines = look(world, begin(world, kind, header, rows)).lines
    return [dict(line.problems) for line in sorted(lines, key=lambda line: line.number)]


def upload(
    client: Client,
    world: World,
    kind: str,
    content: bytes,
    *,
    name: str = "lijst.csv",
    key: Any = None,
    instead: str = "",
) -> Any:
    file = BytesIO(content)
    file.name = name
    return client.post(
        reverse("import_begin", args=[world.institution.pk, kind]),
        {"key": str(key or uuid7()), "file": file, "instead": instead},
    )
