"""Feedback between people of a route: given, asked, taken back."""

from datetime import timedelta

import pytest

from tests.factories import CompetenceFactory
from tests.feedback.giving import NEXT, asks, gives, read
from tests.worlds import NOW, World
from tussenstop.access.models import Link
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.feedback import queries
from tussenstop.feedback.actions import asking as asking_actions
from tussenstop.feedback.actions import giving
from tussenstop.feedback.actions.asking import CannotAsk
from tussenstop.feedback.actions.words import CannotGive
from tussenstop.feedback.models import Asking, Feedback, Strength, Topic
from tussenstop.feedback.queries import Which
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move, Route
from tussenstop.routes.moves import rebuild
from tussenstop.routes.queries import moves_on
from tussenstop.routes.rules import NOTHING_WAITS, MoveCode

pytestmark = pytest.mark.django_db


def moves_of(world: World, person: Person) -> set[str]:
    return set(Move.objects.filter(route=world.route, person=person).values_list("code", flat=True))


def received(world: World, person: Person) -> list[Feedback]:
    view = queries.get_giving(person=person, route_id=world.route.pk, now=NOW)
    return list(queries.listed(view=view, which=Which.RECEIVED))


@pytest.mark.parametrize(
    ("by", "to"),
    [
        ("mentor", "student"),
        ("student", "mentor"),
        ("student", "teacher"),
        ("teacher", "mentor"),
        ("coach", "teacher"),
        ("student", "coach"),
        ("godparent", "student"),
    ],
)
def test_everybody_gives_everybody(world: World, by: str, to: str) -> None:
    feedback = gives(world, by=getattr(world, by), to=getattr(world, to))
    assert received(world, getattr(world, to)) == [feedback]
    assert (feedback.giver_role, feedback.receiver_role) == (by, to)
    mail = OutgoingMail.objects.filter(to=getattr(world, to).email).latest("created_at")
    assert getattr(world, by).name in mail.subject
    assert NEXT not in mail.text
    assert MoveCode.READ_FEEDBACK in moves_of(world, getattr(world, to))


def test_sent_twice_it_is_there_once(world: World) -> None:
    key = uuid7()
    assert gives(world, key=key) == gives(world, key=key, saw="Iets anders")
    assert Feedback.objects.count() == 1


def test_a_key_of_another_is_of_no_use(world: World) -> None:
    theirs = gives(world)
    with pytest.raises(NotFound):
        gives(world, by=world.teacher, key=theirs.pk)
    assert Feedback.objects.get().giver == world.mentor


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"saw": " "}, "saw"),
        ({"next_step": ""}, "next_step"),
        ({"saw": "x" * 401}, "saw"),
        ({"next_step": "x" * 1501}, "next_step"),
        ({"strengths": ["explains"]}, "strengths"),  # a mentor's talent, not a student's
        ({"own_strength": "x" * 61}, "own_strength"),
        (
            {"strengths": ["calm", "listens", "patient", "asks", "helps", "warm", "open"]},
            "strengths",
        ),
        ({"competences": [uuid7() for _n in range(6)]}, "competences"),
    ],
)
def test_what_does_not_look_forward_or_is_too_much_is_refused(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(CannotGive) as refusal:
        gives(world, **changes)
    assert refusal.value.field == field
    assert not Feedback.objects.exists()


def test_nobody_gives_to_oneself_or_to_who_does_not_travel_along(world: World) -> None:
    for person in (world.mentor, world.other_student, world.godparent):
        with pytest.raises(NotFound):
            gives(world, to=person)
    with pytest.raises(NotFound):
        gives(world, by=world.other_mentor)
    with pytest.raises(Refused):
        gives(world, by=world.programme_coordinator)
    assert not Feedback.objects.exists()


def test_talents_and_competences_go_with_it(world: World) -> None:
    competence = CompetenceFactory(programme=world.programme, code="3.1")
    feedback = gives(
        world,
        strengths=["calm"],
        own_strength="Durft bellen",
        competences=[competence.pk],
    )
    assert set(Strength.objects.values_list("key", "own")) == {("calm", ""), ("", "Durft bellen")}
    topic = Topic.objects.get(feedback=feedback)
    assert (topic.competence, topic.code, topic.text) == (competence, "3.1", competence.text)
    competence.delete()
    topic.refresh_from_db()
    assert (topic.competence, topic.code) == (None, "3.1")


def test_own_words_for_a_built_in_talent_are_that_talent(world: World) -> None:
    gives(world, own_strength="luistert  ECHT")
    assert Strength.objects.get().key == "listens"


def test_a_competence_of_another_programme_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        gives(world, competences=[CompetenceFactory().pk])
    assert not Feedback.objects.exists()


def test_nobody_else_learns_that_there_is_feedback(world: World) -> None:
    feedback, asking = gives(world), asks(world)
    stories = AuditEntry.objects.filter(route_id=world.route.pk, code__startswith="feedback.")
    assert not stories.exists()
    assert AuditEntry.objects.filter(code="feedback.given", subject_id=feedback.pk).exists()
    for person in (world.teacher, world.coach):
        seen = moves_on(route=world.route, person=person, now=NOW)
        assert {feedback.pk, asking.pk}.isdisjoint({move.subject_id for move in seen})
        with pytest.raises(NotFound):
            queries.get_feedback(person=person, feedback_id=feedback.pk, now=NOW)
    assert asking.pk in {
        move.subject_id for move in moves_on(route=world.route, person=world.mentor, now=NOW)
    }


def test_a_list_of_routes_is_not_flagged_by_it(world: World) -> None:
    gives(world)
    asks(world)
    Move.objects.filter(route=world.route).exclude(
        code__in=[MoveCode.READ_FEEDBACK, MoveCode.GIVE_FEEDBACK]
    ).delete()
    before = Route.objects.get(pk=world.route.pk).attention_at
    gives(world)
    assert Route.objects.get(pk=world.route.pk).attention_at == before != NOTHING_WAITS


def test_it_is_taken_back_while_nobody_read_it(world: World) -> None:
    feedback = gives(world, strengths=["calm"])
    for _n in range(2):
        giving.take_back(by=By(world.mentor), feedback=feedback, now=NOW + timedelta(minutes=59))
    feedback.refresh_from_db()
    assert (feedback.saw, feedback.did, feedback.next_step) == ("", "", "")
    assert not Strength.objects.exists()
    assert received(world, world.student) == []
    assert MoveCode.READ_FEEDBACK not in moves_of(world, world.student)
    with pytest.raises(NotFound):
        read(feedback)


@pytest.mark.parametrize("why", ["read", "late"])
def test_what_was_read_or_given_long_ago_stands(world: World, why: str) -> None:
    feedback, later = gives(world), NOW + timedelta(minutes=5)
    if why == "read":
        read(feedback)
    else:
        later = NOW + timedelta(hours=1)
    with pytest.raises(CannotGive):
        giving.take_back(by=By(world.mentor), feedback=feedback, now=later)
    feedback.refresh_from_db()
    assert feedback.next_step == NEXT


def test_only_who_gave_it_takes_it_back(world: World) -> None:
    feedback = gives(world)
    for person in (world.student, world.teacher):
        with pytest.raises(NotFound):
            giving.take_back(by=By(person), feedback=feedback, now=NOW)


def test_a_question_is_a_move_with_a_door_until_it_is_answered(world: World) -> None:
    asking = asks(world)
    assert MoveCode.GIVE_FEEDBACK in moves_of(world, world.mentor)
    mail = OutgoingMail.objects.filter(to=world.mentor.email).latest("created_at")
    assert "/d/" in mail.text
    assert asking.point in mail.text
    assert Link.objects.get(subject_id=asking.pk).person == world.mentor
    feedback = gives(world, asked=asking)
    assert feedback.point == asking.point
    assert gives(world, asked=asking) == feedback
    assert MoveCode.GIVE_FEEDBACK not in moves_of(world, world.mentor)


def test_taken_back_the_question_waits_again(world: World) -> None:
    asking = asks(world)
    giving.take_back(by=By(world.mentor), feedback=gives(world, asked=asking), now=NOW)
    assert MoveCode.GIVE_FEEDBACK in moves_of(world, world.mentor)
    asking.refresh_from_db()
    again = gives(world, asked=asking)
    assert Feedback.objects.get(asking=asking) == again


def test_asked_twice_with_one_key_is_asked_once(world: World) -> None:
    key = uuid7()
    assert asks(world, key=key) == asks(world, key=key)
    assert OutgoingMail.objects.filter(subject__icontains="feedback").count() == 1


def test_not_now_is_an_answer_too(world: World) -> None:
    asking, by = asks(world), By(world.mentor, means="link")
    for _n in range(2):
        asking_actions.decline(by=by, asking=asking, word="Volgende week graag", now=NOW)
    assert MoveCode.GIVE_FEEDBACK not in moves_of(world, world.mentor)
    mails = OutgoingMail.objects.filter(to=world.student.email, text__contains="Volgende week")
    assert mails.count() == 1
    with pytest.raises(CannotGive):
        gives(world, asked=asking)


def test_a_question_is_taken_back_by_who_asked(world: World) -> None:
    asking = asks(world)
    with pytest.raises(NotFound):
        asking_actions.withdraw(by=By(world.mentor), asking=asking, now=NOW)
    asking_actions.withdraw(by=By(world.student), asking=asking, now=NOW)
    assert MoveCode.GIVE_FEEDBACK not in moves_of(world, world.mentor)


def test_nobody_is_flooded_with_questions(world: World) -> None:
    for _n in range(3):
        asks(world)
    with pytest.raises(CannotAsk) as refusal:
        asks(world)
    assert refusal.value.field == "giver"
    asks(world, of=world.teacher)
    assert Asking.objects.count() == 4


def test_an_answer_to_the_question_of_another_is_refused(world: World) -> None:
    asking = asks(world, of=world.teacher)
    with pytest.raises(NotFound):
        gives(world, asked=asking)
    with pytest.raises(NotFound):
        gives(world, by=world.teacher, to=world.mentor, asked=asking)
    assert not Feedback.objects.exists()


def test_rebuilt_the_moves_are_the_same(world: World) -> None:
    asks(world)
    gives(world)

    def kept() -> set[tuple[object, ...]]:
        rows = Move.objects.filter(route=world.route)
        return set(rows.values_list("code", "role", "person_id", "subject_id", "since"))

    before = kept()
    rebuild(world.fresh())
    assert kept() == before
