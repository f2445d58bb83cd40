"""Somebody leaves the route while a conversation is ahead: nobody is stuck, and who left hears no
more of it."""

from datetime import timedelta

import pytest

from tests.conversations.talks import fresh, invites, slots_of
from tests.worlds import NOW, World
from tussenstop.conversations import queries
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.days import own_talks
from tussenstop.conversations.models import Conversation
from tussenstop.conversations.poll_queries import poll_of
from tussenstop.core.errors import Refused
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import people
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW)


def leaves(world: World, person: Person) -> None:
    people.end_role(by=By(person), route=world.fresh(), part=world.part(person), now=NOW)


def answers(talk: Conversation, person: Person, *suits: object) -> None:
    slots = slots_of(talk)
    inviting.answer(
        by=By(person),
        conversation=fresh(talk),
        suits=[slots[at] for at in suits],  # type: ignore[index]
        seen=list(slots.values()),
        now=NOW,
    )


def waits_for(person: Person) -> set[str]:
    talks = (MoveCode.ANSWER_TALK, MoveCode.CHOOSE_TALK, MoveCode.NOTE_TALK)
    return set(Move.objects.filter(person=person, code__in=talks).values_list("code", flat=True))


def three_of_us(world: World, *, by: Person) -> Conversation:
    others = [one for one in (world.student, world.mentor, world.teacher) if one != by]
    return invites(world, TOMORROW, LATER, by=by, to=others, kind="three_way")


def test_who_left_is_not_waited_for(world: World) -> None:
    talk = three_of_us(world, by=world.teacher)
    answers(talk, world.student, TOMORROW)
    assert waits_for(world.mentor) == {MoveCode.ANSWER_TALK}
    leaves(world, world.mentor)
    assert waits_for(world.teacher) == {MoveCode.CHOOSE_TALK}
    chosen = slots_of(talk)[TOMORROW]
    inviting.choose(by=By(world.teacher), conversation=fresh(talk), slot_id=chosen, now=NOW)
    assert fresh(talk).starts_at == TOMORROW


def test_the_last_answer_fixes_it_without_who_left(world: World) -> None:
    talk = three_of_us(world, by=world.teacher)
    leaves(world, world.mentor)
    answers(talk, world.student, LATER)
    assert fresh(talk).starts_at == LATER


def test_when_the_one_who_proposed_left_the_others_choose(world: World) -> None:
    talk = three_of_us(world, by=world.mentor)
    answers(talk, world.student, TOMORROW, LATER)
    answers(talk, world.teacher, TOMORROW, LATER)
    slot = slots_of(talk)[LATER]
    with pytest.raises(Refused):
        inviting.choose(by=By(world.student), conversation=fresh(talk), slot_id=slot, now=NOW)
    leaves(world, world.mentor)
    assert waits_for(world.student) == waits_for(world.teacher) == {MoveCode.CHOOSE_TALK}
    assert poll_of(fresh(talk), world.student, now=NOW).chooses  # type: ignore[union-attr]
    inviting.choose(by=By(world.student), conversation=fresh(talk), slot_id=slot, now=NOW)
    assert fresh(talk).starts_at == LATER


def test_when_the_one_who_planned_it_left_the_others_note_it(world: World) -> None:
    talk = invites(world, TOMORROW, by=world.mentor)
    answers(talk, world.student, TOMORROW)
    leaves(world, world.mentor)
    assert waits_for(world.student) == {MoveCode.NOTE_TALK}


def test_who_left_gets_no_letter_and_keeps_nothing_in_their_calendar(world: World) -> None:
    """Not the hour, not the name of the student, not the word with which it is called off."""
    talk = three_of_us(world, by=world.teacher)
    for person in (world.student, world.mentor):
        answers(talk, person, TOMORROW)
    first, last = NOW.date(), LATER.date()
    assert own_talks(world.mentor, first, last)
    leaves(world, world.mentor)
    assert own_talks(world.mentor, first, last) == []
    assert own_talks(world.student, first, last)
    OutgoingMail.objects.all().delete()
    inviting.call_off(by=By(world.teacher), conversation=fresh(talk), word="Zieke dochter", now=NOW)
    assert {mail.to for mail in OutgoingMail.objects.all()} == {world.student.email}


def test_the_page_says_who_no_longer_travels_along(world: World) -> None:
    talk = three_of_us(world, by=world.teacher)
    leaves(world, world.mentor)
    page = queries.conversation_page(person=world.student, conversation_id=talk.pk, now=NOW)
    assert page.left == [world.mentor]
