"""Planning a conversation: asked, answered by each, fixed when it suits all, called off."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conversations.talks import TODAY, fresh, invites, slots_of
from tests.worlds import NOW, World
from tussenstop.calendars.queries import fixed_blocks
from tussenstop.conversations import queries
from tussenstop.conversations.actions import inviting, talking
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.models import Conversation, Slot
from tussenstop.conversations.moves import talks_open
from tussenstop.conversations.poll_queries import poll_of
from tussenstop.conversations.rules import State
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=3)


def answers(talk: Conversation, who: Person, *moments: datetime, word: str = "") -> None:
    slots = slots_of(talk)
    inviting.answer(
        by=By(who),
        conversation=fresh(talk),
        suits=[slots[moment] for moment in moments],
        seen=list(slots.values()),
        word=word,
        now=NOW,
    )


def waits_for(person: Person) -> set[str]:
    talk_codes = [MoveCode.ANSWER_TALK, MoveCode.CHOOSE_TALK, MoveCode.NOTE_TALK]
    rows = Move.objects.filter(person=person, code__in=talk_codes, since__lte=NOW)
    return set(rows.values_list("code", flat=True))


def letters_to(person: Person) -> list[str]:
    rows = OutgoingMail.objects.filter(to=person.email).order_by("pk")
    return [mail.text for mail in rows if "/d/" in mail.text]


def test_who_is_asked_gets_a_letter_and_a_move(world: World) -> None:
    before = len(letters_to(world.student))
    talk = invites(world, TOMORROW, LATER)
    assert fresh(talk).state == State.ASKED
    assert waits_for(world.student) == {MoveCode.ANSWER_TALK}
    assert waits_for(world.mentor) == set()
    assert len(letters_to(world.student)) == before + 1


def test_a_double_tap_asks_once(world: World) -> None:
    key = uuid7()
    assert invites(world, TOMORROW, key=key) == invites(world, TOMORROW, key=key)
    assert Conversation.objects.count() == Slot.objects.count() == 1
    with pytest.raises(NotFound):
        invites(world, TOMORROW, key=key, by=world.teacher)


@pytest.mark.parametrize(
    "moments",
    [
        [],
        [NOW - timedelta(hours=1)],
        [NOW + timedelta(days=500)],
        [NOW + timedelta(hours=n) for n in range(1, 7)],
    ],
)
def test_moments_that_make_no_sense_are_refused(world: World, moments: list[datetime]) -> None:
    with pytest.raises(CannotTalk) as refusal:
        invites(world, *moments)
    assert refusal.value.field == "moments"


def test_the_one_moment_that_suits_all_is_fixed_and_stands_in_every_calendar(
    world: World,
) -> None:
    talk = invites(world, TOMORROW, LATER, to=[world.student, world.teacher])
    answers(talk, world.student, LATER)
    assert fresh(talk).starts_at is None
    answers(talk, world.teacher, TOMORROW, LATER)
    assert fresh(talk).starts_at == LATER
    assert fresh(talk).state == State.PLANNED
    for person in (world.student, world.mentor, world.teacher):
        day = LATER.date()
        blocks = fixed_blocks(person=person, start=day, end=day, now=NOW)
        assert [block.given.uid for block in blocks if block.given] == [f"talk-{talk.pk}"]
    assert waits_for(world.student) == set()
    assert fixed_blocks(person=world.coach, start=TODAY, end=LATER.date(), now=NOW) == []


def test_among_several_whoever_asked_chooses(world: World) -> None:
    talk = invites(world, TOMORROW, LATER)
    answers(talk, world.student, TOMORROW, LATER)
    assert waits_for(world.mentor) == {MoveCode.CHOOSE_TALK}
    slot = slots_of(talk)[LATER]
    with pytest.raises(Refused):
        inviting.choose(by=By(world.student), conversation=fresh(talk), slot_id=slot, now=NOW)
    for _twice in range(2):
        inviting.choose(by=By(world.mentor), conversation=fresh(talk), slot_id=slot, now=NOW)
    assert fresh(talk).starts_at == LATER


def test_a_moment_that_does_not_suit_all_is_not_chosen(world: World) -> None:
    talk = invites(world, TOMORROW, LATER, to=[world.student, world.teacher])
    answers(talk, world.student, LATER)
    with pytest.raises(CannotTalk):
        inviting.choose(
            by=By(world.mentor),
            conversation=fresh(talk),
            slot_id=slots_of(talk)[LATER],
            now=NOW,
        )


def test_when_nothing_suits_whoever_asked_proposes_others(world: World) -> None:
    talk = invites(world, TOMORROW)
    answers(talk, world.student, word="Liever 's middags")
    assert waits_for(world.mentor) == {MoveCode.CHOOSE_TALK}
    poll = poll_of(fresh(talk), world.mentor, now=NOW)
    assert poll is not None
    assert poll.words[0].word == "Liever 's middags"
    old = list(slots_of(talk).values())
    inviting.propose(
        by=By(world.mentor), conversation=fresh(talk), starts=[LATER], seen=old, now=NOW
    )
    assert waits_for(world.student) == {MoveCode.ANSWER_TALK}
    with pytest.raises(Stale):  # the student answers what was on the screen before
        inviting.answer(
            by=By(world.student), conversation=fresh(talk), suits=old, seen=old, now=NOW
        )
    answers(talk, world.student, LATER)
    assert fresh(talk).starts_at == LATER


def test_two_who_propose_others_at_once_do_not_undo_each_other(world: World) -> None:
    talk = invites(world, TOMORROW)
    old = list(slots_of(talk).values())
    sent: dict[str, Any] = {"conversation": fresh(talk), "seen": old, "now": NOW}
    inviting.propose(by=By(world.student), starts=[LATER], **sent)
    inviting.propose(by=By(world.student), starts=[LATER], **sent)  # sent twice
    with pytest.raises(Stale):
        inviting.propose(by=By(world.mentor), starts=[LATER + timedelta(hours=1)], **sent)
    assert list(slots_of(talk)) == [LATER]


def test_a_fixed_moment_stands_until_another_one_is(world: World) -> None:
    talk = invites(world, TOMORROW)
    answers(talk, world.student, TOMORROW)
    inviting.propose(
        by=By(world.student), conversation=fresh(talk), starts=[LATER], seen=[], now=NOW
    )
    assert fresh(talk).starts_at == TOMORROW
    answers(talk, world.mentor, LATER)
    assert fresh(talk).starts_at == LATER


def test_the_same_answer_twice_is_one_and_sends_one_letter(world: World) -> None:
    talk = invites(world, TOMORROW)
    slots = slots_of(talk)
    sent: dict[str, Any] = {"suits": list(slots.values()), "seen": list(slots.values()), "now": NOW}
    inviting.answer(by=By(world.student), conversation=fresh(talk), **sent)
    count = OutgoingMail.objects.count()
    inviting.answer(by=By(world.student), conversation=fresh(talk), **sent)
    assert OutgoingMail.objects.count() == count


def test_who_was_not_asked_answers_nothing(world: World) -> None:
    talk = invites(world, TOMORROW)
    for outsider, refusal in ((world.teacher, Refused), (world.other_student, NotFound)):
        with pytest.raises(refusal):
            answers(talk, outsider, TOMORROW)
    closed = invites(world, LATER, closed=True)
    with pytest.raises(NotFound):
        answers(closed, world.teacher, LATER)


def test_called_off_it_leaves_the_calendars_and_stays_for_who_looks_back(world: World) -> None:
    talk = invites(world, TOMORROW)
    answers(talk, world.student, TOMORROW)
    for _twice in range(2):
        inviting.call_off(by=By(world.student), conversation=fresh(talk), word="Ziek", now=NOW)
    day = TOMORROW.date()
    assert fixed_blocks(person=world.mentor, start=day, end=day, now=NOW) == []
    found = queries.list_page(person=world.mentor, route_id=world.route.pk, now=NOW)
    assert found.behind.get().state == State.CANCELLED
    assert "Ziek" in letters_to(world.mentor)[-1]
    with pytest.raises(CannotTalk):
        talking.write(by=By(world.mentor), conversation=fresh(talk), text="Jammer", seen=0, now=NOW)


def test_after_the_moment_whoever_asked_is_asked_how_it_was(world: World) -> None:
    talk = invites(world, TOMORROW)
    answers(talk, world.student, TOMORROW)
    move = Move.objects.get(code=MoveCode.NOTE_TALK)
    assert (move.person, move.since) == (world.mentor, TOMORROW + timedelta(minutes=30))
    after = TOMORROW + timedelta(hours=2)
    talking.write(by=By(world.student), conversation=fresh(talk), text="Fijn", seen=0, now=after)
    assert fresh(talk).held_at == after
    assert waits_for(world.mentor) == set()
    with pytest.raises(CannotTalk):
        inviting.call_off(by=By(world.student), conversation=fresh(talk), word="", now=after)


def test_nobody_else_is_told_of_a_closed_talk_that_is_planned(world: World) -> None:
    talk = invites(world, TOMORROW, by=world.coach, to=[world.student])
    assert fresh(talk).closed
    from tussenstop.routes.queries import moves_on

    for person in (world.mentor, world.programme_coordinator):
        moves = moves_on(route=world.fresh(), person=person, now=NOW + timedelta(days=30))
        assert all(move.subject_id != talk.pk for move in moves)
    assert world.fresh().waiting_for != "coach"


def test_slots_of_another_talk_are_no_answer(world: World) -> None:
    first, second = invites(world, TOMORROW), invites(world, LATER)
    other: list[UUID] = list(slots_of(second).values())
    with pytest.raises(Stale):
        inviting.answer(
            by=By(world.student), conversation=fresh(first), suits=other, seen=other, now=NOW
        )


def test_many_talks_ahead_make_no_act_slower(world: World) -> None:
    def reads() -> int:
        with CaptureQueriesContext(connection) as seen:
            list(talks_open(world.fresh()))
        return len(seen)

    invites(world, TOMORROW, LATER)
    few = reads()
    for _ in range(6):
        invites(world, TOMORROW, LATER)
    assert reads() == few
