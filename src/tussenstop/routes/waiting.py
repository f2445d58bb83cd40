"""How much waits for many people at once: what their digest tells."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from tussenstop.routes.models import Move
from tussenstop.routes.rules import OWN_PACE


def count_for(people: Sequence[UUID], now: datetime) -> dict[UUID, int]:
    """The moves that are theirs by name, in one read; what one does at one's own pace asks nobody."""
    rows = (
        Move.objects.filter(Q(until=None) | Q(until__gt=now), person_id__in=people, since__lte=now)
        .exclude(code__in=list(OWN_PACE))
        .order_by()
        .values("person_id")
        .annotate(count=Count("pk"))
        .values_list("person_id", "count")
    )
    return dict(rows)
