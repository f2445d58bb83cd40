"""What somebody can start: which kinds of routes, programmes and workplaces they are offered."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    ProgrammeFactory,
    WorkplaceFactory,
)
from tests.web.conftest import SignIn
from tests.web.starting.steps import START, address, text_of
from tests.worlds import NOW, World
from tussenstop.people.models import Programme
from tussenstop.people.rules import Role


@pytest.mark.parametrize("role", ["mentor", "teacher", "coach", "stranger", "administrator"])
def test_who_may_start_nothing_is_told_who_does(world: World, signed_in: SignIn, role: str) -> None:
    answer = signed_in(getattr(world, role)).get(START)

    assert answer.status_code == 200
    assert "Somebody else starts your route" in text_of(answer)


@pytest.mark.parametrize(
    ("role", "title"),
    [
        ("student", "Start my route"),
        ("programme_coordinator", "Start a route for a student"),
        ("organisation_coordinator", "Start a route for somebody who works with us"),
    ],
)
def test_who_may_start_one_kind_of_route_begins_at_once(
    world: World, signed_in: SignIn, role: str, title: str
) -> None:
    assert f"<h1>{title}</h1>" in text_of(signed_in(getattr(world, role)).get(START))


def test_who_may_start_several_kinds_chooses_first(world: World, signed_in: SignIn) -> None:
    MembershipFactory(
        person=world.student,
        role=Role.ORGANISATION_COORDINATOR,
        organisation=world.organisation,
    )

    page = text_of(signed_in(world.student).get(START))

    assert "For whom?" in page
    assert "?for=me" in page
    assert "?for=employee" in page
    assert "?for=student" not in page


@pytest.mark.parametrize("way", ["student", "employee", "nonsense"])
def test_a_way_that_is_not_yours_is_not_found(world: World, signed_in: SignIn, way: str) -> None:
    client = signed_in(world.student)

    assert client.get(f"{START}?for={way}").status_code == 404
    assert client.post(f"{START}?for={way}", {}).status_code == 404


@pytest.mark.parametrize("programme", ["nonsense", "01a209a9-0db7-7ee9-8534-fc5feadf0efc"])
def test_a_programme_that_does_not_exist_is_not_found(
    world: World, signed_in: SignIn, programme: str
) -> None:
    answer = signed_in(world.student).get(f"{START}?for=me&programme={programme}")

    assert answer.status_code == 404


def test_a_student_finds_only_programmes_of_the_own_school_that_allow_it(
    world: World, signed_in: SignIn
) -> None:
    ProgrammeFactory(institution=world.institution, name="Mag zelf")
    ProgrammeFactory(institution=world.institution, name="Niet zelf", self_start=False)
    ProgrammeFactory(institution=world.institution, name="Gesloten", closed_at=NOW)
    ProgrammeFactory(name="Elders")
    client = signed_in(world.student)

    page = text_of(client.get(START))

    assert "Mag zelf" in page
    for name in ("Niet zelf", "Gesloten", "Elders"):
        assert name not in page
        other = Programme.objects.get(name=name)
        assert client.get(f"{START}?for=me&programme={other.pk}").status_code == 404


def test_an_employer_may_choose_any_programme_but_only_the_own_workplaces(
    world: World, signed_in: SignIn
) -> None:
    elsewhere = WorkplaceFactory(name="Van een ander")
    client = signed_in(world.organisation_coordinator)

    assert Programme.objects.exclude(institution=world.institution).get().name in text_of(
        client.get(START)
    )
    page = text_of(client.get(address("employee", world)))
    assert world.workplace.name in page
    assert "Van een ander" not in page
    assert client.get(address("employee", world, elsewhere.pk)).status_code == 404
    assert client.get(address("employee", world, "later")).status_code == 404


def test_workplaces_are_found_by_name_organisation_town_and_sector(
    world: World, signed_in: SignIn
) -> None:
    host = OrganisationFactory(name="Bakkerij Bloem", sector="voeding")
    WorkplaceFactory(organisation=host, name="Atelier", city="Ronse")
    WorkplaceFactory(organisation=host, name="Gesloten oven", closed_at=NOW)
    client = signed_in(world.student)

    for words in ("atelier", "bloem ronse", "VOEDING", "ron"):
        page = text_of(client.get(address("me", world) + f"&q={words}"))
        assert "<strong>Atelier</strong>" in page
        assert "Gesloten oven" not in page
    assert "Nothing found" in text_of(client.get(address("me", world) + "&q=xyz"))


def test_where_the_student_works_stands_first(world: World, signed_in: SignIn) -> None:
    WorkplaceFactory(organisation=OrganisationFactory(name="Aaa"), name="Eerste van de lijst")
    mine = WorkplaceFactory(organisation=OrganisationFactory(name="Zzz"), name="Mijn eigen werk")
    MembershipFactory(person=world.student, role=Role.COLLEAGUE, organisation=mine.organisation)

    page = text_of(signed_in(world.student).get(address("me", world)))

    assert page.index("Mijn eigen werk") < page.index("Eerste van de lijst")


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_workplaces_costs_the_same_however_long(
    world: World, signed_in: SignIn, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    WorkplaceFactory.create_batch(count)
    client = signed_in(world.student)

    with django_assert_num_queries(7):
        client.get(address("me", world))


def test_many_workplaces_come_in_pages(world: World, signed_in: SignIn) -> None:
    for number in range(25):
        WorkplaceFactory(name=f"Werkplek {number:02}")
    client = signed_in(world.student)

    first = client.get(address("me", world) + "&q=werkplek").content.decode()
    second = client.get(address("me", world) + "&q=werkplek&page=2").content.decode()

    assert first.count("Choose<span") == 20
    assert second.count("Choose<span") == 5
    assert "q=werkplek" in first
