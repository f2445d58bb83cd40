"""When a student is not available, for who travels along: hours, and nothing of what fills them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.calendars.models import Sharing
from tussenstop.calendars.queries import Block, fixed_blocks, own_blocks
from tussenstop.calendars.rules import DAY, STOP, TALK, WORKPLACE, Kind
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.routes.rules import Context

KNOWN_AT_WORK = frozenset(
    {Kind.WORK.value, WORKPLACE, STOP, TALK}
)  # an employer knows these already
PARTNERS = (RouteRole.MENTOR, RouteRole.TEACHER, RouteRole.COACH)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, with from when until when one is not available: minutes after midnight, joined."""

    day: date
    taken: list[tuple[int, int]]


@dataclass(frozen=True)
class Busy:
    """A week as one partner sees it; `days` is None when the student keeps it to themselves."""

    view: RouteView
    sharing: Sharing
    days: list[Day] | None


def sharing_of(route: Route) -> Sharing:
    return Sharing.objects.filter(route=route).first() or Sharing(route=route)


def _shows(sharing: Sharing, role: RouteRole) -> bool:
    return bool(getattr(sharing, role.value, False))


def week(*, person: Person, route_id: UUID, monday: date, now: datetime) -> Busy:
    """A week of the student. The student sees what a mentor would. Raises NotFound, Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SEE_BUSY)
    sharing = sharing_of(view.route)
    own = RouteRole.STUDENT in view.roles
    roles = [role for role in PARTNERS if role in view.roles and _shows(sharing, role)]
    if not roles and not own:
        return Busy(view, sharing, None)
    blocks = _of_student(view, monday, monday + timedelta(days=6), now)
    return Busy(view, sharing, _days(blocks, monday, 7))


def _of_student(view: RouteView, start: date, end: date, now: datetime) -> list[Block]:
    """What takes the time of the student, as far as this person may reckon with it."""
    blocks = own_blocks(person=view.route.student, start=start, end=end, now=now)
    # Also when they are the teacher as well.
    for_work = not view.roles.isdisjoint({RouteRole.STUDENT, RouteRole.MENTOR})
    if for_work and view.route.context == Context.OWN_EMPLOYEE:
        blocks = [block for block in blocks if block.kind in KNOWN_AT_WORK]
    return [block for block in blocks if block.takes_time]


def taken_by_student(
    *, route: Route, roles: frozenset[RouteRole], start: date, end: date, now: datetime
) -> list[tuple[datetime, datetime]]:
    """When the student can't, from what these roles may reckon with; never to be shown. A school
    that plans for a teacher reckons with what the teacher may see. Of an own employee, a mentor
    reckons with what an employer knows. The days at the workplace are not in it, the other stops
    are."""
    sharing = sharing_of(route)
    if RouteRole.PROGRAMME_COORDINATOR in roles:
        roles |= {RouteRole.TEACHER}
    shown = [role for role in PARTNERS if role in roles and _shows(sharing, role)]
    blocks = fixed_blocks(person=route.student, start=start, end=end, now=now)
    if RouteRole.STUDENT not in roles and not shown:
        blocks = [block for block in blocks if block.kind == STOP]
    elif RouteRole.MENTOR in roles and route.context == Context.OWN_EMPLOYEE:
        blocks = [block for block in blocks if block.kind in KNOWN_AT_WORK]
    return [(block.starts_at, block.ends_at) for block in blocks if block.takes_time]


def taken(
    *,
    view: RouteView,
    person: Person,
    start: date,
    days: int,
    now: datetime,
    but: Collection[str] = (),
) -> list[Day] | None:
    """When a person of a route is not available, to look for a moment together: one's own hours,
    and those of the student for whom they show them to. `but` leaves out kinds that are no
    hindrance. None when it is not known."""
    end = start + timedelta(days=days - 1)
    if person.pk == view.person.pk:
        mine = own_blocks(person=person, start=start, end=end, now=now)
        blocks = [block for block in mine if block.takes_time]
    elif person.pk == view.route.student_id:
        sharing = sharing_of(view.route)
        if not any(role in view.roles and _shows(sharing, role) for role in PARTNERS):
            return None
        blocks = _of_student(view, start, end, now)
    else:
        return None
    return _days([block for block in blocks if block.kind not in but], start, days)


def _days(blocks: list[Block], start: date, count: int) -> list[Day]:
    found = []
    for number in range(count):
        day = start + timedelta(days=number)
        parts = sorted(part for block in blocks if (part := _part(block, day)))
        found.append(Day(day, _joined(parts)))
    return found


def _part(block: Block, day: date) -> tuple[int, int] | None:
    """From when until when a block takes this day, in minutes on the clock."""
    begin = timezone.localtime(block.starts_at).replace(tzinfo=None)
    end = timezone.localtime(block.ends_at).replace(tzinfo=None)
    midnight = datetime.combine(day, datetime.min.time())
    first = max(int((begin - midnight).total_seconds() // 60), 0)
    last = min(-int((midnight - end).total_seconds() // 60), DAY)
    return (first, last) if first < last else None


def _joined(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What overlaps or touches made one, so that nobody counts what fills the hours."""
    found: list[tuple[int, int]] = []
    for begin, end in parts:
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


@transaction.atomic
def share(*, by: By, route: Route, mentor: bool, teacher: bool, coach: bool, now: datetime) -> None:
    """Choose who sees when one is not available. The last choice holds; it is
    nobody's business, so no story tells it."""
    checks.require(by.person, OnRoute.SHARE_BUSY, route, now=now)
    Sharing.objects.update_or_create(
        route=route, defaults={"mentor": mentor, "teacher": teacher, "coach": coach}
    )
