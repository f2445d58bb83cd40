"""What people of the demo wrote to each other, and the letters they got on their way here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tussenstop.access.models import Participation
from tussenstop.core.ids import uuid7
from tussenstop.messages.models import Notice
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routelog import actions
from tussenstop.routelog.models import Reader
from tussenstop.routes.models import Route

UNREAD = 2  # of each person: the newest
BETWEEN = timedelta(days=2)  # two letters to one person


def talk(rows: Sequence[Sequence[Any]], *, now: datetime) -> None:
    """The words, each at its day and hour; all but the last were read."""
    for name, days, hour, role, to, text in rows:
        route = Route.objects.select_related("student").get(student__name=name)
        people: dict[str, Person] = {
            part.role: part.person
            for part in Participation.objects.filter(
                route=route, ended_at=None, declined_at=None
            ).select_related("person")
        }
        at = timezone.localtime(now - timedelta(days=days)).replace(hour=hour, minute=12)
        actions.write(
            by=By(people[role]),
            route=route,
            key=uuid7(),
            text=text,
            mentions=[people[one].pk for one in to],
            now=min(at, now),
        )
    Reader.objects.update(read_at=now - timedelta(days=2))


def settle(*, now: datetime) -> None:
    """The letters of the past were read, the newest of each person were not; none waits."""
    rows: dict[object, list[Notice]] = {}
    for notice in Notice.objects.order_by("person_id", "-at", "-pk"):
        rows.setdefault(notice.person_id, []).append(notice)
    for theirs in rows.values():
        for place, notice in enumerate(theirs):
            day = timezone.localtime(now - (place + 1) * BETWEEN)
            notice.at = day.replace(hour=9 + place % 7, minute=20)
            notice.read_at = notice.at + timedelta(hours=2) if place >= UNREAD else None
            notice.due_at = None
    Notice.objects.bulk_update(
        [notice for theirs in rows.values() for notice in theirs],
        ["at", "read_at", "due_at"],
        batch_size=200,
    )
