"""One letter a week to who asked for it, at the hour they chose."""

from collections.abc import Callable
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tussenstop.reflection.models import Reminder
from tussenstop.reflection.notifications import reminder


def clock_time(hour: int) -> time:
    return time(hour)


def at(hour: int) -> Callable[[datetime], None]:
    """The work of this hour."""

    def work(now: datetime) -> None:
        remind(hour, now)

    return work


def remind(hour: int, now: datetime) -> None:
    """Who chose this weekday and hour, once a day, whatever happens."""
    today = timezone.localdate(now)
    due = Reminder.objects.filter(
        Q(sent_on=None) | Q(sent_on__lt=today),
        weekday=today.isoweekday(),
        hour=hour,
        person__is_active=True,
    ).select_related("person")
    for row in due.iterator():
        with transaction.atomic():
            if Reminder.objects.filter(Q(sent_on=None) | Q(sent_on__lt=today), pk=row.pk).update(
                sent_on=today
            ):
                reminder(row.person)
