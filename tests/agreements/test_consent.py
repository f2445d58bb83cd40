"""Three equals agree: on one exact text, everybody, or it does not hold."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.agreements.answering import change, moves, propose, status, yes
from tests.factories import PersonFactory
from tests.worlds import (
    NOW,
    World,
    with_a_draft,
    with_a_proposal,
    with_an_agreement,
)
from tussenstop.access.models import Participation
from tussenstop.agreements import proposal_queries
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.actions.consent import CannotAnswer
from tussenstop.agreements.actions.drafts import CannotBegin, SectionStale
from tussenstop.agreements.actions.proposing import CannotPropose
from tussenstop.agreements.models import Consent, Seal
from tussenstop.agreements.rules import Answer, Kind, Status
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.models import AuditEntry, OutgoingMail, StoredFile
from tussenstop.people.acting import By
from tussenstop.routes.actions import people
from tussenstop.routes.models import Route
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


def test_a_changed_text_asks_everybody_again(world: World) -> None:
    first = with_a_proposal(world)
    change(world.mentor, first)
    assert moves(world, MoveCode.REVISE_AGREEMENT) == {"Sara Student"}
    drafts.save_section(
        by=By(world.student),
        agreement=first.agreement,
        key="practical",
        values={"swapping": "Een week vooraf"},
        seen=0,
        now=NOW,
    )

    second = proposing.propose_start(
        by=By(world.student), agreement=first.agreement, seen=1, now=NOW, why="Woensdag kan ook."
    )

    assert second.number == 2
    assert status(world, first.agreement) == Status.PROPOSED
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == {"Mo Mentor", "Tine Docent"}
    with pytest.raises(Stale):
        yes(world.teacher, first)
    yes(world.mentor, second)
    yes(world.teacher, second)
    assert Seal.objects.get().revision == second


def test_the_same_text_is_proposed_once(world: World) -> None:
    agreement = with_a_draft(world)

    first = proposing.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)
    again = proposing.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)

    assert first == again
    with pytest.raises(CannotPropose):
        proposing.propose_start(by=By(world.mentor), agreement=agreement, seen=1, now=NOW)
    with pytest.raises(Stale):
        proposing.propose_start(by=By(world.mentor), agreement=agreement, seen=0, now=NOW)


def test_the_same_text_may_be_put_before_somebody_new(world: World) -> None:
    revision = with_a_proposal(world)
    manager = PersonFactory(name="Kristof Leiding")
    drafts.add_signatory(
        by=By(world.mentor),
        agreement=revision.agreement,
        person=manager,
        capacity="leidinggevende",
        now=NOW,
    )

    second = proposing.propose_start(
        by=By(world.mentor), agreement=revision.agreement, seen=1, now=NOW
    )

    assert [p.name for p in second.parties.order_by("position")] == [
        "Sara Student",
        "Mo Mentor",
        "Tine Docent",
        "Kristof Leiding",
    ]
    yes(world.student, second)
    yes(world.teacher, second)
    assert not Seal.objects.exists()
    yes(manager, second)
    assert Seal.objects.get().content["parties"][3]["capacity"] == "leidinggevende"


def test_a_signatory_reads_the_text_and_nothing_else_of_the_route(world: World) -> None:
    agreement = with_a_draft(world)
    manager = PersonFactory()
    drafts.add_signatory(
        by=By(world.student), agreement=agreement, person=manager, capacity="chef", now=NOW
    )
    with pytest.raises(NotFound):
        status(world, agreement, manager)

    proposing.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)

    assert status(world, agreement, manager) == Status.PROPOSED
    with pytest.raises(NotFound):
        proposal_queries.start_agreement_of(person=manager, route_id=world.route.pk, now=NOW)


def test_a_partner_is_not_asked_a_second_time_as_signatory(world: World) -> None:
    agreement = with_a_draft(world)

    with pytest.raises(CannotBegin) as refusal:
        drafts.add_signatory(
            by=By(world.student), agreement=agreement, person=world.mentor, capacity="", now=NOW
        )

    assert refusal.value.field == "email"


def test_withdrawing_ends_the_question(world: World) -> None:
    revision = with_a_proposal(world)
    with pytest.raises(CannotPropose):
        proposing.withdraw(by=By(world.mentor), agreement=revision.agreement, now=NOW)

    proposing.withdraw(by=By(world.student), agreement=revision.agreement, now=NOW)
    proposing.withdraw(by=By(world.student), agreement=revision.agreement, now=NOW)

    assert status(world, revision.agreement) == Status.WITHDRAWN
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == set()
    assert AuditEntry.objects.filter(code="agreement.withdrawn").count() == 1
    with pytest.raises(CannotAnswer):
        yes(world.mentor, revision)
    with pytest.raises(CannotBegin):
        drafts.save_section(
            by=By(world.student),
            agreement=revision.agreement,
            key="practical",
            values={},
            seen=0,
            now=NOW,
        )


def test_what_holds_is_not_withdrawn(world: World) -> None:
    revision = with_an_agreement(world)

    with pytest.raises(CannotPropose):
        proposing.withdraw(by=By(world.student), agreement=revision.agreement, now=NOW)


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


def test_two_who_write_the_same_part_see_each_other(world: World) -> None:
    agreement = with_a_draft(world)
    drafts.save_section(
        by=By(world.mentor),
        agreement=agreement,
        key="practical",
        values={"swapping": "Een dag vooraf"},
        seen=0,
        now=NOW,
    )

    with pytest.raises(SectionStale) as conflict:
        drafts.save_section(
            by=By(world.teacher),
            agreement=agreement,
            key="practical",
            values={"swapping": "Een week vooraf"},
            seen=0,
            now=NOW,
        )

    assert conflict.value.theirs == {"swapping": "Een dag vooraf"}
    assert conflict.value.version == 1


@pytest.mark.parametrize("key", ["expectations_mentor", "expectations_school"])
def test_one_writes_only_ones_own_part(world: World, key: str) -> None:
    agreement = with_a_draft(world)

    with pytest.raises(Refused):
        drafts.save_section(
            by=By(world.student), agreement=agreement, key=key, values={}, seen=1, now=NOW
        )


def test_what_left_of_the_placement_is_asked_of_nobody_else(world: World) -> None:
    """A partner who left can't answer; the proposer is told to put the text before who is here."""
    revision = with_a_proposal(world)
    part = world.part(world.mentor)
    people.end_role(by=By(world.mentor), route=world.fresh(), part=part, now=NOW)

    with pytest.raises(NotFound):
        yes(world.mentor, revision)
    assert moves(world, MoveCode.REVISE_AGREEMENT) == {"Sara Student"}
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == set()


def test_the_programme_can_not_propose(world: World) -> None:
    agreement = with_a_draft(world)

    with pytest.raises(Refused):
        proposing.propose_start(
            by=By(world.programme_coordinator), agreement=agreement, seen=0, now=NOW
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


def test_a_route_knows_its_start_agreement(world: World) -> None:
    revision = with_an_agreement(world)

    found = proposal_queries.start_agreement_of(
        person=world.coach, route_id=UUID(str(world.route.pk)), now=NOW
    )

    assert found == revision.agreement
    assert Route.objects.get(pk=world.route.pk).agreed_at == NOW
