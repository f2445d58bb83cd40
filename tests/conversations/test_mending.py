"""A tap too fast is put right: what was noted, and what was said to be held."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conversations.talks import (
    TODAY,
    WORDS,
    YESTERDAY,
    fresh,
    invites,
    notes,
    slots_of,
    to_do,
)
from tests.worlds import NOW, World
from tussenstop.conversations import queries
from tussenstop.conversations.actions import inviting, mending, talking
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.actions.points import add_point
from tussenstop.conversations.actions.talking import Noted
from tussenstop.conversations.models import Conversation, Part, Point
from tussenstop.conversations.rules import State
from tussenstop.core.errors import Refused
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)
TOMORROW = NOW + timedelta(days=1)


def mends(
    talk: Conversation, by: Person, *people: Person, now: datetime = LATER, **changes: Any
) -> Conversation:
    typed: dict[str, Any] = {"kind": "feedback", "day": YESTERDAY, **changes}
    mending.mend(
        by=By(by),
        conversation=fresh(talk),
        noted=Noted(who={one.pk for one in people}, **typed),
        now=now,
    )
    return fresh(talk)


def there(talk: Conversation) -> set[Person]:
    return {one.person for one in talk.attendees.select_related("person")}


def may_mend(talk: Conversation, person: Person, now: datetime = LATER) -> bool:
    page = queries.conversation_page(person=person, conversation_id=talk.pk, now=now)
    return page.may_mend


def test_kind_day_and_people_are_put_right_and_the_words_stay(world: World) -> None:
    talk = notes(world)
    assert may_mend(talk, world.mentor)
    for _ in range(2):
        talk = mends(talk, world.mentor, world.teacher)
    assert (talk.kind, talk.day, talk.closed) == ("feedback", YESTERDAY, False)
    assert there(talk) == {world.mentor, world.teacher}
    assert Part.objects.get().text == WORDS


def test_with_the_coach_there_it_becomes_theirs_alone(world: World) -> None:
    talk = mends(notes(world), world.mentor, world.student, world.coach)
    assert talk.closed


def test_only_who_noted_it_and_not_once_another_wrote(world: World) -> None:
    talk = notes(world)
    with pytest.raises(Refused):
        mends(talk, world.student, world.mentor)
    talking.write(by=By(world.student), conversation=talk, text="Ik ook", seen=0, now=NOW)
    assert not may_mend(talk, world.mentor)
    with pytest.raises(CannotTalk, match="Somebody else wrote"):
        mends(talk, world.mentor, world.student)
    with pytest.raises(CannotTalk, match="Somebody else wrote"):
        mending.take_off(by=By(world.mentor), conversation=fresh(talk), now=LATER)
    assert Part.objects.count() == 2


def test_for_a_day_and_not_what_was_planned(world: World) -> None:
    talk = notes(world)
    late = NOW + timedelta(days=1)
    assert not may_mend(talk, world.mentor, late)
    with pytest.raises(CannotTalk, match="stands now"):
        mends(talk, world.mentor, world.student, now=late)
    planned = invites(world, TOMORROW)
    talking.hold(by=By(world.mentor), conversation=fresh(planned), day=TODAY, now=LATER)
    assert not may_mend(planned, world.mentor)
    with pytest.raises(CannotTalk, match="stands now"):
        mends(planned, world.mentor, world.student)


def test_who_would_do_something_stays(world: World) -> None:
    talk = notes(world, point=to_do(world.student))
    with pytest.raises(CannotTalk, match=world.student.name):
        mends(talk, world.mentor, world.teacher)
    assert there(talk) == {world.mentor, world.student}


def test_what_does_not_belong_there_is_gone_for_everybody(world: World) -> None:
    talk = notes(world, point=to_do(world.mentor), others="De nachtploeg")
    for _ in range(2):
        mending.take_off(by=By(world.mentor), conversation=fresh(talk), now=LATER)
    assert not Part.objects.exists()
    assert not Point.objects.exists()
    assert fresh(talk).others == ""
    assert not queries.just_noted_for(world.student, now=LATER)
    found = queries.list_page(person=world.teacher, route_id=world.route.pk, now=LATER)
    assert list(found.behind) == []


def test_who_was_not_there_takes_nothing_off(world: World) -> None:
    talk = notes(world)
    for person in (world.student, world.teacher):
        with pytest.raises(Refused):
            mending.take_off(by=By(person), conversation=fresh(talk), now=LATER)


def test_a_planned_talk_that_was_not_held_yet_stands_again(world: World) -> None:
    talk = invites(world, TOMORROW)
    slots = list(slots_of(talk).values())
    inviting.answer(
        by=By(world.student), conversation=fresh(talk), suits=slots, seen=slots, now=NOW
    )
    talking.hold(by=By(world.student), conversation=fresh(talk), day=TODAY, now=LATER)
    assert fresh(talk).state == State.HELD
    for _ in range(2):
        mending.not_held(by=By(world.student), conversation=fresh(talk), now=LATER)
    talk = fresh(talk)
    assert (talk.state, talk.day) == (State.PLANNED, TOMORROW.date())
    assert Move.objects.filter(person=world.mentor, code=MoveCode.NOTE_TALK).exists()


def test_what_somebody_wrote_about_was_held(world: World) -> None:
    talk = invites(world, TOMORROW)
    talking.hold(by=By(world.student), conversation=fresh(talk), day=TODAY, now=LATER)
    add_point(by=By(world.mentor), conversation=fresh(talk), point=to_do(world.mentor), now=NOW)
    with pytest.raises(CannotTalk, match="it was held"):
        mending.not_held(by=By(world.student), conversation=fresh(talk), now=LATER)
    with pytest.raises(CannotTalk, match="not planned"):
        mending.not_held(by=By(world.student), conversation=notes(world), now=LATER)
