"""Several people act on one route at the same moment."""

import time
from typing import Any

import pytest

from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.actions import people, state
from tussenstop.routes.rules import State

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


def test_the_mentor_leaves_while_the_route_is_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both end what the mentor sees: one from the person, one from the route."""
    rebuild = moves.rebuild

    def slowly(route: Any) -> None:
        time.sleep(0.4)
        rebuild(route)

    monkeypatch.setattr(moves, "rebuild", slowly)
    route, part = world.fresh(), world.part(world.mentor)

    def stops() -> None:
        time.sleep(0.1)
        state.stop_route(by=By(world.student), route=route, learned="Te ver", now=NOW)

    results = together(
        lambda: people.end_role(by=By(world.mentor), route=world.fresh(), part=part, now=NOW),
        stops,
    )
    assert results == [None, None]
    assert world.fresh().state == State.STOPPED
