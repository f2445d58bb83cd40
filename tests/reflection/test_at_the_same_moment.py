"""Two windows, or two people, at one moment: on SQLite and PostgreSQL alike."""

import pytest

from tests.reflection.writing import agrees, begins_loop, fresh_loop, invites, shares, writes
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.reflection.actions import looping, pairing, sharing
from tussenstop.reflection.models import Entry, LoopText, Share, TwoText
from tussenstop.reflection.rules import Column

__all__ = ["a_database_for_threads"]
pytestmark = pytest.mark.usefixtures("a_database_for_threads")


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


def test_of_two_windows_one_is_told_and_neither_text_is_lost(world: World) -> None:
    entry = writes(world, texts={"free": "begin"})
    answers = together(
        *(
            lambda text=text: writes(  # type: ignore[misc]
                world, entry_id=entry.pk, seen=1, texts={"free": text}
            )
            for text in ("links", "rechts")
        )
    )
    assert sorted(type(one).__name__ for one in answers) == ["Entry", "WrittenElsewhere"]
    kept = Entry.objects.get()
    assert kept.version == 2
    (refused,) = [one for one in answers if not isinstance(one, Entry)]
    assert refused.theirs == kept.texts


def test_a_new_entry_that_is_sent_twice_is_there_once(world: World) -> None:
    key = uuid7()
    together(*[lambda: writes(world, entry_id=key)] * 2)
    assert Entry.objects.count() == 1


def test_a_step_handed_on_twice_opens_one_step(world: World) -> None:
    loop = begins_loop(world)

    def hand_on() -> object:
        return looping.write_step(
            by=By(world.student),
            loop=fresh_loop(loop),
            step="look_back",
            text="klaar",
            seen=0,
            hand_on=True,
            now=NOW,
        )

    together(hand_on, hand_on)
    assert fresh_loop(loop).step == 1
    assert LoopText.objects.get().handed_at == NOW


def test_the_common_text_keeps_what_both_wrote(world: World) -> None:
    page = agrees(world, invites(world))
    answers = together(
        *(
            lambda person=person: pairing.write(  # type: ignore[misc]
                by=By(person),
                page=page,
                column=Column.COMMON,
                text=person.name,
                seen=0,
                now=NOW,
            )
            for person in (world.student, world.mentor)
        )
    )
    assert sorted(type(one).__name__ for one in answers) == ["ColumnElsewhere", "TwoText"]
    assert TwoText.objects.count() == 1


def test_who_stops_sharing_while_another_window_shares_is_asked_again(world: World) -> None:
    entry = writes(world)
    shares(world, entry, world.mentor, "")
    fresh = Entry.objects.get()

    def stop() -> None:
        sharing.stop(by=By(world.student), entry=entry, reader_id=world.mentor.pk, now=NOW)

    def share() -> None:
        sharing.choose(
            by=By(world.student),
            entry=fresh,
            route=world.route,
            chosen={world.mentor.pk: {"", "free"}},
            seen=fresh.sharing_version,
            now=NOW,
        )

    together(stop, share)
    assert not Share.objects.filter(reader=world.mentor).exists()
