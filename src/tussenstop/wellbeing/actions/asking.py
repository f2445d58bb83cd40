"""Asking a coach for help, answering, and letting go."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.core import once
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.wellbeing import notifications, who
from tussenstop.wellbeing.models import Question, Reply
from tussenstop.wellbeing.rules import Urgency

LONG, SHORT = 2000, 200


class CannotAsk(DomainError):
    """This can't be asked as it is."""


@transaction.atomic
def ask(
    *,
    by: By,
    key: UUID,
    coach: Person,
    what: str,
    urgency: str,
    reach: str,
    now: datetime,
) -> Question:
    """Ask one coach. Sent twice, there once. The letter to the coach says only that something
    waits."""
    mine = Question.objects.filter(pk=key, person=by.person)
    if same := mine.first():
        return same
    if not who.may_hear(coach, by.person, now=now):
        raise CannotAsk(_("This person can't be your coach."), field="coach")
    if urgency not in set(Urgency):
        raise CannotAsk(_("Choose how soon you would like to hear."), field="urgency")
    if not what.strip():
        raise CannotAsk(_("Write a few words. “Can we talk?” is enough."), field="what")
    if len(what) > LONG or len(reach) > SHORT:
        raise CannotAsk(_("This is too long."), field="what" if len(what) > LONG else "reach")
    question, new = once.make(
        mine,
        pk=key,
        person=by.person,
        coach=coach,
        said={"what": what.strip(), "reach": reach.strip()},
        urgency=urgency,
        asked_at=now,
        waiting_since=now,
    )
    if new:
        notifications.something_waits(coach)
    return question


def _party(by: By, question: Question, now: datetime) -> bool:
    """Whether the coach speaks. Raises NotFound for everybody who has nothing to do with it."""
    if by.person.pk == question.person_id:
        return False
    if by.person.pk != question.coach_id or not who.may_hear(by.person, question.person, now=now):
        raise NotFound
    return True


@transaction.atomic
def reply(*, by: By, question: Question, key: UUID, text: str, now: datetime) -> None:
    """Words from either side; an answer opens again what was closed. Sent twice, there once."""
    coach = _party(by, question, now)
    if not text.strip():
        raise CannotAsk(_("Write a few words."), field="text")
    if len(text) > LONG:
        raise CannotAsk(_("This is too long."), field="text")
    if not coach and not who.may_hear(question.coach, by.person, now=now):
        raise CannotAsk(
            _("%(name)s is no longer your coach. Ask somebody else.")
            % {"name": question.coach.name},
            field="text",
        )
    mine = Reply.objects.filter(pk=key, question=question)
    if mine.exists():
        return
    rows = Question.objects.filter(pk=question.pk)
    if not rows.update(waiting_since=None if coach else now, closed_at=None):
        raise NotFound  # taken back meanwhile
    _reply, new = once.make(
        mine, pk=key, question=question, person=by.person, text=text.strip(), at=now
    )
    if not new:
        return
    if coach:
        rows.filter(answered_at=None).update(answered_at=now)
    notifications.something_waits(question.person if coach else question.coach)


@transaction.atomic
def close(*, by: By, question: Question, now: datetime) -> None:
    """It is done, either side says. Twice is once."""
    _party(by, question, now)
    Question.objects.filter(pk=question.pk, closed_at=None).update(
        closed_at=now, waiting_since=None
    )


@transaction.atomic
def take_back(*, by: By, question: Question) -> None:
    """Who asked takes it back: question and answers are gone for both. Twice is once."""
    Question.objects.filter(pk=question.pk, person=by.person).delete()
