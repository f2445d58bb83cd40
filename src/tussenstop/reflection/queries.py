"""Reading one's own journal, and what others share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Institution, Person
from tussenstop.reflection import shapes
from tussenstop.reflection.models import (
    Entry,
    EntryFile,
    EntryLook,
    OwnForm,
    OwnPrompt,
    Reminder,
    Share,
    Word,
)
from tussenstop.reflection.reading import Part, parts_of, readable, shared_keys
from tussenstop.reflection.rules import FREE, WRITERS, month_of
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.routes.rules import ENDED

OPENING = 180  # characters of an entry in a list


@dataclass(frozen=True, slots=True)
class Own:
    """An entry as its owner sees it in a list."""

    entry: Entry
    opening: str
    form: str
    readers: list[str]
    photos: int
    voices: int
    month: date
    highlights: list[str]


def routes_of(person: Person, *, now: datetime, limit: int = 60) -> list[Route]:
    """The routes to which this person can tie an entry: their own first, then who is on the way."""
    parts = Participation.objects.filter(
        checks.taking_part(now), person=person, role__in=WRITERS
    ).values("route_id")
    found = list(
        Route.objects.filter(pk__in=parts)
        .select_related("student", "programme")
        .order_by("-created_at")[:limit]
    )
    return sorted(found, key=lambda one: (one.student_id != person.pk, one.state in ENDED))


def main_route(routes: Sequence[Route], person: Person) -> Route | None:
    """The route whose prompts fit: one's own, or else the only one somebody travels along on."""
    first = routes[0] if routes else None
    if first is None or first.state in ENDED:
        return None
    return first if first.student_id == person.pk or len(routes) == 1 else None


def own_entries(
    *, person: Person, words: str = "", theme: str = "", route_id: UUID | None = None
) -> QuerySet[Entry]:
    """This person's entries that hold all these words, the newest first."""
    found = Entry.objects.filter(person=person)
    for word in words.casefold().split():
        found = found.filter(words__contains=word)
    if theme:
        found = found.filter(theme=theme)
    if route_id:
        found = found.filter(route_id=route_id)
    return found.prefetch_related(
        Prefetch("files", EntryFile.objects.select_related("file").order_by("at", "pk")),
        Prefetch("shares", Share.objects.select_related("reader").order_by("since", "pk")),
        "highlights",
    ).order_by("-begun_at", "-pk")


def as_own(entries: Sequence[Entry]) -> list[Own]:
    """What a list shows of them; costs the same for one as for many."""
    found = shapes.shapes_for(shapes.form_keys(entries))
    rows = []
    for entry in entries:
        parts = parts_of(entry, found, entry.files.all())
        texts = [part for part in parts if part.text]
        kinds = [file.kind for file in entry.files.all()]
        shape = found.get(entry.form)
        marked = {one.key for one in entry.highlights.all()}
        rows.append(
            Own(
                entry=entry,
                opening=_short(texts[0].text) if texts else "",
                form=shape.name if shape and entry.form != FREE else "",
                readers=list(dict.fromkeys(one.reader.name for one in entry.shares.all())),
                photos=kinds.count("photo"),
                voices=kinds.count("voice"),
                month=month_of(timezone.localdate(entry.begun_at)),
                highlights=[part.text for part in texts if part.key in marked],
            )
        )
    return rows


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= OPENING else f"{line[:OPENING].rsplit(' ', 1)[0]} …"


def own_entry(*, person: Person, entry_id: UUID) -> Entry:
    """An entry of one's own. Raises NotFound for everybody else's, shared or not."""
    entry = (
        Entry.objects.filter(pk=entry_id, person=person)
        .select_related("person", "route__student", "route__programme")
        .first()
    )
    if entry is None:
        raise NotFound
    return entry


def own_or_new(*, person: Person, entry_id: UUID) -> Entry | None:
    """An entry of one's own, or None for an id that nobody uses yet. Raises NotFound."""
    if not Entry.objects.filter(pk=entry_id).exists():
        return None
    return own_entry(person=person, entry_id=entry_id)


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody who reads an entry: which parts, when they looked, and what was said."""

    person: Person
    keys: set[str]
    names: list[str]
    last_look: datetime | None
    said: list[Word]


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything the owner sees of an entry."""

    entry: Entry
    parts: list[Part]
    readings: list[Reading]
    highlighted: set[str]


def own_page(*, person: Person, entry_id: UUID) -> OwnPage:
    entry = own_entry(person=person, entry_id=entry_id)
    parts = parts_of(entry)
    names = {part.key: part.name for part in parts}
    people: dict[UUID, Person] = {}
    keys: dict[UUID, set[str]] = {}
    for share in Share.objects.filter(entry=entry).select_related("reader").order_by("since", "pk"):
        people[share.reader_id] = share.reader
        keys.setdefault(share.reader_id, set()).add(share.key)
    looks: dict[UUID, datetime] = {}
    for look in EntryLook.objects.filter(entry=entry).select_related("person").order_by("last_at"):
        people.setdefault(look.person_id, look.person)
        looks[look.person_id] = look.last_at
    said: dict[UUID, list[Word]] = {}
    words = Word.objects.filter(entry=entry).select_related("person", "reader").order_by("at", "pk")
    for word in words:
        people.setdefault(word.reader_id, word.reader)
        said.setdefault(word.reader_id, []).append(word)
    readings = [
        Reading(
            reader,
            keys.get(pk, set()),
            [names[key] for key in names if key in keys.get(pk, set())],
            looks.get(pk),
            said.get(pk, []),
        )
        for pk, reader in people.items()
    ]
    marked = set(entry.highlights.values_list("key", flat=True))
    return OwnPage(entry, parts, readings, marked)


@dataclass(frozen=True, slots=True)
class SharedPage:
    """What a reader sees: the parts that were shared with them, and their own talk with who wrote."""

    entry: Entry
    parts: list[Part]
    said: list[Word]
    whole: bool


def shared_page(*, person: Person, entry_id: UUID, now: datetime) -> SharedPage:
    """Raises NotFound when nothing of it is shared with this person (any more)."""
    entry = Entry.objects.filter(pk=entry_id).select_related("person", "route__student").first()
    keys = shared_keys(person, entry, now=now) if entry else set()
    if entry is None or not keys:
        raise NotFound
    said = Word.objects.filter(entry=entry, reader=person).select_related("person")
    return SharedPage(
        entry, readable(parts_of(entry), keys), list(said.order_by("at", "pk")), "" in keys
    )


def shared_with(*, view: RouteView) -> QuerySet[Entry]:
    """The entries of which somebody shares something with this person on this route."""
    mine = Share.objects.filter(reader=view.person, route=view.route)
    return (
        Entry.objects.filter(pk__in=mine.values("entry_id"))
        .select_related("person")
        .prefetch_related(
            Prefetch("files", EntryFile.objects.select_related("file").order_by("at", "pk")),
            Prefetch("shares", mine, to_attr="for_me"),
        )
        .order_by("-begun_at", "-pk")
    )


def openings(entries: Sequence[Entry]) -> list[tuple[Entry, str]]:
    """The first words of what was shared of each; of what was not shared not a letter."""
    found = shapes.shapes_for(shapes.form_keys(entries))
    rows = []
    for entry in entries:
        keys = {share.key for share in entry.for_me}  # type: ignore[attr-defined]
        parts = readable(parts_of(entry, found, entry.files.all()), keys)
        first = next((part for part in parts if part.text), None)
        rows.append((entry, _short(first.text) if first else parts[0].name if parts else ""))
    return rows


def get_reading(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """A route on which this person may read what is shared with them."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.READ_REFLECTION)


def get_file(*, person: Person, file_id: UUID, now: datetime) -> EntryFile:
    """A photo or voice note: the owner's, or shared. Raises NotFound."""
    found = EntryFile.objects.filter(pk=file_id).select_related("file", "entry__person").first()
    if found is None:
        raise NotFound
    if found.entry.person_id != person.pk:
        keys = shared_keys(person, found.entry, now=now)
        if not keys.intersection({"", f"file.{found.pk}"}):
            raise NotFound
    return found


def prompts_by(*, person: Person) -> list[OwnPrompt]:
    """The questions this person added for themselves."""
    return list(
        OwnPrompt.objects.filter(author=person, route=None, removed_at=None).order_by(
            "-made_at", "-pk"
        )[:100]
    )


def prompts_for(*, view: RouteView) -> list[OwnPrompt]:
    """The questions that partners added for the student of this route: all of them for the student,
    for a partner their own. What a coach asks is no business of the workplace."""
    rows = OwnPrompt.objects.filter(route=view.route, removed_at=None)
    if view.route.student_id != view.person.pk:
        rows = rows.filter(author=view.person)
    return list(rows.select_related("author").order_by("-made_at", "-pk")[:100])


def get_institution(*, person: Person, institution_id: UUID, now: datetime) -> Institution:
    """An institution whose forms this person may make. Raises NotFound, or Refused."""
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise NotFound
    checks.require_in(person, InScope.MAKE_FORMS, institution, now=now)
    return institution


def get_form(*, person: Person, form_id: UUID, now: datetime) -> OwnForm:
    form = OwnForm.objects.filter(pk=form_id).select_related("institution").first()
    if form is None:
        raise NotFound
    checks.require_in(person, InScope.MAKE_FORMS, form.institution, now=now)
    return form


def forms_of(institution: Institution) -> list[OwnForm]:
    """Its forms that can be chosen."""
    return list(
        OwnForm.objects.filter(institution=institution, retired_at=None)
        .select_related("institution")
        .order_by("made_at", "pk")
    )


def reminder_of(person: Person) -> Reminder | None:
    return Reminder.objects.filter(person=person).first()
