"""One's own wellbeing: chosen, kept sealed, and taken away for good."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.wellbeing.telling import CANARY, asks, opted_in, shares, tells
from tests.worlds import NOW, World
from tussenstop.content import pack
from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.wellbeing import queries
from tussenstop.wellbeing.actions import asking, coaching, own
from tussenstop.wellbeing.models import CheckIn, Choice, Look, Note, Promise, Question, Share
from tussenstop.wellbeing.rules import Rhythm

pytestmark = pytest.mark.django_db
MOVES = ("student", "mentor", "teacher", "coach")
OTHERS = ("godparent", "organisation_coordinator", "programme_coordinator", "administrator")


@pytest.mark.parametrize("name", MOVES)
def test_who_learns_or_guides_can_look_at_how_they_are_doing(world: World, name: str) -> None:
    person = getattr(world, name)
    tells(person)
    assert [one.word for one in queries.own(person=person, now=NOW).course] == [CANARY]


@pytest.mark.parametrize("name", [*OTHERS, "stranger"])
def test_for_others_it_does_not_exist(world: World, name: str) -> None:
    person = getattr(world, name)
    with pytest.raises(NotFound):
        own.choose(by=By(person), wants=True, now=NOW)
    with pytest.raises(NotFound):
        queries.own(person=person, now=NOW)
    assert queries.own_line(person=person, now=NOW) is None


def test_without_a_yes_nothing_is_kept(world: World) -> None:
    items = dict.fromkeys(pack().check_in, 3)
    with pytest.raises(NotFound):
        own.check_in(by=By(world.student), key=uuid7(), items=items, word="", now=NOW)
    own.choose(by=By(world.student), wants=False, now=NOW)
    with pytest.raises(NotFound):
        own.check_in(by=By(world.student), key=uuid7(), items=items, word="", now=NOW)


def test_a_no_is_quiet_and_can_become_a_yes(world: World) -> None:
    own.choose(by=By(world.student), wants=False, now=NOW)
    assert queries.own_line(person=world.student, now=NOW) is None
    own.choose(by=By(world.student), wants=True, now=NOW)
    assert queries.own(person=world.student, now=NOW).opted_in


def test_a_no_leaves_questions_to_a_coach_as_they_are(world: World) -> None:
    tells(world.student)
    asks(world.student, world.coach)
    own.choose(by=By(world.student), wants=False, now=NOW)
    assert not CheckIn.objects.exists()
    assert Question.objects.count() == 1


def test_sent_twice_it_is_there_once(world: World) -> None:
    opted_in(world.student)
    key, items = uuid7(), dict.fromkeys(pack().check_in, 2)
    for _time in range(2):
        own.check_in(by=By(world.student), key=key, items=items, word="", now=NOW)
    assert CheckIn.objects.count() == 1


def test_a_key_of_somebody_else_gives_nothing_away(world: World) -> None:
    theirs = tells(world.mentor)
    opted_in(world.student)
    items = dict.fromkeys(pack().check_in, 2)
    with pytest.raises(NotFound):
        own.check_in(by=By(world.student), key=theirs.pk, items=items, word="", now=NOW)


def test_an_answer_that_does_not_exist_is_refused_beside_its_sentence(world: World) -> None:
    opted_in(world.student)
    items = {**dict.fromkeys(pack().check_in, 2), "balance": 9}
    with pytest.raises(own.CannotTell) as refusal:
        own.check_in(by=By(world.student), key=uuid7(), items=items, word="", now=NOW)
    assert refusal.value.field == "balance"


def test_the_database_does_not_hold_what_was_told(world: World) -> None:
    tells(world.student)
    asks(world.student, world.coach)
    with connection.cursor() as cursor:
        for table in ("wellbeing_checkin", "wellbeing_question"):
            cursor.execute(f"SELECT said FROM {table}")
            (kept,) = cursor.fetchone()
            assert CANARY not in kept
            assert "items" not in kept
            assert "what" not in kept


def test_nothing_of_it_is_written_in_any_story(world: World) -> None:
    before = AuditEntry.objects.count()
    told = tells(world.student)
    shares(world.student, world.coach, told)
    asks(world.student, world.coach)
    own.withdraw(by=By(world.student), now=NOW)
    assert AuditEntry.objects.count() == before


def test_withdrawing_deletes_for_real(world: World) -> None:
    told = tells(world.student)
    shares(world.student, world.coach, told)
    asks(world.student, world.coach)
    Look.objects.create(person=world.student, coach=world.coach, at=NOW)
    Note.objects.create(person=world.student, coach=world.coach, at=NOW, text=CANARY)
    Promise.objects.create(
        person=world.student, coach=world.coach, made_at=NOW, due_on=NOW.date(), what=CANARY
    )
    tells(world.mentor)
    own.withdraw(by=By(world.student), now=NOW)
    for table in (CheckIn, Share, Question, Look, Note, Promise):
        assert not table.objects.filter(person=world.student).exists(), table
    assert CheckIn.objects.filter(person=world.mentor).count() == 1
    assert not Choice.objects.get(person=world.student).wants


def test_one_s_own_can_be_removed_and_another_s_can_not(world: World) -> None:
    mine, theirs = tells(world.student), tells(world.mentor)
    own.remove(by=By(world.student), check_in=theirs)
    own.remove(by=By(world.student), check_in=mine)
    assert list(CheckIn.objects.all()) == [theirs]


def test_the_rhythm_is_what_somebody_chose(world: World) -> None:
    tells(world.student, days_ago=10)
    for rhythm, due in ((Rhythm.WEEK, True), (Rhythm.MONTH, False), (Rhythm.NEVER, False)):
        own.set_rhythm(by=By(world.student), rhythm=rhythm)
        line = queries.own_line(person=world.student, now=NOW)
        assert line is not None
        assert line.due is due


def test_not_this_week_is_respected(world: World) -> None:
    for days, level in ((30, 4), (20, 3), (10, 2)):
        tells(world.student, level, days_ago=days)
    own.set_rhythm(by=By(world.student), rhythm=Rhythm.WEEK)
    line = queries.own_line(person=world.student, now=NOW)
    assert line is not None
    assert line.due
    assert line.falling
    own.be_quiet(by=By(world.student), now=NOW)
    line = queries.own_line(person=world.student, now=NOW)
    assert line is not None
    assert not line.due
    assert not line.falling


def test_three_times_in_one_evening_are_no_falling_line(world: World) -> None:
    for hours, level in ((3, 4), (2, 3), (1, 2)):
        tells(world.student, level, days_ago=hours / 24)
    assert not queries.own(person=world.student, now=NOW).falling
    line = queries.own_line(person=world.student, now=NOW)
    assert line is not None
    assert not line.falling


def test_what_is_older_than_is_kept_goes_by_itself(world: World) -> None:
    tells(world.student, days_ago=500)
    kept = tells(world.student)
    own.forget_old(NOW)
    assert list(CheckIn.objects.all()) == [kept]


def test_what_a_coach_kept_of_somebody_goes_by_itself_too(world: World) -> None:
    long_ago = NOW - timedelta(days=500)
    left_open = asks(world.student, world.coach, now=long_ago)
    going_on = asks(world.student, world.coach, now=long_ago)
    asking.reply(by=By(world.student), question=going_on, key=uuid7(), text="Nog", now=NOW)
    for at in (long_ago, NOW):
        mine = {"by": By(world.coach), "person": world.student, "now": at}
        coaching.note(key=uuid7(), text=CANARY, **mine)
        coaching.promise(key=uuid7(), what=CANARY, due_on=at.date(), **mine)
    own.forget_old(NOW)
    assert left_open not in Question.objects.all()
    assert list(Question.objects.all()) == [going_on]
    assert [one.at for one in Note.objects.all()] == [NOW]
    assert [one.due_on for one in Promise.objects.all()] == [NOW.date()]


def test_somebody_who_left_still_reaches_what_is_theirs(world: World) -> None:
    tells(world.mentor)
    world.mentor.memberships.update(until=NOW - timedelta(hours=1))
    world.mentor.participations.update(ended_at=NOW)
    assert queries.own(person=world.mentor, now=NOW).course
    own.withdraw(by=By(world.mentor), now=NOW)
    assert not CheckIn.objects.exists()
