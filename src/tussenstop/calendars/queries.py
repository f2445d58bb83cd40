"""Reading one's own calendar: what fills the days, and how heavy the weeks are."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.calendars import sources
from tussenstop.calendars.incoming.queries import moments
from tussenstop.calendars.models import Commitment, FeedMoment, Limit
from tussenstop.calendars.occurrences import Moved, Occurrence, Pattern, hours_between, occurrences
from tussenstop.calendars.rules import LOADS, LONGEST, STOP, WORKPLACE, Kind
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Institution, Person
from tussenstop.policies.queries import held
from tussenstop.policies.working_time import Warned, check
from tussenstop.routes.models import Route, Stop
from tussenstop.routes.rules import LIVE

LONGEST_TAKEN = timedelta(minutes=LONGEST)  # a "school year" in a calendar takes no time


@dataclass(frozen=True, slots=True)
class Block:
    """Something in a calendar: a commitment on one day, a stop of a route, or what another package
    put there (with the page that explains it)."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    commitment: Commitment | None = None
    occurrence: Occurrence | None = None
    stop: Stop | None = None
    page: tuple[str, UUID] | None = None
    moment: FeedMoment | None = None
    given: sources.Given | None = None

    @property
    def all_day(self) -> bool:
        if self.moment:
            return self.moment.whole_days
        return self.occurrence is not None and self.occurrence.all_day

    @property
    def takes_time(self) -> bool:
        """Whether one is not available: a birthday in a calendar from elsewhere is only shown."""
        if self.moment is None:
            return True
        wanted = not self.moment.whole_days or self.moment.feed.whole_days
        return wanted and not self.moment.free and self.ends_at - self.starts_at <= LONGEST_TAKEN

    @property
    def hours(self) -> float:
        """What it counts for in a week: a whole day says nothing about hours."""
        if self.all_day or not self.takes_time:
            return 0
        return hours_between(self.starts_at, self.ends_at)


def get_commitment(*, person: Person, commitment_id: UUID) -> Commitment:
    """One's own. Raises NotFound."""
    found = (
        Commitment.objects.filter(pk=commitment_id, person=person)
        .prefetch_related("otherwise")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _taking_place(one: Commitment, start: date, end: date) -> list[Occurrence]:
    pattern = Pattern(
        one.first_on, one.until, one.every_weeks, one.weekdays, one.starts_at, one.minutes
    )
    changes = {
        row.day: Moved(row.new_day, row.starts_at, row.minutes or one.minutes)
        if row.new_day
        else None
        for row in one.otherwise.all()
    }
    zone = timezone.get_default_timezone()
    return occurrences(pattern, changes, start=start, end=end, zone=zone)


def own_blocks(*, person: Person, start: date, end: date, now: datetime) -> list[Block]:
    """Everything in one's calendar from `start` up to and including `end`, soonest first."""
    blocks = fixed_blocks(person=person, start=start, end=end, now=now)
    blocks += [_given(one) for one in sources.every(person, start, end)]
    return sorted(blocks, key=_in_order)


def _in_order(block: Block) -> tuple[datetime, datetime, str]:
    return (block.starts_at, block.ends_at, block.kind)


def fixed_blocks(*, person: Person, start: date, end: date, now: datetime) -> list[Block]:
    """The same without what a plan put there: what a new plan has to go around."""
    rows = Commitment.objects.filter(person=person, first_on__lte=end).prefetch_related("otherwise")
    blocks = [
        Block(found.starts_at, found.ends_at, one.kind, commitment=one, occurrence=found)
        for one in rows
        for found in _taking_place(one, start, end)
    ]
    blocks += _stops(person, start, end, now)
    blocks += _from_elsewhere(person, start, end)
    blocks += [_given(one) for one in sources.fixed(person, start, end)]
    return sorted(blocks, key=_in_order)


def _given(one: sources.Given) -> Block:
    return Block(one.starts_at, one.ends_at, one.kind, page=one.page, given=one)


def _midnights(start: date, end: date) -> tuple[datetime, datetime]:
    """From the first midnight up to the last, of days that both count."""
    zone = timezone.get_default_timezone()
    after = end + timedelta(days=1)
    return (
        datetime.combine(start, datetime.min.time(), zone),
        datetime.combine(after, datetime.min.time(), zone),
    )


def _from_elsewhere(person: Person, start: date, end: date) -> list[Block]:
    """What stands in the calendars that one reads."""
    return [
        Block(
            timezone.localtime(one.starts_at),
            timezone.localtime(one.ends_at),
            one.feed.kind,
            page=("calendar_feed", one.feed_id),
            moment=one,
        )
        for one in moments(person, *_midnights(start, end))
    ]


def _stops(person: Person, start: date, end: date, now: datetime) -> list[Block]:
    """The stops that one attends."""
    parts = Participation.objects.filter(checks.taking_part(now), person=person)
    roles: dict[UUID, set[str]] = defaultdict(set)
    for route_id, role in parts.values_list("route_id", "role"):
        roles[route_id].add(role)
    first, after = _midnights(start, end)
    stops = Stop.objects.filter(
        route_id__in=list(roles), starts_at__gte=first, starts_at__lt=after, skipped_at=None
    ).select_related("route__student", "route__programme")
    return [
        Block(
            timezone.localtime(stop.starts_at),
            timezone.localtime(stop.starts_at) + timedelta(minutes=stop.minutes),
            STOP,
            stop=stop,
        )
        for stop in stops
        if stop.starts_at and roles[stop.route_id].intersection(stop.attends)
    ]


def own_route(person: Person) -> Route | None:
    """The route of a student that is going on, the oldest one; nothing for who studies nowhere."""
    return (
        Route.objects.filter(student=person, state__in=LIVE)
        .select_related("institution")
        .order_by("created_at")
        .first()
    )


def working_time(
    *, person: Person, school: Institution | None, monday: date, now: datetime
) -> list[Warned]:
    """What the work and the learning at the workplace of a student in one week pass of the rules
    that their school reckons with. Nothing for who studies nowhere."""
    if school is None:
        return []
    around = timedelta(days=2)
    blocks = own_blocks(person=person, start=monday - around, end=monday + 4 * around, now=now)
    return check(
        [
            (timezone.localtime(block.starts_at), timezone.localtime(block.ends_at))
            for block in blocks
            if block.kind in {Kind.WORK, WORKPLACE} and block.takes_time and not block.all_day
        ],
        monday=monday,
        midnight=_midnights(monday, monday)[0],
        held=held(on=monday, institution=school),
    )


@dataclass
class Day:
    """How full a day is: hours of each kind; and whether there is an exam, also without hours."""

    day: date
    hours: dict[str, float] = field(default_factory=dict)
    exam: bool = False

    @property
    def total(self) -> float:
        return sum(self.hours.values())


@dataclass
class Week:
    """How heavy a week is: hours of each kind."""

    days: list[Day]

    @property
    def monday(self) -> date:
        return self.days[0].day

    @property
    def hours(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for day in self.days:
            for kind, hours in day.hours.items():
                found[kind] = found.get(kind, 0) + hours
        return found

    @property
    def total(self) -> float:
        return sum(day.total for day in self.days)


def load(*, person: Person, monday: date, weeks: int, now: datetime) -> list[Week]:
    """The hours of each kind that take strength, week by week; what begins in the evening and goes
    on at night counts for the evening."""
    days = [Day(monday + timedelta(days=n)) for n in range(7 * weeks)]
    for block in own_blocks(person=person, start=monday, end=days[-1].day, now=now):
        place = (timezone.localtime(block.starts_at).date() - monday).days
        if 0 <= place < len(days) and block.kind in LOADS:
            day = days[place]
            day.hours[block.kind] = day.hours.get(block.kind, 0) + block.hours
            day.exam = day.exam or block.kind == Kind.EXAM
    return [Week(days[n : n + 7]) for n in range(0, len(days), 7)]


def limit_of(person: Person) -> int | None:
    """The most hours a week that somebody set for themselves."""
    return Limit.objects.filter(person=person).values_list("hours", flat=True).first()
