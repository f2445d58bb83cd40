"""Letting one coach read along, and taking that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.core.errors import DomainError
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.wellbeing import who
from tussenstop.wellbeing.models import Answered, CheckIn, Look, Share


class CannotShare(DomainError):
    """This coach can't read along."""


@transaction.atomic
def share(
    *, by: By, coach: Person, one: CheckIn | Answered | None, from_now_on: bool, now: datetime
) -> None:
    """One check-in or questionnaire; or everything from now on, that one included. Twice is once."""
    if not who.may_hear(coach, by.person, now=now):
        raise CannotShare(_("This person can't be your coach."), field="coach")
    if not from_now_on and one is None:
        raise CannotShare(_("Choose what you share."), field="how")
    only = None if from_now_on else one
    Share.objects.get_or_create(
        person=by.person,
        coach=coach,
        check_in=only if isinstance(only, CheckIn) else None,
        answered=only if isinstance(only, Answered) else None,
        defaults={"since": one.at if one else now, "made_at": now},
    )


@transaction.atomic
def stop(*, by: By, share: Share) -> None:
    """From this moment on the coach reads nothing of it. Twice is once."""
    Share.objects.filter(pk=share.pk, person=by.person).delete()


def looked(*, by: By, person: Person, now: datetime) -> None:
    """A coach opens what somebody shared: written down before it is shown."""
    Look.objects.create(person=person, coach=by.person, at=now)
