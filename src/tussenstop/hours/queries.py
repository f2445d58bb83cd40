"""Reading hours: a week, a day with its trace and its talk, and how far one has come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet, Sum
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import NotFound
from tussenstop.hours.models import Change, Entry, Remark
from tussenstop.people.models import Person
from tussenstop.planning.days import holding
from tussenstop.planning.models import PlannedBlock
from tussenstop.planning.rules import Activity
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route

MOST_WEEKS = 60  # on one page, and behind one door


@dataclass(frozen=True)
class Figures:
    """How far one has come, in minutes."""

    target: int
    done: int
    confirmed: int
    planned: int

    @property
    def missing(self) -> int:
        """What is neither done nor planned."""
        return max(self.target - self.done - self.planned, 0)


def written(route: Route) -> QuerySet[Entry]:
    """What stands, soonest first."""
    return (
        Entry.objects.filter(route=route, removed_at=None)
        .select_related("confirmed_by")
        .order_by("day", "starts_at", "pk")
    )


def _planned(route: Route) -> QuerySet[PlannedBlock]:
    """Planned days that nobody wrote down yet."""
    answered = Entry.objects.filter(route=route, removed_at=None).exclude(block=None)
    return (
        holding()
        .filter(plan__route=route, activity=Activity.WORKPLACE)
        .exclude(pk__in=answered.values("block_id"))
        .order_by("day", "starts_at")
    )


def figures(route: Route, now: datetime) -> Figures:
    worked = Sum(F("minutes") - F("pause"))
    rows = Entry.objects.filter(route=route, removed_at=None)
    ahead = _planned(route).filter(day__gte=timezone.localdate(now))
    return Figures(
        target=route.hours_target * 60,
        done=rows.aggregate(sum=worked)["sum"] or 0,
        confirmed=rows.exclude(confirmed_at=None).aggregate(sum=worked)["sum"] or 0,
        planned=ahead.aggregate(sum=Sum("minutes"))["sum"] or 0,
    )


@dataclass(frozen=True)
class Week:
    """The hours of a week, with the planned days that still ask for a word."""

    view: RouteView
    monday: date
    entries: list[Entry]
    planned: list[PlannedBlock]
    figures: Figures
    open_weeks: list[date]  # Mondays of weeks with something to confirm

    @property
    def worked(self) -> int:
        return sum(entry.worked for entry in self.entries)

    @property
    def to_confirm(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.confirmed_at is None]


def week(*, person: Person, route_id: UUID, monday: date, now: datetime) -> Week:
    """Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SEE_HOURS)
    route, sunday = view.route, monday + timedelta(days=6)
    today = timezone.localdate(now)
    planned: list[PlannedBlock] = []
    if RouteRole.STUDENT in view.roles:
        planned = list(_planned(route).filter(day__range=(monday, min(sunday, today))))
    remarks = Prefetch("remarks", Remark.objects.select_related("person").order_by("at", "pk"))
    entries = written(route).filter(day__range=(monday, sunday)).prefetch_related(remarks)
    return Week(view, monday, list(entries), planned, figures(route, now), _open_weeks(route))


def _open_weeks(route: Route) -> list[date]:
    days = Entry.objects.filter(route=route, removed_at=None, confirmed_at=None)
    found = {day - timedelta(days=day.weekday()) for day in days.values_list("day", flat=True)}
    return sorted(found)[:MOST_WEEKS]


def get_entry(
    *, person: Person, entry_id: UUID, now: datetime, permission: OnRoute = OnRoute.SEE_HOURS
) -> tuple[Entry, RouteView]:
    """One entry with its trace and its talk. Raises NotFound, or Refused."""
    entry = (
        Entry.objects.filter(pk=entry_id, removed_at=None)
        .select_related("confirmed_by")
        .prefetch_related(
            Prefetch("remarks", Remark.objects.select_related("person").order_by("at", "pk")),
            Prefetch("changes", Change.objects.select_related("person").order_by("-at", "-pk")),
        )
        .first()
    )
    if entry is None:
        raise NotFound
    view = get_route(person=person, route_id=entry.route_id, now=now, permission=permission)
    entry.route = view.route
    return entry, view


def get_writing(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """The route, for who may write hours down. Raises NotFound, or Refused."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.WRITE_HOURS)


def get_confirming(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """The route, for who may confirm its hours. Raises NotFound, or Refused."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.CONFIRM_HOURS)


def get_block(*, person: Person, block_id: UUID, now: datetime) -> PlannedBlock:
    """A planned day that the student may write hours for. Raises NotFound, or Refused."""
    block = (
        holding()
        .filter(pk=block_id, activity=Activity.WORKPLACE, day__lte=timezone.localdate(now))
        .select_related("plan__route")
        .first()
    )
    if block is None:
        raise NotFound
    get_route(person=person, route_id=block.plan.route_id, now=now, permission=OnRoute.WRITE_HOURS)
    return block


def all_written(
    *, person: Person, route_id: UUID, now: datetime
) -> tuple[RouteView, list[Entry], Figures]:
    """Everything, for an overview on paper. Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SEE_HOURS)
    return view, list(written(view.route)), figures(view.route, now)


@dataclass(frozen=True)
class ToConfirm:
    """A week of a student that waits for a mentor."""

    route: Route
    monday: date
    entries: list[Entry]

    @property
    def worked(self) -> int:
        return sum(entry.worked for entry in self.entries)


def waiting_for(person: Person, *, now: datetime, before: date | None = None) -> list[ToConfirm]:
    """The weeks that a mentor can confirm, oldest first; only those before a day when it is given.
    Hours about which a question is open wait for the talk."""
    parts = Participation.objects.filter(
        checks.taking_part(now), person=person, role=RouteRole.MENTOR
    ).exclude(accepted_at=None)
    rows = (
        Entry.objects.filter(
            route_id__in=parts.values("route_id"),
            removed_at=None,
            confirmed_at=None,
            asked_at=None,
        )
        .select_related("route__student")
        .order_by("day", "starts_at", "pk")
    )
    if before:
        rows = rows.filter(day__lt=before)
    weeks: dict[tuple[UUID, date], ToConfirm] = {}
    for entry in rows:
        monday = entry.day - timedelta(days=entry.day.weekday())
        key = (entry.route_id, monday)
        weeks.setdefault(key, ToConfirm(entry.route, monday, [])).entries.append(entry)
    return [weeks[key] for key in sorted(weeks, key=lambda one: (one[1], one[0]))][:MOST_WEEKS]
