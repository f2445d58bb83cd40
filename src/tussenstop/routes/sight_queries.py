"""Who can see a route, who looked, and what happened on it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Look, OrganisationReach, Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import Refused
from tussenstop.core.models import AuditEntry
from tussenstop.people.models import Membership
from tussenstop.people.rules import Role
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView


def history(*, view: RouteView) -> QuerySet[AuditEntry]:
    """The story of a route, newest first. Raises Refused for who may not read it."""
    if not view.may(OnRoute.SEE_HISTORY):
        raise Refused(OnRoute.SEE_HISTORY.label)
    return AuditEntry.objects.filter(route_id=view.route.pk).order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody who can see the file: by which role, and until when."""

    name: str
    role: str
    where: str
    until: datetime | None


def who_can_see(*, route: Route, now: datetime) -> list[Sight]:
    """Everybody with sight of this route now, whether by taking part or by a membership."""
    found = [
        Sight(
            part.person.name,
            str(RouteRole(part.role).label),
            part.placement.workplace.name if part.placement else "",
            part.until,
        )
        for part in Participation.objects.filter(checks.taking_part(now), route=route)
        .select_related("person", "placement__workplace")
        .order_by("accepted_at")
    ]
    reached = OrganisationReach.objects.filter(checks.in_reach(now), route=route)
    coordinators = (
        Membership.objects.filter(checks.current(now))
        .filter(
            Q(role=Role.PROGRAMME_COORDINATOR, institution_id=route.institution_id)
            | Q(
                role=Role.ORGANISATION_COORDINATOR,
                organisation_id__in=reached.values("organisation_id"),
            )
        )
        .select_related("person", "institution", "organisation")
        .order_by(Lower("person__name"))
    )
    until = {reach.organisation_id: reach.until for reach in reached}
    found.extend(
        Sight(
            member.person.name,
            str(RouteRole(member.role).label),
            (member.institution or member.organisation).name,  # type: ignore[union-attr]
            until.get(member.organisation_id) if member.organisation_id else None,
        )
        for member in coordinators
    )
    return found


def looks(*, view: RouteView) -> QuerySet[Look]:
    """Who looked at the file, newest first: for the student alone."""
    if not view.may(OnRoute.SEE_LOOKS):
        raise Refused(OnRoute.SEE_LOOKS.label)
    return Look.objects.filter(route=view.route).select_related("person").order_by("-last_at")
