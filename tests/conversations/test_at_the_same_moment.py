"""Two people at one conversation at the same moment."""

import pytest

from tests.conversations.talks import fresh, notes
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.conversations import queries
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.talking import AlreadyNoted, CommonStale
from tussenstop.conversations.models import Conversation
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


def test_both_note_the_talk_and_one_is_asked(world: World) -> None:
    results = together(
        lambda: notes(world),
        lambda: notes(world, by=world.student, to=[world.mentor]),
    )
    assert Conversation.objects.count() == 1
    assert sum(isinstance(one, AlreadyNoted) for one in results) == 1


def test_a_double_click_notes_once(world: World) -> None:
    key = uuid7()
    results = together(*[lambda: notes(world, key=key)] * 3)
    assert results == [Conversation.objects.get()] * 3


def test_both_save_the_text_of_all_and_neither_is_lost(world: World) -> None:
    talk = notes(world)

    def saves(person: Person, text: str) -> None:
        seen = 0
        while True:
            try:
                talking.write_together(
                    by=By(person), conversation=fresh(talk), text=text, seen=seen, now=NOW
                )
            except CommonStale as stale:  # who does not put them together, saves once more
                seen = stale.version
            else:
                return

    together(lambda: saves(world.mentor, "Van de mentor"), lambda: saves(world.student, "Van Sara"))
    found = fresh(talk)
    kept = {found.common, *(one.text for one in queries.before_of(found))}
    assert kept == {"Van de mentor", "Van Sara"}
