"""Moments that were proposed, and passed before everybody answered."""

from datetime import datetime, timedelta

import pytest

from tests.conversations.talks import fresh, invites, slots_of
from tests.worlds import NOW, World
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.poll_queries import poll_of
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.queries import moves_of
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=3)
BETWEEN, AFTER = NOW + timedelta(days=2), NOW + timedelta(days=4)


def waits_for(person: Person, now: datetime) -> set[str]:
    talks = {MoveCode.ANSWER_TALK, MoveCode.CHOOSE_TALK}
    found = moves_of(person=person, now=now, limit=50)
    return {move.code for move in found} & talks


def test_a_moment_that_passed_is_never_fixed(world: World) -> None:
    talk = invites(world, TOMORROW, LATER)
    slots = slots_of(talk)
    inviting.answer(
        by=By(world.student),
        conversation=fresh(talk),
        suits=list(slots.values()),
        seen=list(slots.values()),
        now=BETWEEN,
    )
    assert fresh(talk).starts_at == LATER
    talk = invites(world, TOMORROW, LATER)
    slots = slots_of(talk)
    inviting.answer(
        by=By(world.student),
        conversation=fresh(talk),
        suits=list(slots.values()),
        seen=list(slots.values()),
        now=NOW,
    )
    with pytest.raises(CannotTalk, match="have passed"):
        inviting.choose(
            by=By(world.mentor), conversation=fresh(talk), slot_id=slots[TOMORROW], now=BETWEEN
        )
    poll = poll_of(fresh(talk), world.mentor, now=BETWEEN)
    assert poll is not None
    assert [one.slot.starts_at for one in poll.fitting] == [LATER]


def test_once_all_have_passed_others_are_proposed_instead_of_waiting_for_ever(
    world: World,
) -> None:
    talk = invites(world, TOMORROW, LATER)
    seen = list(slots_of(talk).values())
    assert waits_for(world.student, NOW) == {MoveCode.ANSWER_TALK}
    assert waits_for(world.mentor, NOW) == set()
    assert waits_for(world.student, AFTER) == set()
    assert waits_for(world.mentor, AFTER) == {MoveCode.CHOOSE_TALK}
    with pytest.raises(CannotTalk, match="have passed"):
        inviting.answer(
            by=By(world.student), conversation=fresh(talk), suits=seen, seen=seen, now=AFTER
        )
    inviting.propose(
        by=By(world.student),
        conversation=fresh(talk),
        starts=[AFTER + timedelta(days=1)],
        seen=seen,
        now=AFTER,
    )
    assert waits_for(world.mentor, AFTER) == {MoveCode.ANSWER_TALK}
