"""Letting one coach read along, and taking that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.core.errors import DomainError
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.wellbeing import queries, who
from tussenstop.wellbeing.holding import hold
from tussenstop.wellbeing.models import Answered, CheckIn, Look, Share


class CannotShare(DomainError):
    """This coach can't read along."""


@transaction.atomic
def share(
    *, by: By, coach: Person, one: CheckIn | Answered | None, from_now_on: bool, now: datetime
) -> None:
    """One check-in or questionnaire; or whatever comes from now on, and that one when it is named.
    What lies between the two stays one's own. Twice is once. Raises NotFound for who stopped
    meanwhile, or took that one away."""
    hold(by.person)
    queries.require_chosen(by.person)
    if not who.may_hear(coach, by.person, now=now):
        raise CannotShare(_("This person can't be your coach."), field="coach")
    if not from_now_on and one is None:
        raise CannotShare(_("Choose what you share."), field="how")
    if one is not None:
        one = queries.get_moment(person=by.person, moment_id=one.pk)
    if from_now_on:
        since = one.at if one and queries.is_newest(one) else now
        _let_read(by, coach, None, since=since, now=now)
    if one is not None:
        _let_read(by, coach, one, since=one.at, now=now)


def _let_read(
    by: By, coach: Person, one: CheckIn | Answered | None, *, since: datetime, now: datetime
) -> None:
    """Unless the coach reads it already, because it came after they began to read along."""
    rows = Share.objects.filter(person=by.person, coach=coach)
    if one and rows.filter(check_in=None, answered=None, since__lte=one.at).exists():
        return
    rows.get_or_create(
        person=by.person,
        coach=coach,
        check_in=one if isinstance(one, CheckIn) else None,
        answered=one if isinstance(one, Answered) else None,
        defaults={"since": since, "made_at": now},
    )


@transaction.atomic
def stop(*, by: By, share: Share) -> None:
    """From this moment on the coach reads nothing of it. Twice is once."""
    Share.objects.filter(pk=share.pk, person=by.person).delete()


@transaction.atomic
def stop_all(*, by: By, coach_id: UUID) -> None:
    """From this moment on this coach reads nothing, whatever was shared. Twice is once."""
    Share.objects.filter(coach_id=coach_id, person=by.person).delete()


def looked(*, by: By, person: Person, now: datetime) -> None:
    """A coach opens what somebody shared: written down before it is shown."""
    Look.objects.create(person=person, coach=by.person, at=now)
