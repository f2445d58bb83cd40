"""Moments that may suit everybody: found in the calendars that may be reckoned with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tussenstop.access.rules import RouteRole
from tussenstop.calendars import busy
from tussenstop.calendars.rules import WORKPLACE
from tussenstop.conversations.rules import MOST_SLOTS
from tussenstop.people.models import Person
from tussenstop.planning.days import holding
from tussenstop.planning.rules import Activity
from tussenstop.policies.holidays import public_holidays
from tussenstop.routes.queries import RouteView

DAYS = 21  # so far ahead
WEEKEND = 5
# Hours people like to talk at: morning and afternoon in turn, so that there is something to choose.
MORNING = (600, 540, 570, 630, 660, 690)
AFTERNOON = (840, 810, 870, 900, 930, 960, 780)

Taken = dict[date, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """Moments to propose, and whose calendars they go around."""

    moments: list[datetime]
    known: list[Person]
    unknown: list[Person]


def free_at(day: date, begin: int, minutes: int, taken: Sequence[Taken]) -> bool:
    """Whether nobody is taken on this day from `begin` (minutes after midnight)."""
    return all(
        begin + minutes <= first or last <= begin
        for one in taken
        for first, last in one.get(day, [])
    )


def pick(
    days: Sequence[date],
    *,
    minutes: int,
    taken: Sequence[Taken],
    liked: Collection[tuple[date, int, int]] = (),
    most: int = MOST_SLOTS,
) -> list[tuple[date, int]]:
    """At most one moment a day: first where people are together anyway (`liked`: a day, from,
    until), then on the other days, soonest first. The same input gives the same moments."""
    together = {day: (first, last) for day, first, last in liked}
    found: list[tuple[date, int]] = []
    for wanted in (True, False):
        for day in days:
            if (day in together) != wanted or len(found) == most:
                continue
            hours = MORNING + AFTERNOON if len(found) % 2 == 0 else AFTERNOON + MORNING
            first, last = together.get(day, (0, 24 * 60))
            begin = next(
                (
                    hour
                    for hour in hours
                    if first <= hour
                    and hour + minutes <= last
                    and free_at(day, hour, minutes, taken)
                ),
                None,
            )
            if begin is not None:
                found.append((day, begin))
    return sorted(found)


def moments_for(
    *,
    view: RouteView,
    people: Collection[Person],
    roles: Collection[str],
    minutes: int,
    now: datetime,
) -> Found:
    """Up to five moments from tomorrow on. A student at the workplace can talk there with the
    mentor; for others those hours are taken."""
    first = timezone.localdate(now) + timedelta(days=1)
    at_work = RouteRole.MENTOR in roles and RouteRole.STUDENT in roles
    known: list[Person] = []
    unknown: list[Person] = []
    taken: list[Taken] = []
    for person in people:
        but = {WORKPLACE} if at_work and person.pk == view.route.student_id else set()
        days = busy.taken(view=view, person=person, start=first, days=DAYS, now=now, but=but)
        if days is None:
            unknown.append(person)
        else:
            known.append(person)
            taken.append({day.day: day.taken for day in days})
    last = first + timedelta(days=DAYS - 1)
    free = public_holidays(first, last)
    weekdays = [
        day
        for day in (first + timedelta(days=n) for n in range(DAYS))
        if day.weekday() < WEEKEND and day not in free
    ]
    liked = _at_workplace(view, first, last) if at_work else []
    chosen = pick(weekdays, minutes=minutes, taken=taken, liked=liked)
    return Found([_moment(day, begin) for day, begin in chosen], known, unknown)


def _at_workplace(view: RouteView, first: date, last: date) -> list[tuple[date, int, int]]:
    blocks = holding().filter(
        plan__route=view.route, activity=Activity.WORKPLACE, day__range=(first, last)
    )
    found = []
    for day, at, minutes in blocks.values_list("day", "starts_at", "minutes"):
        begin = at.hour * 60 + at.minute
        found.append((day, begin, begin + minutes))
    return found


def _moment(day: date, begin: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(begin // 60, begin % 60)))
