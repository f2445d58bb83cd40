"""Letters about talks that were long ago: the same to both sides, seldom, and never twice.

Routes are looked at in batches, each in a transaction of its own: a day with many letters keeps
nobody from writing. What a batch sends is claimed in one table first, so two workers that look at
the same routes share the letters between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.access.rules import PARTNERS
from tussenstop.conversations import notifications
from tussenstop.conversations.models import Reminded
from tussenstop.conversations.rhythm import Due, due_on
from tussenstop.conversations.rules import REMINDED, which_reminder
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

BATCH = 200
FIRST = UUID(int=0)
Partners = dict[UUID, dict[str, list[Person]]]


def next_routes(after: UUID) -> list[Route]:
    """The routes under way that come after this one, in order of their ids."""
    return list(
        Route.objects.filter(state=State.UNDER_WAY, pk__gt=after)
        .select_related("student")
        .order_by("pk")[:BATCH]
    )


def remind(routes: Sequence[Route], now: datetime) -> None:
    """Write about the talks that were long ago on these routes, where it was not done yet."""
    partners = _partners(routes, now)
    dues = [
        due
        for due in due_on(routes, roles=_roles(partners), now=now)
        # With one side missing there is nobody to talk to.
        if REMINDED[due.kind] <= partners[due.route.pk].keys()
    ]
    if not dues:
        return
    with transaction.atomic():
        for due in _claimed(dues, now):
            sides = partners[due.route.pk]
            people = {one.pk: one for role in REMINDED[due.kind] for one in sides[role]}
            notifications.long_ago(due, sorted(people.values(), key=lambda one: one.name))


def _partners(routes: Iterable[Route], now: datetime) -> Partners:
    found: Partners = defaultdict(lambda: defaultdict(list))
    parts = Participation.objects.filter(
        checks.taking_part(now),
        route__in=list(routes),
        role__in=PARTNERS,
        person__is_active=True,
    ).select_related("person")
    for part in parts:
        found[part.route_id][part.role].append(part.person)
    return found


def _roles(partners: Partners) -> Mapping[UUID, Iterable[str]]:
    return defaultdict(set, {route_id: set(sides) for route_id, sides in partners.items()})


def _claimed(dues: Sequence[Due], now: datetime) -> list[Due]:
    """Of these the ones about which a letter is owed and which nobody else is writing."""
    today = timezone.localdate(now)
    old = {
        (row.route_id, row.kind): row
        for row in Reminded.objects.select_for_update()
        .filter(route__in={due.route.pk for due in dues})
        .order_by("route_id", "kind")
    }
    owed: dict[UUID, Due] = {}
    rows, replaced = [], []
    for due in sorted(dues, key=lambda one: (one.route.pk, one.kind)):
        last = old.get((due.route.pk, due.kind))
        since = today - timedelta(days=due.days)
        number = which_reminder(
            since=since,
            every=due.every,
            today=today,
            last=(last.since, last.number, last.on) if last else None,
        )
        if not number:
            continue
        row = Reminded(route=due.route, kind=due.kind, since=since, number=number, on=today)
        rows.append(row)
        owed[row.pk] = due
        if last:
            replaced.append(last.pk)
    Reminded.objects.filter(pk__in=replaced).delete()
    Reminded.objects.bulk_create(rows, ignore_conflicts=True)
    mine = Reminded.objects.filter(pk__in=owed).values_list("pk", flat=True)
    return [owed[pk] for pk in sorted(mine)]
