"""Links for calendar programs: made, revoked, and kept up to date."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.calendars.models import Link, Sent
from tussenstop.calendars.outgoing.entries import Entry, entries_of
from tussenstop.calendars.outgoing.rules import BACK, CANCELLED_KEPT, MOST_LINKS, Holds
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.people.acting import By
from tussenstop.people.models import Person

AT_ONCE = 500  # rows in one go


class CannotLink(DomainError):
    """There can be no such link."""


@transaction.atomic
def make_link(*, by: By, key: UUID, name: str, holds: Sequence[Holds], now: datetime) -> Link:
    """A new private address. Sent twice, there once."""
    rows = Link.objects.filter(pk=key, person=by.person)
    if already := rows.first():
        return already
    if not holds:
        raise CannotLink(_("Choose what it holds, one thing at least."), field="holds")
    if Link.objects.filter(person=by.person, revoked_at=None).count() >= MOST_LINKS:
        raise CannotLink(_("You have %(count)s links. Revoke one first.") % {"count": MOST_LINKS})
    try:
        with transaction.atomic():
            link = Link.objects.create(
                pk=key, person=by.person, name=name, holds=[*holds], made_at=now
            )
    except IntegrityError as error:
        if already := rows.first():
            return already
        raise NotFound from error
    from tussenstop.calendars.outgoing.jobs import write_days  # noqa: PLC0415 - jobs use actions

    transaction.on_commit(partial(write_days.enqueue, str(by.person.pk)))
    return link


def revoke(*, by: By, link: Link, now: datetime) -> None:
    """From now on nobody reads anything at this address. Twice is once."""
    if link.person_id != by.person.pk:
        raise NotFound
    Link.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def write(person: Person, *, now: datetime) -> None:
    """Gather what the links of a person tell, and number what changed (RFC 5545, 3.8.7.4). One at
    a time for each person."""
    Person.objects.select_for_update().get(pk=person.pk)
    Link.objects.filter(person=person, revoked_at=None).update(written_at=now)
    known = {row.uid: row for row in Sent.objects.filter(person=person)}
    there = {entry.uid: entry for entry in entries_of(person, now)}
    new = [
        Sent(person=person, uid=uid, holds=one.holds, entry=one.written(), changed_at=now)
        for uid, one in there.items()
        if uid not in known
    ]
    changed = [row for uid, row in known.items() if _follow(row, there.get(uid), now)]
    Sent.objects.bulk_create(new, batch_size=AT_ONCE)
    Sent.objects.bulk_update(
        changed, ["holds", "entry", "sequence", "changed_at", "cancelled_at"], batch_size=AT_ONCE
    )
    gone = [row.pk for uid, row in known.items() if uid not in there and _is_old(row, now)]
    Sent.objects.filter(pk__in=gone).delete()


def _follow(row: Sent, entry: Entry | None, now: datetime) -> bool:
    """Whether the row had to change. What is over is not cancelled: it only leaves the window."""
    if entry is None:
        if row.cancelled_at or _is_over(row, now):
            return False
        row.cancelled_at = now
    else:
        written = entry.written()
        if row.cancelled_at is None and row.entry == written:
            return False
        row.entry, row.holds, row.cancelled_at = written, entry.holds, None
    row.sequence += 1
    row.changed_at = now
    return True


def _is_over(row: Sent, now: datetime) -> bool:
    return str(row.entry["ends"])[:10] < (now - BACK + timedelta(days=2)).date().isoformat()


def _is_old(row: Sent, now: datetime) -> bool:
    return bool(row.cancelled_at and row.cancelled_at < now - CANCELLED_KEPT) or _is_over(row, now)
