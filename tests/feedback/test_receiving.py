"""What a receiver does with feedback: read, answer, show, and see what others see in them."""

import pytest

from tests.feedback.giving import NEXT, gives, read
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.feedback import queries
from tussenstop.feedback.actions import receiving
from tussenstop.feedback.actions.receiving import CannotReply
from tussenstop.feedback.actions.strengths import show_strength
from tussenstop.feedback.models import Feedback, Reader, Reply
from tussenstop.feedback.queries import Side, Which
from tussenstop.feedback.rules import ReplyKind
from tussenstop.feedback.strength_queries import own_strengths, shown_strengths
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db


def says(person: Person, feedback: Feedback, kind: ReplyKind, text: str = "Bedankt.") -> None:
    receiving.reply(by=By(person), feedback=feedback, kind=kind, text=text, key=uuid7(), now=NOW)


def shows(world: World, feedback: Feedback, person: Person, *, shown: bool = True) -> None:
    receiving.show(by=By(feedback.receiver), feedback=feedback, person=person, shown=shown, now=NOW)


def sees(person: Person, feedback: Feedback) -> bool:
    try:
        seen = queries.get_feedback(person=person, feedback_id=feedback.pk, now=NOW)
    except NotFound:
        return False
    return seen.feedback.next_step == NEXT


def codes_of(world: World, person: Person) -> set[str]:
    rows = Move.objects.filter(route=world.route, person=person)
    return set(rows.values_list("code", flat=True))


def test_reading_closes_the_move_and_twice_is_once(world: World) -> None:
    feedback = gives(world)
    assert read(feedback).read_at == NOW
    assert read(feedback, now=NOW.replace(hour=11)).read_at == NOW
    assert MoveCode.READ_FEEDBACK not in codes_of(world, world.student)


def test_only_its_receiver_opens_it(world: World) -> None:
    feedback = gives(world)
    for person in (world.mentor, world.teacher):
        with pytest.raises(NotFound):
            receiving.open_envelope(by=By(person), feedback=feedback, now=NOW)
    assert Feedback.objects.get().read_at is None


def test_a_kind_disagreement_stands_beside_it_and_the_text_stays(world: World) -> None:
    feedback, key = read(gives(world)), uuid7()
    for _n in range(2):
        receiving.reply(
            by=By(world.student),
            feedback=feedback,
            kind=ReplyKind.OTHERWISE,
            text="Ik zag het anders.",
            key=key,
            now=NOW,
        )
    assert Reply.objects.get().text == "Ik zag het anders."
    feedback.refresh_from_db()
    assert feedback.next_step == NEXT
    mails = OutgoingMail.objects.filter(to=world.mentor.email, subject__icontains="feedback")
    assert mails.count() == 1
    assert "Ik zag het anders" not in mails.get().text


def test_a_question_waits_for_the_giver_until_the_answer(world: World) -> None:
    feedback = read(gives(world))
    with pytest.raises(CannotReply):
        says(world.mentor, feedback, ReplyKind.ANSWER)
    says(world.student, feedback, ReplyKind.QUESTION, "Welke keer was dat?")
    assert MoveCode.ANSWER_FEEDBACK in codes_of(world, world.mentor)
    with pytest.raises(CannotReply):
        says(world.mentor, feedback, ReplyKind.ANSWER, " ")
    says(world.mentor, feedback, ReplyKind.ANSWER, "Dinsdag.")
    assert MoveCode.ANSWER_FEEDBACK not in codes_of(world, world.mentor)
    assert list(Reply.objects.order_by("pk").values_list("text", flat=True))[-1] == "Dinsdag."


def test_nothing_is_said_before_reading_and_words_are_needed(world: World) -> None:
    feedback = gives(world)
    with pytest.raises(NotFound):
        says(world.student, feedback, ReplyKind.THANKS)
    read(feedback)
    with pytest.raises(CannotReply):
        says(world.student, feedback, ReplyKind.OTHERWISE, "  ")
    says(world.student, feedback, ReplyKind.THANKS, "")
    with pytest.raises(NotFound):
        says(world.teacher, feedback, ReplyKind.THANKS)
    with pytest.raises(NotFound):
        says(world.student, feedback, ReplyKind.ANSWER)
    assert Reply.objects.count() == 1


def test_a_long_back_and_forth_is_better_talked(world: World) -> None:
    feedback = read(gives(world))
    for _n in range(12):
        says(world.student, feedback, ReplyKind.THANKS)
    with pytest.raises(CannotReply):
        says(world.student, feedback, ReplyKind.THANKS)


def test_it_is_shown_to_one_person_and_to_nobody_else(world: World) -> None:
    feedback = read(gives(world, by=world.coach))
    assert sees(world.student, feedback)
    assert sees(world.coach, feedback)
    assert not sees(world.mentor, feedback)
    for _n in range(2):
        shows(world, feedback, world.mentor)
    assert sees(world.mentor, feedback)
    assert not sees(world.teacher, feedback)
    seen = queries.get_feedback(person=world.mentor, feedback_id=feedback.pk, now=NOW)
    assert (seen.side, seen.may_reply, seen.may_take_back) == (Side.READER, False, False)
    listed = queries.listed(view=seen.view, which=Which.SHOWN)
    assert [one.pk for one in listed] == [feedback.pk]
    mails = OutgoingMail.objects.filter(to=world.mentor.email, subject__icontains="feedback")
    assert mails.count() == 1


def test_showing_is_revoked_at_once(world: World) -> None:
    feedback = read(gives(world, by=world.coach))
    shows(world, feedback, world.mentor)
    shows(world, feedback, world.mentor, shown=False)
    assert not sees(world.mentor, feedback)


def test_only_the_receiver_decides_and_only_people_of_the_route_read(world: World) -> None:
    feedback = read(gives(world))
    for person in (world.mentor, world.teacher):
        with pytest.raises(NotFound):
            receiving.show(
                by=By(person), feedback=feedback, person=world.teacher, shown=True, now=NOW
            )
    for outsider in (world.other_teacher, world.stranger, world.programme_coordinator):
        with pytest.raises(NotFound):
            shows(world, feedback, outsider)
    assert not Reader.objects.exists()


def test_nothing_is_shown_before_it_was_read(world: World) -> None:
    feedback = gives(world)
    with pytest.raises(NotFound):
        shows(world, feedback, world.teacher)


def test_who_left_the_route_reads_nothing_any_more(world: World) -> None:
    feedback = read(gives(world))
    shows(world, feedback, world.teacher)
    assert sees(world.teacher, feedback)
    Participation.objects.filter(person=world.teacher, route=world.route).update(ended_at=NOW)
    assert not sees(world.teacher, feedback)


def test_what_came_from_somebody_on_the_route_is_not_removed(world: World) -> None:
    feedback = read(gives(world))
    with pytest.raises(NotFound):
        receiving.remove(by=By(world.student), feedback=feedback, now=NOW)
    assert sees(world.student, feedback)


def test_talents_grow_with_who_saw_them_and_when(world: World) -> None:
    read(gives(world, strengths=["calm"], own_strength="Durft bellen"))
    read(gives(world, by=world.teacher, strengths=["calm"]))
    gives(world, by=world.coach, strengths=["asks"])  # not read yet
    found = own_strengths(person=world.student, route_id=world.route.pk, now=NOW).strengths
    assert [(one.code, len(one.seen)) for one in found] == [("calm", 2), ("own:durft bellen", 1)]
    assert {seen.feedback.who for seen in found[0].seen} == {"Mo Mentor", "Tine Docent"}
    theirs = own_strengths(person=world.mentor, route_id=world.route.pk, now=NOW)
    assert theirs.strengths == []


def test_a_talent_is_shown_one_by_one_and_taken_back(world: World) -> None:
    read(gives(world, strengths=["calm", "asks"]))
    by, route = By(world.student), world.route
    where = {"route_id": route.pk, "owner_id": world.student.pk, "now": NOW}
    show_strength(by=by, route=route, code="calm", people={world.teacher.pk}, now=NOW)
    _view, owner, strengths = shown_strengths(person=world.teacher, **where)
    assert (owner, [one.code for one in strengths]) == (world.student, ["calm"])
    for person in (world.mentor, world.coach):
        with pytest.raises(NotFound):
            shown_strengths(person=person, **where)
    show_strength(by=by, route=route, code="calm", people=set(), now=NOW)
    with pytest.raises(NotFound):
        shown_strengths(person=world.teacher, **where)


def test_a_talent_nobody_saw_or_a_person_elsewhere_is_not_there(world: World) -> None:
    read(gives(world, strengths=["calm"]))
    by, route = By(world.student), world.route
    for code, person in (("asks", world.teacher), ("calm", world.other_teacher)):
        with pytest.raises(NotFound):
            show_strength(by=by, route=route, code=code, people={person.pk}, now=NOW)
    with pytest.raises(Refused):
        show_strength(
            by=By(world.godparent), route=route, code="calm", people={world.teacher.pk}, now=NOW
        )
