"""A photo or a voice note with an entry."""

from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.core import files, once
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.people.acting import By
from tussenstop.reflection.actions.writing import forget
from tussenstop.reflection.models import Entry, EntryFile, Highlight, Share
from tussenstop.reflection.rules import FILE, MOST_FILES, FileKind


class TooMany(DomainError):
    """An entry holds a few files, not an album."""


@transaction.atomic
def add(
    *, by: By, entry: Entry, key: UUID, file: IO[bytes], name: str, caption: str, now: datetime
) -> EntryFile:
    """Keep a photo (made anew, without what the camera wrote in it) or a voice note. Sent twice,
    there once."""
    if entry.person_id != by.person.pk:
        raise NotFound
    mine = EntryFile.objects.filter(pk=key, entry=entry)
    if there := mine.first():
        return there
    if EntryFile.objects.filter(entry=entry).count() >= MOST_FILES:
        raise TooMany(
            _("At most %(count)s photos and voice notes with one entry.") % {"count": MOST_FILES},
            field="file",
        )
    stored = files.keep(
        file, name=name, by=by.person.pk, now=now, kinds=frozenset({"photo", "voice"})
    )
    kind = FileKind.VOICE if stored.content_type.startswith("audio/") else FileKind.PHOTO
    made, new = once.make(
        mine, pk=key, entry=entry, file=stored, kind=kind, caption=caption.strip(), at=now
    )
    if not new:
        forget([stored])
    return made


@transaction.atomic
def remove(*, by: By, file: EntryFile) -> None:
    """Take it away for good, with what was shared of it."""
    if file.entry.person_id != by.person.pk:
        raise NotFound
    key = f"{FILE}{file.pk}"
    Share.objects.filter(entry_id=file.entry_id, key=key).delete()
    Highlight.objects.filter(entry_id=file.entry_id, key=key).delete()
    removed, _details = EntryFile.objects.filter(pk=file.pk).delete()
    if removed:
        forget([file.file])
