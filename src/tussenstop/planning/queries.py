"""Reading calendars of a route: always for somebody, and study only for the student."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.calendars.queries import limit_of
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.planning.days import holding
from tussenstop.planning.models import (
    Option,
    Plan,
    PlannedBlock,
    Presence,
    Search,
    Shift,
    Terms,
)
from tussenstop.planning.rules import Activity, PlanState, Strength
from tussenstop.policies.queries import held
from tussenstop.policies.rules import Code
from tussenstop.routes.models import Placement
from tussenstop.routes.queries import RouteView, get_route


def current_placement(route_id: UUID, today: date) -> Placement | None:
    """Where the student learns now, or will."""
    return (
        Placement.objects.filter(route_id=route_id, ended_at=None, ends_on__gte=today)
        .select_related("route__student", "route__institution", "workplace", "organisation")
        .order_by("starts_on")
        .first()
    )


@dataclass(frozen=True)
class Overview:
    """What one person sees of the calendar of a route."""

    view: RouteView
    placement: Placement | None
    presence: list[Presence]
    terms: Terms | None
    search: Search | None
    proposed: Plan | None
    agreed: Plan | None
    shifts: list[Shift]

    @property
    def is_student(self) -> bool:
        return RouteRole.STUDENT in self.view.roles


def _visible(roles: frozenset[RouteRole]) -> dict[str, str]:
    return {} if RouteRole.STUDENT in roles else {"activity": Activity.WORKPLACE}


def overview(
    *,
    person: Person,
    route_id: UUID,
    now: datetime,
    permission: OnRoute = OnRoute.SEE_PLAN,
) -> Overview:
    """Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=permission)
    student = RouteRole.STUDENT in view.roles
    placement = current_placement(route_id, timezone.localdate(now))
    plans = {
        plan.state: plan
        for plan in Plan.objects.filter(
            route_id=route_id, state__in=[PlanState.PROPOSED, PlanState.AGREED]
        ).select_related("proposed_by", "answered_by")
    }
    proposed = plans.get(PlanState.PROPOSED)
    if proposed and not view.roles & {RouteRole.STUDENT, RouteRole.MENTOR}:
        proposed = None
    return Overview(
        view,
        placement,
        list(placement.presence.order_by("weekday", "starts_at")) if placement else [],
        Terms.objects.filter(route_id=route_id).first() if student else None,
        Search.objects.filter(route_id=route_id).order_by("-asked_at").first() if student else None,
        proposed,
        plans.get(PlanState.AGREED),
        list(_open_shifts(route_id)),
    )


def _open_shifts(route_id: UUID) -> QuerySet[Shift]:
    return (
        Shift.objects.filter(
            block__plan__route_id=route_id, block__plan__state=PlanState.AGREED, answered_at=None
        )
        .select_related("block", "proposed_by")
        .order_by("block__day")
    )


def blocks_ahead(*, seen: Overview, now: datetime) -> QuerySet[PlannedBlock]:
    """What holds from today on, as this person may see it."""
    return (
        holding()
        .filter(
            plan__route_id=seen.view.route.pk,
            day__gte=timezone.localdate(now),
            **_visible(seen.view.roles),
        )
        .prefetch_related(Prefetch("shifts", Shift.objects.filter(answered_at=None)))
        .order_by("day", "starts_at")
    )


def proposed_blocks(*, seen: Overview) -> list[PlannedBlock]:
    """The blocks of the calendar that is proposed, as this person may see them."""
    if seen.proposed is None:
        return []
    return list(seen.proposed.blocks.filter(**_visible(seen.view.roles)).order_by("day"))


def get_terms(*, person: Person, route_id: UUID, now: datetime) -> tuple[RouteView, Terms]:
    """What the student asked, or what one would begin with. Raises NotFound, Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.PLAN)
    kept = Terms.objects.filter(route_id=route_id).first()
    return view, kept or _first_terms(view, person, timezone.localdate(now))


def _first_terms(view: RouteView, person: Person, today: date) -> Terms:
    placement = current_placement(view.route.pk, today)
    if placement is None:
        raise NotFound
    begin = max(today, placement.starts_on)
    limit = limit_of(person)
    return Terms(
        route=view.route,
        from_on=begin,
        until_on=placement.ends_on,
        workplace_hours=view.route.hours_target,
        talks=min(max((placement.ends_on - begin).days // 42, 1), 8),
        week_most=limit,
        exam_most=max(limit - 8, 1) if limit else None,
        rest=int(held(on=begin, institution=view.route.institution)[Code.REST].number),
        free_evening=Strength.RATHER,
        free_day=Strength.MUST,
        version=0,
    )


def get_search(*, person: Person, search_id: UUID, now: datetime) -> Search:
    """One's own. Raises NotFound."""
    found = (
        Search.objects.filter(pk=search_id)
        .select_related("route__student")
        .prefetch_related(Prefetch("options", Option.objects.order_by("position")))
        .first()
    )
    if found is None or not checks.may(person, OnRoute.PLAN, found.route, now=now):
        raise NotFound
    return found


def get_option(*, person: Person, option_id: UUID, now: datetime) -> Option:
    """One's own. Raises NotFound."""
    found = Option.objects.filter(pk=option_id).select_related("search__route__student").first()
    if found is None or not checks.may(person, OnRoute.PLAN, found.search.route, now=now):
        raise NotFound
    return found


def get_block(*, person: Person, block_id: UUID, now: datetime) -> tuple[RouteView, PlannedBlock]:
    """A block of the agreed calendar that this person may move. Raises NotFound, Refused."""
    block = (
        PlannedBlock.objects.filter(pk=block_id, plan__state=PlanState.AGREED, cancelled_at=None)
        .select_related("plan")
        .first()
    )
    if block is None:
        raise NotFound
    view = get_route(
        person=person, route_id=block.plan.route_id, now=now, permission=OnRoute.SEE_PLAN
    )
    if block.activity == Activity.STUDY and RouteRole.STUDENT not in view.roles:
        raise NotFound
    checks.require(person, OnRoute.ANSWER_PLAN, view.route, now=now)
    return view, block


def get_shift(*, person: Person, shift_id: UUID, now: datetime) -> tuple[RouteView, Shift]:
    """A move that waits. Raises NotFound, Refused."""
    shift = Shift.objects.filter(pk=shift_id).select_related("block__plan", "proposed_by").first()
    if shift is None:
        raise NotFound
    view = get_route(
        person=person,
        route_id=shift.block.plan.route_id,
        now=now,
        permission=OnRoute.SEE_PLAN,
    )
    checks.require(person, OnRoute.ANSWER_PLAN, view.route, now=now)
    return view, shift


def get_presence(
    *, person: Person, placement_id: UUID, now: datetime
) -> tuple[RouteView, Placement, list[Presence]]:
    """When the mentor is there, for the mentor. Raises NotFound, Refused."""
    placement = Placement.objects.filter(pk=placement_id).select_related("workplace").first()
    if placement is None:
        raise NotFound
    view = get_route(
        person=person, route_id=placement.route_id, now=now, permission=OnRoute.TELL_HOURS
    )
    return view, placement, list(placement.presence.order_by("weekday", "starts_at"))
