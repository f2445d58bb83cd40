"""What an entry holds, and which parts of it somebody else may read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.people.models import Person
from tussenstop.reflection import shapes
from tussenstop.reflection.models import Entry, EntryFile, Share
from tussenstop.reflection.rules import FILE, FREE
from tussenstop.routes.models import Route


@dataclass(frozen=True, slots=True)
class Part:
    """A part that can be shared: a text, or a file."""

    key: str
    name: str
    text: str = ""
    file: EntryFile | None = None
    question: str = ""


def parts_of(
    entry: Entry,
    found: dict[str, shapes.Shape] | None = None,
    files: Iterable[EntryFile] | None = None,
) -> list[Part]:
    """The texts that are not empty, in the order of the form, and the files."""
    found = shapes.shapes_for(shapes.form_keys([entry])) if found is None else found
    parts = []
    for one in shapes.written(entry.form, entry.texts, found):
        other = "" if one.shape.key in {entry.form, FREE} else f" ({one.shape.name})"
        question = "" if one.step.key == FREE else one.step.question
        name = _("The text") if one.step.key == FREE else f"{one.step.name}{other}"
        parts.append(Part(one.step.key, name, one.text, question=question))
    if files is None:
        files = entry.files.select_related("file").order_by("at", "pk")
    for file in files:
        label = str(file.get_kind_display())
        name = f"{label.capitalize()}: {file.caption}" if file.caption else label.capitalize()
        parts.append(Part(f"{FILE}{file.pk}", name, file=file))
    return parts


def shared_keys(person: Person, entry: Entry, *, now: datetime) -> set[str]:
    """The parts of this entry that this person may read now ("" for all); empty for none."""
    rows = list(Share.objects.filter(entry=entry, reader=person).values_list("route_id", "key"))
    routes = Route.objects.filter(
        checks.routes_for(person, OnRoute.READ_REFLECTION, now=now),
        pk__in={route for route, _key in rows},
    )
    allowed = set(routes.values_list("pk", flat=True))
    return {key for route, key in rows if route in allowed}


def readable(parts: Iterable[Part], keys: Collection[str]) -> list[Part]:
    """Only what was shared."""
    return [part for part in parts if "" in keys or part.key in keys]
