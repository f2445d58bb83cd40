"""Several people act on the hours of one route at the same moment."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.hours.writing import hours, writes
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.errors import Stale
from tussenstop.core.ids import uuid7
from tussenstop.hours import actions
from tussenstop.hours.models import Change, Entry, Remark
from tussenstop.people.acting import By
from tussenstop.routes.moves import rebuild

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


@pytest.fixture
def slow_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wrote a row takes their time before they come to the route."""

    def slowly(route: Any) -> None:
        time.sleep(0.4)
        rebuild(route)

    monkeypatch.setattr(actions, "rebuild", slowly)


def a_moment_later(act: Callable[[], Any]) -> Callable[[], Any]:
    def later() -> Any:
        time.sleep(0.1)
        return act()

    return later


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("route__student").get(pk=entry.pk)


@pytest.mark.usefixtures("slow_moves")
def test_taken_out_while_it_is_corrected_neither_waits_for_ever(world: World) -> None:
    entry = fresh(writes(world))
    by = By(world.student)
    results = together(
        lambda: actions.take_out(by=by, entry=entry, seen=1, now=NOW),
        a_moment_later(
            lambda: actions.correct(
                by=by, entry=fresh(entry), seen=1, hours=hours(done="Anders"), now=NOW
            )
        ),
    )
    assert results[0] is None
    assert isinstance(results[1], Stale)
    assert fresh(entry).removed_at == NOW


@pytest.mark.usefixtures("slow_moves")
def test_a_question_while_the_hours_are_confirmed(world: World) -> None:
    entry = fresh(writes(world))
    by = By(world.mentor)
    results = together(
        lambda: actions.say(by=by, entry=entry, key=uuid7(), text="Tot hoe laat?", now=NOW),
        a_moment_later(
            lambda: actions.confirm(by=by, route=world.fresh(), seen=[(entry.pk, 1)], now=NOW)
        ),
    )
    assert results == [None, 1]
    assert fresh(entry).confirmed_at == NOW


def test_a_double_click_says_it_once(world: World) -> None:
    entry, key = fresh(writes(world)), uuid7()
    by = By(world.mentor)
    results = together(
        *[lambda: actions.say(by=by, entry=fresh(entry), key=key, text="Klopt?", now=NOW)] * 3
    )
    assert results == [None] * 3
    assert Remark.objects.count() == 1


def test_confirmed_just_before_a_correction_the_trace_tells_it(world: World) -> None:
    """The student's page was open when the mentor said yes."""
    on_screen = fresh(writes(world))
    actions.confirm(by=By(world.mentor), route=world.fresh(), seen=[(on_screen.pk, 1)], now=NOW)
    actions.correct(
        by=By(world.student), entry=on_screen, seen=1, hours=hours(done="Anders"), now=NOW
    )
    assert Change.objects.get().was_confirmed
