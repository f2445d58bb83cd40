"""Writing in the log of a route, taking one's words back, and having read."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks, links
from tussenstop.access.links import Purpose
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import TAKING_PART
from tussenstop.core import once
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.messages import actions as notices
from tussenstop.people.acting import By
from tussenstop.routelog import notifications
from tussenstop.routelog.models import Mention, Reader, Word
from tussenstop.routelog.queries import can_take_back, partners_of, words_of
from tussenstop.routelog.rules import LONGEST, named_in
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route


class CannotWrite(DomainError):
    """These words can't stand there."""


class TooLate(DomainError):
    """Words that others may have read stay."""


@transaction.atomic
def write(
    *, by: By, route: Route, key: UUID, text: str, mentions: Iterable[UUID], now: datetime
) -> Word:
    """Write to all partners, and to some of them most of all. `key` came with the form: sent
    twice, there once."""
    roles = checks.require(by.person, OnRoute.WRITE_LOG, route, now=now)
    text = text.strip()
    if not text:
        raise CannotWrite(_("Write a few words."), field="text")
    if len(text) > LONGEST:
        raise CannotWrite(_("Keep it short: this is too long for the log."), field="text")
    lock(route.pk)
    mine = Word.objects.filter(pk=key, route=route, author=by.person)
    if same := mine.first():
        return same
    others = {
        part.person_id: part.person
        for part in partners_of(route, now=now)
        if part.person_id != by.person.pk
    }
    named = (set(mentions) & set(others)) | named_in(
        text, [(pk, person.name) for pk, person in others.items()]
    )
    role = next(role for role in TAKING_PART if role in roles)
    word, new = once.make(mine, pk=key, route=route, author=by.person, role=role, text=text, at=now)
    if not new:
        return word
    Mention.objects.bulk_create(Mention(word=word, person_id=pk) for pk in sorted(named))
    _reader(route, by, now)
    notifications.written(word, list(others.values()), named=named, now=now)
    return word


@transaction.atomic
def take_back(*, by: By, word: Word, now: datetime) -> None:
    """It should not stand there after all: its text is gone. Twice is once. Raises TooLate."""
    checks.require(by.person, OnRoute.WRITE_LOG, word.route, now=now)
    if word.author_id != by.person.pk:
        raise NotFound
    if not can_take_back(word, by.person, now):
        raise TooLate(_("Others may have read this by now. Write a word beside it instead."))
    lock(word.route_id)
    Word.objects.filter(pk=word.pk, taken_back_at=None).update(taken_back_at=now, text="")
    Mention.objects.filter(word=word).delete()
    _untell(word, now)


def _untell(word: Word, now: datetime) -> None:
    """Who would find nothing new there is not told so, and hears of the next word."""
    told = Reader.objects.filter(route=word.route, told_at__gte=word.at).select_related("person")
    for reader in told.order_by("pk"):
        left = words_of(word.route).exclude(author=reader.person_id)
        if reader.read_at:
            left = left.filter(at__gt=reader.read_at)
        if not left.exists():
            path = links.path_to(
                person=reader.person, purpose=Purpose.LOG, subject_id=word.route_id
            )
            notices.nothing_there(person=reader.person, url=path, since=word.at, now=now)
            Reader.objects.filter(pk=reader.pk).update(told_at=None)


@transaction.atomic
def saw(*, by: By, route: Route, now: datetime) -> None:
    """I read what stands there until now."""
    checks.require(by.person, OnRoute.SEE_LOG, route, now=now)
    _reader(route, by, now)


def _reader(route: Route, by: By, now: datetime) -> None:
    """Also what was written to them about it is read: no mail has to tell it any more."""
    Reader.objects.update_or_create(route=route, person=by.person, defaults={"read_at": now})
    if path := links.path_to(person=by.person, purpose=Purpose.LOG, subject_id=route.pk):
        notices.read_about(by=by, url=path, now=now)
