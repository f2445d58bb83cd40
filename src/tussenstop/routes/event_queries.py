"""What happened, and what is planned, on the routes that somebody travels: for their own looking
back, beside how they say they were."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.people.models import Person
from tussenstop.routes.models import Pause, Stop
from tussenstop.routes.queries import day_of

TRAVELLING = (RouteRole.STUDENT, RouteRole.MENTOR)
MOST = 24  # events: more than that is a list, and no longer a course


@dataclass(frozen=True, slots=True)
class Event:
    """A stop that was held or is planned; or, without a stop, a pause that began."""

    day: date
    route_id: UUID
    stop: Stop | None


def events_of(*, person: Person, first: date, last: date, now: datetime) -> list[Event]:
    """From the first day to the last, in order; of more than fit, the newest. A teacher, who has
    many routes, has no course of one."""
    routes = Participation.objects.filter(
        checks.taking_part(now), person=person, role__in=TRAVELLING
    ).values("route_id")
    zone = timezone.get_default_timezone()
    begin = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    held = Q(starts_at__gte=begin, starts_at__lt=end) | Q(
        starts_at=None, done_at__gte=begin, done_at__lt=end
    )
    stops = Stop.objects.filter(held, route_id__in=routes, stretch=False, skipped_at=None)
    pauses = Pause.objects.filter(route_id__in=routes, starts_on__gte=first, starts_on__lte=last)
    found = [
        Event(day, stop.route_id, stop)
        for stop in stops.order_by("-starts_at", "-done_at")[:MOST]
        if (day := day_of(stop))
    ] + [Event(one.starts_on, one.route_id, None) for one in pauses.order_by("-starts_on")[:MOST]]
    return sorted(found, key=lambda event: (event.day, str(event.route_id)))[-MOST:]
