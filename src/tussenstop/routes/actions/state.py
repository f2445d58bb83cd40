"""The state of a route changes here and nowhere else: checked, recorded, told."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.access.rules import WORKPLACE_ROLES, RouteRole
from tussenstop.core import audit
from tussenstop.core.audit import Actor
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.routes import gates, moves
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import (
    BEFORE_AGREED,
    ENDED,
    TRANSITIONS,
    State,
    Transition,
    next_states,
)


class CannotMoveOn(DomainError):
    """The route can't go to this state from where it is."""


def missing_for(route: Route, to: State) -> list[str]:
    """What must be in order before this state, and is not yet; each in a plain sentence."""
    missing: list[str] = []
    parts = moves.open_parts(route)
    accepted = {part.role for part in parts if part.accepted_at}
    placements = [p for p in route.placements.all() if p.ended_at is None]
    if RouteRole.STUDENT not in accepted:
        missing.append(str(_("The student has not said yet that they take part.")))
    if to in {State.ACQUAINTING, State.AGREED, State.UNDER_WAY} and not placements:
        missing.append(str(_("There is no workplace yet.")))
    if to in {State.AGREED, State.UNDER_WAY}:
        mentored = {p.placement_id for p in parts if p.role == RouteRole.MENTOR and p.accepted_at}
        missing.extend(
            str(_("%(workplace)s has no mentor who said yes.") % {"workplace": p.workplace.name})
            for p in placements
            if p.pk not in mentored
        )
        if RouteRole.TEACHER not in accepted:
            missing.append(str(_("There is no teacher who said yes.")))
    return [*missing, *gates.missing(route, to)]


def _shorten_sight(route: Route, now: datetime) -> None:
    """When a route ends, whoever is at the workplace sees it for some days more, as after a
    placement, and no longer until the day on which the placement would have ended."""
    last = now + timedelta(days=settings.ACCESS_DAYS_AFTER_PLACEMENT)
    longer = Q(until=None) | Q(until__gt=last)
    parts = Participation.objects.filter(route=route, role__in=list(WORKPLACE_ROLES), ended_at=None)
    parts.filter(longer).update(until=last)
    OrganisationReach.objects.filter(longer, route=route).update(until=last)


def set_state(
    route: Route, to: State, *, actor: Actor, now: datetime, why: str = "", **more: object
) -> None:
    """Take the route to a state, once. Raises CannotMoveOn for a way that does not exist, and
    Stale when the route was moved by somebody else meanwhile."""
    before = State(route.state)
    if (before, to) not in TRANSITIONS or to not in next_states(before, route.context):
        raise CannotMoveOn(
            _("A route that is “%(before)s” can't become “%(after)s”.")
            % {"before": before.label, "after": to.label}
        )
    change: dict[str, object] = {"state": to, "state_since": now, **more}
    if to == State.AGREED and route.agreed_at is None:
        change["agreed_at"] = now
    if to == State.PAUSED:
        change["state_before_pause"] = before
    moved = Route.objects.filter(pk=route.pk, state=before, version=route.version)
    if not moved.update(version=F("version") + 1, **change):
        raise Stale(_("Somebody else just changed this route. Look again before you go on."))
    route.refresh_from_db()
    if to in ENDED:
        _shorten_sight(route, now)
    code = "route.state_why" if why else "route.state"
    audit.record(
        "route.state_agreed" if actor is audit.SYSTEM else code,
        actor=actor,
        now=now,
        route_id=route.pk,
        subject_id=route.pk,
        before=before.value,
        after=to.value,
        **({"why": why} if why else {}),
    )


@transaction.atomic
def move_on(*, by: By, route: Route, to: State, now: datetime, why: str = "") -> None:
    """A step that one partner can take alone, because it binds nobody."""
    checks.require(by.person, OnRoute.MOVE_ON, route, now=now)
    transition = TRANSITIONS.get((State(route.state), to))
    if transition is None or transition.by != "partner":
        raise CannotMoveOn(_("This step needs an agreement of everybody it concerns."))
    if to == State.STOPPED:
        raise CannotMoveOn(_("To stop a route, write down what was learned."))
    if missing := missing_for(route, to):
        raise CannotMoveOn(" ".join(missing))
    set_state(route, to, actor=by.actor, now=now, why=why)
    moves.rebuild(route)


def steps_alone(route: Route) -> list[tuple[State, Transition]]:
    """The next states that one partner can take alone; stopping has a page of its own."""
    found: list[tuple[State, Transition]] = []
    for to in next_states(State(route.state), route.context):
        transition = TRANSITIONS[State(route.state), to]
        if transition.by == "partner" and to != State.STOPPED:
            found.append((to, transition))
    return found


def check_may_stop(*, by: By, route: Route, now: datetime) -> None:
    """Raises Refused, or NotFound, for who may not stop this route as things stand."""
    permission = OnRoute.MOVE_ON if route.state in BEFORE_AGREED else OnRoute.STOP_WITHOUT_ANSWER
    checks.require(by.person, permission, route, now=now)


@transaction.atomic
def stop_route(*, by: By, route: Route, learned: str, now: datetime) -> None:
    """Stop: by a partner before anything was agreed, later by the programme coordinator when
    people no longer answer. What was learned is kept."""
    if route.state == State.STOPPED:
        return
    check_may_stop(by=by, route=route, now=now)
    if not learned.strip():
        raise CannotMoveOn(_("Write a few words on why, or on what was learned."), field="learned")
    set_state(route, State.STOPPED, actor=by.actor, now=now, why=learned, learned=learned)
    Placement.objects.filter(route=route, ended_at=None).update(ended_at=now)
    moves.rebuild(route)
