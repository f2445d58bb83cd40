"""Who looked at a student's file: one row a day for each person, readable by the student."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.models import Look
from tussenstop.people.models import Person


def record(*, person: Person, route: Any, now: datetime) -> None:
    """Remember that this person opened this route's file today; the student's own looks aren't."""
    if person.pk == route.student_id:
        return
    day = timezone.localdate(now)
    if Look.objects.filter(route_id=route.pk, person=person, day=day).update(last_at=now):
        return
    roles = checks.roles_on(person, route, now=now)
    Look.objects.bulk_create(
        [
            Look(
                route_id=route.pk,
                person=person,
                role=min(roles, default=""),
                day=day,
                last_at=now,
            )
        ],
        ignore_conflicts=True,
    )
