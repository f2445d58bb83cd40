"""A coach reads what was shared with them, for as long as that lasts, and never unseen."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories import MembershipFactory, PersonFactory
from tests.wellbeing.telling import CANARY, asks, opted_in, shares, tells
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core.errors import NotFound, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.people.rules import Role
from tussenstop.wellbeing import coach_queries, queries, who
from tussenstop.wellbeing.actions import asking, coaching, own, sharing
from tussenstop.wellbeing.models import Answered, CheckIn, Note, Question, Reply, Share

pytestmark = pytest.mark.django_db
EVERYBODY = [
    "student",
    "mentor",
    "teacher",
    "coach",
    "godparent",
    "programme_coordinator",
    "organisation_coordinator",
    "administrator",
    "other_student",
    "other_mentor",
    "other_teacher",
    "other_programme_coordinator",
    "other_organisation_coordinator",
    "stranger",
]


def read_by(coach: Person, person: Person) -> list[CheckIn | Answered]:
    found = coach_queries.shared_by(coach=coach, person_id=person.pk, now=NOW)
    return coach_queries.moments(found.course)


def also_on(world: World, one: CheckIn) -> None:
    """This one, and whatever is filled in from now on."""
    student, coach = By(world.student), world.coach
    sharing.share(by=student, coach=coach, one=one, from_now_on=True, now=NOW)


def again(person: Person, at: datetime) -> dict[str, Any]:
    items = dict.fromkeys(pack().check_in, 3)
    return {"by": By(person), "key": uuid7(), "items": items, "word": CANARY, "now": at}


def test_both_sides_of_the_rule_say_the_same(world: World) -> None:
    MembershipFactory(
        person=world.other_mentor, role=Role.COACH, institution=world.programme.institution
    )
    people = [getattr(world, name) for name in EVERYBODY]
    said = {
        (coach.name, person.name) for person in people for coach in who.coaches_of(person, now=NOW)
    }
    heard = {
        (coach.name, person.name)
        for coach in people
        for person in who.people_of(coach, now=NOW)
        if person in people
    }
    assert said == heard
    assert ("Bram Coach", "Mo Mentor") in said


@pytest.mark.parametrize(
    ("role", "where"),
    [
        (Role.PROGRAMME_COORDINATOR, "institution"),
        (Role.ORGANISATION_COORDINATOR, "organisation"),
        (Role.MENTOR, "organisation"),
    ],
)
def test_who_leads_or_employs_is_nobody_s_coach(world: World, role: Role, where: str) -> None:
    assert who.may_hear(world.coach, world.student, now=NOW)
    MembershipFactory(person=world.coach, role=role, **{where: getattr(world, where)})
    assert not who.may_hear(world.coach, world.student, now=NOW)
    assert world.student not in who.people_of(world.coach, now=NOW)


def test_who_judges_is_nobody_s_coach(world: World) -> None:
    told = tells(world.student)
    shares(world.student, world.coach, told)
    assert read_by(world.coach, world.student) == [told]
    Participation.objects.create(
        route=world.route,
        person=world.coach,
        role=RouteRole.TEACHER,
        invited_at=NOW,
        accepted_at=NOW,
    )
    with pytest.raises(NotFound):
        read_by(world.coach, world.student)


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name != "coach"])
def test_nothing_can_be_shared_with_anybody_but_a_coach(world: World, name: str) -> None:
    told = tells(world.student)
    with pytest.raises(sharing.CannotShare):
        shares(world.student, getattr(world, name), told)
    assert not Share.objects.exists()


def test_this_one_is_only_this_one(world: World) -> None:
    tells(world.student, days_ago=7)
    this = tells(world.student, days_ago=3)
    tells(world.student)
    shares(world.student, world.coach, this)
    assert read_by(world.coach, world.student) == [this]


def test_from_now_on_holds_nothing_of_before(world: World) -> None:
    tells(world.student, days_ago=7)
    shares(world.student, world.coach)
    after = tells(world.student)
    assert read_by(world.coach, world.student) == [after]


def test_an_old_one_and_from_now_on_holds_nothing_of_what_lies_between(world: World) -> None:
    old = tells(world.student, days_ago=21)
    tells(world.student, days_ago=14)
    tells(world.student, days_ago=7)
    also_on(world, old)
    assert read_by(world.coach, world.student) == [old]
    new = own.check_in(**again(world.student, NOW + timedelta(days=1)))
    assert read_by(world.coach, world.student) == [new, old]


def test_who_lets_read_along_already_can_still_add_one_of_before(world: World) -> None:
    old = tells(world.student, days_ago=7)
    shares(world.student, world.coach)
    assert read_by(world.coach, world.student) == []
    also_on(world, old)
    assert read_by(world.coach, world.student) == [old]


def test_one_tap_takes_everything_back_from_one_coach_and_from_no_other(world: World) -> None:
    colleague = PersonFactory()
    MembershipFactory(person=colleague, role=Role.COACH, institution=world.institution)
    told = tells(world.student, days_ago=3)
    theirs = tells(world.mentor)
    for coach in (world.coach, colleague):
        shares(world.student, coach, told)
        shares(world.student, coach)
    shares(world.mentor, world.coach, theirs)
    sharing.stop_all(by=By(world.student), coach_id=world.coach.pk)
    with pytest.raises(NotFound):
        read_by(world.coach, world.student)
    assert read_by(colleague, world.student) == [told]
    assert read_by(world.coach, world.mentor) == [theirs]


def test_who_stopped_in_another_window_shares_nothing_any_more(world: World) -> None:
    told = tells(world.student)
    own.withdraw(by=By(world.student), now=NOW)
    for one in (told, None):
        with pytest.raises(NotFound):
            shares(world.student, world.coach, one)
    assert not Share.objects.exists()


def test_a_coach_who_left_is_not_said_to_read_along(world: World) -> None:
    told = tells(world.student)
    also_on(world, told)
    assert queries.readers_of(told, now=NOW) == [world.coach]
    assert queries.who_reads_on(world.student, now=NOW) == [world.coach]
    world.coach.memberships.update(until=NOW)
    Participation.objects.filter(person=world.coach).update(ended_at=NOW)
    assert queries.readers_of(told, now=NOW) == []
    assert queries.who_reads_on(world.student, now=NOW) == []
    found = queries.own(person=world.student, now=NOW)
    assert [(one.coach, one.left) for one in found.readers] == [(world.coach, True)]
    assert not found.is_read


def test_that_a_line_fell_long_ago_is_not_told_as_if_it_were_now(world: World) -> None:
    opted_in(world.student)
    shares(world.student, world.coach, now=NOW - timedelta(days=200))
    for days, level in ((100, 4), (90, 3), (80, 2)):
        tells(world.student, level, days_ago=days)
    then, now = NOW - timedelta(days=79), NOW
    about = {"coach": world.coach, "person_id": world.student.pk}
    assert coach_queries.shared_by(now=then, **about).falling
    assert not coach_queries.shared_by(now=now, **about).falling


def test_taken_back_it_is_gone_at_once(world: World) -> None:
    told = tells(world.student)
    shares(world.student, world.coach, told)
    assert read_by(world.coach, world.student) == [told]
    sharing.stop(by=By(world.student), share=Share.objects.get())
    with pytest.raises(NotFound):
        read_by(world.coach, world.student)
    assert not coach_queries.desk_of(coach=world.coach, now=NOW).contacts.exists()


def test_shared_twice_is_shared_once(world: World) -> None:
    told = tells(world.student)
    for _time in range(2):
        shares(world.student, world.coach, told)
        shares(world.student, world.coach)
    assert Share.objects.count() == 2


def test_another_coach_of_the_school_reads_nothing(world: World) -> None:
    colleague = PersonFactory()
    MembershipFactory(person=colleague, role=Role.COACH, institution=world.institution)
    told = tells(world.student)
    shares(world.student, world.coach, told)
    asks(world.student, world.coach)
    with pytest.raises(NotFound):
        read_by(colleague, world.student)
    with pytest.raises(NotFound):
        coach_queries.get_question(coach=colleague, question_id=Question.objects.get().pk, now=NOW)
    assert not coach_queries.desk_of(coach=colleague, now=NOW).questions.exists()


def test_a_coach_who_leaves_reads_nothing_any_more(world: World) -> None:
    shares(world.student, world.coach, tells(world.student))
    world.coach.memberships.update(until=NOW)
    Participation.objects.filter(person=world.coach).update(ended_at=NOW)
    with pytest.raises(NotFound):
        read_by(world.coach, world.student)


def test_who_is_no_longer_your_coach_gets_no_more_words(world: World) -> None:
    question = asks(world.student, world.coach)
    world.coach.memberships.update(until=NOW)
    Participation.objects.filter(person=world.coach).update(ended_at=NOW)
    with pytest.raises(asking.CannotAsk, match="no longer your coach"):
        asking.reply(by=By(world.student), question=question, key=uuid7(), text="Dag", now=NOW)
    assert not Reply.objects.exists()


def test_the_letter_says_that_something_waits_and_nothing_else(world: World) -> None:
    OutgoingMail.objects.all().delete()
    asks(world.student, world.coach)
    mail = OutgoingMail.objects.get()
    assert mail.to == world.coach.email
    for text in (mail.subject, mail.text, mail.html):
        assert CANARY not in text
        assert "Sara" not in text
        assert "wellbeing" not in text.lower()


def test_a_talk_goes_back_and_forth(world: World) -> None:
    question = asks(world.student, world.coach)
    assert coach_queries.waiting_count(coach=world.coach, now=NOW) == 1
    key = uuid7()
    for _time in range(2):
        asking.reply(by=By(world.coach), question=question, key=key, text="Ja", now=NOW)
    assert coach_queries.waiting_count(coach=world.coach, now=NOW) == 0
    asking.close(by=By(world.student), question=question, now=NOW)
    asking.reply(by=By(world.student), question=question, key=uuid7(), text="Toch", now=NOW)
    assert coach_queries.waiting_count(coach=world.coach, now=NOW) == 1
    assert [one.text for one in queries.replies_to([question])[question.pk]] == ["Ja", "Toch"]


@pytest.mark.parametrize("name", [n for n in EVERYBODY if n not in {"student", "coach"}])
def test_nobody_else_says_anything_on_a_question(world: World, name: str) -> None:
    question = asks(world.student, world.coach)
    by = By(getattr(world, name))
    with pytest.raises(NotFound):
        asking.reply(by=by, question=question, key=uuid7(), text="Dag", now=NOW)
    with pytest.raises(NotFound):
        asking.close(by=by, question=question, now=NOW)
    asking.take_back(by=by, question=question)
    assert Question.objects.get().closed_at is None
    assert not Reply.objects.exists()


def test_taken_back_a_question_is_gone_for_both(world: World) -> None:
    question = asks(world.student, world.coach)
    asking.reply(by=By(world.coach), question=question, key=uuid7(), text="Ja", now=NOW)
    asking.take_back(by=By(world.student), question=question)
    assert not Question.objects.exists()
    assert not Reply.objects.exists()
    with pytest.raises(NotFound):
        asking.reply(by=By(world.coach), question=question, key=uuid7(), text="Ja", now=NOW)


def test_a_coach_keeps_notes_and_promises_only_about_who_came(world: World) -> None:
    by = By(world.coach)
    with pytest.raises(NotFound):
        coaching.note(by=by, person=world.student, key=uuid7(), text="Hm", now=NOW)
    with pytest.raises(NotFound):
        coaching.promise(
            by=by, person=world.student, key=uuid7(), what="Hm", due_on=NOW.date(), now=NOW
        )
    asks(world.student, world.coach)
    coaching.note(by=by, person=world.student, key=uuid7(), text="Hm", now=NOW)
    coaching.promise(
        by=by, person=world.student, key=uuid7(), what="Bellen", due_on=NOW.date(), now=NOW
    )
    assert [one.what for one in queries.promises_to(world.student)] == ["Bellen"]
    note = Note.objects.get()
    coaching.change_note(by=by, note=note, seen=1, text="Anders")
    with pytest.raises(Stale):
        coaching.change_note(by=by, note=note, seen=1, text="Nog anders")
    with pytest.raises(NotFound):
        coach_queries.get_note(coach=world.student, note_id=note.pk, now=NOW)
