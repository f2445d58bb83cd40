"""Roles on their pages: who sees whom, who gives and ends them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import MembershipFactory, PersonFactory
from tests.worlds import World
from tussenstop.core import clock
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.models import Membership
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db


def people_of(client: Client, world: World, **query: str) -> str:
    url = reverse("organisation_people", args=[world.organisation.pk])
    return client.get(url, query).content.decode()


def students_of(client: Client, world: World) -> str:
    url = reverse("institution_people", args=[world.institution.pk])
    return client.get(url).content.decode()


def test_addresses_are_for_who_manages_the_roles(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    assert world.mentor.email in people_of(client, world)
    client.force_login(world.godparent)
    html = people_of(client, world)
    assert world.mentor.name in html
    assert world.mentor.email not in html
    assert "role_end" not in html


def test_students_are_known_to_staff_and_not_to_each_other(client: Client, world: World) -> None:
    classmate = PersonFactory(name="Klas Genoot")
    MembershipFactory(person=classmate, role=Role.STUDENT, institution=world.institution)
    client.force_login(world.teacher)
    assert "Klas Genoot" in students_of(client, world)
    client.force_login(world.student)
    html = students_of(client, world)
    assert world.teacher.name in html
    assert "Klas Genoot" not in html


def test_what_is_over_is_for_who_manages_the_roles(client: Client, world: World) -> None:
    past = PersonFactory(name="Vorige Mentor")
    over = clock.now() - timedelta(days=3)
    MembershipFactory(person=past, role=Role.MENTOR, organisation=world.organisation, until=over)
    client.force_login(world.organisation_coordinator)
    assert "Vorige Mentor" not in people_of(client, world)
    assert "Vorige Mentor" in people_of(client, world, past="1")
    client.force_login(world.mentor)
    assert "Vorige Mentor" not in people_of(client, world, past="1")


def test_the_list_is_searched_and_narrowed_to_a_role(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    html = people_of(client, world, role="mentor")
    assert world.mentor.name in html
    assert world.godparent.name not in html
    html = people_of(client, world, q="meter")
    assert world.godparent.name in html
    assert world.mentor.email not in html


def test_a_coordinator_gives_a_role_for_a_period(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    OutgoingMail.objects.all().delete()
    typed = {
        "key": uuid7(),
        "email": "Nieuw@Example.org",
        "person_name": "Nieuwe Mentor",
        "language": "en",
        "role": "mentor",
        "workplace": str(world.workplace.pk),
        "until": "2099-12-31",
    }
    for _click in range(2):
        client.post(reverse("organisation_people_add", args=[world.organisation.pk]), typed)
    membership = Membership.objects.select_related("person", "workplace").get(
        person__email="nieuw@example.org"
    )
    assert membership.workplace == world.workplace
    assert membership.until
    assert membership.until.isoformat() == "2099-12-31T23:00:00+00:00"
    letter = OutgoingMail.objects.get()
    assert "It runs until 31 December 2099." in letter.text
    assert "31 december 2099" in people_of(client, world)


def test_a_role_that_is_held_already_is_said_beside_the_address(
    client: Client, world: World
) -> None:
    client.force_login(world.organisation_coordinator)
    typed = {
        "key": uuid7(),
        "email": world.mentor.email,
        "person_name": "Wie dan ook",
        "language": "nl",
        "role": "mentor",
    }
    url = reverse("organisation_people_add", args=[world.organisation.pk])
    response = client.post(url, typed)
    assert response.status_code == 422
    assert 'id="id_email-error"' in response.content.decode()


@pytest.mark.parametrize("role", ["administrator", "programme_coordinator"])
def test_nobody_gives_a_role_that_is_not_theirs_to_give(
    client: Client, world: World, role: str
) -> None:
    client.force_login(world.organisation_coordinator)
    typed = {
        "key": uuid7(),
        "email": "slim@example.org",
        "person_name": "Slim",
        "language": "nl",
        "role": role,
    }
    url = reverse("organisation_people_add", args=[world.organisation.pk])
    assert client.post(url, typed).status_code == 422
    assert client.get(reverse("administrators_add")).status_code == 404
    assert not Membership.objects.filter(person__email="slim@example.org").exists()


def test_an_administrator_makes_another_one(client: Client, world: World) -> None:
    client.force_login(world.administrator)
    typed = {
        "key": uuid7(),
        "email": "tweede@example.org",
        "person_name": "Tweede",
        "language": "nl",
        "role": "administrator",
    }
    client.post(reverse("administrators_add"), typed)
    html = client.get(reverse("administrators")).content.decode()
    assert "tweede@example.org" in html
    assert world.mentor.email not in html


def test_ending_a_role_asks_first(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    membership = Membership.objects.get(person=world.mentor)
    url = reverse("role_end", args=[membership.pk])
    assert world.mentor.name in client.get(url).content.decode()
    membership.refresh_from_db()
    assert membership.until is None
    client.post(url)
    membership.refresh_from_db()
    assert membership.until
    assert world.mentor.name not in people_of(client, world)


def test_the_only_coordinator_reads_why_they_can_not_leave(client: Client, world: World) -> None:
    client.force_login(world.organisation_coordinator)
    membership = Membership.objects.get(person=world.organisation_coordinator)
    response = client.post(reverse("role_end", args=[membership.pk]))
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()
    membership.refresh_from_db()
    assert membership.until is None


def test_who_manages_elsewhere_can_not_end_a_role_here(client: Client, world: World) -> None:
    membership = Membership.objects.get(person=world.mentor)
    url = reverse("role_end", args=[membership.pk])
    for person, status in ((world.other_organisation_coordinator, 404), (world.godparent, 403)):
        client.force_login(person)
        assert client.post(url).status_code == status
    membership.refresh_from_db()
    assert membership.until is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_people_as_for_one(
    client: Client, world: World, django_assert_num_queries: Any, count: int
) -> None:
    MembershipFactory.create_batch(count, role=Role.MENTOR, organisation=world.organisation)
    client.force_login(world.organisation_coordinator)
    # signing in 2, organisation 1, sight and permissions 4, people 2
    with django_assert_num_queries(9):
        client.get(reverse("organisation_people", args=[world.organisation.pk]))
