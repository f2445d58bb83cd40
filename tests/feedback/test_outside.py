"""Feedback from who has no account: one answer by a link, corrected for an hour, removable."""

from datetime import timedelta

import pytest

from tests.feedback.giving import NEXT, a_link, answers, gives, read, words
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.feedback import outside_queries, queries, tokens
from tussenstop.feedback.actions import outside, receiving
from tussenstop.feedback.actions.asking import CannotAsk
from tussenstop.feedback.actions.outside import LinkClosed
from tussenstop.feedback.actions.words import CannotGive
from tussenstop.feedback.models import Earlier, Feedback, Invitation, Reader, Strength
from tussenstop.feedback.rules import ReplyKind, Standing
from tussenstop.feedback.strength_queries import own_strengths
from tussenstop.people.acting import By
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db


def standing(invitation: Invitation, *, now: object = NOW) -> Standing:
    fresh, _gave = outside_queries.by_token(tokens.token_of(invitation))
    return outside_queries.opened(invitation=fresh, gave=False, now=now).standing  # type: ignore[arg-type]


def corrects(feedback: Feedback, *, now: object = NOW, seen: int = 1, **changes: object) -> None:
    assert feedback.invitation is not None
    outside.correct(
        invitation=feedback.invitation,
        seen=seen,
        words=words(**changes),
        now=now,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("who", ["student", "mentor", "teacher"])
def test_a_colleague_gives_feedback_by_a_link(world: World, who: str) -> None:
    person = getattr(world, who)
    feedback = answers(a_link(world, by=person), strengths=["calm"])
    assert (feedback.receiver, feedback.giver, feedback.who) == (person, None, "Marleen De Wit")
    assert feedback.point == "Hoe ik met bewoners omga"
    assert Move.objects.filter(person=person, code=MoveCode.READ_FEEDBACK).exists()
    assert Strength.objects.get().key == "calm"
    seen = queries.get_feedback(person=person, feedback_id=feedback.pk, now=NOW)
    assert seen.closed_envelope


def test_a_link_asks_once_and_twice_is_once(world: World) -> None:
    invitation, key = a_link(world), uuid7()
    assert answers(invitation, key=key) == answers(invitation, key=key)
    with pytest.raises(LinkClosed):
        answers(invitation)
    assert Feedback.objects.count() == 1
    assert standing(invitation) == Standing.ANSWERED


def test_a_link_is_not_open_for_ever(world: World) -> None:
    invitation = a_link(world)
    assert standing(invitation, now=NOW + timedelta(days=20)) == Standing.OPEN
    late = NOW + timedelta(days=21)
    assert standing(invitation, now=late) == Standing.EXPIRED
    with pytest.raises(LinkClosed):
        answers(invitation, now=late)


def test_a_closed_link_takes_no_answer(world: World) -> None:
    invitation = a_link(world)
    with pytest.raises(NotFound):
        outside.close(by=By(world.mentor), invitation=invitation, now=NOW)
    assert standing(invitation) == Standing.OPEN
    outside.close(by=By(world.student), invitation=invitation, now=NOW)
    assert standing(invitation) == Standing.REVOKED
    with pytest.raises(LinkClosed):
        answers(invitation)
    assert not Feedback.objects.exists()


def test_when_who_asked_left_the_link_is_closed(world: World) -> None:
    invitation = a_link(world, by=world.teacher)
    Participation.objects.filter(person=world.teacher).update(ended_at=NOW)
    assert standing(invitation) == Standing.REVOKED
    with pytest.raises(LinkClosed):
        answers(invitation)


def test_a_made_up_token_opens_nothing(world: World) -> None:
    token = tokens.token_of(a_link(world))
    for made_up in ("x", token[:-1], token.partition(".")[0], f"{uuid7().hex}.abc"):
        with pytest.raises(NotFound):
            outside_queries.by_token(made_up)


def test_the_key_of_other_feedback_is_of_no_use(world: World) -> None:
    theirs = gives(world)
    with pytest.raises(NotFound):
        answers(a_link(world), key=theirs.pk)
    assert Feedback.objects.get().who == world.mentor.name


@pytest.mark.parametrize(("changes", "field"), [({"name": " "}, "name"), ({"how": ""}, "how")])
def test_who_it_is_has_to_be_said(world: World, changes: dict[str, str], field: str) -> None:
    said = {"name": "Marleen", "how": "collega", **changes}
    with pytest.raises(CannotGive) as refusal:
        outside.answer(invitation=a_link(world), words=words(), key=uuid7(), now=NOW, **said)
    assert refusal.value.field == field


def test_within_the_hour_it_is_said_better(world: World) -> None:
    feedback = answers(a_link(world), strengths=["calm"])
    corrects(feedback, saw="Iets anders", strengths=["asks"])
    feedback.refresh_from_db()
    assert (feedback.saw, feedback.corrected_at, feedback.version) == ("Iets anders", NOW, 2)
    assert [one.key for one in Strength.objects.all()] == ["asks"]
    assert not Earlier.objects.exists()
    with pytest.raises(LinkClosed):
        corrects(feedback, saw="Uit een oud venster", seen=1)
    with pytest.raises(LinkClosed):
        corrects(feedback, saw="Te laat", seen=2, now=NOW + timedelta(hours=1))
    feedback.refresh_from_db()
    assert feedback.saw == "Iets anders"
    assert [one.key for one in Strength.objects.all()] == ["asks"]


def test_what_was_read_stays_readable_beside_the_correction(world: World) -> None:
    feedback = read(answers(a_link(world)))
    OutgoingMail.objects.all().delete()
    corrects(feedback, next_step="Zachter gezegd")
    assert Earlier.objects.get().next_step == NEXT
    assert OutgoingMail.objects.get().to == world.student.email


@pytest.mark.parametrize("then", ["answered", "shown"])
def test_once_answered_or_shown_it_stands(world: World, then: str) -> None:
    feedback, by = read(answers(a_link(world))), By(world.student)
    if then == "answered":
        receiving.reply(
            by=by,
            feedback=feedback,
            kind=ReplyKind.OTHERWISE,
            text="Ik zie het anders",
            key=uuid7(),
            now=NOW,
        )
    else:
        receiving.show(by=by, feedback=feedback, person=world.mentor, shown=True, now=NOW)
    with pytest.raises(LinkClosed):
        corrects(feedback, saw="Toch niet")
    feedback.refresh_from_db()
    assert feedback.saw != "Toch niet"


def test_a_question_goes_to_the_address_and_is_answered_by_link(world: World) -> None:
    invitation = a_link(world, email="Marleen@Elders.example")
    feedback = read(answers(invitation))
    with pytest.raises(receiving.CannotReply):
        outside.answer_question(invitation=invitation, text="Zomaar", key=uuid7(), now=NOW)
    receiving.reply(
        by=By(world.student),
        feedback=feedback,
        kind=ReplyKind.QUESTION,
        text="Welke avond was dat?",
        key=uuid7(),
        now=NOW,
    )
    mail = OutgoingMail.objects.filter(to="marleen@elders.example").latest("created_at")
    assert tokens.giver_address(invitation) in mail.text
    assert "Welke avond" not in mail.text
    outside.answer_question(invitation=invitation, text="Dinsdag", key=uuid7(), now=NOW)
    seen = queries.get_feedback(person=world.student, feedback_id=feedback.pk, now=NOW)
    assert [reply.text for reply in seen.feedback.replies.all()][-1] == "Dinsdag"


def test_the_receiver_removes_what_came_from_outside(world: World) -> None:
    feedback = read(answers(a_link(world), strengths=["calm"]))
    receiving.show(
        by=By(world.student), feedback=feedback, person=world.mentor, shown=True, now=NOW
    )
    with pytest.raises(NotFound):
        receiving.remove(by=By(world.mentor), feedback=feedback, now=NOW)
    for _n in range(2):
        receiving.remove(by=By(world.student), feedback=feedback, now=NOW)
    feedback.refresh_from_db()
    assert (feedback.saw, feedback.next_step, feedback.outside_how) == ("", "", "")
    assert not Reader.objects.exists()
    for person in (world.student, world.mentor):
        with pytest.raises(NotFound):
            queries.get_feedback(person=person, feedback_id=feedback.pk, now=NOW)
    found = own_strengths(person=world.student, route_id=world.route.pk, now=NOW)
    assert found.strengths == []


def test_a_letter_goes_to_the_address_with_the_point_and_the_link(world: World) -> None:
    invitation = a_link(world, email="marleen@elders.example")
    mail = OutgoingMail.objects.get(to="marleen@elders.example")
    assert world.student.name in mail.subject
    assert invitation.point in mail.text
    assert tokens.link_address(invitation) in mail.text


def test_nobody_mails_strangers_without_end(world: World) -> None:
    for _n in range(3):
        a_link(world, email="marleen@elders.example")
    with pytest.raises(CannotAsk) as refusal:
        a_link(world, by=world.mentor, email="MARLEEN@elders.example")
    assert refusal.value.field == "email"
    for _n in range(17):
        a_link(world)
    with pytest.raises(CannotAsk):
        a_link(world)
    a_link(world, now=NOW + timedelta(days=1, minutes=1))


def test_only_the_three_partners_make_links(world: World) -> None:
    for person in (world.coach, world.godparent, world.programme_coordinator):
        with pytest.raises(Refused):
            a_link(world, by=person)
    with pytest.raises(NotFound):
        a_link(world, by=world.other_student)
    assert not Invitation.objects.exists()


def test_made_twice_with_one_key_there_is_one_link(world: World) -> None:
    key = uuid7()
    assert a_link(world, key=key, email="a@b.example") == a_link(world, key=key)
    assert OutgoingMail.objects.filter(to="a@b.example").count() == 1
