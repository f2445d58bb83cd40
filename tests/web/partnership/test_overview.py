"""What I belong to, and the organisations of the partnership."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    InstitutionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    WorkplaceFactory,
)
from tests.worlds import World
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db


def read(client: Client, url: str, **query: str) -> str:
    return client.get(url, query).content.decode()


def test_who_belongs_nowhere_reads_how_to_get_in(client: Client, world: World) -> None:
    client.force_login(world.stranger)
    html = read(client, reverse("partnership"))
    assert 'class="empty"' in html
    assert world.organisation.name not in html


def test_everybody_sees_where_they_hold_a_role(client: Client, world: World) -> None:
    MembershipFactory(
        person=world.mentor, role=Role.STUDENT, institution=InstitutionFactory(name="Avondschool")
    )
    client.force_login(world.mentor)
    html = read(client, reverse("partnership"))
    assert "Avondschool" in html
    assert reverse("organisation", args=[world.organisation.pk]) in html
    assert reverse("institution", args=[world.institution.pk]) not in html
    assert reverse("institution_add") not in html


def test_an_administrator_sees_and_searches_everything(client: Client, world: World) -> None:
    OrganisationFactory(name="Bakkerij Brood")
    InstitutionFactory(name="Bakkersschool")
    client.force_login(world.administrator)
    everything = read(client, reverse("partnership"))
    assert world.institution.name in everything
    assert reverse("institution_add") in everything
    found = read(client, reverse("partnership"), q="bakker")
    assert "Bakkerij Brood" in found
    assert "Bakkersschool" in found
    assert world.institution.name not in found


def test_the_whole_partnership_comes_in_pages(client: Client, world: World) -> None:
    OrganisationFactory.create_batch(30)
    client.force_login(world.administrator)
    assert "?page=2" in read(client, reverse("partnership"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_as_much_for_three_places_as_for_one(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    person = PersonFactory()
    for _place in range(count):
        MembershipFactory(person=person, organisation=OrganisationFactory(), role=Role.MENTOR)
    client.force_login(person)
    with django_assert_num_queries(3):  # session, person, roles
        client.get(reverse("partnership"))


def test_organisations_present_themselves_to_who_belongs(client: Client, world: World) -> None:
    WorkplaceFactory(
        organisation=OrganisationFactory(name="Kinderopvang"), name="De Rups", city="Eeklo"
    )
    client.force_login(world.student)
    found = read(client, reverse("organisations"), q="eeklo")
    assert "Kinderopvang" in found
    assert world.organisation.name not in found
    client.force_login(world.stranger)
    assert client.get(reverse("organisations")).status_code == 404


def test_who_only_takes_part_in_a_route_may_read_them_too(client: Client, world: World) -> None:
    world.mentor.memberships.all().delete()
    client.force_login(world.mentor)
    assert world.organisation.name in read(client, reverse("organisations"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_organisations_as_for_one(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    person = MembershipFactory(role=Role.TEACHER, institution=InstitutionFactory()).person
    for _place in range(count):
        WorkplaceFactory.create_batch(2, organisation=OrganisationFactory())
    client.force_login(person)
    # session, person, belonging, count, organisations, workplaces
    with django_assert_num_queries(6):
        client.get(reverse("organisations"))
