"""Offering and finding places in the browser."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import CompetenceFactory
from tests.matching.offering import a_place, draft
from tests.startposition.telling import CANARIES, shares, tells, tells_everything
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.access.models import Look
from tussenstop.core.ids import uuid7
from tussenstop.matching.models import Place, Wish

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def filled(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Leren in een klein team",
        "programmes": [str(world.programme.pk)],
        "starts_on": "2027-02-01",
        "ends_on": "2027-06-30",
        "days": ["2", "4"],
        "hours_a_week": "16",
        "seats": "2",
        "seats_lowest": "0",
        "languages": ["nl"],
        "tasks": "Koffie schenken\nMee op ronde",
        "story": "Dinsdag is soep.",
        **changes,
    }


def test_a_coordinator_describes_a_place_opens_it_and_closes_it(
    world: World, signed_in: SignIn
) -> None:
    browser, key = signed_in(world.organisation_coordinator), uuid7()
    answer = browser.post(url("place_add", world.workplace.pk), filled(world, key=str(key)))
    assert answer.headers["Location"] == url("place", key)
    page = browser.get(url("place", key)).content.decode()
    assert "This is a draft." in page
    assert "Dinsdag is soep." in page
    assert "Mee op ronde" in page
    for to, says in (("published", "0 students show interest"), ("closed", "This place is closed")):
        browser.post(url("place_state", key), {"to": to})
        assert says in browser.get(url("place", key)).content.decode()


def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_stays(
    world: World, signed_in: SignIn
) -> None:
    answer = signed_in(world.organisation_coordinator).post(
        url("place_add", world.workplace.pk),
        filled(world, key=str(uuid7()), ends_on="2026-01-01", seats="-1"),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "At least 0, please." in page
    assert "Mee op ronde" in page
    assert not Place.objects.exists()


def test_competences_are_asked_once_the_programmes_are_known(
    world: World, signed_in: SignIn
) -> None:
    one = CompetenceFactory(programme=world.programme, code="K1")
    place, browser = draft(world), signed_in(world.organisation_coordinator)
    assert "K1" in browser.get(url("place_edit", place.pk)).content.decode()
    answer = browser.post(
        url("place_edit", place.pk),
        filled(world, version=str(place.version), competences=[str(one.pk)]),
    )
    assert answer.headers["Location"] == url("place", place.pk)
    assert list(Place.objects.get().competences.all()) == [one]


def test_somebody_who_was_first_is_told(world: World, signed_in: SignIn) -> None:
    place, browser = draft(world), signed_in(world.organisation_coordinator)
    browser.post(url("place_edit", place.pk), filled(world, version="1", title="Eerst"))
    answer = browser.post(url("place_edit", place.pk), filled(world, version="1", title="Later"))
    assert answer.status_code == 422
    assert "It says now: “Eerst”" in answer.content.decode()


def test_a_student_sees_why_a_place_fits_and_keeps_it(world: World, signed_in: SignIn) -> None:
    place = a_place(world)
    tells(world, "time", {"week": {"2": {"morning": "free"}}})
    browser = signed_in(world.student)
    assert "Free in your week: Tuesday" in browser.get(url("places")).content.decode()
    page = browser.get(url("place", place.pk)).content.decode()
    assert "Why this fits you" in page
    browser.post(url("place_wish", place.pk), {"answer": "yes"})
    page = browser.get(url("favourites", world.route.pk)).content.decode()
    assert place.title in page
    assert "Let them know" in page


def test_a_teacher_sees_the_place_without_anything_of_a_student(
    world: World, signed_in: SignIn
) -> None:
    place = a_place(world)
    tells(world, "time", {"week": {"2": {"morning": "free"}}})
    browser = signed_in(world.teacher)
    for address in (url("places"), url("place", place.pk)):
        page = browser.get(address).content.decode()
        assert place.title in page
        assert "Free in your week" not in page


def test_who_did_not_say_yes_to_their_route_yet_looks_around_like_anybody(
    world: World, signed_in: SignIn
) -> None:
    place = a_place(world)
    world.route.participations.filter(role="student").update(accepted_at=None)
    browser = signed_in(world.student)
    for address in (url("places"), url("place", place.pk)):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert "Why this fits you" not in answer.content.decode()


def test_the_places_stand_on_a_map_too(world: World, signed_in: SignIn) -> None:
    world.workplace.__class__.objects.update(postal_code="9000", city="Gent")
    a_place(world)
    page = signed_in(world.teacher).get(url("places") + "?map=yes&programme=").content.decode()
    assert 'id="town-9000"' in page
    assert "As a list" in page


@pytest.mark.parametrize(
    "query", ["programme=x", "programme=0", "day=9", "travel=abc", "culture=nope", "page=x"]
)
def test_an_odd_address_is_no_error(world: World, signed_in: SignIn, query: str) -> None:
    a_place(world)
    assert signed_in(world.student).get(f"{url('places')}?{query}").status_code == 200


def test_nothing_found_says_so(world: World, signed_in: SignIn) -> None:
    a_place(world)
    page = signed_in(world.student).get(url("places") + "?q=zwembad").content.decode()
    assert "Nothing like this is open" in page


def test_the_workplace_reads_only_what_was_shared_of_who_is_interested(
    world: World, signed_in: SignIn
) -> None:
    place = a_place(world)
    tells_everything(world)
    shares(world, motivation=["workplaces"], balance=["mentor"], time=["mentor"])
    browser = signed_in(world.student)
    browser.post(url("place_wish", place.pk), {"answer": "yes"})
    address = url("place_interest", place.pk)
    assert "Nobody yet" in signed_in(world.organisation_coordinator).get(address).content.decode()
    browser.post(
        url("favourite_show", world.route.pk, place.pk), {"answer": "yes", "word": "Tot binnenkort"}
    )
    page = signed_in(world.organisation_coordinator).get(address).content.decode()
    assert "Sara Student" in page
    assert "Tot binnenkort" in page
    assert {key for key, canary in CANARIES.items() if canary in page} == {"motivation"}
    browser.post(url("favourite_show", world.route.pk, place.pk), {"answer": "no"})
    assert (
        "Sara Student"
        not in signed_in(world.organisation_coordinator).get(address).content.decode()
    )


def test_a_student_sees_that_a_workplace_read_what_they_share(
    world: World, signed_in: SignIn
) -> None:
    place = a_place(world)
    tells_everything(world)
    browser, sight = signed_in(world.student), url("route_sight", world.route.pk)
    browser.post(url("place_wish", place.pk), {"answer": "yes"})
    browser.post(url("favourite_show", world.route.pk, place.pk), {"answer": "yes"})
    workplace = signed_in(world.organisation_coordinator)
    workplace.get(url("place_interest", place.pk))
    assert not Look.objects.exists()  # nothing was shared, so nothing was read
    shares(world, motivation=["workplaces"])
    workplace.get(url("place_interest", place.pk))
    assert Look.objects.get().person == world.organisation_coordinator
    assert "Els Organisatie" in browser.get(sight).content.decode()


def test_what_a_workplace_prefers_is_read_by_that_workplace_alone(
    world: World, signed_in: SignIn
) -> None:
    place = a_place(world)
    student = signed_in(world.student)
    student.post(url("place_wish", place.pk), {"answer": "yes"})
    student.post(url("favourite_show", world.route.pk, place.pk), {"answer": "yes"})
    workplace = signed_in(world.organisation_coordinator)
    workplace.post(url("place_prefer", place.pk, world.route.pk), {"grade": "3"})
    page = workplace.get(url("place_interest", place.pk)).content.decode()
    assert '<option value="3" selected>rather another</option>' in page
    for address in (url("place", place.pk), url("favourites", world.route.pk)):
        assert "rather another" not in student.get(address).content.decode()
    workplace.post(url("place_prefer", place.pk, world.route.pk), {"grade": ""})
    assert "selected" not in workplace.get(url("place_interest", place.pk)).content.decode()
    answer = workplace.post(url("place_prefer", place.pk, world.route.pk), {"grade": "77"})
    assert answer.status_code == 404


def test_favourites_are_put_in_order(world: World, signed_in: SignIn) -> None:
    one, two = a_place(world, title="Een"), a_place(world, title="Twee")
    browser = signed_in(world.student)
    for place in (one, two):
        browser.post(url("place_wish", place.pk), {"answer": "yes"})
    browser.post(url("favourite_move", world.route.pk, two.pk), {"to": "up"})
    titles = Wish.objects.order_by("position").values_list("place__title", flat=True)
    assert list(titles) == ["Twee", "Een"]
    browser.post(url("favourite_move", world.route.pk, two.pk), {"to": "away"})
    assert Wish.objects.get().place == one


def test_the_page_of_a_workplace_lists_its_places(world: World, signed_in: SignIn) -> None:
    draft(world, title="Nog een ontwerp")
    a_place(world, title="Open plek")
    address = url("workplace", world.workplace.pk)
    page = signed_in(world.student).get(address).content.decode()
    assert "Open plek" in page
    assert "Nog een ontwerp" not in page
    page = signed_in(world.organisation_coordinator).get(address).content.decode()
    assert "Nog een ontwerp" in page
    assert "Offer a place" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_places_costs_the_same_however_long(
    world: World,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _number in range(count):
        a_place(world)
    browser = signed_in(world.student)
    browser.get(url("places"))
    with django_assert_num_queries(17):
        browser.get(url("places"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_who_is_interested_costs_the_same_however_long(
    world: World,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    places = [a_place(world) for _number in range(count)]
    student = signed_in(world.student)
    for place in places:
        student.post(url("place_wish", place.pk), {"answer": "yes"})
        student.post(url("favourite_show", world.route.pk, place.pk), {"answer": "yes"})
    browser = signed_in(world.organisation_coordinator)
    browser.get(url("place_interest", places[0].pk))
    with django_assert_num_queries(15):
        browser.get(url("place_interest", places[0].pk))
