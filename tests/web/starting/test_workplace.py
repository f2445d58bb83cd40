"""Choosing a workplace for a route that has begun."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import WorkplaceFactory
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Workplace
from tussenstop.routes.actions import start
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import Context, State


@pytest.fixture
def route(world: World) -> Route:
    """A route without a workplace."""
    return start.start_own_route(
        by=By(world.student),
        key=uuid7(),
        programme=world.programme,
        context=Context.CANDIDATE,
        now=NOW,
    )


def url(route: Route, workplace: Workplace | None = None) -> str:
    at = f"?workplace={workplace.pk}" if workplace else ""
    return reverse("route_workplace", args=[route.pk]) + at


def choose(client: Client, address: str, **data: str) -> object:
    key = re.search(r'name="key" value="([^"]*)"', client.get(address).content.decode())
    return client.post(
        address,
        {
            "key": key[1] if key else "",
            "starts_on": "2027-01-11",
            "ends_on": "2027-06-25",
            "form": "oao",
            "mentor_name": "",
            "mentor_email": "",
            "mentor_language": "nl",
            **data,
        },
    )


@pytest.mark.parametrize("role", ["student", "programme_coordinator"])
def test_student_and_programme_choose_a_workplace(
    world: World, signed_in: SignIn, route: Route, role: str
) -> None:
    client = signed_in(getattr(world, role))
    page = client.get(url(route)).content.decode()
    assert "Choose a workplace" in page
    assert f"?workplace={world.workplace.pk}" in page

    answer = choose(client, url(route, world.workplace))

    assert answer["Location"] == reverse("route", args=[route.pk])
    assert Placement.objects.get(route=route).workplace == world.workplace


def test_it_is_said_that_the_organisation_will_see_the_route(
    world: World, signed_in: SignIn, route: Route
) -> None:
    page = signed_in(world.student).get(url(route)).content.decode()

    assert "From now on this organisation sees the route" in page


def test_a_closed_workplace_is_not_found(world: World, signed_in: SignIn, route: Route) -> None:
    closed = WorkplaceFactory(closed_at=NOW)

    assert signed_in(world.student).get(url(route, closed)).status_code == 404


def test_what_can_not_be_is_said_beside_its_field(world: World, signed_in: SignIn) -> None:
    answer = choose(signed_in(world.student), url(world.route, world.workplace))

    assert answer.status_code == 422
    assert "at this workplace in that period already" in answer.content.decode()
    assert Placement.objects.filter(route=world.route).count() == 1


def test_a_mentor_can_be_asked_at_once(world: World, signed_in: SignIn, route: Route) -> None:
    choose(
        signed_in(world.student),
        url(route, world.workplace),
        mentor_name="Mia Mentor",
        mentor_email="mia@example.org",
    )

    assert route.participations.get(role="mentor").person.email == "mia@example.org"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("student", 200),
        ("programme_coordinator", 200),
        ("mentor", 403),
        ("teacher", 403),
        ("coach", 403),
        ("godparent", 403),
        ("organisation_coordinator", 403),
        ("other_student", 404),
        ("other_programme_coordinator", 404),
        ("other_organisation_coordinator", 404),
        ("administrator", 404),
        ("stranger", 404),
    ],
)
def test_who_may_choose(world: World, signed_in: SignIn, role: str, status: int) -> None:
    client = signed_in(getattr(world, role))

    assert client.get(url(world.route)).status_code == status
    assert client.get(url(world.route, world.workplace)).status_code == status
    if status != 200:
        assert choose(client, url(world.route, world.workplace)).status_code == status


def leave_url(route: Route, placement: Placement) -> str:
    return reverse("route_workplace_leave", args=[route.pk, placement.pk])


def test_a_workplace_that_was_not_it_can_be_left(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.student)
    assert "This was not it" in client.get(url(world.route)).content.decode()

    answer = client.post(leave_url(world.route, world.placement), follow=True)

    page = answer.content.decode()
    assert f"{world.workplace.name} is no longer the workplace of this route." in page
    assert "<h1>Choose a workplace</h1>" in page


def test_what_was_agreed_offers_no_leaving(world: World, signed_in: SignIn) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=State.UNDER_WAY)
    client = signed_in(world.student)

    assert "This was not it" not in client.get(url(world.route)).content.decode()
    assert client.post(leave_url(world.route, world.placement)).status_code == 409


@pytest.mark.parametrize(
    ("role", "status"),
    [("mentor", 403), ("organisation_coordinator", 403), ("other_student", 404), ("stranger", 404)],
)
def test_who_may_not_leave(world: World, signed_in: SignIn, role: str, status: int) -> None:
    client = signed_in(getattr(world, role))

    assert client.post(leave_url(world.route, world.placement)).status_code == status


def test_a_workplace_of_another_route_is_not_left_by_this_address(
    world: World, signed_in: SignIn, route: Route
) -> None:
    answer = signed_in(world.student).post(leave_url(route, world.placement))

    assert answer.status_code == 404
