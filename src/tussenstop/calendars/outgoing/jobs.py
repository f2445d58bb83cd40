"""Keeping links up to date while nobody waits for it: reading them changes nothing."""

import time
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django_tasks import task

from tussenstop.calendars.models import Link
from tussenstop.calendars.outgoing.actions import write
from tussenstop.calendars.outgoing.rules import EVERY
from tussenstop.core import clock
from tussenstop.people.models import Person

SECONDS = 300.0  # in one go
AT_ONCE = 2000  # people


@task()
def write_days(person_id: str) -> None:
    """Gather the days of one person."""
    person = Person.objects.filter(pk=UUID(person_id)).first()
    if person:
        write(person, now=clock.now())


def write_what_is_due(now: datetime) -> None:
    """Gather the days of everybody who has a link, whoever waited longest first."""
    ends = time.monotonic() + SECONDS
    late = Q(written_at=None) | Q(written_at__lt=now - EVERY)
    rows = Link.objects.filter(late, revoked_at=None, person__is_active=True)
    people = rows.order_by("written_at", "pk").values_list("person_id", flat=True)
    for person_id in dict.fromkeys(people[:AT_ONCE]):
        if time.monotonic() > ends:
            return
        write(Person.objects.get(pk=person_id), now=clock.now())
