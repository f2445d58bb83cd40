"""A form that is sent twice at one moment: there once, and nobody is told that it was not found."""

import pytest

from tests.together import a_database_for_threads, together
from tests.wellbeing.telling import CANARY, asks, opted_in, tells_and_shares
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.wellbeing.actions import asking, coaching, own
from tussenstop.wellbeing.models import CheckIn, Note, Question, Reply
from tussenstop.wellbeing.rules import Urgency

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.usefixtures("a_database_for_threads"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


def test_a_check_in(world: World) -> None:
    person, key = opted_in(world.student), uuid7()

    def tell() -> CheckIn:
        items = dict.fromkeys(pack().check_in, 3)
        return own.check_in(by=By(person), key=key, items=items, word=CANARY, now=NOW)

    one, other = together(tell, tell)
    assert one == other
    assert CheckIn.objects.count() == 1


def test_a_question_and_its_answer_are_told_of_once(world: World) -> None:
    key, before = uuid7(), OutgoingMail.objects.count()

    def ask() -> Question:
        return asking.ask(
            by=By(world.student),
            key=key,
            coach=world.coach,
            what="Kunnen we praten?",
            urgency=Urgency.THIS_WEEK,
            reach="",
            now=NOW,
        )

    one, other = together(ask, ask)
    assert one == other
    assert OutgoingMail.objects.count() == before + 1

    def answer() -> None:
        asking.reply(by=By(world.coach), question=one, key=key, text="Ja", now=NOW)

    assert together(answer, answer) == [None, None]
    assert Reply.objects.count() == 1
    assert OutgoingMail.objects.count() == before + 2


def test_a_note_of_the_coach(world: World) -> None:
    tells_and_shares(world)
    asks(world.student, world.coach)
    key = uuid7()

    def note() -> None:
        coaching.note(by=By(world.coach), person=world.student, key=key, text="Bellen", now=NOW)

    assert together(note, note) == [None, None]
    assert Note.objects.count() == 1
