"""Starting a route: by the student, by the programme, or by an employer for an own employee."""

from datetime import timedelta

import pytest

from tests.factories import (
    MembershipFactory,
    PersonFactory,
    ProgrammeFactory,
    WorkplaceFactory,
)
from tests.routes.starting import mail_to, place, start_employee, start_own, start_student
from tests.worlds import FIRST_DAY, NOW, World
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.content import pack
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people.actions import Invited
from tussenstop.people.models import Person, TemplateStop
from tussenstop.people.rules import Role
from tussenstop.routes.actions import start
from tussenstop.routes.actions.people import CannotAsk
from tussenstop.routes.actions.start import CannotStart, Mentor
from tussenstop.routes.models import AgendaPoint, ChecklistItem, Move, Route, Stop
from tussenstop.routes.rules import Context, MoveCode, State

pytestmark = pytest.mark.django_db


# The student


def test_a_student_who_starts_takes_part_at_once_and_gets_no_letter(world: World) -> None:
    OutgoingMail.objects.all().delete()

    route = start_own(world)

    part = Participation.objects.get(route=route, role="student")
    assert (part.person, part.accepted_at) == (world.student, NOW)
    assert mail_to(world.student.email) == []
    assert (route.state, route.institution) == (State.PREPARING, world.institution)


def test_a_route_gets_the_stops_of_its_template_with_agenda_and_checklist(world: World) -> None:
    route = start_own(world, place=place(world))

    kinds = pack().stops
    stops = list(Stop.objects.filter(route=route).order_by("position"))
    onboarding = next(stop for stop in stops if stop.kind == "onboarding")
    assert [stop.kind for stop in stops] == list(kinds)
    assert onboarding.aimed_on == FIRST_DAY
    assert (onboarding.lead, onboarding.attends) == ("mentor", ["student", "mentor"])
    assert list(
        AgendaPoint.objects.filter(stop=onboarding).order_by("position").values_list("key", flat=1)
    ) == list(kinds["onboarding"].agenda)
    assert list(
        ChecklistItem.objects.filter(stop=onboarding)
        .order_by("position")
        .values_list("key", "automatic")
    ) == [(c.key, c.automatic or "") for c in kinds["onboarding"].checklist.values()]


def test_a_stop_of_the_programme_itself_is_copied_with_its_words(world: World) -> None:
    TemplateStop.objects.create(
        programme=world.programme, own_name="Beroepsdag", own_purpose="Samen kijken", position=99
    )

    route = start_own(world)

    stop = Stop.objects.get(route=route, kind="")
    assert (stop.own_name, stop.own_purpose, stop.lead) == ("Beroepsdag", "Samen kijken", "student")
    assert stop.attends == ["student", "mentor", "teacher"]
    assert not stop.agenda.exists()


def test_without_a_workplace_the_stops_aim_at_no_day_and_the_student_is_to_choose(
    world: World,
) -> None:
    route = start_own(world)

    assert not Stop.objects.filter(route=route, aimed_on__isnull=False).exists()
    move = Move.objects.get(route=route, code=MoveCode.CHOOSE_WORKPLACE)
    assert move.person == world.student


def test_the_teacher_of_the_programme_is_asked(world: World) -> None:
    world.programme.default_teacher = world.teacher
    world.programme.save()
    OutgoingMail.objects.all().delete()

    route = start_own(world)

    part = Participation.objects.get(route=route, role="teacher")
    assert (part.person, part.accepted_at, part.invited_by) == (world.teacher, None, world.student)
    assert len(mail_to(world.teacher.email)) == 1


def test_a_teacher_who_studies_in_the_own_programme_is_not_their_own_teacher(world: World) -> None:
    world.programme.default_teacher = world.student
    world.programme.save()

    route = start_own(world)

    assert not Participation.objects.filter(route=route, role="teacher").exists()


def test_a_programme_that_does_not_allow_it_can_not_be_started_by_the_student(world: World) -> None:
    world.programme.self_start = False

    with pytest.raises(CannotStart) as refusal:
        start_own(world)

    assert refusal.value.field == "programme"


def test_a_student_of_another_institution_finds_no_programme_here(world: World) -> None:
    with pytest.raises(NotFound):
        start_own(world, by=world.other_student)


def test_who_is_no_student_can_not_start_an_own_route(world: World) -> None:
    with pytest.raises(Refused):
        start_own(world, by=world.teacher)


# The programme


def test_a_student_not_known_yet_becomes_known_and_is_asked(world: World) -> None:
    route = start_student(world, place=place(world), mentors=[Mentor(world.mentor)])

    student = Person.objects.get(email="nieuw@example.org")
    assert (student.name, student.language) == ("Noor Nieuw", "en")
    assert route.student == student
    assert Participation.objects.get(route=route, role="student").accepted_at is None
    assert len(mail_to("nieuw@example.org")) == 1
    assert Participation.objects.get(route=route, role="mentor").placement.route == route


def test_somebody_known_keeps_their_name(world: World) -> None:
    route = start_student(
        world, student=Invited(world.other_student.email.upper(), "Iemand Anders", "en")
    )

    assert route.student == world.other_student
    assert route.student.name == "Andere Student"


def test_nobody_becomes_known_when_it_is_refused(world: World) -> None:
    before = Person.objects.count()

    with pytest.raises(NotFound):
        start_student(world, by=world.other_programme_coordinator)
    with pytest.raises(Refused):
        start_student(world, by=world.teacher)
    with pytest.raises(CannotStart):
        start_student(world, place=place(world, ends_on=FIRST_DAY - timedelta(days=1)))

    assert Person.objects.count() == before


def test_the_programme_can_not_make_the_student_their_own_teacher(world: World) -> None:
    with pytest.raises(CannotStart) as refusal:
        start_student(world, student=world.teacher, teacher=world.teacher)

    assert refusal.value.field == "teacher"


# The employer


def test_an_employer_starts_a_route_for_an_own_employee(world: World) -> None:
    route = start_employee(
        world, mentors=[Mentor(Invited("mentor@example.org", "Mia Mentor", "nl"), is_manager=True)]
    )

    mentor = Participation.objects.get(route=route, role="mentor")
    assert route.context == Context.OWN_EMPLOYEE
    assert (mentor.person.name, mentor.is_manager) == ("Mia Mentor", True)
    assert len(mail_to("mentor@example.org")) == 1
    assert OrganisationReach.objects.get(route=route).organisation == world.organisation


def test_an_employer_uses_only_the_own_workplaces(world: World) -> None:
    with pytest.raises(CannotStart) as refusal:
        start_employee(world, place=place(world, workplace=WorkplaceFactory()))

    assert refusal.value.field == "workplace"


def test_another_employer_can_not_start_in_this_organisation(world: World) -> None:
    with pytest.raises(NotFound):
        start_employee(world, by=world.other_organisation_coordinator)
    with pytest.raises(Refused):
        start_employee(world, by=world.mentor)


def test_an_own_employee_needs_the_own_workplace(world: World) -> None:
    with pytest.raises(CannotStart) as refusal:
        start_own(world, context=Context.OWN_EMPLOYEE)

    assert refusal.value.field == "workplace"


# Rules for all


def test_the_same_form_sent_twice_makes_one_route_and_one_letter(world: World) -> None:
    key = uuid7()

    first = start_student(world, key=key)
    second = start_student(world, key=key)

    assert first == second
    assert Route.objects.filter(student=first.student).count() == 1
    assert len(mail_to("nieuw@example.org")) == 1
    assert AuditEntry.objects.filter(route_id=first.pk, code="route.started").count() == 1


def test_a_form_of_somebody_else_starts_nothing(world: World) -> None:
    with pytest.raises(Stale):
        start_own(world, key=world.route.pk)


@pytest.mark.parametrize("who", ["own", "student", "employee"])
def test_a_closed_programme_takes_nobody(world: World, who: str) -> None:
    world.programme.closed_at = NOW
    begin = {"own": start_own, "student": start_student, "employee": start_employee}[who]

    with pytest.raises(CannotStart) as refusal:
        begin(world)

    assert refusal.value.field == "programme"


def test_a_closed_workplace_takes_nobody(world: World) -> None:
    world.workplace.closed_at = NOW

    with pytest.raises(CannotStart) as refusal:
        start_own(world, place=place(world))

    assert refusal.value.field == "workplace"


def test_a_mentor_without_a_workplace_is_refused(world: World) -> None:
    with pytest.raises(CannotStart) as refusal:
        start_own(world, mentors=[Mentor(world.mentor)])

    assert refusal.value.field == "workplace"


def test_nobody_is_their_own_mentor(world: World) -> None:
    with pytest.raises(CannotStart) as refusal:
        start_own(world, place=place(world), mentors=[Mentor(world.student)])

    assert refusal.value.field == "mentor_email"
    assert Route.objects.filter(student=world.student).count() == 1


def test_the_same_mentor_is_asked_once(world: World) -> None:
    with pytest.raises(CannotAsk):
        start_own(world, place=place(world), mentors=[Mentor(world.mentor)] * 2)


# Choosing a workplace later


# Giving a workplace up


def test_a_former_student_starts_nothing(world: World) -> None:
    former = PersonFactory()
    MembershipFactory(person=former, role=Role.STUDENT, institution=world.institution, until=NOW)

    with pytest.raises(NotFound):
        start_own(world, by=former)


def test_kinds_that_a_context_has_no_use_for_are_left_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = pack().stops["talent_matching"].model_copy(update={"skip_for": ("own_employee",)})
    changed = {**pack().stops, "talent_matching": kind}
    monkeypatch.setattr(start, "pack", lambda: type("P", (), {"stops": changed})())

    employee, candidate = start_employee(world), start_own(world)

    assert not Stop.objects.filter(route=employee, kind="talent_matching").exists()
    assert Stop.objects.filter(route=candidate, kind="talent_matching").exists()


def test_any_open_programme_can_be_chosen_for_an_own_employee(world: World) -> None:
    programme = ProgrammeFactory()

    route = start_employee(world, programme=programme)

    assert route.institution == programme.institution
