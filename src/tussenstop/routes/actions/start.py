"""Starting a route: by the student, by the programme, or by an employer for an own employee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.actions import Invited, find_or_create_person
from tussenstop.people.models import Organisation, Person, Programme, TemplateStop, Workplace
from tussenstop.routes import moves
from tussenstop.routes.actions.people import reach, seat
from tussenstop.routes.models import AgendaPoint, ChecklistItem, Placement, Route, Stop
from tussenstop.routes.rules import Context


class CannotStart(DomainError):
    """This route can't start like this."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when the student learns at a workplace."""

    workplace: Workplace
    starts_on: date
    ends_on: date
    form: str = ""


# Somebody known, or an address: who has it becomes known once the permission was checked.
Whom = Person | Invited


@dataclass(frozen=True, slots=True)
class Mentor:
    person: Whom
    is_manager: bool = False


def _known(whom: Whom, *, now: datetime) -> Person:
    if isinstance(whom, Person):
        return whom
    return find_or_create_person(email=whom.email, name=whom.name, language=whom.language, now=now)


def check_place(place: Place | None, mentors: Sequence[Mentor]) -> None:
    if place is None:
        if mentors:
            raise CannotStart(
                _("A mentor belongs to a workplace: choose one first."), field="workplace"
            )
        return
    if place.ends_on < place.starts_on:
        raise CannotStart(_("The last day comes before the first day."), field="ends_on")
    if place.workplace.closed_at:
        raise CannotStart(_("This workplace no longer takes students."), field="workplace")


def seat_mentors(
    *, by: By, route: Route, placement: Placement, mentors: Sequence[Mentor], now: datetime
) -> None:
    for mentor in mentors:
        person = _known(mentor.person, now=now)
        if person.pk == route.student_id:
            raise CannotStart(_("The student can't be their own mentor."), field="mentor_email")
        seat(
            by=by,
            route=route,
            person=person,
            role=RouteRole.MENTOR,
            now=now,
            placement=placement,
            is_manager=mentor.is_manager,
        )


def _aim(first_day: date | None, week: int | None, today: date) -> date | None:
    """The day a stop aims at. A day that has passed when the route begins is no aim: it would only
    tell people that they are late."""
    if first_day is None or week is None:
        return None
    day = first_day + timedelta(weeks=week)
    return day if day >= today else None


def _copy_stop(route: Route, template: TemplateStop, first_day: date | None, today: date) -> Stop:
    """A stop of the route as its template is today; later edits of the template leave it alone."""
    kind = pack().stops.get(template.kind) if template.kind else None
    return Stop(
        route=route,
        kind=template.kind,
        own_name=template.own_name,
        own_purpose=template.own_purpose,
        position=template.position,
        optional=template.optional,
        stretch=bool(kind and kind.stretch),
        lead=kind.lead if kind else RouteRole.STUDENT,
        attends=list(kind.attends) if kind else ["student", "mentor", "teacher"],
        aimed_on=_aim(first_day, template.week, today),
    )


def fill_stop(stop: Stop) -> tuple[list[AgendaPoint], list[ChecklistItem]]:
    """The built-in agenda and checklist of a stop, not saved yet."""
    kind = pack().stops.get(stop.kind) if stop.kind else None
    if kind is None:
        return [], []
    return (
        [AgendaPoint(stop=stop, key=p.key, position=i) for i, p in enumerate(kind.agenda.values())],
        [
            ChecklistItem(stop=stop, key=c.key, who=c.who, automatic=c.automatic or "", position=i)
            for i, c in enumerate(kind.checklist.values())
        ],
    )


def copy_template(route: Route, first_day: date | None, today: date) -> None:
    """Give a new route its stops: all of the template, except kinds that its context has no use
    for."""
    kinds = pack().stops
    templates = TemplateStop.objects.filter(programme=route.programme_id).order_by("position")
    stops = [
        _copy_stop(route, template, first_day, today)
        for template in templates
        if template.kind not in kinds or route.context not in kinds[template.kind].skip_for
    ]
    Stop.objects.bulk_create(stops)
    filled = [fill_stop(stop) for stop in stops]
    AgendaPoint.objects.bulk_create(point for agenda, _items in filled for point in agenda)
    ChecklistItem.objects.bulk_create(item for _agenda, items in filled for item in items)


def aim_stops(route: Route, first_day: date, today: date) -> None:
    """When the first day becomes known or moves, the days the stops aim at move along."""
    # A template may hold a kind of stop more than once: the second follows the second.
    weeks: dict[tuple[str, str], list[int | None]] = {}
    templates = TemplateStop.objects.filter(programme=route.programme_id).order_by("position")
    for template in templates:
        weeks.setdefault((template.kind, template.own_name), []).append(template.week)
    moved = []
    for stop in route.stops.order_by("position"):
        planned = weeks.get((stop.kind, stop.own_name))
        week = planned.pop(0) if planned else None
        if week is not None and stop.done_at is None and stop.starts_at is None:
            stop.aimed_on = _aim(first_day, week, today)
            moved.append(stop)
    Stop.objects.bulk_update(moved, ["aimed_on"])


def put_placement(
    *, route: Route, place: Place, by: By, now: datetime, key: UUID | None = None
) -> Placement:
    placement = Placement.objects.create(
        pk=key or uuid7(),
        route=route,
        organisation_id=place.workplace.organisation_id,
        workplace=place.workplace,
        form=place.form,
        starts_on=place.starts_on,
        ends_on=place.ends_on,
        created_at=now,
    )
    reach(route=route, placement=placement, now=now)
    audit.record(
        "placement.chosen",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=placement.pk,
        workplace=place.workplace.name,
        organisation=place.workplace.organisation.name,
    )
    return placement


def _start(
    *,
    by: By,
    key: UUID,
    student: Whom,
    programme: Programme,
    context: Context,
    place: Place | None,
    mentors: Sequence[Mentor],
    teacher: Person | None,
    coach: Person | None,
    now: datetime,
) -> Route:
    """Make the route with its people and stops. `key` came with the form: the same form sent
    twice, even at the same moment, makes one route."""
    mine = Route.objects.filter(pk=key, created_by=by.person)
    if already := mine.first():
        return already
    if programme.closed_at:
        raise CannotStart(_("This programme takes no new students."), field="programme")
    if context == Context.OWN_EMPLOYEE and place is None:
        raise CannotStart(
            _("An own employee learns where they work: choose the workplace."), field="workplace"
        )
    check_place(place, mentors)
    student = _known(student, now=now)
    try:
        with transaction.atomic():
            route = Route.objects.create(
                pk=key,
                institution_id=programme.institution_id,
                programme=programme,
                student=student,
                context=context,
                state_since=now,
                hours_target=programme.hours_target,
                created_by=by.person,
                created_at=now,
            )
    except IntegrityError as error:
        if already := mine.first():
            return already
        raise Stale(_("This form was used before. Begin again with a new one.")) from error
    audit.record(
        "route.started",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=route.pk,
        programme=programme.name,
    )
    copy_template(route, place.starts_on if place else None, timezone.localdate(now))
    placement = put_placement(route=route, place=place, by=by, now=now) if place else None
    seat(
        by=by,
        route=route,
        person=student,
        role=RouteRole.STUDENT,
        now=now,
        accepted=student.pk == by.person.pk,
    )
    if placement:
        seat_mentors(by=by, route=route, placement=placement, mentors=mentors, now=now)
    if teacher is None and programme.default_teacher_id != student.pk:
        teacher = programme.default_teacher
    for person, role in ((teacher, RouteRole.TEACHER), (coach, RouteRole.COACH)):
        if person and person.pk == student.pk:
            raise CannotStart(
                _("The student can't take another role on their own route."), field=role.value
            )
        if person:
            seat(by=by, route=route, person=person, role=role, now=now)
    moves.rebuild(route)
    return route


@transaction.atomic
def start_own_route(
    *,
    by: By,
    key: UUID,
    programme: Programme,
    context: Context,
    now: datetime,
    place: Place | None = None,
    mentors: Sequence[Mentor] = (),
) -> Route:
    """A student starts their own route through a programme that allows it."""
    checks.require_in(by.person, InScope.START_OWN_ROUTE, programme.institution, now=now)
    if not programme.self_start:
        raise CannotStart(
            _("For this programme the programme coordinator starts your route."), field="programme"
        )
    return _start(
        by=by,
        key=key,
        student=by.person,
        programme=programme,
        context=context,
        place=place,
        mentors=mentors,
        teacher=None,
        coach=None,
        now=now,
    )


@transaction.atomic
def start_for_student(
    *,
    by: By,
    key: UUID,
    student: Whom,
    programme: Programme,
    context: Context,
    now: datetime,
    place: Place | None = None,
    mentors: Sequence[Mentor] = (),
    teacher: Person | None = None,
    coach: Person | None = None,
) -> Route:
    """A programme coordinator starts a route for a student, who is asked to take part."""
    checks.require_in(by.person, InScope.START_FOR_STUDENT, programme.institution, now=now)
    return _start(
        by=by,
        key=key,
        student=student,
        programme=programme,
        context=context,
        place=place,
        mentors=mentors,
        teacher=teacher,
        coach=coach,
        now=now,
    )


@transaction.atomic
def start_for_employee(
    *,
    by: By,
    key: UUID,
    organisation: Organisation,
    student: Whom,
    programme: Programme,
    place: Place,
    now: datetime,
    mentors: Sequence[Mentor] = (),
) -> Route:
    """An organisation starts a route for somebody who already works there."""
    checks.require_in(by.person, InScope.START_OWN_EMPLOYEE, organisation, now=now)
    if place.workplace.organisation_id != organisation.pk:
        raise CannotStart(_("Choose one of your own workplaces."), field="workplace")
    return _start(
        by=by,
        key=key,
        student=student,
        programme=programme,
        context=Context.OWN_EMPLOYEE,
        place=place,
        mentors=mentors,
        teacher=None,
        coach=None,
        now=now,
    )
