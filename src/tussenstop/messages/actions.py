"""What somebody can do with what was written to them, and how they choose to get it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from tussenstop.core import mail
from tussenstop.core.errors import DomainError, Stale
from tussenstop.messages import preferences
from tussenstop.messages.models import Notice, Preference
from tussenstop.messages.rules import (
    CHOICES,
    DIGEST,
    DIGESTS,
    SHORTEST_OPEN,
    Kind,
    Quiet,
    Way,
    open_hours,
)
from tussenstop.people.acting import By
from tussenstop.people.models import Person


class CannotChoose(DomainError):
    """Letters can't reach somebody in this way."""


@transaction.atomic
def read(*, by: By, notice: Notice, now: datetime) -> None:
    """I saw it: a mail about it that waits need not leave any more. Twice is once."""
    _read(Notice.objects.filter(pk=notice.pk, person=by.person), now)


@transaction.atomic
def read_all(*, by: By, up_to: UUID, now: datetime) -> None:
    """I saw all of them, up to the newest that was on the screen."""
    _read(Notice.objects.filter(person=by.person, pk__lte=up_to), now)


def read_about(*, by: By, url: str, now: datetime) -> None:
    """I saw what these lead to, on a page of its own; in the transaction of that."""
    _read(Notice.objects.filter(person=by.person, url=url), now)


def nothing_there(*, person: Person, url: str, since: datetime, now: datetime) -> None:
    """What these lead to is gone before somebody read of it; in the transaction of that."""
    rows = Notice.objects.filter(person=person, url=url, at__gte=since, read_at=None)
    mail.withdraw([one for one in rows.values_list("taken_by", flat=True) if one], now=now)
    rows.delete()


def _read(notices: QuerySet[Notice], now: datetime) -> None:
    unread = notices.filter(read_at=None)
    mails = unread.exclude(kind=Kind.ALWAYS).values_list("taken_by", flat=True)
    held = [one for one in mails if one]
    unread.update(read_at=now)
    mail.withdraw(held, now=now)


@transaction.atomic
def choose(*, by: By, seen: int, ways: Mapping[str, str], quiet: Quiet, now: datetime) -> None:
    """Choose how letters of each kind come, and when there is no mail. Raises Stale."""
    if set(ways) != set(CHOICES) or not set(ways.values()) <= set(Way):
        raise CannotChoose(_("Choose for each kind how it reaches you."))
    if open_hours(quiet) < SHORTEST_OPEN:
        raise CannotChoose(
            _("Leave at least an hour a day in which mail may come."), field="quiet_until"
        )
    _keep(by.person, seen, {"ways": dict(ways), **_quiet_columns(quiet)})
    _plan_anew(by.person, now)


def _quiet_columns(quiet: Quiet) -> dict[str, object]:
    return {
        "quiet_from": quiet.from_,
        "quiet_until": quiet.until,
        "quiet_weekend": quiet.weekend,
        "quiet_busy": quiet.busy,
    }


def _keep(person: Person, seen: int, columns: Mapping[str, object]) -> None:
    if seen == 0:
        try:
            with transaction.atomic():
                Preference.objects.create(person=person, **columns)
        except IntegrityError as error:
            raise Stale(
                _("You chose something else meanwhile. Look at how it stands now.")
            ) from error
        return
    if not Preference.objects.filter(person=person, version=seen).update(
        **columns, version=F("version") + 1
    ):
        raise Stale(_("You chose something else meanwhile. Look at how it stands now."))


def _plan_anew(person: Person, now: datetime) -> None:
    """What still waits for a digest waits by the new choice; what may now leave at once goes along
    at the first open moment, and what is only for the page stays there."""
    wanted = preferences.wanted_by(person)
    waiting = Notice.objects.filter(person=person, taken_by=None).exclude(due_at=None)
    for kind in waiting.order_by("kind").values_list("kind", flat=True).distinct():
        way, due_at = wanted.way(kind), preferences.leaves_at(person, wanted, kind, now)
        anew = {"due_at": due_at} if way == Way.AT_ONCE else {"due_at": due_at, "way": way}
        waiting.filter(kind=kind).update(**anew)


@transaction.atomic
def no_more_mail(*, by: By, what: str, now: datetime) -> None:
    """From now on only on the page: one kind, or all that comes together in a digest. Twice is
    once; there is nothing to be stale about."""
    quiet = preferences.wanted_by(by.person).quiet
    row, _made = Preference.objects.get_or_create(person=by.person, defaults=_quiet_columns(quiet))
    row = Preference.objects.select_for_update().get(pk=row.pk)
    ways = dict(preferences.wanted_by(by.person).ways)
    for kind in kinds_behind(what, ways):
        ways[kind] = Way.PAGE.value
    Preference.objects.filter(pk=row.pk).update(ways=ways, version=F("version") + 1)
    _plan_anew(by.person, now)


def kinds_behind(what: str, ways: Mapping[str, str]) -> Iterable[str]:
    """The kinds that somebody no longer wants by mail."""
    if what == DIGEST:
        return [kind for kind, way in ways.items() if way in DIGESTS]
    return [what]
