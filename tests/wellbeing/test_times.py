"""What somebody who asks may expect, and when silence is told."""

from datetime import timedelta

import pytest

from tests.factories import MembershipFactory, PersonFactory
from tests.wellbeing.telling import asks
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.people.rules import Role
from tussenstop.wellbeing import queries
from tussenstop.wellbeing.actions import asking, coaching, own
from tussenstop.wellbeing.times import Time, times_of

pytestmark = pytest.mark.django_db


def time_of(world: World) -> Time:
    return times_of([world.coach], now=NOW)[world.coach.pk]


def silent_for(person: Person) -> list[queries.Silent]:
    return queries.own(person=person, now=NOW).silent


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


def test_who_asks_often_does_not_learn_when_somebody_else_asked(world: World) -> None:
    answered(world, 8, days=1.5)
    for _time in range(5):
        question = asks(world.mentor, world.coach, now=NOW - timedelta(days=2))
        asking.reply(by=By(world.coach), question=question, key=uuid7(), text="Ja", now=NOW)
    assert time_of(world).usual is None  # nine people, thirteen answers


def test_how_it_went_is_told_once_there_is_enough(world: World) -> None:
    answered(world, 9, days=1.5)
    assert time_of(world).usual is None
    answered(world, 1, days=1.5)
    assert time_of(world).usual == 2


def test_silence_is_told_to_who_asked_and_only_then(world: World) -> None:
    coaching.set_answer_time(by=By(world.coach), institution=world.institution, days=3, now=NOW)
    question = asks(world.mentor, world.coach, now=NOW - timedelta(days=4))
    asks(world.student, world.coach, now=NOW - timedelta(days=2))
    assert silent_for(world.mentor) == [queries.Silent(question, left=False)]
    assert silent_for(world.student) == []
    asking.reply(by=By(world.coach), question=question, key=uuid7(), text="Ja", now=NOW)
    assert silent_for(world.mentor) == []


def test_that_a_coach_left_is_told_at_once_because_no_answer_can_come(world: World) -> None:
    question = asks(world.student, world.coach)
    assert silent_for(world.student) == []
    world.coach.memberships.update(until=NOW)
    Participation.objects.filter(person=world.coach).update(ended_at=NOW)
    assert silent_for(world.student) == [queries.Silent(question, left=True)]


def test_an_answer_stands_on_today_until_it_is_done_also_for_who_said_no(world: World) -> None:
    own.choose(by=By(world.student), wants=False, now=NOW)
    assert queries.own_line(person=world.student, now=NOW) is None
    question = asks(world.student, world.coach)
    asking.reply(by=By(world.coach), question=question, key=uuid7(), text="Ja", now=NOW)
    line = queries.own_line(person=world.student, now=NOW)
    assert line is not None
    assert line.answered == [question]
    asking.close(by=By(world.student), question=question, now=NOW)
    assert queries.own_line(person=world.student, now=NOW) is None
