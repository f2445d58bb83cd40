"""Choosing when to be reminded, or never."""

from django.db import transaction

from tussenstop.core.errors import NotFound
from tussenstop.people.acting import By
from tussenstop.people.rules import Weekday
from tussenstop.reflection.models import Reminder
from tussenstop.reflection.rules import HOURS


@transaction.atomic
def choose(*, by: By, weekday: int, hour: int) -> None:
    """Once a week at this hour. The last choice holds."""
    if weekday not in set(Weekday.values) or hour not in HOURS:
        raise NotFound
    Reminder.objects.update_or_create(person=by.person, defaults={"weekday": weekday, "hour": hour})


def never(*, by: By) -> None:
    """No reminders. Twice is once."""
    Reminder.objects.filter(person=by.person).delete()
