"""The calendars from elsewhere that somebody reads."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tussenstop.calendars.incoming.rules import WORRYING
from tussenstop.calendars.models import Feed, FeedMoment
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person


def feeds(person: Person) -> QuerySet[Feed]:
    """One's own, with the number of `moments` in each."""
    return (
        Feed.objects.filter(person=person)
        .annotate(moment_count=Count("moments"))
        .order_by("name", "pk")
    )


def get_feed(*, person: Person, feed_id: UUID) -> Feed:
    """One's own. Raises NotFound."""
    found = feeds(person).filter(pk=feed_id).first()
    if found is None:
        raise NotFound
    return found


def worrying(person: Person, now: datetime) -> list[Feed]:
    """Those that could not be read for a week."""
    since = now - WORRYING
    late = Q(read_at__lt=since) | Q(read_at=None, made_at__lt=since)
    return list(Feed.objects.filter(late, person=person, failures__gt=0).order_by("name"))


def moments(person: Person, first: datetime, after: datetime) -> QuerySet[FeedMoment]:
    """What happens between two moments."""
    return (
        FeedMoment.objects.filter(feed__person=person, starts_at__lt=after, ends_at__gte=first)
        .select_related("feed")
        .order_by("starts_at", "ends_at", "pk")
    )
