"""One letter a week to a mentor who has hours to confirm, of all their students together."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from tussenstop.access import checks, links
from tussenstop.access.links import Purpose
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core import letters
from tussenstop.hours.models import Asked, Entry
from tussenstop.hours.queries import waiting_for
from tussenstop.people.models import Person


def remind(now: datetime) -> None:
    """About the weeks that are over. Once a week, from Monday on."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    routes = Entry.objects.filter(
        removed_at=None, confirmed_at=None, asked_at=None, day__lt=monday
    ).values("route_id")
    people = (
        Participation.objects.filter(
            checks.taking_part(now), route_id__in=routes, role=RouteRole.MENTOR
        )
        .exclude(accepted_at=None)
        .exclude(person_id__in=Asked.objects.filter(monday=monday).values("person_id"))
        .values_list("person_id", flat=True)
        .distinct()
    )
    for person in Person.objects.filter(pk__in=list(people), is_active=True):
        _write(person, monday, now)


def _write(person: Person, monday: date, now: datetime) -> None:
    weeks = waiting_for(person, now=now, before=monday)
    if not weeks:
        return
    try:
        with transaction.atomic():
            Asked.objects.create(person=person, monday=monday, at=now)
    except IntegrityError:
        return
    link = links.issue(
        person=person, purpose=Purpose.HOURS, subject_id=person.pk, route_id=None, now=now
    )
    names = list(dict.fromkeys(one.route.student.first_name for one in weeks))
    letters.send(
        to=person.email,
        language=person.language,
        template="hours/confirm",
        context={
            "name": person.first_name,
            "students": names,
            "count": len(weeks),
            "action_url": links.url_of(link),
        },
    )
