"""Choosing who sees a strength that others recognised."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import NotFound
from tussenstop.feedback.models import StrengthReader
from tussenstop.feedback.queries import partners
from tussenstop.feedback.strength_queries import own_strengths
from tussenstop.people.acting import By
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route


@transaction.atomic
def show_strength(
    *, by: By, route: Route, code: str, people: Collection[UUID], now: datetime
) -> None:
    """Show one strength to exactly these people of the route; to nobody when there are none."""
    checks.require(by.person, OnRoute.GET_FEEDBACK, route, now=now)
    lock(route.pk)
    seen = own_strengths(person=by.person, route_id=route.pk, now=now)
    around = {one.person.pk for one in partners(route, now=now, but=by.person)}
    if code not in {one.code for one in seen.strengths} or not around.issuperset(people):
        raise NotFound
    rows = StrengthReader.objects.filter(route=route, owner=by.person, code=code)
    rows.exclude(person_id__in=list(people)).delete()
    StrengthReader.objects.bulk_create(
        (
            StrengthReader(route=route, owner=by.person, code=code, person_id=one, since=now)
            for one in people
        ),
        ignore_conflicts=True,
    )
