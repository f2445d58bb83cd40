"""The list of routes: only one's own, findable, and as light with many as with one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.routes.starting import place, start_student
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.people.actions import Invited
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State


def text_of(world: World, signed_in: SignIn, who: str, query: str = "") -> str:
    return signed_in(getattr(world, who)).get(f"/routes/{query}").content.decode()


def another_route(world: World, number: int) -> Route:
    student = Invited(f"nieuw{number}@example.org", f"Noor Nieuw{number}", "en")
    route = start_student(world, student=student, teacher=world.teacher, place=place(world))
    Participation.objects.filter(route=route).update(accepted_at=NOW)
    return route


@pytest.mark.parametrize(
    "who", ["student", "mentor", "teacher", "programme_coordinator", "organisation_coordinator"]
)
def test_one_sees_the_routes_one_travels_or_coordinates_and_no_others(
    world: World, signed_in: SignIn, who: str
) -> None:
    page = text_of(world, signed_in, who)

    assert "Sara Student" in page
    assert "Andere Student" not in page


def test_who_has_none_reads_what_to_do(world: World, signed_in: SignIn) -> None:
    page = text_of(world, signed_in, "stranger")

    assert 'class="empty' in page
    assert "Sara Student" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?words=noor", {"Noor Nieuw1", "Noor Nieuw2"}),
        ("?words=SARA", {"Sara Student"}),
        ("?words=noor+nieuw2", {"Noor Nieuw2"}),
        ("?state=stopped", {"Noor Nieuw1"}),
        ("?words=nobody", set()),
    ],
)
def test_words_and_state_narrow_the_list(
    world: World, signed_in: SignIn, query: str, names: set[str]
) -> None:
    first, _second = another_route(world, 1), another_route(world, 2)
    Route.objects.filter(pk=first.pk).update(state=State.STOPPED)

    page = text_of(world, signed_in, "teacher", query)

    everybody = {"Sara Student", "Noor Nieuw1", "Noor Nieuw2"}
    assert {name for name in everybody if f">{name}<" in page} == names


def test_a_search_that_finds_nothing_says_so_and_keeps_the_words(
    world: World, signed_in: SignIn
) -> None:
    page = text_of(world, signed_in, "teacher", "?words=nobody")

    assert 'value="nobody"' in page
    assert 'class="empty' in page


def test_a_query_that_nobody_could_type_is_no_error(world: World, signed_in: SignIn) -> None:
    for query in ("?state=nonsense", "?programme=nonsense", "?page=nonsense", "?page=-4"):
        page = text_of(world, signed_in, "teacher", query)
        assert "<h1" in page


def test_a_long_list_comes_in_pages_that_cost_the_same(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.teacher)
    another_route(world, 0)
    client.get("/routes/")
    with CaptureQueriesContext(connection) as with_two:
        client.get("/routes/")
    for number in range(1, 27):
        another_route(world, number)

    with CaptureQueriesContext(connection) as with_many:
        first = client.get("/routes/").content.decode()
    second = client.get("/routes/?page=2").content.decode()

    assert len(with_many) == len(with_two)
    assert first.count("line-small") == 25
    assert second.count("line-small") == 3
    assert "page=2" in first
