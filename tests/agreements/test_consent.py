"""Three equals agree: on one exact text, everybody, or it does not hold."""

from datetime import timedelta

import pytest

from tests.agreements.answering import change, moves, propose, status, yes
from tests.worlds import (
    NOW,
    World,
    with_a_proposal,
    with_an_agreement,
)
from tussenstop.access.models import Participation
from tussenstop.agreements.actions import consent
from tussenstop.agreements.actions.consent import CannotAnswer
from tussenstop.agreements.models import Consent, Seal
from tussenstop.agreements.rules import Answer, Kind, Status
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.models import AuditEntry, OutgoingMail, StoredFile
from tussenstop.people.acting import By
from tussenstop.routes.rules import MoveCode, State

pytestmark = pytest.mark.django_db


def test_who_proposes_agrees_by_proposing(world: World) -> None:
    revision = with_a_proposal(world)

    votes = Consent.objects.filter(party__revision=revision)

    assert [(vote.party.name, vote.answer) for vote in votes] == [("Sara Student", "yes")]
    assert status(world, revision.agreement) == Status.PROPOSED
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == {"Mo Mentor", "Tine Docent"}


def test_the_last_yes_seals_once_and_the_route_is_agreed(world: World) -> None:
    revision = with_a_proposal(world)

    yes(world.mentor, revision)
    assert not Seal.objects.exists()
    yes(world.teacher, revision)

    assert Seal.objects.get().revision == revision
    assert status(world, revision.agreement) == Status.ACCEPTED
    assert world.fresh().state == State.AGREED
    assert OutgoingMail.objects.filter(to=world.mentor.email, subject__contains="").exists()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), Status.PROPOSED),
        ((("mentor", Answer.YES),), Status.PROPOSED),
        ((("mentor", Answer.YES), ("teacher", Answer.YES)), Status.ACCEPTED),
        ((("mentor", Answer.CHANGE),), Status.CONTESTED),
        ((("mentor", Answer.CHANGE), ("teacher", Answer.YES)), Status.CONTESTED),
        ((("mentor", Answer.YES), ("teacher", Answer.CHANGE)), Status.CONTESTED),
        ((("mentor", Answer.NO),), Status.DECLINED),
        ((("mentor", Answer.NO), ("teacher", Answer.YES)), Status.DECLINED),
        ((("mentor", Answer.CHANGE), ("teacher", Answer.NO)), Status.DECLINED),
    ],
)
def test_how_it_stands_follows_from_the_votes(
    world: World, answers: tuple[tuple[str, Answer], ...], expected: Status
) -> None:
    revision = with_a_proposal(world)

    for who, answer in answers:
        consent.answer(
            by=By(getattr(world, who)), revision=revision, answer=answer, reason="Omdat.", now=NOW
        )

    assert status(world, revision.agreement) == expected
    assert Seal.objects.count() == (expected == Status.ACCEPTED)


def test_saying_yes_twice_is_saying_yes(world: World) -> None:
    revision = with_a_proposal(world)

    yes(world.mentor, revision)
    yes(world.mentor, revision)
    yes(world.teacher, revision)
    yes(world.teacher, revision)

    assert Consent.objects.count() == 3
    assert Seal.objects.count() == 1


def test_a_double_click_on_asking_for_a_change_tells_the_others_once(world: World) -> None:
    revision = with_a_proposal(world)
    OutgoingMail.objects.all().delete()

    change(world.mentor, revision)
    change(world.mentor, revision)

    assert OutgoingMail.objects.filter(to=world.student.email).count() == 1
    assert AuditEntry.objects.filter(code="agreement.change").count() == 1


def test_a_given_answer_can_not_turn_into_another(world: World) -> None:
    revision = with_a_proposal(world)
    yes(world.mentor, revision)

    with pytest.raises(CannotAnswer):
        change(world.mentor, revision)


@pytest.mark.parametrize("answer", [Answer.CHANGE, Answer.NO])
def test_an_objection_needs_words(world: World, answer: Answer) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(CannotAnswer) as refusal:
        consent.answer(by=By(world.mentor), revision=revision, answer=answer, reason=" \n", now=NOW)

    assert refusal.value.field == "reason"


def test_an_objection_is_about_a_part_that_exists(world: World) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(CannotAnswer) as refusal:
        consent.answer(
            by=By(world.mentor),
            revision=revision,
            answer=Answer.CHANGE,
            section="nonsense",
            reason="Omdat.",
            now=NOW,
        )

    assert refusal.value.field == "section"


@pytest.mark.parametrize("who", ["stranger", "other_mentor", "other_programme_coordinator"])
def test_strangers_find_nothing_to_answer(world: World, who: str) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(NotFound):
        yes(getattr(world, who), revision)
    with pytest.raises(NotFound):
        status(world, revision.agreement, getattr(world, who))


@pytest.mark.parametrize("who", ["coach", "programme_coordinator"])
def test_who_may_read_but_is_not_asked_does_not_answer(world: World, who: str) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(Refused):
        yes(getattr(world, who), revision)


def test_signed_on_paper_counts_with_its_scan_and_who_recorded_it(world: World) -> None:
    revision = with_a_proposal(world)
    scan = StoredFile.objects.create(
        name="blad.pdf",
        content_type="application/pdf",
        size=5,
        sha256="a" * 64,
        uploaded_by=world.student.pk,
        uploaded_at=NOW,
    )
    mentor = revision.parties.get(person=world.mentor)

    consent.record_elsewhere(
        by=By(world.student), revision=revision, party_id=mentor.pk, scan=scan, now=NOW
    )
    yes(world.teacher, revision)

    sealed = Seal.objects.get().content["parties"][1]
    assert (sealed["means"], sealed["recorded_by"]) == ("elsewhere", "Sara Student")
    assert sealed["scan"] == "a" * 64
    assert AuditEntry.objects.filter(code="agreement.elsewhere").exists()


def test_nobody_signs_elsewhere_for_themselves(world: World) -> None:
    revision = with_a_proposal(world)
    mine = revision.parties.get(person=world.mentor)

    with pytest.raises(CannotAnswer):
        consent.record_elsewhere(
            by=By(world.mentor), revision=revision, party_id=mine.pk, scan=StoredFile(), now=NOW
        )


def test_an_answer_given_by_link_says_so(world: World) -> None:
    revision = with_a_proposal(world)
    consent.answer(by=By(world.mentor, means="link"), revision=revision, answer=Answer.YES, now=NOW)

    assert Consent.objects.get(party__person=world.mentor).means == "link"


def test_after_the_placement_the_mentor_keeps_what_was_signed_and_no_more(world: World) -> None:
    revision = with_an_agreement(world)
    free = propose(world, Kind.FREE, text="Nog iets.")
    Participation.objects.filter(person=world.mentor, route=world.route).update(
        until=NOW - timedelta(days=1)
    )

    assert status(world, revision.agreement, world.mentor) == Status.ACCEPTED
    with pytest.raises(NotFound):
        status(world, free.agreement, world.mentor)
