"""A questionnaire of the institution, filled in for oneself alone: under the rules of a check-in."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.instruments.keeping import DUTCH, ENGLISH, in_use, uses
from tests.wellbeing.telling import CANARY, answers, opted_in, shares, tells
from tests.worlds import NOW, World
from tussenstop.core import sealed
from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.instruments import actions as keeping
from tussenstop.instruments.models import Instrument
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.wellbeing import answers as reads
from tussenstop.wellbeing import coach_queries, queries
from tussenstop.wellbeing.actions import answering, own, sharing
from tussenstop.wellbeing.models import Answered, Share

pytestmark = pytest.mark.django_db


def tries(person: Person, instrument: Instrument, given: list[int], **more: object) -> Answered:
    values = {"key": uuid7(), "word": "", "now": NOW, **more}
    return answering.answer(by=By(person), instrument=instrument, answers=given, **values)  # type: ignore[arg-type]


def read_by(coach: Person, person: Person) -> list[object]:
    found = coach_queries.shared_by(coach=coach, person_id=person.pk, now=NOW)
    return list(coach_queries.moments(found.course))


@pytest.mark.parametrize("name", ["student", "teacher", "coach"])
def test_who_belongs_fills_it_in_and_reads_it_back(world: World, name: str) -> None:
    person = getattr(world, name)
    told = answers(person, in_use(world), 3)
    found = reads.get_answered(person=person, answered_id=told.pk)
    assert (found.answers, found.word) == ([3, 3], CANARY)


@pytest.mark.parametrize("name", ["mentor", "other_student", "other_teacher"])
def test_who_does_not_belong_finds_nothing(world: World, name: str) -> None:
    person, instrument = opted_in(getattr(world, name)), in_use(world)
    with pytest.raises(NotFound):
        tries(person, instrument, [1, 1])
    assert reads.lines(person=person, now=NOW) == []


def test_without_a_yes_nothing_is_kept(world: World) -> None:
    instrument = in_use(world)
    with pytest.raises(NotFound):
        tries(world.student, instrument, [1, 1])
    own.choose(by=By(world.student), wants=False, now=NOW)
    with pytest.raises(NotFound):
        tries(world.student, instrument, [1, 1])


def test_sent_twice_it_is_there_once_also_when_it_ended_meanwhile(world: World) -> None:
    instrument, key = in_use(world), uuid7()
    opted_in(world.student)
    tries(world.student, instrument, [1, 2], key=key)
    keeping.withdraw(by=By(world.programme_coordinator), instrument=instrument, now=NOW)
    tries(world.student, instrument, [1, 2], key=key)
    assert Answered.objects.count() == 1


def test_a_key_of_somebody_else_gives_nothing_away(world: World) -> None:
    instrument = in_use(world)
    theirs = answers(world.teacher, instrument)
    opted_in(world.student)
    with pytest.raises(NotFound):
        tries(world.student, instrument, [1, 1], key=theirs.pk)


@pytest.mark.parametrize(
    ("given", "field"), [([1], None), ([1, 4], "q2"), ([0, 1], "q1"), ([1, 1, 1], None)]
)
def test_an_answer_that_does_not_exist_is_refused(
    world: World, given: list[int], field: str | None
) -> None:
    instrument = in_use(world)
    opted_in(world.student)
    with pytest.raises(own.CannotTell) as refusal:
        tries(world.student, instrument, given)
    assert refusal.value.field == field
    assert not Answered.objects.exists()


def test_after_the_last_day_nothing_new_is_kept_and_what_was_kept_stays(world: World) -> None:
    instrument = in_use(world, until=NOW.date() + timedelta(days=3))
    told = answers(world.student, instrument)
    late = NOW + timedelta(days=4)
    with pytest.raises(own.CannotTell, match="does not offer this any more"):
        tries(world.student, instrument, [1, 1], now=late)
    (line,) = reads.lines(person=world.student, now=late)
    assert (line.offered, line.answered) == (False, True)
    assert list(reads.of_family(person=world.student, family=instrument.family)) == [told]


def test_answers_stay_on_the_version_that_was_read(world: World) -> None:
    old, by = in_use(world), By(world.programme_coordinator)
    first = answers(world.student, old, days_ago=0.2)
    draft = keeping.new_version(by=by, instrument=old, now=NOW)
    text = {"items": ["Iets heel anders."], "labels": ["nee", "ja"]}
    Instrument.objects.filter(pk=draft.pk).update(
        wording={"nl": {"name": "Nieuw", "introduction": "", **text}}
    )
    new = uses(world, draft)
    second = answers(world.student, new, 1, days_ago=0.1)
    found = list(reads.of_family(person=world.student, family=old.family))
    assert found == [second, first]
    assert [one.instrument.spoken.items for one in found] == [("Iets heel anders.",), DUTCH.items]
    assert [
        (one.instrument, one.answered) for one in reads.lines(person=world.student, now=NOW)
    ] == [(new, True)]


def test_more_than_a_person_would_do_is_refused(world: World) -> None:
    instrument = in_use(world)
    for _time in range(own.MOST_A_DAY):
        answers(world.student, instrument)
    with pytest.raises(own.CannotTell, match="often enough"):
        answers(world.student, instrument)


def test_the_database_holds_no_answer_and_another_secret_seals_it_anew(
    world: World, settings: object
) -> None:
    answers(world.student, in_use(world))

    def kept() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT said FROM wellbeing_answered")
            return str(cursor.fetchone()[0])

    before = kept()
    assert CANARY not in before
    assert "answers" not in before
    settings.WELLBEING_KEYS = ["another secret", *settings.WELLBEING_KEYS]  # type: ignore[attr-defined]
    assert sealed.reseal() == (1, 0)
    assert kept() != before
    assert Answered.objects.get().word == CANARY


def test_no_story_and_no_mail_tells_of_it(world: World) -> None:
    instrument = in_use(world)
    stories, mails = AuditEntry.objects.count(), OutgoingMail.objects.count()
    told = answers(world.student, instrument)
    shares(world.student, world.coach, told)
    answering.remove(by=By(world.student), answered=told)
    assert AuditEntry.objects.count() == stories
    assert OutgoingMail.objects.count() == mails


def test_this_one_is_only_this_one(world: World) -> None:
    instrument = in_use(world)
    answers(world.student, instrument, days_ago=0.2)
    this = answers(world.student, instrument, days_ago=0.1)
    tells(world.student)
    shares(world.student, world.coach, this)
    assert read_by(world.coach, world.student) == [this]


def test_from_now_on_holds_check_ins_and_questionnaires_in_their_order(world: World) -> None:
    instrument = in_use(world, ENGLISH)
    answers(world.student, instrument)
    tells(world.student, days_ago=0.1)
    later = NOW + timedelta(minutes=1)
    shares(world.student, world.coach, now=later)
    first = tells(world.student, now=NOW + timedelta(minutes=2))
    second = answers(world.student, instrument, now=NOW + timedelta(minutes=3))
    assert read_by(world.coach, world.student) == [second, first]


def test_from_one_on_holds_that_one_too(world: World) -> None:
    told = answers(world.student, in_use(world))
    sharing.share(by=By(world.student), coach=world.coach, one=told, from_now_on=True, now=NOW)
    assert read_by(world.coach, world.student) == [told]


def test_taken_back_or_removed_it_is_gone_at_once(world: World) -> None:
    instrument = in_use(world)
    for end in (
        lambda one: sharing.stop(by=By(world.student), share=Share.objects.get()),
        lambda one: answering.remove(by=By(world.student), answered=one),
    ):
        told = answers(world.student, instrument)
        shares(world.student, world.coach, told)
        shares(world.student, world.coach, told)
        assert Share.objects.count() == 1
        end(told)
        with pytest.raises(NotFound):
            read_by(world.coach, world.student)
        assert not Share.objects.exists()


def test_one_s_own_can_be_removed_and_another_s_can_not(world: World) -> None:
    instrument = in_use(world)
    mine, theirs = answers(world.student, instrument), answers(world.teacher, instrument)
    with pytest.raises(NotFound):
        reads.get_answered(person=world.student, answered_id=theirs.pk)
    with pytest.raises(NotFound):
        queries.get_moment(person=world.student, moment_id=theirs.pk)
    answering.remove(by=By(world.student), answered=theirs)
    answering.remove(by=By(world.student), answered=mine)
    assert list(Answered.objects.all()) == [theirs]


@pytest.mark.parametrize("stop", ["no", "withdraw"])
def test_stopping_deletes_one_s_answers_and_nobody_else_s(world: World, stop: str) -> None:
    instrument = in_use(world)
    shares(world.student, world.coach, answers(world.student, instrument))
    theirs = answers(world.teacher, instrument)
    by = By(world.student)
    if stop == "no":
        own.choose(by=by, wants=False, now=NOW)
    else:
        own.withdraw(by=by, now=NOW)
    assert list(Answered.objects.all()) == [theirs]
    assert not Share.objects.exists()


def test_what_is_older_than_is_kept_goes_by_itself(world: World) -> None:
    instrument = in_use(world)
    answers(world.student, instrument)
    kept = answers(world.student, instrument, now=NOW + timedelta(days=300))
    own.forget_old(NOW + timedelta(days=500))
    assert list(Answered.objects.all()) == [kept]


def test_it_changes_nothing_of_rhythm_or_course(world: World) -> None:
    """No score: answers to a questionnaire neither rise nor fall."""
    instrument = in_use(world)
    before = queries.own(person=opted_in(world.student), now=NOW)
    for level in (3, 2, 1):
        answers(world.student, instrument, level, days_ago=0.1 * level)
    after = queries.own(person=world.student, now=NOW + timedelta(days=1))
    assert (after.course, after.falling) == (before.course, False)
    line = queries.own_line(person=world.student, now=NOW + timedelta(days=1))
    assert line is not None
    assert line.due
