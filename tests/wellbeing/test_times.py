"""What somebody who asks may expect, and when silence is told."""

from datetime import timedelta

import pytest

from tests.factories import MembershipFactory, PersonFactory
from tests.wellbeing.telling import asks
from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.rules import Role
from tussenstop.wellbeing import queries
from tussenstop.wellbeing.actions import asking, coaching
from tussenstop.wellbeing.times import Time, times_of

pytestmark = pytest.mark.django_db


def time_of(world: World) -> Time:
    return times_of([world.coach], now=NOW)[world.coach.pk]


def answered(world: World, count: int, days: float) -> None:
    for _number in range(count):
        person = PersonFactory()
        MembershipFactory(person=person, role=Role.STUDENT, institution=world.institution)
        asked = NOW - timedelta(days=20)
        question = asks(person, world.coach, now=asked)
        asking.reply(
            by=By(world.coach),
            question=question,
            key=uuid7(),
            text="Ja",
            now=asked + timedelta(days=days),
        )


def test_nobody_knows_before_anything_was_promised(world: World) -> None:
    assert time_of(world) == Time()


def test_the_promise_of_the_institution_is_told(world: World) -> None:
    coaching.set_answer_time(by=By(world.coach), institution=world.institution, days=3, now=NOW)
    assert time_of(world) == Time(promised=3)
    with pytest.raises(NotFound):
        coaching.set_answer_time(
            by=By(world.programme_coordinator), institution=world.institution, days=1, now=NOW
        )


def test_how_it_went_is_told_once_there_is_enough(world: World) -> None:
    answered(world, 9, days=1.5)
    assert time_of(world).usual is None
    answered(world, 1, days=1.5)
    assert time_of(world).usual == 2


def test_silence_is_told_to_who_asked_and_only_then(world: World) -> None:
    coaching.set_answer_time(by=By(world.coach), institution=world.institution, days=3, now=NOW)
    question = asks(world.mentor, world.coach, now=NOW - timedelta(days=4))
    asks(world.student, world.coach, now=NOW - timedelta(days=2))
    assert queries.silent_questions(world.mentor, now=NOW) == [question]
    assert queries.silent_questions(world.student, now=NOW) == []
    asking.reply(by=By(world.coach), question=question, key=uuid7(), text="Ja", now=NOW)
    assert queries.silent_questions(world.mentor, now=NOW) == []
