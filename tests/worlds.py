"""Small worlds for tests, built through the actions people really take."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tests.factories import (
    InstitutionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    WorkplaceFactory,
)
from tests.remembered import remembered
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.models import Agreement, Revision
from tussenstop.agreements.rules import Answer
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Institution, Organisation, Person, Programme, Workplace
from tussenstop.people.rules import Role
from tussenstop.routes.actions import people, start
from tussenstop.routes.models import Placement, Route, Stop
from tussenstop.routes.rules import Context

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST_DAY = date(2027, 1, 11)
LAST_DAY = date(2027, 6, 25)


@dataclass(frozen=True, slots=True)
class World:
    """One route with everybody around it, and the same roles elsewhere who must find nothing."""

    student: Person
    mentor: Person
    teacher: Person
    coach: Person
    godparent: Person
    programme_coordinator: Person
    organisation_coordinator: Person
    administrator: Person
    # The same roles, on another route, at another institution and organisation.
    other_student: Person
    other_mentor: Person
    other_teacher: Person
    other_programme_coordinator: Person
    other_organisation_coordinator: Person
    stranger: Person
    institution: Institution
    organisation: Organisation
    workplace: Workplace
    programme: Programme
    route: Route
    placement: Placement
    now: datetime = NOW

    def stop(self, kind: str) -> Stop:
        """The stop of this kind, with its route."""
        return Stop.objects.select_related("route__student").get(route=self.route, kind=kind)

    def part(self, person: Person) -> Participation:
        return Participation.objects.select_related("person", "route__student").get(
            route=self.route, person=person
        )

    def fresh(self) -> Route:
        return Route.objects.select_related("student", "programme", "institution").get(
            pk=self.route.pk
        )


def _accept(person: Person, route_id: UUID, now: datetime) -> None:
    part = Participation.objects.select_related("person", "invited_by", "route__student").get(
        route_id=route_id, person=person
    )
    people.answer_invitation(by=By(person), part=part, takes_part=True, now=now)


def _named(name: str) -> Person:
    return PersonFactory(name=name, email=f"{name.lower().replace(' ', '.')}@example.org")


def _one_route(
    *,
    student: Person,
    mentor: Person,
    teacher: Person,
    leader: Person,
    programme: Programme,
    workplace: Workplace,
    now: datetime,
) -> Route:
    route = start.start_for_student(
        by=By(leader),
        key=uuid7(),
        student=student,
        programme=programme,
        context=Context.WORKPLACE_STUDENT,
        place=start.Place(workplace, FIRST_DAY, LAST_DAY, "internship_agreement"),
        mentors=[start.Mentor(mentor)],
        teacher=teacher,
        now=now,
    )
    for person in (student, mentor, teacher):
        _accept(person, route.pk, now)
    return route


@remembered(at=NOW)
def a_route_with_three_partners(*, now: datetime = NOW) -> World:
    """A route on which student, mentor and teacher said yes, with a coach and a godparent, and
    no agreement yet."""
    before = now - timedelta(days=1)
    institution, organisation = InstitutionFactory(), OrganisationFactory()
    workplace = WorkplaceFactory(organisation=organisation)
    programme = ProgrammeFactory(institution=institution)
    other_institution, other_organisation = InstitutionFactory(), OrganisationFactory()
    other_programme = ProgrammeFactory(institution=other_institution)
    other_workplace = WorkplaceFactory(organisation=other_organisation)
    names = {
        "student": "Sara Student",
        "mentor": "Mo Mentor",
        "teacher": "Tine Docent",
        "coach": "Bram Coach",
        "godparent": "Marleen Meter",
        "programme_coordinator": "Hilde Opleiding",
        "organisation_coordinator": "Els Organisatie",
        "administrator": "Griet Beheer",
        "other_student": "Andere Student",
        "other_mentor": "Andere Mentor",
        "other_teacher": "Andere Docent",
        "other_programme_coordinator": "Andere Opleiding",
        "other_organisation_coordinator": "Andere Organisatie",
        "stranger": "Onbekende Persoon",
    }
    cast = {key: _named(name) for key, name in names.items()}
    for prefix, school, employer in (
        ("", institution, organisation),
        ("other_", other_institution, other_organisation),
    ):
        for key, role in (
            ("student", Role.STUDENT),
            ("teacher", Role.TEACHER),
            ("programme_coordinator", Role.PROGRAMME_COORDINATOR),
        ):
            MembershipFactory(person=cast[prefix + key], role=role, institution=school)
        for key, role in (
            ("mentor", Role.MENTOR),
            ("organisation_coordinator", Role.ORGANISATION_COORDINATOR),
        ):
            MembershipFactory(person=cast[prefix + key], role=role, organisation=employer)
    MembershipFactory(person=cast["coach"], role=Role.COACH, institution=institution)
    MembershipFactory(person=cast["godparent"], role=Role.COLLEAGUE, organisation=organisation)
    MembershipFactory(person=cast["administrator"], role=Role.ADMINISTRATOR)
    route = _one_route(
        student=cast["student"],
        mentor=cast["mentor"],
        teacher=cast["teacher"],
        leader=cast["programme_coordinator"],
        programme=programme,
        workplace=workplace,
        now=before,
    )
    _one_route(
        student=cast["other_student"],
        mentor=cast["other_mentor"],
        teacher=cast["other_teacher"],
        leader=cast["other_programme_coordinator"],
        programme=other_programme,
        workplace=other_workplace,
        now=before,
    )
    placement = Placement.objects.select_related("workplace", "organisation").get(route=route)
    for key, role in (("coach", RouteRole.COACH), ("godparent", RouteRole.GODPARENT)):
        people.invite(
            by=By(cast["student"]),
            route=Route.objects.select_related("student").get(pk=route.pk),
            person=cast[key],
            role=role,
            placement=placement,
            now=before,
        )
        _accept(cast[key], route.pk, before)
    return World(
        **cast,
        institution=institution,
        organisation=organisation,
        workplace=workplace,
        programme=programme,
        route=Route.objects.select_related("student", "programme", "institution").get(pk=route.pk),
        placement=placement,
        now=now,
    )


def with_a_draft(world: World) -> Agreement:
    """The start agreement begun, every partner's own part filled in."""
    agreement = drafts.begin_start_agreement(
        by=By(world.student), route=world.fresh(), placement=world.placement, now=world.now
    )
    for key, person in (
        ("expectations_student", world.student),
        ("expectations_mentor", world.mentor),
        ("expectations_school", world.teacher),
    ):
        field = next(iter(pack().start_agreement[key].fields))
        drafts.save_section(
            by=By(person),
            agreement=agreement,
            key=key,
            values={field: f"Wat {person.name} verwacht"},
            seen=0,
            now=world.now,
        )
    return agreement


def with_a_proposal(world: World) -> Revision:
    """The start agreement put before everybody by the student, who thereby agrees to it."""
    agreement = with_a_draft(world)
    return proposing.propose_start(by=By(world.student), agreement=agreement, seen=0, now=world.now)


def with_an_agreement(world: World) -> Revision:
    """The start agreement accepted by all: the route is agreed."""
    revision = with_a_proposal(world)
    for person in (world.mentor, world.teacher):
        consent.answer(by=By(person), revision=revision, answer=Answer.YES, now=world.now)
    return revision
