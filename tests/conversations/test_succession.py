"""A role is handed over while talks are ahead: the new one comes in place of who left."""

from datetime import timedelta
from typing import Any

import pytest

from tests.conversations.talks import fresh, invites, notes, slots_of
from tests.factories import PersonFactory
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.conversations.actions import inviting, preparing
from tussenstop.conversations.days import own_talks
from tussenstop.conversations.models import Conversation
from tussenstop.conversations.poll_queries import poll_of
from tussenstop.conversations.preparation_queries import preparations_of, prepare_page
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


@pytest.fixture
def new() -> Person:
    return PersonFactory(name="Nele Nieuw", email="nele@example.org")


def takes_over(world: World, leaver: Person, new: Person) -> None:
    part = people.replace(
        by=By(world.student if leaver == world.mentor else world.programme_coordinator),
        route=world.fresh(),
        part=world.part(leaver),
        successor=new,
        now=NOW,
    )
    accepts(part)


def accepts(part: Participation) -> None:
    people.answer_invitation(by=By(part.person), part=part, takes_part=True, now=NOW)


def planned(world: World, **changes: Any) -> Conversation:
    """Tomorrow, of the mentor and the student."""
    talk = invites(world, TOMORROW, **changes)
    for one in talk.attendees.exclude(person=world.mentor).select_related("person"):
        answers(talk, one.person)
    return fresh(talk)


def answers(talk: Conversation, person: Person) -> None:
    slots = list(slots_of(talk).values())
    inviting.answer(by=By(person), conversation=fresh(talk), suits=slots, seen=slots, now=NOW)


def there(talk: Conversation) -> set[str]:
    return set(talk.attendees.values_list("person__name", flat=True))


def letters(person: Person) -> list[str]:
    return [mail.text for mail in OutgoingMail.objects.filter(to=person.email).order_by("pk")]


def test_the_new_mentor_comes_into_the_planned_talk_its_calendar_and_is_told(
    world: World, new: Person
) -> None:
    talk = planned(world, place="Kantine")
    takes_over(world, world.mentor, new)
    assert "Nele Nieuw" in there(talk)
    assert own_talks(new, NOW.date(), LATER.date())
    told = letters(new)[-1]
    assert "Mo Mentor" in told
    assert "24 november" in told
    assert "/d/" in told
    assert Move.objects.filter(person=world.student, code=MoveCode.NOTE_TALK).exists()


def test_the_new_teacher_is_asked_which_moments_suit(world: World, new: Person) -> None:
    talk = invites(world, TOMORROW, LATER, to=[world.student, world.teacher], kind="three_way")
    answers(talk, world.student)
    answers(talk, world.teacher)
    takes_over(world, world.teacher, new)
    assert fresh(talk).starts_at is None
    assert Move.objects.filter(person=new, code=MoveCode.ANSWER_TALK).exists()
    poll = poll_of(fresh(talk), world.mentor, now=NOW)
    assert poll is not None
    assert poll.waiting == [new]
    assert "26 november" not in letters(new)[-1]
    assert "25 november" in letters(new)[-1]
    answers(talk, new)
    assert Move.objects.filter(person=world.mentor, code=MoveCode.CHOOSE_TALK).exists()


def test_nobody_comes_into_what_is_closed_held_called_off_or_past(
    world: World, new: Person
) -> None:
    closed = planned(world, closed=True)
    held = notes(world)
    off = planned(world)
    inviting.call_off(by=By(world.mentor), conversation=off, word="", now=NOW)
    past = planned(world)
    Conversation.objects.filter(pk=past.pk).update(starts_at=NOW - timedelta(hours=1))
    takes_over(world, world.mentor, new)
    for talk in (closed, held, off, past):
        assert "Nele Nieuw" not in there(talk)
    assert len(letters(new)) == 1  # only whether they take part


def test_a_talk_without_who_left_stays_as_it_is(world: World, new: Person) -> None:
    talk = invites(world, TOMORROW, by=world.teacher)
    takes_over(world, world.mentor, new)
    assert there(talk) == {world.teacher.name, world.student.name}


def test_one_left_and_one_comes_in_their_place(world: World, new: Person) -> None:
    """A second new mentor, and one who joins beside a mentor who stays, come into no talk."""
    talk = planned(world)
    beside = PersonFactory(name="Bart Bij", email="bart@example.org")
    accepts(
        people.invite(
            by=By(world.student),
            route=world.fresh(),
            person=beside,
            role=RouteRole.MENTOR,
            placement=world.placement,
            now=NOW,
        )
    )
    assert "Bart Bij" not in there(talk)
    takes_over(world, world.mentor, new)
    third = PersonFactory(name="Dirk Derde", email="dirk@example.org")
    accepts(
        people.invite(
            by=By(world.student),
            route=world.fresh(),
            person=third,
            role=RouteRole.MENTOR,
            placement=world.placement,
            now=NOW,
        )
    )
    assert there(talk) == {world.mentor.name, world.student.name, new.name}


def prepares(talk: Conversation, person: Person, *, seen: int = 0, shared: bool | None) -> None:
    preparing.save(
        by=By(person),
        conversation=talk,
        answers={"": f"Van {person.name}"},
        seen=seen,
        shared=shared,
        now=NOW - timedelta(minutes=5) if not seen else NOW,
    )


def shown_to(talk: Conversation, person: Person) -> set[str]:
    _mine, shown = preparations_of(fresh(talk), person)
    return {one.person.name for one in shown}


def test_what_was_prepared_before_is_not_read_by_who_came_later(world: World, new: Person) -> None:
    talk = planned(world)
    prepares(talk, world.mentor, shared=True)
    prepares(talk, world.student, shared=True)
    takes_over(world, world.mentor, new)
    assert shown_to(talk, new) == set()
    assert shown_to(talk, world.student) == {world.mentor.name, world.student.name}
    seen = prepare_page(person=world.student, conversation_id=talk.pk, now=NOW)
    assert (seen.readers, seen.later) == ([], [new])
    prepares(talk, world.student, seen=1, shared=True)
    assert shown_to(talk, new) == {world.student.name}
    seen = prepare_page(person=world.student, conversation_id=talk.pk, now=NOW)
    assert (seen.readers, seen.later) == ([new], [])
