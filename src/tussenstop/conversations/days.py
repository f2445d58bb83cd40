"""Planned conversations, as they stand in the calendars of who takes part."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tussenstop.calendars.rules import TALK, Kind
from tussenstop.calendars.sources import Given
from tussenstop.conversations.models import Conversation
from tussenstop.conversations.names import kind_name
from tussenstop.conversations.queries import stands, talking_on
from tussenstop.core import clock
from tussenstop.people.models import Person


def own_talks(person: Person, start: date, end: date) -> list[Given]:
    """The talks of a person from `start` up to and including `end`, on routes they still travel
    along on. What only a few know of says no more to others than that one is not available."""
    zone = timezone.get_default_timezone()
    rows = Conversation.objects.filter(
        stands(),
        route_id__in=talking_on(person, clock.now()),
        attendees__person=person,
        starts_at__gte=datetime.combine(start, time.min, zone),
        starts_at__lt=datetime.combine(end + timedelta(days=1), time.min, zone),
    ).select_related("route__student")
    return [given_of(one, person) for one in rows.order_by("starts_at", "pk")]


def given_of(one: Conversation, person: Person) -> Given:
    """A talk that has its moment, as it stands in the calendar of somebody who takes part."""
    assert one.starts_at is not None  # noqa: S101 - the filter saw to it
    title = one.about or kind_name(one.kind)
    if one.route.student_id != person.pk:
        title = f"{title}: {one.route.student.name}"
    begins = timezone.localtime(one.starts_at)
    return Given(
        begins,
        begins + timedelta(minutes=one.minutes),
        Kind.OTHER.value if one.closed else TALK,
        ("conversation", one.pk),
        title=title,
        where=one.place,
        uid=f"talk-{one.pk}",
    )
