"""Two partners write in the log at the same moment: each tells the other."""

import time
from typing import Any

import pytest

from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routelog import actions, notifications
from tussenstop.routelog.models import Word

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


def writes(world: World, by: Person, **changes: Any) -> Word:
    return actions.write(
        by=By(by),
        route=world.fresh(),
        key=changes.get("key") or uuid7(),
        text="De sleutel ligt aan het onthaal",
        mentions=(),
        now=NOW,
    )


def test_neither_waits_for_the_other_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (world.student, world.mentor, world.teacher, world.coach):
        actions.saw(by=By(person), route=world.fresh(), now=NOW)
    written = notifications.written

    def slowly(*args: Any, **more: Any) -> None:
        time.sleep(0.3)
        written(*args, **more)

    monkeypatch.setattr(notifications, "written", slowly)
    results = together(lambda: writes(world, world.student), lambda: writes(world, world.mentor))
    assert all(isinstance(one, Word) for one in results)


def test_a_double_click_writes_once(world: World) -> None:
    key = uuid7()
    results = together(*[lambda: writes(world, world.student, key=key)] * 3)
    assert results == [Word.objects.get()] * 3
