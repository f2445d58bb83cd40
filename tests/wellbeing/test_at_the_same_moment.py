"""A form that is sent twice at one moment: there once, and nobody is told that it was not found."""

from threading import Event
from time import sleep
from typing import Any

import pytest

from tests.together import a_database_for_threads, together
from tests.wellbeing.telling import CANARY, asks, opted_in, tells_and_shares
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.content import pack
from tussenstop.core import once
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.wellbeing import who
from tussenstop.wellbeing.actions import asking, coaching, own, sharing
from tussenstop.wellbeing.models import CheckIn, Note, Question, Reply, Share
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


@pytest.mark.parametrize("what", ["check_in", "share", "note"])
def test_nothing_is_written_while_somebody_withdraws_and_survives_it(
    world: World, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    told, begun = tells_and_shares(world), Event()
    student, coach = By(world.student), world.coach
    allowed = who.may_hear if what == "share" else once.make

    def slowly(*args: Any, **columns: Any) -> Any:
        begun.set()
        sleep(0.3)
        return allowed(*args, **columns)

    def write() -> None:
        if what == "check_in":
            items = dict.fromkeys(pack().check_in, 3)
            own.check_in(by=student, key=uuid7(), items=items, word=CANARY, now=NOW)
        elif what == "share":
            sharing.share(by=student, coach=coach, one=told, from_now_on=True, now=NOW)
        else:
            person = world.student
            coaching.note(by=By(coach), person=person, key=uuid7(), text=CANARY, now=NOW)

    def withdraw() -> None:
        assert begun.wait(10)
        own.withdraw(by=student, now=NOW)

    monkeypatch.setattr(*((who, "may_hear") if what == "share" else (once, "make")), slowly)
    assert together(write, withdraw) == [None, None]
    assert not CheckIn.objects.exists()
    assert not Share.objects.exists()
    assert not Note.objects.exists()


def test_a_note_of_the_coach(world: World) -> None:
    tells_and_shares(world)
    asks(world.student, world.coach)
    key = uuid7()

    def note() -> None:
        coaching.note(by=By(world.coach), person=world.student, key=key, text="Bellen", now=NOW)

    assert together(note, note) == [None, None]
    assert Note.objects.count() == 1
