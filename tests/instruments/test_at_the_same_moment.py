"""Two coordinators at one moment: on SQLite and PostgreSQL alike."""

import pytest

from tests.instruments.keeping import ENGLISH, a_right, a_text, adds, in_use
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.errors import DomainError, Stale
from tussenstop.core.ids import uuid7
from tussenstop.instruments import actions
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import State
from tussenstop.people.acting import By

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.usefixtures("a_database_for_threads"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


def test_what_is_sent_twice_is_there_once(world: World) -> None:
    key = uuid7()

    def add() -> Instrument:
        return actions.add(
            by=By(world.programme_coordinator),
            institution=world.institution,
            key=key,
            text=a_text(),
            now=NOW,
        )

    together(add, add)
    assert Instrument.objects.count() == 1


def test_two_new_versions_are_one(world: World) -> None:
    used = in_use(world)

    def again() -> Instrument:
        return actions.new_version(by=By(world.programme_coordinator), instrument=used, now=NOW)

    one, other = together(again, again)
    assert one.pk == other.pk
    assert Instrument.objects.count() == 2


def test_who_writes_while_another_gives_their_word_loses_nothing(world: World) -> None:
    """Either the word holds for the text that was read, or the text was changed and the word is
    asked again."""
    draft, by = adds(world), By(world.programme_coordinator)
    answers = together(
        lambda: actions.edit(by=by, instrument=draft, seen=1, text=a_text(ENGLISH), now=NOW),
        lambda: actions.put_in_use(
            by=by, instrument=draft, seen=1, held=a_right(), confirmed=True, now=NOW
        ),
    )
    kept = Instrument.objects.get()
    refused = [one for one in answers if isinstance(one, DomainError)]
    assert len(refused) == 1
    if kept.state == State.IN_USE:
        assert isinstance(refused[0], actions.CannotKeep)
        assert kept.wordings != [ENGLISH]
    else:
        assert isinstance(refused[0], Stale)
        assert kept.wordings == [ENGLISH]


def test_who_deletes_a_draft_that_just_came_in_use_is_refused_or_first(world: World) -> None:
    draft, by = adds(world), By(world.programme_coordinator)
    answers = together(
        lambda: actions.delete(by=by, instrument=draft, now=NOW),
        lambda: actions.put_in_use(
            by=by, instrument=draft, seen=1, held=a_right(), confirmed=True, now=NOW
        ),
    )
    assert sum(isinstance(one, DomainError) for one in answers) == 1
    assert Instrument.objects.filter(state=State.IN_USE).count() == Instrument.objects.count()
