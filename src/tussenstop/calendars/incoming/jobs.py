"""Reading calendars from elsewhere while nobody waits for it."""

import time
from datetime import datetime
from uuid import UUID

from django_tasks import task

from tussenstop.calendars.incoming.actions import refresh
from tussenstop.calendars.models import Feed
from tussenstop.core import clock

AT_ONCE = 500  # feeds in one go
SECONDS = 300.0  # and not longer than this


@task()
def read_feed(feed_id: str) -> None:
    """Read one calendar. What goes wrong is kept beside it, for its owner."""
    refresh(UUID(feed_id), now=clock.now())


def read_what_is_due(now: datetime) -> None:
    """Read what waited longest. Not in the queue: a slow calendar keeps no letter waiting."""
    ends = time.monotonic() + SECONDS
    due = Feed.objects.filter(next_at__lte=now).order_by("next_at", "pk")
    for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        if time.monotonic() > ends:
            return
        refresh(pk, now=clock.now())
