"""Writing in one's own journal, and taking what was written away for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.content import pack
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.core.models import StoredFile
from tussenstop.people.acting import By
from tussenstop.reflection.models import Entry, EntryFile, Highlight
from tussenstop.reflection.rules import FREE, LONGEST, words_of
from tussenstop.routes.models import Route


class TooLong(DomainError):
    """More than one text can hold."""


class WrittenElsewhere(Stale):
    """The same person wrote something else meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: Mapping[str, str], version: int) -> None:
        super().__init__(
            _(
                "You wrote in this entry in another window meanwhile. Both texts stand here: what "
                "you typed is still in the fields. Save again to keep it."
            )
        )
        self.theirs = theirs
        self.version = version


@dataclass(frozen=True, slots=True)
class Pen:
    """The window somebody writes in: which one, and how often it saved. A window need not make way
    for what it saved itself a moment ago."""

    id: UUID
    stroke: int = 0


@dataclass(frozen=True, slots=True)
class Wrote:
    """What stands on the screen. Texts that are not on it stay as they were."""

    texts: Mapping[str, str]
    form: str = FREE
    theme: str = ""
    prompt: str = ""
    prompt_text: str = ""
    route: Route | None = None


@transaction.atomic
def write(
    *, by: By, entry_id: UUID, wrote: Wrote, seen: int, pen: Pen, now: datetime
) -> Entry | None:
    """Keep it; `seen` is the version that was on the screen, 0 when there was nothing yet. An empty
    new page is not kept. Raises WrittenElsewhere, and then changes nothing."""
    kept = Entry.objects.filter(pk=entry_id).first()
    _check(by, wrote, now, kept)
    if kept is None:
        texts = _filled(wrote.texts)
        return _begun(by, entry_id, wrote, texts, pen, now) if texts else None
    if kept.person_id != by.person.pk:
        raise NotFound
    texts = _filled({**kept.texts, **wrote.texts})
    columns = _columns(wrote, texts)
    same = all(getattr(kept, name) == value for name, value in columns.items())
    if same:
        return kept
    own_window = kept.pen == pen.id and kept.stroke < pen.stroke
    never_written = kept.pen == kept.pk  # it began with a photo or a voice
    if not (kept.version == seen or own_window or never_written):
        raise WrittenElsewhere(kept.texts, kept.version)
    saved = Entry.objects.filter(pk=kept.pk, version=kept.version).update(
        **columns, written_at=now, pen=pen.id, stroke=pen.stroke, version=F("version") + 1
    )
    fresh = Entry.objects.get(pk=kept.pk)
    if not saved:
        raise WrittenElsewhere(fresh.texts, fresh.version)
    return fresh


def _check(by: By, wrote: Wrote, now: datetime, kept: Entry | None = None) -> None:
    """A route is only looked at when it is a new choice: the journal outlives taking part."""
    if wrote.route and not (kept and kept.route_id == wrote.route.pk):
        checks.require(by.person, OnRoute.REFLECT, wrote.route, now=now)
    if wrote.theme and wrote.theme not in pack().reflection_themes:
        raise NotFound
    if any(len(text) > LONGEST for text in wrote.texts.values()):
        raise TooLong(
            _("One text holds at most %(count)s characters. Continue in a new entry.")
            % {"count": LONGEST}
        )


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text.strip() for key, text in texts.items() if text.strip()}


def _columns(wrote: Wrote, texts: dict[str, str]) -> dict[str, object]:
    return {
        "form": wrote.form,
        "theme": wrote.theme,
        "prompt": wrote.prompt,
        "prompt_text": wrote.prompt_text,
        "route_id": wrote.route.pk if wrote.route else None,
        "texts": texts,
        "words": words_of(texts),
    }


def _begun(
    by: By, entry_id: UUID, wrote: Wrote, texts: dict[str, str], pen: Pen, now: datetime
) -> Entry:
    try:
        with transaction.atomic():
            return Entry.objects.create(
                pk=entry_id,
                person=by.person,
                begun_at=now,
                written_at=now,
                pen=pen.id,
                stroke=pen.stroke,
                **_columns(wrote, texts),
            )
    except IntegrityError as error:
        there = Entry.objects.filter(pk=entry_id, person=by.person).first()
        if there is None:
            raise NotFound from error
        raise WrittenElsewhere(there.texts, there.version) from error


@transaction.atomic
def begin_empty(*, by: By, entry_id: UUID, route: Route | None, now: datetime) -> Entry:
    """A page without words yet, for who begins with a photo or their voice. Twice is once."""
    _check(by, Wrote({}, route=route), now)
    entry, _made = Entry.objects.get_or_create(
        pk=entry_id,
        defaults={
            "person": by.person,
            "form": FREE,
            "route": route,
            "begun_at": now,
            "written_at": now,
            "pen": entry_id,
        },
    )
    if entry.person_id != by.person.pk:
        raise NotFound
    return entry


@transaction.atomic
def remove(*, by: By, entry: Entry) -> None:
    """Take it away for good: texts, files, what was shared, who looked, and what was said of it."""
    mine = Entry.objects.filter(pk=entry.pk, person=by.person).first()
    if mine is None:
        raise NotFound
    files = list(
        StoredFile.objects.filter(pk__in=EntryFile.objects.filter(entry=mine).values("file"))
    )
    mine.delete()
    forget(files)


def forget(files: list[StoredFile]) -> None:
    """Files that nothing refers to any more: the rows now, their content once it holds."""
    for file in files:
        content = file.content
        file.delete()
        transaction.on_commit(partial(content.storage.delete, str(content.name)))


@transaction.atomic
def highlight(*, by: By, entry: Entry, key: str, on: bool, now: datetime) -> None:
    """Keep a text of one's own in view, or no longer."""
    mine = Entry.objects.filter(pk=entry.pk, person=by.person).first()
    if mine is None or (on and not mine.texts.get(key)):
        raise NotFound
    if on:
        Highlight.objects.get_or_create(entry=mine, key=key, defaults={"at": now})
    else:
        Highlight.objects.filter(entry=mine, key=key).delete()
