"""Institutions and organisations: who reads what, and who may change it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import MembershipFactory, ProgrammeFactory, WorkplaceFactory
from tests.worlds import World
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.models import Institution, Membership, Organisation
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db


def test_an_organisation_is_public_in_the_partnership_its_people_are_not(
    client: Client, world: World
) -> None:
    url = reverse("organisation", args=[world.organisation.pk])
    client.force_login(world.student)
    html = client.get(url).content.decode()
    assert world.workplace.name in html
    assert world.mentor.name not in html
    assert reverse("organisation_edit", args=[world.organisation.pk]) not in html
    client.force_login(world.mentor)
    assert world.organisation_coordinator.name in client.get(url).content.decode()


def test_an_institution_is_for_who_belongs_there(client: Client, world: World) -> None:
    url = reverse("institution", args=[world.institution.pk])
    client.force_login(world.student)
    html = client.get(url).content.decode()
    assert world.programme.name in html
    assert world.teacher.name in html
    client.force_login(world.mentor)
    assert client.get(url).status_code == 404


def test_an_administrator_adds_an_institution_with_its_coordinator(
    client: Client, world: World
) -> None:
    client.force_login(world.administrator)
    OutgoingMail.objects.all().delete()
    key = uuid7()
    typed = {
        "key": key,
        "name": "Avondschool",
        "website": "www.avondschool.be",
        "email": "lies@example.org",
        "person_name": "Lies",
        "language": "nl",
    }
    for _click in range(2):
        response = client.post(reverse("institution_add"), typed)
    assert response.headers["Location"] == reverse("institution", args=[key])
    institution = Institution.objects.get(pk=key)
    assert institution.website == "https://www.avondschool.be"
    assert Membership.objects.get(institution=institution).person.email == "lies@example.org"
    assert OutgoingMail.objects.get().to == "lies@example.org"


def test_a_programme_coordinator_brings_an_organisation_in(client: Client, world: World) -> None:
    client.force_login(world.programme_coordinator)
    typed = {
        "key": uuid7(),
        "name": "Bakkerij Brood",
        "email": "an@example.org",
        "person_name": "An",
        "language": "nl",
    }
    assert client.post(reverse("organisation_add"), typed).status_code == 302
    coordinator = Membership.objects.get(organisation__name="Bakkerij Brood")
    assert coordinator.role == Role.ORGANISATION_COORDINATOR
    client.force_login(world.teacher)
    assert client.get(reverse("organisation_add")).status_code == 404


def test_a_name_that_is_taken_is_said_beside_it_and_everything_typed_stays(
    client: Client, world: World
) -> None:
    client.force_login(world.administrator)
    typed = {
        "key": uuid7(),
        "name": world.institution.name,
        "about": "Een lange uitleg",
        "email": "lies@example.org",
        "person_name": "Lies",
        "language": "nl",
    }
    response = client.post(reverse("institution_add"), typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_name-error"' in html
    assert "Een lange uitleg" in html
    assert "lies@example.org" in html
    assert not Membership.objects.filter(person__email="lies@example.org").exists()


def test_who_was_second_keeps_what_was_typed_and_sees_what_stands_there(
    client: Client, world: World
) -> None:
    client.force_login(world.organisation_coordinator)
    url = reverse("organisation_edit", args=[world.organisation.pk])
    name = world.organisation.name
    Organisation.objects.filter(pk=world.organisation.pk).update(about="Van Els", version=2)
    response = client.post(url, {"version": 1, "name": name, "about": "Van mij"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Van mij</textarea>" in html
    assert "“Van Els”" in html
    assert '<input type="hidden" name="version" value="2"' in html
    client.post(url, {"version": 2, "name": name, "about": "Van ons samen"})
    world.organisation.refresh_from_db()
    assert world.organisation.about == "Van ons samen"


def test_who_may_know_but_not_change_hears_no(client: Client, world: World) -> None:
    client.force_login(world.mentor)
    own = reverse("organisation_edit", args=[world.organisation.pk])
    assert client.get(own).status_code == 403
    client.force_login(world.other_mentor)
    assert client.get(own).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_an_organisation_page_asks_as_much_for_three_as_for_one(
    client: Client, world: World, django_assert_num_queries: Any, count: int
) -> None:
    for _each in range(count):
        WorkplaceFactory(organisation=world.organisation, culture_types=["family"])
        MembershipFactory(role=Role.MENTOR, organisation=world.organisation)
    client.force_login(world.organisation_coordinator)
    # signing in 2, organisation 1, belonging and permissions 2, workplaces 2, people 4
    with django_assert_num_queries(11):
        client.get(reverse("organisation", args=[world.organisation.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_an_institution_page_asks_as_much_for_three_as_for_one(
    client: Client, world: World, django_assert_num_queries: Any, count: int
) -> None:
    for _each in range(count):
        ProgrammeFactory(institution=world.institution)
        MembershipFactory(role=Role.TEACHER, institution=world.institution)
    client.force_login(world.programme_coordinator)
    with django_assert_num_queries(11):
        client.get(reverse("institution", args=[world.institution.pk]))
