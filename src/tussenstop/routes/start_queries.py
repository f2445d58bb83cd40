"""Reading what somebody needs to start a route: what they may start, programmes, workplaces."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, InScope
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Membership, Organisation, Person, Programme, Workplace
from tussenstop.people.queries import holders
from tussenstop.people.rules import ORGANISATION_ROLES, Role
from tussenstop.routes.models import Route
from tussenstop.routes.rules import LIVE


class Way(StrEnum):
    """For whom somebody starts a route."""

    ME = "me"
    STUDENT = "student"
    EMPLOYEE = "employee"


PERMISSIONS = {
    Way.ME: InScope.START_OWN_ROUTE,
    Way.STUDENT: InScope.START_FOR_STUDENT,
    Way.EMPLOYEE: InScope.START_OWN_EMPLOYEE,
}


def _held(person: Person, way: Way, now: datetime) -> QuerySet[Membership]:
    """The roles by which somebody may start a route in this way."""
    roles = list(IN_SCOPE[PERMISSIONS[way]])
    return checks.memberships(person, now=now).filter(role__in=roles)


def ways_of(*, person: Person, now: datetime) -> list[Way]:
    """The ways in which this person may start a route."""
    return [
        way
        for way in Way
        if (
            programmes_for(person=person, way=way, now=now).exists()
            if way == Way.ME
            else _held(person, way, now).exists()
        )
    ]


def programmes_for(
    *, person: Person, way: Way, now: datetime, words: str = ""
) -> QuerySet[Programme]:
    """The programmes through which this person may start a route in this way."""
    found = Programme.objects.filter(closed_at=None).select_related("institution")
    if way != Way.EMPLOYEE:
        held = _held(person, way, now)
        found = found.filter(institution_id__in=held.values("institution_id"))
    if way == Way.ME:
        found = found.filter(self_start=True)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(code__icontains=word) | Q(institution__name__icontains=word)
        )
    return found.order_by(Lower("name"), Lower("institution__name"), "pk")


def get_programme(*, person: Person, way: Way, programme_id: UUID, now: datetime) -> Programme:
    """One of these programmes. Raises NotFound."""
    found = programmes_for(person=person, way=way, now=now).select_related("default_teacher")
    if programme := found.filter(pk=programme_id).first():
        return programme
    raise NotFound


def employers_of(person: Person, *, now: datetime) -> QuerySet[Membership]:
    """The roles somebody holds in organisations now: that is where they work."""
    return checks.memberships(person, now=now).filter(role__in=list(ORGANISATION_ROLES))


def works_at(person: Person, organisation: Organisation, *, now: datetime) -> bool:
    """Whether somebody is known to work there, which makes them an own employee."""
    return employers_of(person, now=now).filter(organisation=organisation).exists()


def open_workplaces(
    *, now: datetime, words: str = "", first: Person | None = None
) -> QuerySet[Workplace]:
    """The workplaces of the partnership that take students; where `first` works stands first."""
    found = Workplace.objects.filter(closed_at=None).select_related("organisation")
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(organisation__sector__icontains=word)
            | Q(city__icontains=word)
            | Q(postal_code__startswith=word)
        )
    by_name = (Lower("organisation__name"), Lower("name"), "pk")
    if first is None:
        return found.order_by(*by_name)
    mine = employers_of(first, now=now).values("organisation_id")
    return found.annotate(
        elsewhere=Case(
            When(organisation_id__in=mine, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
    ).order_by("elsewhere", *by_name)


def workplaces_for(
    *, person: Person, way: Way, now: datetime, words: str = ""
) -> QuerySet[Workplace]:
    """The workplaces to choose from: an employer chooses among the own ones."""
    if way != Way.EMPLOYEE:
        return open_workplaces(now=now, words=words, first=person if way == Way.ME else None)
    held = _held(person, way, now)
    return open_workplaces(now=now, words=words).filter(
        organisation_id__in=held.values("organisation_id")
    )


def get_workplace(*, person: Person, way: Way, workplace_id: UUID, now: datetime) -> Workplace:
    """One of these workplaces. Raises NotFound."""
    found = workplaces_for(person=person, way=way, now=now)
    if workplace := found.filter(pk=workplace_id).first():
        return workplace
    raise NotFound


def get_open_workplace(*, workplace_id: UUID, now: datetime) -> Workplace:
    """A workplace that takes students. Raises NotFound."""
    if workplace := open_workplaces(now=now).filter(pk=workplace_id).first():
        return workplace
    raise NotFound


def teachers_of(programme: Programme, *, now: datetime) -> list[Person]:
    """Of a programme that was found: who may be the teacher of a route."""
    return list(holders(programme.institution, [Role.TEACHER], now=now))


def routes_through(programme: Programme, *, person: Person) -> QuerySet[Route]:
    """The routes somebody travels through this programme now, so that none begins by mistake."""
    return Route.objects.filter(student=person, programme=programme, state__in=LIVE)
