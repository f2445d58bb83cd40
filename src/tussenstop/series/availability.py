"""When people can't talk, as far as whoever plans may reckon with it. What is reckoned here is
never shown: not whose hour it was, nor what fills it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.calendars import busy
from tussenstop.calendars.queries import own_blocks
from tussenstop.conversations.queries import taken_by
from tussenstop.people.models import Person
from tussenstop.planning.days import begins, ends, holding
from tussenstop.planning.models import Presence
from tussenstop.planning.rules import Activity
from tussenstop.routes.models import Route, Stop
from tussenstop.series.slots import Taken


class Availability:
    """Between two days, for one person who plans. Every person and route is read once."""

    def __init__(self, planner: Person, first: date, last: date, *, now: datetime) -> None:
        self.planner, self.first, self.last, self.now = planner, first, last, now
        self._own: list[Taken] | None = None
        self._students: dict[UUID, list[Taken]] = {}
        self._talks: dict[UUID, list[Taken]] = {}

    def of_planner(self) -> list[Taken]:
        """One's own calendar, all of it."""
        if self._own is None:
            blocks = own_blocks(person=self.planner, start=self.first, end=self.last, now=self.now)
            self._own = [(b.starts_at, b.ends_at) for b in blocks if b.takes_time]
        return self._own

    def of_student(self, route: Route, roles: frozenset[RouteRole]) -> list[Taken]:
        """What a student lets the roles of who plans know: job, lessons, rest; not the days at the
        workplace, which are for the conversation to use or to avoid."""
        if route.pk not in self._students:
            self._students[route.pk] = busy.taken_by_student(
                route=route, roles=roles, start=self.first, end=self.last, now=self.now
            )
        return self._students[route.pk]

    def at_workplace(self, route: Route) -> list[Taken]:
        """The agreed days of this route."""
        blocks = holding().filter(
            plan__route=route,
            activity=Activity.WORKPLACE,
            day__gte=self.first,
            day__lte=self.last,
        )
        return [(begins(block), ends(block)) for block in blocks]

    def of_others(self, people: Sequence[Person]) -> None:
        """Read the stops with a date and the planned conversations of many people at once, for
        `talks_of`."""
        wanted = {person.pk for person in people} - self._talks.keys()
        roles: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
        for person_id, route_id, role in Participation.objects.filter(
            checks.taking_part(self.now), person_id__in=wanted
        ).values_list("person_id", "route_id", "role"):
            roles[(route_id, person_id)].add(role)
        by_route: dict[UUID, list[UUID]] = defaultdict(list)
        for route_id, person_id in roles:
            by_route[route_id].append(person_id)
        for person_id in wanted:
            self._talks[person_id] = []
        zone = timezone.get_default_timezone()
        since = datetime.combine(self.first, time.min, zone)
        before = datetime.combine(self.last + timedelta(days=1), time.min, zone)
        for person_id, begin, end in taken_by(wanted, since=since, before=before, now=self.now):
            self._talks[person_id].append((begin, end))
        stops = Stop.objects.filter(
            starts_at__gte=since,
            starts_at__lt=before,
            route_id__in=list(by_route),
            skipped_at=None,
        )
        for stop in stops:
            for person_id in by_route[stop.route_id]:
                if stop.starts_at and roles[(stop.route_id, person_id)].intersection(stop.attends):
                    end = stop.starts_at + timedelta(minutes=stop.minutes)
                    self._talks[person_id].append((stop.starts_at, end))

    def talks_of(self, person_id: UUID) -> list[Taken]:
        """The stops and conversations somebody has already."""
        return self._talks[person_id]


def away(placement_id: UUID | None, first: date, last: date, zone: ZoneInfo) -> list[Taken]:
    """When a mentor is not there, as they told for their placement; nothing when they told
    nothing."""
    there = list(Presence.objects.filter(placement_id=placement_id)) if placement_id else []
    if not there:
        return []
    found: list[Taken] = []
    day = first
    while day <= last:
        since = datetime.combine(day, time.min, zone)
        after = datetime.combine(day + timedelta(days=1), time.min, zone)
        for one in sorted(
            (row for row in there if row.weekday == day.isoweekday()),
            key=lambda row: row.starts_at,
        ):
            begin = datetime.combine(day, one.starts_at, zone)
            if since < begin:
                found.append((since, begin))
            since = max(since, datetime.combine(day, one.ends_at, zone))
        if since < after:
            found.append((since, after))
        day += timedelta(days=1)
    return found
