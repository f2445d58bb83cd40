"""Letters about calendars: a proposal, an answer, a day that would move."""

from collections.abc import Iterable

from django.utils import formats, translation

from tussenstop.access import checks, links
from tussenstop.access.links import Purpose
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core import clock, letters
from tussenstop.people.models import Person
from tussenstop.planning.models import Plan, Shift
from tussenstop.planning.rules import Activity, PlanState
from tussenstop.routes.models import Route


def _people(route: Route, roles: Iterable[RouteRole]) -> list[tuple[Person, str]]:
    rows = (
        Participation.objects.filter(
            checks.taking_part(clock.now()), route=route, role__in=list(roles)
        )
        .exclude(accepted_at=None)
        .select_related("person")
    )
    return [(row.person, row.role) for row in rows if row.person.is_active]


def _door(person: Person, route: Route) -> str:
    """Where one answers without signing in."""
    link = links.issue(
        person=person,
        purpose=Purpose.PLAN,
        subject_id=route.pk,
        route_id=route.pk,
        now=clock.now(),
    )
    return links.url_of(link)


def _send(
    person: Person, template: str, route: Route, *, asks: bool = False, **more: object
) -> None:
    with translation.override(person.language):
        told = {name: value(person) if callable(value) else value for name, value in more.items()}
        letters.send(
            to=person.email,
            language=person.language,
            template=f"planning/{template}",
            context={
                "name": person.first_name,
                "student": route.student.first_name,
                "action_url": _door(person, route)
                if asks
                else letters.address("planning", route.pk),
                **told,
            },
        )


def proposed(plan: Plan) -> None:
    """To the mentors: what the student proposes."""
    if plan.state != PlanState.PROPOSED:
        return
    days = plan.blocks.filter(activity=Activity.WORKPLACE)
    for person, _role in _people(plan.route, [RouteRole.MENTOR]):
        _send(
            person,
            "proposed",
            plan.route,
            asks=True,
            count=days.count(),
            from_on=lambda _person: formats.date_format(plan.from_on, "l j F"),
        )


def answered(plan: Plan) -> None:
    """To the student, and when it is agreed to the teacher as well."""
    agreed = plan.state == PlanState.AGREED
    roles = [RouteRole.STUDENT, RouteRole.TEACHER] if agreed else [RouteRole.STUDENT]
    for person, role in _people(plan.route, roles):
        _send(
            person,
            "agreed" if agreed else "declined",
            plan.route,
            to_student=role == RouteRole.STUDENT,
            word=plan.word,
        )


def _other(shift: Shift) -> RouteRole:
    mentor = shift.proposed_role == RouteRole.MENTOR
    return RouteRole.STUDENT if mentor else RouteRole.MENTOR


def shift_proposed(shift: Shift) -> None:
    route = shift.block.plan.route
    for person, _role in _people(route, [_other(shift)]):
        _send(
            person,
            "shift",
            route,
            asks=True,
            who=shift.proposed_by.first_name,
            why=shift.why,
            day=lambda _person: formats.date_format(shift.block.day, "l j F"),
            to=lambda _person: formats.date_format(shift.new_day, "l j F") if shift.new_day else "",
        )


def shift_answered(shift: Shift) -> None:
    if not shift.proposed_by.is_active:
        return
    route = shift.block.plan.route
    _send(
        shift.proposed_by,
        "shift_answered",
        route,
        suits=bool(shift.suits),
        day=lambda _person: formats.date_format(shift.block.day, "l j F"),
    )
