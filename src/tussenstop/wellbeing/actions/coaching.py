"""What a coach keeps: promises to somebody, notes for themselves, and a time to answer in."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import once
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Institution, Person
from tussenstop.wellbeing import who
from tussenstop.wellbeing.coach_queries import require_contact
from tussenstop.wellbeing.holding import hold
from tussenstop.wellbeing.models import AnswerTime, Note, Promise

LONG, SHORT = 4000, 300
MOST_DAYS = 60


class CannotKeep(DomainError):
    """This can't be kept as it is."""


@transaction.atomic
def promise(*, by: By, person: Person, key: UUID, what: str, due_on: date, now: datetime) -> None:
    """Promise somebody something by a day; they see it. Sent twice, there once. Raises NotFound."""
    hold(person)
    require_contact(by.person, person, now=now)
    if not what.strip() or len(what) > SHORT:
        raise CannotKeep(_("Write in a few words what you will do."), field="what")
    once.make(
        Promise.objects.filter(pk=key, coach=by.person),
        pk=key,
        coach=by.person,
        person=person,
        what=what.strip(),
        due_on=due_on,
        made_at=now,
    )


@transaction.atomic
def keep_promise(*, by: By, promise: Promise, now: datetime) -> None:
    """It is done. Twice is once."""
    Promise.objects.filter(pk=promise.pk, coach=by.person, done_at=None).update(done_at=now)


def _checked(text: str) -> str:
    if not text.strip() or len(text) > LONG:
        raise CannotKeep(_("Write something, and not more than a page."), field="text")
    return text.strip()


@transaction.atomic
def note(*, by: By, person: Person, key: UUID, text: str, now: datetime) -> None:
    """Write something down for oneself. Sent twice, there once. Raises NotFound."""
    hold(person)
    require_contact(by.person, person, now=now)
    mine = Note.objects.filter(pk=key, coach=by.person)
    once.make(mine, pk=key, coach=by.person, person=person, text=_checked(text), at=now)


@transaction.atomic
def change_note(*, by: By, note: Note, seen: int, text: str) -> None:
    """Write a note anew. Raises Stale."""
    rows = Note.objects.filter(pk=note.pk, coach=by.person, version=seen)
    if not rows.update(text=_checked(text), version=F("version") + 1):
        raise Stale(_("You changed this in another window: look at how it stands now."))


@transaction.atomic
def remove_note(*, by: By, note: Note) -> None:
    """Away for good. Twice is once."""
    Note.objects.filter(pk=note.pk, coach=by.person).delete()


@transaction.atomic
def set_answer_time(*, by: By, institution: Institution, days: int | None, now: datetime) -> None:
    """Within how many days the coaches of an institution promise to answer; nothing promises
    nothing. Raises NotFound, Refused."""
    who.require_coach(by.person, now)
    checks.require_in(by.person, InScope.SUPPORT, institution, now=now)
    if days is None:
        AnswerTime.objects.filter(institution=institution).delete()
        return
    if not 1 <= days <= MOST_DAYS:
        raise CannotKeep(_("Between one day and sixty."), field="days")
    AnswerTime.objects.update_or_create(institution=institution, defaults={"days": days})
