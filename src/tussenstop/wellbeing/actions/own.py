"""Choosing to look at how one is doing, doing it, and taking it back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.core import once
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.people.acting import By
from tussenstop.wellbeing import queries, who
from tussenstop.wellbeing.holding import hold
from tussenstop.wellbeing.models import (
    Answered,
    CheckIn,
    Choice,
    Look,
    Note,
    Promise,
    Question,
    Reply,
    Share,
)
from tussenstop.wellbeing.rules import WORD, Answer, Rhythm

MOST_A_DAY = 12  # more is a machine
QUIET_DAYS = 7


class CannotTell(DomainError):
    """This can't be kept as it is."""


@transaction.atomic
def choose(*, by: By, wants: bool, now: datetime) -> None:
    """Yes or no to looking at how one is doing; either can be chosen again. A no takes away what was
    filled in before, and leaves questions to a coach as they are. Raises NotFound."""
    hold(by.person)
    if not _may(by, now) and not Choice.objects.filter(person=by.person).exists():
        raise NotFound
    if not wants:
        _forget(by, (Share, CheckIn, Answered, Look))
        Choice.objects.update_or_create(
            person=by.person, defaults={"wants": False, "at": now, "rhythm": Rhythm.NEVER}
        )
        return
    _require(by, now)
    choice, made = Choice.objects.get_or_create(
        person=by.person, defaults={"wants": True, "at": now, "rhythm": Rhythm.TWO_WEEKS}
    )
    if not made and not choice.wants:
        Choice.objects.filter(pk=choice.pk).update(wants=True, at=now, rhythm=Rhythm.TWO_WEEKS)


def _may(by: By, now: datetime) -> bool:
    return who.may_check_in(by.person, now=now)


def _require(by: By, now: datetime) -> None:
    if not _may(by, now):
        raise NotFound


def require_chosen(by: By, now: datetime) -> None:
    """Holds who may look at how they are doing, and chose to. Raises NotFound for everybody else."""
    hold(by.person)
    _require(by, now)
    queries.require_chosen(by.person)


@transaction.atomic
def check_in(*, by: By, key: UUID, items: Mapping[str, int], word: str, now: datetime) -> CheckIn:
    """Keep one look at how somebody is doing. Sent twice, there once. Raises NotFound for who did
    not choose this."""
    require_chosen(by, now)
    mine = CheckIn.objects.filter(pk=key, person=by.person)
    if same := mine.first():
        return same
    for item in pack().check_in:
        if items.get(item) not in set(Answer):
            raise CannotTell(_("Choose what fits best."), field=item)
    if len(word.strip()) > WORD:
        raise CannotTell(_("One word, or a few short ones."), field="word")
    if (
        CheckIn.objects.filter(person=by.person, at__gt=now - timedelta(days=1)).count()
        >= MOST_A_DAY
    ):
        raise CannotTell(_("That is often enough for one day. Tomorrow is there again."))
    said = {"items": {item: int(items[item]) for item in pack().check_in}, "word": word.strip()}
    made, _new = once.make(mine, pk=key, person=by.person, at=now, said=said)
    return made


@transaction.atomic
def remove(*, by: By, check_in: CheckIn) -> None:
    """Take one away for good, with everything that hangs on it. Twice is once."""
    CheckIn.objects.filter(pk=check_in.pk, person=by.person).delete()


@transaction.atomic
def set_rhythm(*, by: By, rhythm: str) -> None:
    """How often somebody wants to find the invitation. Raises NotFound."""
    if rhythm not in set(Rhythm):
        raise NotFound
    if not Choice.objects.filter(person=by.person, wants=True).update(
        rhythm=rhythm, quiet_until=None
    ):
        raise NotFound


@transaction.atomic
def be_quiet(*, by: By, now: datetime) -> None:
    """Not on Today for some days. Raises NotFound."""
    until: date = timezone.localdate(now) + timedelta(days=QUIET_DAYS)
    if not Choice.objects.filter(person=by.person, wants=True).update(quiet_until=until):
        raise NotFound


@transaction.atomic
def withdraw(*, by: By, now: datetime) -> None:
    """Away with all of it: what was filled in, what was shared, questions, promises, and the notes coaches
    made. The choice becomes a no, and can be made again."""
    hold(by.person)
    _forget(by, (Share, CheckIn, Answered, Look, Question, Promise, Note))
    Choice.objects.filter(person=by.person).update(wants=False, at=now, rhythm=Rhythm.NEVER)


def _forget(by: By, tables: Iterable[type[Model]]) -> None:
    for table in tables:
        table._default_manager.filter(person=by.person).delete()


def forget_old(now: datetime) -> None:
    """Work of the day: what is older than the installation keeps, goes; a question when nobody wrote
    a word of it since."""
    before = now - timedelta(days=settings.WELLBEING_DAYS)
    CheckIn.objects.filter(at__lt=before).delete()
    Answered.objects.filter(at__lt=before).delete()
    Look.objects.filter(at__lt=before).delete()
    Note.objects.filter(at__lt=before).delete()
    Promise.objects.filter(due_on__lt=timezone.localdate(before)).delete()
    spoken = Reply.objects.filter(at__gte=before).values("question_id")
    silent = Question.objects.filter(asked_at__lt=before).exclude(pk__in=spoken)
    silent.exclude(closed_at__gte=before).delete()
