"""Today: where am I on the route, whose move is it, what can I do now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import InstitutionFactory, MembershipFactory, PersonFactory
from tests.routes.starting import place, start_student
from tests.web.conftest import SignIn
from tests.worlds import NOW, World, with_a_proposal
from tussenstop.access.models import Participation
from tussenstop.people.actions import Invited
from tussenstop.people.rules import Role
from tussenstop.routes.models import Stop


def text_of(client: Client) -> str:
    return client.get("/").content.decode()


def test_one_s_own_route_is_drawn_in_full(world: World, signed_in: SignIn) -> None:
    page = text_of(signed_in(world.student))

    assert "line-full" in page
    assert "Hello Sara" in page


def test_what_waits_stands_on_top_with_a_button(world: World, signed_in: SignIn) -> None:
    with_a_proposal(world)

    page = text_of(signed_in(world.mentor))

    assert "Your answer is asked:" in page
    assert "Read and answer" in page
    assert page.index("Waiting for you") < page.index("My routes")


def test_what_waits_for_others_is_not_asked_of_me(world: World, signed_in: SignIn) -> None:
    with_a_proposal(world)

    assert "Your answer is asked:" not in text_of(signed_in(world.other_mentor))


def test_the_coming_week_shows_the_stops_one_takes_part_in(world: World, signed_in: SignIn) -> None:
    Stop.objects.filter(pk=world.stop("onboarding").pk).update(
        starts_at=NOW + timedelta(days=3), place="Zaal 2"
    )

    assert "Zaal 2" in text_of(signed_in(world.mentor))
    assert "Zaal 2" not in text_of(signed_in(world.other_mentor))


def test_somebody_without_routes_reads_what_to_expect(world: World, signed_in: SignIn) -> None:
    page = text_of(signed_in(world.administrator))

    assert "No routes yet" in page
    assert "To the partnership" in page
    assert "Nothing waits for you" not in page


def test_who_may_start_a_route_is_shown_how(world: World, signed_in: SignIn) -> None:
    fresh = PersonFactory(language="en")
    MembershipFactory(
        person=fresh, role=Role.PROGRAMME_COORDINATOR, institution=InstitutionFactory()
    )

    page = text_of(signed_in(fresh))

    assert "No routes yet" in page
    assert "Start a route" in page


@pytest.mark.parametrize("who", ["teacher", "programme_coordinator"])
def test_more_routes_cost_no_more_queries(world: World, signed_in: SignIn, who: str) -> None:
    def another_route(number: int) -> None:
        student = Invited(f"nieuw{number}@example.org", f"Noor {number}", "en")
        route = start_student(world, student=student, teacher=world.teacher, place=place(world))
        Participation.objects.filter(route=route).update(accepted_at=NOW)

    client = signed_in(getattr(world, who))
    another_route(1)
    text_of(client)
    with CaptureQueriesContext(connection) as with_two:
        text_of(client)
    for number in (2, 3, 4):
        another_route(number)

    with CaptureQueriesContext(connection) as with_five:
        page = text_of(client)

    assert page.count("line-small") == 5
    assert len(with_five) == len(with_two)
