"""Bringing calendars from elsewhere into one's own, and letting go of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.calendars.incoming import fetching, reading
from tussenstop.calendars.incoming.rules import (
    AHEAD,
    BACK,
    EVERY,
    FILE_AHEAD,
    LARGEST,
    MOST_FEEDS,
    SELDOM,
    WHOLE_AGAIN,
    CannotRead,
    Trouble,
)
from tussenstop.calendars.models import Feed, FeedMoment
from tussenstop.calendars.rules import Kind
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.people.acting import By

AT_ONCE = 1000  # rows in one insert
Fetch = Callable[..., fetching.Fetched]


class CannotFollow(DomainError):
    """This calendar can't be read into one's own."""


@transaction.atomic
def follow(
    *, by: By, key: UUID, kind: Kind, name: str, address: str, whole_days: bool, now: datetime
) -> Feed:
    """Read a calendar behind an address, now and from time to time. Sent twice, there once."""
    try:
        tidied = fetching.tidy(address)
    except CannotRead as refusal:
        raise CannotFollow(refusal.trouble.label, field="address") from refusal
    feed, made = _make(
        by, key, kind=kind, name=name, address=tidied, whole_days=whole_days, made_at=now
    )
    if made:
        _soon(feed)
    return feed


@transaction.atomic
def bring_file(
    *, by: By, key: UUID, kind: Kind, name: str, content: bytes, whole_days: bool, now: datetime
) -> Feed:
    """Put the moments of a file in one's calendar."""
    found = _read_file(content, now)
    feed, made = _make(
        by,
        key,
        kind=kind,
        name=name or found.name[:80],
        whole_days=whole_days,
        made_at=now,
    )
    if made:
        _keep(feed, found, now)
    return feed


@transaction.atomic
def replace_file(*, by: By, feed: Feed, content: bytes, now: datetime) -> None:
    """A newer file in the place of the older one."""
    _require_own(by, feed)
    if feed.address:
        raise NotFound
    _keep(feed, _read_file(content, now), now)


def change(*, by: By, feed: Feed, seen: int, kind: Kind, name: str, whole_days: bool) -> None:
    """Call it otherwise. Raises Stale when another window of the same person was first."""
    _require_own(by, feed)
    rows = Feed.objects.filter(pk=feed.pk, version=seen)
    if not rows.update(kind=kind, name=name, whole_days=whole_days, version=F("version") + 1):
        raise Stale(_("You changed this in another window. Look, and save again."))


def remove(*, by: By, feed: Feed) -> None:
    """Let go of it, with all its moments. Twice is once."""
    _require_own(by, feed)
    Feed.objects.filter(pk=feed.pk).delete()


def read_again(*, by: By, feed: Feed) -> None:
    """Read it again soon, whatever the clock says."""
    _require_own(by, feed)
    if not feed.address:
        raise NotFound
    _soon(feed)


def refresh(feed_id: UUID, *, now: datetime, fetch: Fetch = fetching.fetch) -> None:
    """Read what stands at the address. Whoever comes second while another is reading does
    nothing: the claim is the moment of the next try."""
    feed = Feed.objects.filter(pk=feed_id).exclude(address="").first()
    if feed is None or not _claim(feed, now):
        return
    whole = feed.whole_at is None or now - feed.whole_at > WHOLE_AGAIN
    known = {} if whole else {"etag": feed.etag, "last_modified": feed.last_modified}
    try:
        fetched = fetch(feed.address, **known)
        found = None
        if fetched.content is not None:
            found = _read(fetched.content, now, AHEAD)
    except CannotRead as refusal:
        _failed(feed, refusal.trouble, now)
        return
    if found is None:
        Feed.objects.filter(pk=feed.pk).update(read_at=now, failures=0, trouble="")
        return
    with transaction.atomic():
        # Somebody who let go of it meanwhile keeps nothing of it.
        if Feed.objects.select_for_update().filter(pk=feed.pk).exists():
            _keep(feed, found, now, etag=fetched.etag, last_modified=fetched.last_modified)


def _claim(feed: Feed, now: datetime) -> bool:
    rows = Feed.objects.filter(pk=feed.pk, tried_at=feed.tried_at)
    return bool(rows.update(tried_at=now, next_at=now + EVERY))


def _failed(feed: Feed, trouble: Trouble, now: datetime) -> None:
    """After every failure twice as long, up to a day; what was there stays."""
    wait = min(EVERY * 2 ** min(feed.failures, 10), SELDOM)
    Feed.objects.filter(pk=feed.pk).update(
        failures=F("failures") + 1, trouble=trouble, next_at=now + wait
    )


def _read_file(content: bytes, now: datetime) -> reading.Reading:
    try:
        if len(content) > LARGEST:
            raise CannotRead(Trouble.BIG)
        return _read(content, now, FILE_AHEAD)
    except CannotRead as refusal:
        raise CannotFollow(refusal.trouble.label, field="file") from refusal


def _read(content: bytes, now: datetime, ahead: timedelta) -> reading.Reading:
    zone = timezone.get_default_timezone()
    return reading.read(content, start=now - BACK, end=now + ahead, zone=zone)


def _make(by: By, key: UUID, **columns: object) -> tuple[Feed, bool]:
    """The feed, and whether it is new."""
    rows = Feed.objects.filter(pk=key, person=by.person)
    if already := rows.first():
        return already, False
    if Feed.objects.filter(person=by.person).count() >= MOST_FEEDS:
        raise CannotFollow(
            _("You read %(count)s calendars already. Let go of one first.") % {"count": MOST_FEEDS}
        )
    try:
        with transaction.atomic():
            return Feed.objects.create(pk=key, person=by.person, **columns), True
    except IntegrityError as error:
        if already := rows.first():
            return already, False
        raise NotFound from error


def _keep(
    feed: Feed, found: reading.Reading, now: datetime, *, etag: str = "", last_modified: str = ""
) -> None:
    """These moments instead of those."""
    FeedMoment.objects.filter(feed=feed).delete()
    FeedMoment.objects.bulk_create(
        (
            FeedMoment(
                feed=feed,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                whole_days=one.whole_days,
                free=one.free,
                title=one.title,
            )
            for one in found.moments
        ),
        batch_size=AT_ONCE,
    )
    Feed.objects.filter(pk=feed.pk).update(
        etag=etag,
        last_modified=last_modified,
        tried_at=now,
        read_at=now,
        whole_at=now,
        failures=0,
        trouble="",
        unreadable=found.unreadable,
        more=found.more,
    )


def _soon(feed: Feed) -> None:
    from tussenstop.calendars.incoming.jobs import read_feed  # noqa: PLC0415 - jobs use actions

    transaction.on_commit(partial(read_feed.enqueue, str(feed.pk)))


def _require_own(by: By, feed: Feed) -> None:
    """A calendar is its owner's alone."""
    if feed.person_id != by.person.pk:
        raise NotFound
