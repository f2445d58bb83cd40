"""Starting a route in small steps, each asked once."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    MembershipFactory,
)
from tests.web.conftest import SignIn
from tests.web.starting.steps import EMPLOYEE, MENTOR, about, address, place, text_of
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.core.models import OutgoingMail
from tussenstop.people.models import Person, Programme
from tussenstop.people.rules import Role
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import Context

# The student's own route


def test_a_student_who_is_still_looking_starts_with_one_answer(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.student)
    url = address("me", world, "later")
    page = text_of(client.get(url))
    assert "Own employee" not in page

    answer = about(client, url, context="candidate")

    route = Route.objects.latest("created_at", "pk")
    assert answer["Location"] == reverse("route", args=[route.pk])
    assert (route.student, route.context) == (world.student, Context.CANDIDATE)
    assert not Placement.objects.filter(route=route).exists()


def test_who_works_there_is_taken_for_an_own_employee(world: World, signed_in: SignIn) -> None:
    MembershipFactory(person=world.student, role=Role.COLLEAGUE, organisation=world.organisation)
    client = signed_in(world.student)

    page = text_of(client.get(address("me", world, world.workplace.pk)))

    assert f"You work at {world.organisation.name}" in page
    assert re.search(r'value="own_employee"[^>]* checked', page)


def test_who_does_not_work_there_chooses_freely(world: World, signed_in: SignIn) -> None:
    page = text_of(signed_in(world.student).get(address("me", world, world.workplace.pk)))

    assert "You work at" not in page
    assert " checked" not in page


def test_a_context_must_be_chosen(world: World, signed_in: SignIn) -> None:
    answer = about(signed_in(world.student), address("me", world, "later"))

    assert answer.status_code == 422
    assert "Choose what fits best." in text_of(answer)


def test_a_route_that_goes_on_already_is_pointed_out(world: World, signed_in: SignIn) -> None:
    page = text_of(signed_in(world.student).get(address("me", world, "later")))

    assert "You travel a route through this programme already." in page
    assert reverse("route", args=[world.route.pk]) in page


# An own employee


def test_an_employer_starts_a_route_in_two_small_forms(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)
    OutgoingMail.objects.all().delete()

    second = about(client, url, **EMPLOYEE)
    assert not Person.objects.filter(email="wouter@example.org").exists()
    assert not OutgoingMail.objects.exists()
    answer = place(client, url, second, is_manager="no", **MENTOR)

    route = Route.objects.get(student__email="wouter@example.org")
    placement = Placement.objects.get(route=route)
    mentor = Participation.objects.get(route=route, role="mentor")
    assert answer["Location"] == reverse("route", args=[route.pk])
    assert route.context == Context.OWN_EMPLOYEE
    assert (placement.starts_on, placement.ends_on) == (date(2027, 1, 11), date(2027, 7, 9))
    assert placement.form == "employment_addendum"
    assert (mentor.person.name, mentor.person.language, mentor.is_manager) == (
        "Mia Mentor",
        "en",
        False,
    )
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "wouter@example.org",
        "mia@example.org",
    }
    page = text_of(client.get(answer["Location"]))
    assert "Asked by e-mail: Wouter Nieuw, Mia Mentor." in page


def test_a_mentor_who_is_the_manager_brings_a_warning_and_is_allowed(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)

    warned = place(client, url, about(client, url, **EMPLOYEE), is_manager="yes", **MENTOR)

    page = text_of(warned)
    assert "Mentor and manager would be the same person." in page
    assert "Choose another colleague as mentor if you can." in page
    assert "mia@example.org" in page
    assert not Route.objects.filter(student__email="wouter@example.org").exists()
    place(client, url, warned, is_manager="yes", sure="on", **MENTOR)
    assert Participation.objects.get(person__email="mia@example.org").is_manager


def test_whether_the_mentor_is_the_manager_must_be_said(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)

    answer = place(client, url, about(client, url, **EMPLOYEE), **MENTOR)

    assert answer.status_code == 422
    assert "Choose yes or no." in text_of(answer)


def test_only_forms_of_contract_that_fit_are_offered(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)

    page = about(client, url, **EMPLOYEE).content.decode()

    assert 'value="employment_addendum"' in page
    assert 'value="oao"' not in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"starts_on": ""}, "Choose the first day."),
        ({"ends_on": "2027-01-10"}, "The last day comes before the first day."),
        ({"mentor_name": "Mia"}, "Fill in the address, so that the mentor is asked."),
        ({"mentor_email": "m@example.org"}, "Fill in the name that goes with this address."),
        (
            {
                "mentor_name": "Wouter Nieuw",
                "mentor_email": "WOUTER@example.org",
                "is_manager": "no",
            },
            "The student can&#x27;t be their own mentor.",
        ),
        ({"form": "oao"}, "Choose one of these"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_has_to_be_typed_again(
    world: World, signed_in: SignIn, data: dict[str, str], said: str
) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)

    answer = place(client, url, about(client, url, **EMPLOYEE), **data)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert all(value in text_of(answer) for value in data.values() if value != "oao")
    assert not Person.objects.filter(email="wouter@example.org").exists()
    again = place(client, url, answer)
    assert again.status_code == 302
    assert Route.objects.filter(student__email="wouter@example.org").exists()


def test_going_back_keeps_what_was_typed(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)

    back = place(client, url, about(client, url, **EMPLOYEE), step="back")

    assert 'value="wouter@example.org"' in text_of(back)
    assert 'value="Wouter Nieuw"' in text_of(back)


def test_what_was_carried_along_can_not_be_changed_or_borrowed(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)
    second = about(client, url, **EMPLOYEE)
    MembershipFactory(
        person=world.mentor, role=Role.ORGANISATION_COORDINATOR, organisation=world.organisation
    )

    assert "Who of your people" in text_of(place(client, url, second, about="made-up"))
    assert "Who of your people" in text_of(place(signed_in(world.mentor), url, second))
    assert not Route.objects.filter(student__email="wouter@example.org").exists()


def test_sent_twice_it_is_one_route(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)
    second = about(client, url, **EMPLOYEE)

    first, again = (place(client, url, second) for _click in range(2))

    assert first["Location"] == again["Location"]
    assert Route.objects.filter(student__email="wouter@example.org").count() == 1


def test_a_programme_that_closed_meanwhile_is_not_found(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.organisation_coordinator)
    url = address("employee", world, world.workplace.pk)
    second = about(client, url, **EMPLOYEE)
    Programme.objects.filter(pk=world.programme.pk).update(closed_at=NOW)

    assert place(client, url, second).status_code == 404


# A student


def test_the_programme_starts_a_route_with_a_teacher_of_its_own(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.programme_coordinator)
    url = address("student", world, "later")
    assert "Andere Docent" not in text_of(client.get(url))

    about(
        client,
        url,
        name="Noor Nieuw",
        email="noor@example.org",
        language="en",
        context="workplace_student",
        teacher=str(world.teacher.pk),
    )

    route = Route.objects.get(student__email="noor@example.org")
    assert Participation.objects.get(route=route, role="teacher").person == world.teacher
    letter = OutgoingMail.objects.get(to="noor@example.org")
    assert letter.subject == f"Your route through {world.programme.name} is ready to start"


def test_with_a_workplace_the_period_is_asked_too(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.programme_coordinator)
    url = address("student", world, world.workplace.pk)
    second = about(
        client,
        url,
        name="Noor Nieuw",
        email="noor@example.org",
        language="nl",
        context="candidate",
        teacher="",
    )
    assert "Does this mentor also manage the student?" not in text_of(second)

    place(client, url, second, form="oao", ends_on="2027-03-26", **MENTOR)

    placement = Placement.objects.get(route__student__email="noor@example.org")
    assert (placement.form, placement.ends_on) == ("oao", date(2027, 3, 26))


def test_a_teacher_of_elsewhere_can_not_be_chosen(world: World, signed_in: SignIn) -> None:
    answer = about(
        signed_in(world.programme_coordinator),
        address("student", world, "later"),
        name="Noor",
        email="noor@example.org",
        language="nl",
        context="candidate",
        teacher=str(world.other_teacher.pk),
    )

    assert answer.status_code == 422
    assert not Person.objects.filter(email="noor@example.org").exists()
