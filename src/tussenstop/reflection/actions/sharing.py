"""Letting others read, part by part; and their words to who wrote."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit, once
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection.models import Entry, EntryLook, Share, Word
from tussenstop.reflection.readers import readers_on
from tussenstop.reflection.reading import parts_of, shared_keys
from tussenstop.routes.models import Route


class CannotSay(DomainError):
    """These words can't be left there."""


CHANGED = _("You chose differently in another window meanwhile. Look once more, and save again.")


@transaction.atomic
def choose(
    *,
    by: By,
    entry: Entry,
    route: Route,
    chosen: Mapping[UUID, Collection[str]],
    seen: int,
    now: datetime,
) -> None:
    """Show these parts to these people of the route, and to nobody else of it. Holds at once.
    Raises Stale when another choice was made meanwhile."""
    checks.require(by.person, OnRoute.REFLECT, route, now=now)
    mine = _own(by, entry)
    people = {reader.person.pk: reader for reader in readers_on(route, by.person, now=now)}
    keys = {"", *(part.key for part in parts_of(mine))}
    wanted = {(reader, key) for reader, some in chosen.items() for key in some if reader in people}
    if any(key not in keys for _reader, key in wanted):
        raise NotFound
    there = set(Share.objects.filter(entry=mine, route=route).values_list("reader_id", "key"))
    if wanted == there:
        return
    if not Entry.objects.filter(pk=mine.pk, sharing_version=seen).update(
        sharing_version=F("sharing_version") + 1
    ):
        raise Stale(CHANGED)
    for reader, key in wanted - there:
        # Shared on another route to which this entry belonged before: from now on by this one.
        Share.objects.filter(entry=mine, reader_id=reader, key=key).delete()
    for reader, key in there - wanted:
        Share.objects.filter(entry=mine, route=route, reader_id=reader, key=key).delete()
    Share.objects.bulk_create(
        [
            Share(entry=mine, route=route, reader_id=reader, key=key, since=now)
            for reader, key in sorted(wanted - there, key=str)
        ],
        ignore_conflicts=True,
    )
    audit.record("reflection.shared", actor=by.actor, now=now, subject_id=mine.pk)


@transaction.atomic
def stop(*, by: By, entry: Entry, reader_id: UUID, now: datetime) -> None:
    """From now on this person reads nothing of it, whatever another window chose."""
    mine = _own(by, entry)
    removed, _details = Share.objects.filter(entry=mine, reader_id=reader_id).delete()
    if removed:
        Entry.objects.filter(pk=mine.pk).update(sharing_version=F("sharing_version") + 1)
        audit.record("reflection.shared", actor=by.actor, now=now, subject_id=mine.pk)


def _own(by: By, entry: Entry) -> Entry:
    """One choice after the other: who stops, stops also what another window shares right now."""
    mine = (
        Entry.objects.select_for_update(no_key=True).filter(pk=entry.pk, person=by.person).first()
    )
    if mine is None:
        raise NotFound
    return mine


@transaction.atomic
def say(
    *, by: By, entry: Entry, key: UUID, text: str, now: datetime, reader_id: UUID | None = None
) -> None:
    """A word of a reader to who wrote, or an answer to that reader. Sent twice, there once."""
    owner = entry.person_id == by.person.pk
    reader = reader_id if owner else by.person.pk
    if reader is None:
        raise NotFound
    if owner:
        if not Word.objects.filter(entry=entry, reader_id=reader).exists():
            raise NotFound
    elif not shared_keys(by.person, entry, now=now):
        raise NotFound
    if not text.strip():
        raise CannotSay(_("Write a few words."), field="text")
    once.make(
        Word.objects.filter(pk=key, entry=entry, person=by.person),
        pk=key,
        entry=entry,
        person=by.person,
        reader_id=reader,
        text=text.strip(),
        at=now,
    )


def looked(*, person: Person, entry: Entry, now: datetime) -> None:
    """Remember that this person read what was shared; once a day. The owner's own looks aren't."""
    if entry.person_id == person.pk:
        return
    day = timezone.localdate(now)
    if not EntryLook.objects.filter(entry=entry, person=person, day=day).update(last_at=now):
        EntryLook.objects.bulk_create(
            [EntryLook(entry=entry, person=person, day=day, last_at=now)], ignore_conflicts=True
        )
