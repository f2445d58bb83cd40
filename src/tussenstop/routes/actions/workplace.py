"""Choosing a workplace for a route under preparation, and giving it up."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.core import audit
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.actions.people import end_role
from tussenstop.routes.actions.start import (
    CannotStart,
    Mentor,
    Place,
    aim_stops,
    check_place,
    put_placement,
    seat_mentors,
)
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import BEFORE_AGREED, State


@transaction.atomic
def choose_workplace(
    *,
    by: By,
    route: Route,
    key: UUID,
    place: Place,
    now: datetime,
    mentors: Sequence[Mentor] = (),
) -> Placement:
    """Give a route a workplace (a second one beside or after the first is possible). `key` came
    with the form: sent twice, chosen once."""
    checks.require(by.person, OnRoute.CHANGE_PLACEMENT, route, now=now)
    lock(route.pk)
    if already := Placement.objects.filter(pk=key, route=route).first():
        return already
    check_place(place, mentors)
    if route.state not in (*BEFORE_AGREED, State.AGREED, State.UNDER_WAY):
        raise CannotStart(_("This route takes no new workplace now."))
    return settle(by=by, route=route, key=key, place=place, mentors=mentors, now=now)


def settle(
    *,
    by: By,
    route: Route,
    key: UUID,
    place: Place,
    mentors: Sequence[Mentor],
    now: datetime,
) -> Placement:
    """Put a route at a workplace, and ask its mentors. Whoever calls this made sure that it may
    be: the student chose, or student and workplace both said yes. Raises CannotStart when the
    route is there already."""
    overlapping = route.placements.filter(
        ended_at=None,
        workplace=place.workplace,
        starts_on__lte=place.ends_on,
        ends_on__gte=place.starts_on,
    )
    if overlapping.exists():
        raise CannotStart(
            _("This route is at this workplace in that period already."), field="starts_on"
        )
    placement = put_placement(route=route, place=place, by=by, now=now, key=key)
    seat_mentors(by=by, route=route, placement=placement, mentors=mentors, now=now)
    if route.placements.count() == 1:
        aim_stops(route, place.starts_on, timezone.localdate(now))
    moves.rebuild(route)
    return placement


@transaction.atomic
def leave_workplace(*, by: By, route: Route, placement: Placement, now: datetime) -> None:
    """Give up a workplace for which nothing was agreed: this was not it. Whoever was asked there
    is told, and the organisation no longer sees the route."""
    checks.require(by.person, OnRoute.CHANGE_PLACEMENT, route, now=now)
    lock(route.pk)
    if route.state not in BEFORE_AGREED:
        raise CannotStart(
            _("For this workplace something was agreed. Propose to all to change or to stop it.")
        )
    if not Placement.objects.filter(pk=placement.pk, route=route, ended_at=None).update(
        ended_at=now
    ):
        return
    audit.record(
        "placement.ended",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=placement.pk,
        workplace=placement.workplace.name,
    )
    for part in Participation.objects.filter(
        placement=placement, ended_at=None, declined_at=None
    ).select_related("person", "route__student"):
        end_role(by=by, route=route, part=part, now=now)
    if not route.placements.filter(
        organisation_id=placement.organisation_id, ended_at=None
    ).exists():
        OrganisationReach.objects.filter(
            route=route, organisation_id=placement.organisation_id
        ).update(until=now)
    moves.rebuild(route)
