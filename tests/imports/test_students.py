"""Rows of students: what each would do, and what is the matter with it."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MembershipFactory, ProgrammeFactory, WorkplaceFactory
from tests.imports.filing import STUDENTS, begin, bring_in, look, problems_of
from tests.worlds import FIRST_DAY, NOW, World
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.models import OutgoingMail
from tussenstop.imports.rules import Change, Kind
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import Context, State

pytestmark = pytest.mark.django_db

WITH_ALL = (
    "Voornaam", "Achternaam", "E-mail", "Opleiding", "Context", "E-mail docent", "Organisatie",
    "Werkplek", "Eerste dag", "Laatste dag",
)  # fmt: skip


def a_row(world: World, **changes: str) -> list[str]:
    row = {
        "first": "Nora",
        "last": "Nieuw",
        "email": "nora@example.org",
        "programme": world.programme.name,
        "context": "",
        "teacher": "",
        "organisation": "",
        "workplace": "",
        "starts": "",
        "ends": "",
    }
    return list({**row, **changes}.values())


def own_employee(world: World, **changes: str) -> list[str]:
    return a_row(
        world,
        **{
            "context": "eigen werknemer",
            "organisation": world.organisation.name,
            "workplace": world.workplace.name,
            "starts": "11/1/2027",
            **changes,
        },
    )


def said(world: World, *rows: list[str]) -> list[dict[str, str]]:
    return problems_of(world, Kind.STUDENTS, WITH_ALL, *rows)


def test_an_own_employee_starts_where_they_work(world: World) -> None:
    one = begin(world, Kind.STUDENTS, WITH_ALL, [own_employee(world)])
    bring_in(world, one)
    route = Route.objects.get(student__email="nora@example.org")
    placement = Placement.objects.get(route=route)
    assert route.context == Context.OWN_EMPLOYEE
    assert (placement.workplace, placement.starts_on) == (world.workplace, FIRST_DAY)
    assert (placement.ends_on - placement.starts_on).days == world.programme.weeks * 7


def test_a_teacher_of_the_institution_is_asked(world: World) -> None:
    rows = [a_row(world, teacher=world.teacher.email.upper(), context="kandidaat")]
    bring_in(world, begin(world, Kind.STUDENTS, WITH_ALL, rows))
    route = Route.objects.get(student__email="nora@example.org")
    assert route.context == Context.CANDIDATE
    assert Participation.objects.get(route=route, role=RouteRole.TEACHER).person == world.teacher


def test_a_name_is_made_of_two_columns(world: World) -> None:
    bring_in(world, begin(world, Kind.STUDENTS, WITH_ALL, [a_row(world)]))
    assert Person.objects.get(email="nora@example.org").name == "Nora Nieuw"


def test_somebody_known_keeps_the_name_they_chose_and_gets_no_second_role(world: World) -> None:
    nora = MembershipFactory(
        person__email="nora@example.org",
        person__name="Nonkel",
        role=Role.STUDENT,
        institution=world.institution,
    ).person
    one = begin(world, Kind.STUDENTS, WITH_ALL, [a_row(world)])
    (line,) = look(world, one).lines
    assert "keeps the name they chose" in line.told
    assert "Nonkel" not in line.told
    bring_in(world, one)
    nora.refresh_from_db()
    assert nora.name == "Nonkel"
    assert Membership.objects.filter(person=nora).count() == 1
    assert Route.objects.filter(student=nora).count() == 1


def test_one_student_may_begin_two_programmes(world: World) -> None:
    other = ProgrammeFactory(institution=world.institution, code="BK2")
    rows = [a_row(world), a_row(world, programme="bk2")]
    bring_in(world, begin(world, Kind.STUDENTS, WITH_ALL, rows))
    nora = Person.objects.get(email="nora@example.org")
    assert {route.programme for route in nora.routes.all()} == {world.programme, other}
    assert Membership.objects.filter(person=nora).count() == 1


def test_another_address_that_somebody_proved_is_theirs(world: World) -> None:
    EmailAddress.objects.create(user=world.student, email="sara@home.example", verified=True)
    for address in ("sara@home.example", f"<{world.student.email.upper()}>"):
        rows = [a_row(world, first="Sara", last="Student", email=address)]
        (line,) = look(world, begin(world, Kind.STUDENTS, WITH_ALL, rows)).lines
        assert line.change == Change.SAME


def test_who_ended_a_route_can_begin_again(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=State.STOPPED)
    rows = [a_row(world, first="Sara", last="Student", email=world.student.email)]
    (line,) = look(world, begin(world, Kind.STUDENTS, WITH_ALL, rows)).lines
    assert line.change == Change.NEW


def test_the_same_file_again_changes_nothing_and_writes_to_nobody(world: World) -> None:
    rows = [a_row(world)]
    bring_in(world, begin(world, Kind.STUDENTS, WITH_ALL, rows))
    letters = OutgoingMail.objects.count()
    again = begin(world, Kind.STUDENTS, WITH_ALL, rows)
    assert look(world, again).useful == 0
    assert OutgoingMail.objects.count() == letters
    assert Route.objects.filter(student__email="nora@example.org").count() == 1


@pytest.mark.parametrize(
    ("changes", "key", "text"),
    [
        ({"email": "nora"}, "email", "there is no @ in it"),
        ({"email": ""}, "email", "This is still needed."),
        ({"first": "", "last": ""}, "last_name", "This is still needed."),
        ({"last": "x" * 121}, "last_name", "there is room for 120"),
        ({"programme": ""}, "programme", "This is still needed."),
        ({"programme": "Zeevaart"}, "programme", "There is no programme “Zeevaart” here."),
        ({"context": "vrijwilliger"}, "context", "We don't know “vrijwilliger”"),
        ({"teacher": "tine"}, "teacher", "there is no @ in it"),
        ({"teacher": "mo.mentor@example.org"}, "teacher", "Nobody with this address is a teacher"),
    ],
)
def test_what_is_the_matter_stands_beside_the_value(
    world: World, changes: dict[str, str], key: str, text: str
) -> None:
    (problems,) = said(world, a_row(world, **changes))
    assert text in problems.pop(key)
    assert problems == {}


def test_a_near_programme_is_proposed_and_one_elsewhere_does_not_count(world: World) -> None:
    elsewhere = ProgrammeFactory(name="Elders geleerd")
    misspelled, foreign = said(
        world,
        a_row(world, programme=f"{world.programme.name[:-1]}ss"),
        a_row(world, email="b@example.org", programme=elsewhere.name),
    )
    assert f"Did you mean “{world.programme.name}”?" in misspelled["programme"]
    assert "There is no programme “Elders geleerd” here." in foreign["programme"]


def test_a_programme_that_closed_takes_nobody(world: World) -> None:
    closed = ProgrammeFactory(institution=world.institution, closed_at=NOW)
    (problems,) = said(world, a_row(world, programme=closed.name))
    assert problems == {"programme": "This programme takes no new students."}


def test_an_own_employee_needs_a_workplace_and_a_day(world: World) -> None:
    nothing, backwards, nowhere = said(
        world,
        a_row(world, context="eigen werknemer"),
        own_employee(world, email="b@example.org", ends="10/1/2027"),
        own_employee(world, email="c@example.org", organisation=f"{world.organisation.name}x"),
    )
    assert set(nothing) == {"organisation", "workplace", "first_day"}
    assert backwards == {"last_day": "The last day lies before the first."}
    assert f"Did you mean “{world.organisation.name}”?" in nowhere["organisation"]
    assert "Add it first" in nowhere["organisation"]


def test_a_workplace_that_closed_takes_nobody(world: World) -> None:
    closed = WorkplaceFactory(organisation=world.organisation, closed_at=NOW)
    (problems,) = said(world, own_employee(world, workplace=closed.name))
    assert problems == {"workplace": "This workplace takes no new students."}


def test_rows_about_the_same_student_must_agree(world: World) -> None:
    ProgrammeFactory(institution=world.institution, code="BK2")
    first, again, renamed = said(
        world,
        a_row(world),
        a_row(world, email="NORA@example.org"),
        a_row(world, last="Anders", programme="BK2"),
    )
    assert first == {}
    assert again == {"email": "This student stands in row 2 already, for the same programme."}
    assert renamed == {"email": "Row 2 has this address with another name: Nora Nieuw."}


def test_a_student_is_not_their_own_teacher(world: World) -> None:
    EmailAddress.objects.create(user=world.teacher, email="tine@home.example", verified=True)
    first, second = said(
        world,
        a_row(world, email=world.teacher.email, teacher=world.teacher.email),
        a_row(world, first="Tine", email="tine@home.example", teacher=world.teacher.email),
    )
    assert "can't take another role" in first["teacher"]
    assert "can't take another role" in second["teacher"]


def test_many_rows_are_judged_with_as_many_reads_as_one(world: World) -> None:
    counts = []
    for size in (1, 800):
        rows = [
            own_employee(world, email=f"n{n}@example.org", organisation=f"Zorg {n}")
            if n % 2
            else a_row(world, email=f"n{n}@example.org", programme="Zorrg")
            for n in range(1, size + 1)
        ]
        one = begin(world, Kind.STUDENTS, WITH_ALL, rows)
        with CaptureQueriesContext(connection) as queries:
            assert look(world, one).wrong == size
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_file_may_call_columns_otherwise_and_hold_more(world: World) -> None:
    header = ("Klas", *STUDENTS)
    one = begin(
        world, Kind.STUDENTS, header, [["3B", "Nora", "nora@example.org", world.programme.name]]
    )
    (line,) = look(world, one).lines
    assert line.change == Change.NEW
    assert "3B" not in line.values.values()
