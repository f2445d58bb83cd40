"""Reading one's own training leave: what one can reckon on, what was taken, which days come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import NotFound
from tussenstop.leave.models import Credit, Done, Leave, Taken
from tussenstop.leave.reckoning import (
    Budget,
    Career,
    LastDay,
    begun,
    budget,
    day_of_rules,
    last_days,
    leave_between,
)
from tussenstop.leave.rules import Step
from tussenstop.people.models import Person
from tussenstop.policies.queries import Held, held
from tussenstop.policies.rules import Code, Group
from tussenstop.routes.deadlines import Deadline
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.routes.rules import LIVE


@dataclass(frozen=True)
class Year:
    """One school year of leave: `days` with whether each was kept; without a right to leave only
    those of time credit."""

    leave: Leave
    held: Mapping[Code, Held]
    budget: Budget
    used: Decimal
    days: list[tuple[LastDay, Done | None]]
    between: tuple[date, date]

    @property
    def left(self) -> Decimal:
        return self.budget.hours - self.used

    @property
    def known(self) -> frozenset[str]:
        """The steps for which something is given in."""
        return frozenset(one.uid for one, _done in self.days if one.asks)

    @property
    def reckoned_with(self) -> list[Held]:
        """The rules behind what is shown, in the order of the rules of time."""
        facts = self.leave.facts
        left_out = {Code.LEAVE_KEEP, Code.LEAVE_ATTEST if facts.with_year else Code.LEAVE_BY}
        if not facts.credit:
            left_out.add(Code.CREDIT_ATTEST)
        return [
            one
            for code, one in self.held.items()
            if code.group in {Group.LEAVE, Group.CREDIT} and code not in left_out
        ]

    def outside(self, day: date) -> bool:
        """Whether leave on this day falls outside the days on which it can be taken."""
        return not self.between[0] <= day <= self.between[1]


def rules_of(leave: Leave) -> Mapping[Code, Held]:
    """What holds for this school year, at this institution."""
    return held(on=day_of_rules(leave.facts), institution=leave.route.institution)


def _leaves() -> QuerySet[Leave]:
    return Leave.objects.select_related("route__student", "route__institution")


def year_of(
    *, person: Person, route_id: UUID, year: int, now: datetime
) -> "tuple[RouteView, Year | None]":
    """One's own school year, or nothing yet. Raises NotFound, Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.KEEP_LEAVE)
    leave = _leaves().filter(route=view.route, year=year).first()
    return view, _year(leave) if leave else None


def _year(leave: Leave) -> Year:
    rules = rules_of(leave)
    minutes = taken(leave).aggregate(sum=Sum("minutes"))["sum"] or 0
    done = {row.step: row for row in Done.objects.filter(leave=leave)}
    reckoned = budget(leave.facts, rules)
    days = last_days(leave.facts, rules)
    if reckoned.reasons:  # time credit is another right
        days = [one for one in days if one.step == Step.QUARTER]
    return Year(
        leave,
        rules,
        reckoned,
        Decimal(minutes) / 60,
        [(one, done.get(one.uid)) for one in days],
        leave_between(leave.facts, rules),
    )


def taken(leave: Leave) -> QuerySet[Taken]:
    """What stands, soonest first."""
    return Taken.objects.filter(leave=leave, removed_at=None).order_by("day", "pk")


def career(year: Year, now: datetime) -> tuple[Career, list[Credit]]:
    """Time credit of a whole career against what the rules of this school year allow, and its
    stretches, soonest first."""
    rows = list(
        Credit.objects.filter(student=year.leave.route.student, removed_at=None).order_by(
            "starts_on", "pk"
        )
    )
    today = timezone.localdate(now)
    taken = sum(begun(row.starts_on, row.months, today) for row in rows)
    ahead = sum(row.months for row in rows) - taken
    return Career(year.held[Code.CREDIT_MONTHS].number, taken, ahead), rows


def get_credit(
    *, person: Person, route_id: UUID, credit_id: UUID, now: datetime
) -> tuple[RouteView, Credit]:
    """One's own. Raises NotFound, Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.KEEP_LEAVE)
    found = Credit.objects.filter(pk=credit_id, student=view.route.student, removed_at=None).first()
    if found is None:
        raise NotFound
    return view, found


def get_year(*, person: Person, leave_id: UUID, now: datetime) -> Year:
    """One's own. Raises NotFound, Refused."""
    leave = _leaves().filter(pk=leave_id).first()
    if leave is None:
        raise NotFound
    get_route(person=person, route_id=leave.route_id, now=now, permission=OnRoute.KEEP_LEAVE)
    return _year(leave)


def get_taken(*, person: Person, taken_id: UUID, now: datetime) -> Taken:
    """One's own. Raises NotFound, Refused."""
    found = (
        Taken.objects.filter(pk=taken_id, removed_at=None)
        .select_related("leave__route__student")
        .first()
    )
    if found is None:
        raise NotFound
    get_route(person=person, route_id=found.leave.route_id, now=now, permission=OnRoute.KEEP_LEAVE)
    return found


def last_year(route: Route, year: int) -> Leave | None:
    """The newest of the years before: its job is mostly still the same."""
    return Leave.objects.filter(route=route, year__lt=year).order_by("-year").first()


def asked(leave: Leave, now: datetime) -> list[LastDay]:
    """What still has to be given in, soonest first."""
    found = _year(leave)
    today = timezone.localdate(now)
    return [
        one
        for one, done in found.days
        if one.asks and one.day >= today and not (done and done.done_on)
    ]


def going_on() -> QuerySet[Leave]:
    """Of routes that are going on."""
    return _leaves().filter(route__state__in=LIVE)


def deadlines(person: Person, now: datetime) -> list[Deadline]:
    """What one still has to give in, for the calendar."""
    return [
        Deadline(
            f"leave-{leave.pk}-{one.uid}", one.day, _in_words(one), ("leave", (leave.route_id,))
        )
        for leave in going_on().filter(route__student=person)
        for one in asked(leave, now)
    ]


def _in_words(one: LastDay) -> str:
    return _("Last day: %(step)s") % {"step": one.step.label}
