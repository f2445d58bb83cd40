"""Who looked at a student's file: one row a day for each person, readable by the student."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.models import Look
from tussenstop.people.models import Person


def record(*, person: Person, routes: Iterable[Any], now: datetime) -> None:
    """Remember that this person opened the files of these routes today; a student's own looks
    aren't. Costs the same for one as for many, but the first time in a day."""
    others = {route.pk: route for route in routes if route.student_id != person.pk}
    if not others:
        return
    day = timezone.localdate(now)
    today = Look.objects.filter(route__in=list(others), person=person, day=day)
    seen = set(today.values_list("route_id", flat=True))
    if seen:
        today.update(last_at=now)
    Look.objects.bulk_create(
        [
            Look(
                route_id=pk,
                person=person,
                role=min(checks.roles_on(person, route, now=now), default=""),
                day=day,
                last_at=now,
            )
            for pk, route in others.items()
            if pk not in seen
        ],
        ignore_conflicts=True,
    )
