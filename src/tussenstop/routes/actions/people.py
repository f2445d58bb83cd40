"""Taking part in a route: asked, accepted, ended, handed over. Nobody is joined automatically."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks, links
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.access.rules import WORKPLACE_ROLES, RouteRole
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.people.acting import By
from tussenstop.people.actions import Invited, find_or_create_person
from tussenstop.people.models import Person
from tussenstop.routes import joining, moves, notifications
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.moves import morning
from tussenstop.routes.rules import ENDED


class CannotAsk(DomainError):
    """This person can't be asked for this role."""


class AlreadyAnswered(DomainError):
    """The question whether somebody takes part was answered before."""


def sight_until(placement: Placement) -> datetime:
    """Until when a role at the workplace sees the route: some days after the placement ends."""
    return morning(placement.ends_on) + timedelta(days=1 + settings.ACCESS_DAYS_AFTER_PLACEMENT)


def permission_to_invite(role: RouteRole) -> OnRoute:
    return OnRoute.INVITE_FOR_WORKPLACE if role in WORKPLACE_ROLES else OnRoute.INVITE_FOR_SCHOOL


def require_for(
    by: By, role: RouteRole, placement: Placement | None, route: Route, *, now: datetime
) -> None:
    """Whether this person may give, change or end this role. An organisation coordinator and a
    mentor do so for their own workplace, and not for another one on the same route."""
    roles = checks.require(by.person, permission_to_invite(role), route, now=now)
    if role not in WORKPLACE_ROLES or placement is None:
        return
    if roles & {RouteRole.STUDENT, RouteRole.PROGRAMME_COORDINATOR}:
        return
    led = checks.led_by(by.person, now=now).organisations
    mentors = Participation.objects.filter(
        checks.taking_part(now), person=by.person, placement=placement, role=RouteRole.MENTOR
    )
    if placement.organisation_id not in led and not mentors.exists():
        raise Refused(permission_to_invite(role).label)


def seat(
    *,
    by: By,
    route: Route,
    person: Person,
    role: RouteRole,
    now: datetime,
    placement: Placement | None = None,
    is_manager: bool = False,
    note: str = "",
    accepted: bool = False,
) -> Participation:
    """Write down that somebody is asked for a role (or, with `accepted`, takes it by acting).
    The permission was checked by the caller."""
    try:
        with transaction.atomic():
            part = Participation.objects.create(
                route=route,
                person=person,
                role=role,
                placement=placement,
                is_manager=is_manager,
                note=note,
                invited_by=by.person,
                invited_at=now,
                accepted_at=now if accepted else None,
            )
    except IntegrityError as error:
        raise CannotAsk(
            _("%(name)s already has this role on the route.") % {"name": person.name},
            field="email",
        ) from error
    audit.record(
        "people.invited",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=part.pk,
        name=person.name,
        role=role.value,
    )
    if not accepted:
        notifications.asked_to_take_part(part, now=now)
    return part


def _check_person(route: Route, person: Person, role: RouteRole) -> None:
    """Whether this person can be asked for another role on this route."""
    if route.state in ENDED:
        raise CannotAsk(_("This route has ended. Nobody can join it any more."))
    if person.pk == route.student_id:
        raise CannotAsk(_("The student can't take another role on their own route."), field="email")
    other = {RouteRole.MENTOR: RouteRole.TEACHER, RouteRole.TEACHER: RouteRole.MENTOR}.get(role)
    if (
        other
        and Participation.objects.filter(
            route=route, person=person, role=other, ended_at=None, declined_at=None
        ).exists()
    ):
        raise CannotAsk(
            _("Mentor and teacher are two people: agreeing takes three."), field="email"
        )


@transaction.atomic
def invite(
    *,
    by: By,
    route: Route,
    person: Person,
    role: RouteRole,
    now: datetime,
    placement: Placement | None = None,
    is_manager: bool = False,
    note: str = "",
) -> Participation:
    """Ask somebody to take part as mentor, godparent, teacher or coach. They get a letter."""
    require_for(by, role, placement, route, now=now)
    lock(route.pk)
    _check_person(route, person, role)
    if role in WORKPLACE_ROLES and placement is None:
        raise CannotAsk(_("Choose a workplace first: this role belongs to a workplace."))
    part = seat(
        by=by,
        route=route,
        person=person,
        role=role,
        now=now,
        placement=placement if role in WORKPLACE_ROLES else None,
        is_manager=is_manager and role == RouteRole.MENTOR,
        note=note,
    )
    moves.rebuild(route)
    return part


def _known(invited: Invited, *, now: datetime) -> Person:
    """The person of this address, made known when nobody has it."""
    return find_or_create_person(
        email=invited.email, name=invited.name, language=invited.language, now=now
    )


@transaction.atomic
def invite_by_email(
    *,
    by: By,
    route: Route,
    invited: Invited,
    role: RouteRole,
    now: datetime,
    placement: Placement | None = None,
    is_manager: bool = False,
    note: str = "",
) -> Participation:
    """Ask somebody by their address; who is not known yet becomes so, after the permission."""
    checks.require(by.person, permission_to_invite(role), route, now=now)
    return invite(
        by=by,
        route=route,
        person=_known(invited, now=now),
        role=role,
        now=now,
        placement=placement,
        is_manager=is_manager,
        note=note,
    )


@transaction.atomic
def answer_invitation(*, by: By, part: Participation, takes_part: bool, now: datetime) -> None:
    """Say whether one takes part. Only the person asked can; twice the same answer is one answer."""
    if part.person_id != by.person.pk:
        raise NotFound
    lock(part.route_id)
    asked = Participation.objects.filter(
        pk=part.pk, accepted_at=None, declined_at=None, ended_at=None
    )
    change: dict[str, datetime] = {"accepted_at": now} if takes_part else {"declined_at": now}
    if takes_part and part.placement_id and part.role in WORKPLACE_ROLES:
        placement = Placement.objects.get(pk=part.placement_id)
        change["until"] = sight_until(placement)
    if not asked.update(**change):
        fresh = Participation.objects.get(pk=part.pk)
        if bool(fresh.accepted_at) == takes_part and (fresh.declined_at is None) == takes_part:
            return
        raise AlreadyAnswered(_("You answered this question before."))
    audit.record(
        "people.accepted" if takes_part else "people.declined",
        actor=by.actor,
        now=now,
        route_id=part.route_id,
        subject_id=part.pk,
        role=part.role,
    )
    if takes_part:
        joining.tell(part, by=by, now=now)
    route = Route.objects.get(pk=part.route_id)
    notifications.answered_invitation(part, takes_part=takes_part, now=now)
    moves.rebuild(route)


def successor_for(
    *, by: By, route: Route, part: Participation, invited: Invited, now: datetime
) -> Person:
    """The person who is to take over a role; made known when new, after the permission."""
    require_for(by, RouteRole(part.role), part.placement, route, now=now)
    return _known(invited, now=now)


def send_again(*, by: By, part: Participation, now: datetime) -> None:
    """Send the invitation once more; it carries the same link, valid for longer."""
    require_for(by, RouteRole(part.role), part.placement, part.route, now=now)
    if part.accepted_at is None and part.declined_at is None and part.ended_at is None:
        with transaction.atomic():
            notifications.asked_to_take_part(part, now=now)


@transaction.atomic
def end_role(*, by: By, route: Route, part: Participation, now: datetime) -> None:
    """End somebody's role: they see nothing more of the route and their links stop working.
    One may always end one's own role, except the student's."""
    if part.role == RouteRole.STUDENT:
        raise CannotAsk(_("The student can't leave the route; the route itself can be stopped."))
    if part.person_id != by.person.pk:
        require_for(by, RouteRole(part.role), part.placement, route, now=now)
    lock(route.pk)
    holding = Participation.objects.filter(pk=part.pk, route=route, ended_at=None)
    if not holding.update(ended_at=now):
        return
    still = Participation.objects.filter(
        route=route, person=part.person, ended_at=None, declined_at=None
    )
    if not still.exists():
        links.revoke(person=part.person, route_id=route.pk, now=now)
    audit.record(
        "people.ended",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=part.pk,
        name=part.person.name,
        role=part.role,
    )
    notifications.role_ended(part, now=now)
    moves.rebuild(route)


@transaction.atomic
def replace(
    *, by: By, route: Route, part: Participation, successor: Person, now: datetime
) -> Participation:
    """Hand a role over: the old holder is told and stops; the new one is asked. Agreements that
    still wait for the old holder are put before the new one by the agreements themselves."""
    role = RouteRole(part.role)
    require_for(by, role, part.placement, route, now=now)
    _check_person(route, successor, role)
    if successor.pk == part.person_id:
        raise CannotAsk(
            _("%(name)s holds this role already.") % {"name": successor.name}, field="email"
        )
    end_role(by=by, route=route, part=part, now=now)
    new = seat(by=by, route=route, person=successor, role=role, placement=part.placement, now=now)
    moves.rebuild(route)
    return new


def reach(*, route: Route, placement: Placement, now: datetime) -> None:
    """Let the host organisation know of the route while the placement lasts, and a while after."""
    OrganisationReach.objects.update_or_create(
        route=route,
        organisation_id=placement.organisation_id,
        defaults={"since": now, "until": sight_until(placement)},
    )


def extend_sight(*, route: Route, placement: Placement, now: datetime) -> None:
    """A changed period changes until when workplace roles see the route."""
    reach(route=route, placement=placement, now=now)
    Participation.objects.filter(
        placement=placement, accepted_at__isnull=False, ended_at=None
    ).update(until=sight_until(placement))
