"""Two people act on one agreement at the same moment, each on a connection of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners, with_a_draft, with_a_proposal
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.models import Agreement, Consent, Revision, Seal
from tussenstop.agreements.rules import Answer, Kind
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode, State

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


def answering(person: Person, revision: Revision, answer: Answer = Answer.YES) -> Callable[[], Any]:
    def act() -> None:
        fresh = Revision.objects.select_related("agreement__route").get(pk=revision.pk)
        consent.answer(by=By(person), revision=fresh, answer=answer, reason="Omdat.", now=NOW)

    return act


def test_the_last_two_agree_and_there_is_one_seal(world: World) -> None:
    revision = with_a_proposal(world)

    results = together(answering(world.mentor, revision), answering(world.teacher, revision))

    assert results == [None, None]
    assert Seal.objects.count() == 1
    assert len(Seal.objects.get().content["parties"]) == 3
    assert world.fresh().state == State.AGREED


def test_a_double_click_on_the_last_yes_makes_one_vote_and_one_seal(world: World) -> None:
    revision = with_a_proposal(world)
    answering(world.mentor, revision)()

    results = together(*[answering(world.teacher, revision)] * 3)

    assert results == [None] * 3
    assert Consent.objects.filter(party__person=world.teacher).count() == 1
    assert AuditEntry.objects.filter(code="agreement.yes", actor_id=world.teacher.pk).count() == 1
    assert Seal.objects.count() == 1


def test_one_agrees_while_the_other_asks_for_a_change(world: World) -> None:
    revision = with_a_proposal(world)

    together(answering(world.mentor, revision), answering(world.teacher, revision, Answer.CHANGE))

    assert not Seal.objects.exists()
    assert Consent.objects.count() == 3
    codes = Move.objects.filter(route=world.route).values_list("code", flat=True)
    assert list(codes).count(MoveCode.REVISE_AGREEMENT) == 1
    assert MoveCode.ANSWER_AGREEMENT not in codes


def test_two_propose_and_one_text_is_on_the_table(world: World) -> None:
    agreement = with_a_draft(world)

    def with_the_text(person: Person) -> Callable[[], Revision]:
        return lambda: proposing.propose_start(
            by=By(person),
            agreement=Agreement.objects.select_related("route").get(pk=agreement.pk),
            seen=0,
            now=NOW,
        )

    results = together(with_the_text(world.student), with_the_text(world.mentor))

    assert Revision.objects.count() == 1
    assert sorted(type(result).__name__ for result in results) == ["Revision", "Stale"]


def test_a_form_sent_twice_at_once_proposes_once(world: World) -> None:
    key = uuid7()

    def propose() -> Agreement:
        return proposing.propose_change(
            by=By(world.student),
            route=world.fresh(),
            kind=Kind.FREE,
            key=key,
            title="Sleutel",
            text="Sara krijgt een sleutel.",
            data={},
            now=NOW,
        )

    results = together(propose, propose)

    assert [result.pk for result in results] == [key, key]
    assert Revision.objects.count() == 1


def test_two_begin_the_start_agreement_and_write_in_the_same_one(world: World) -> None:
    def beginning(person: Person) -> Callable[[], Agreement]:
        return lambda: drafts.begin_start_agreement(
            by=By(person), route=world.fresh(), placement=world.placement, now=NOW
        )

    one, other = together(beginning(world.student), beginning(world.mentor))

    assert one == other
    assert Agreement.objects.count() == 1


def test_two_save_the_same_part_and_nobodys_words_are_lost(world: World) -> None:
    agreement = with_a_draft(world)

    def saving(person: Person) -> Callable[[], None]:
        return lambda: drafts.save_section(
            by=By(person),
            agreement=Agreement.objects.select_related("route").get(pk=agreement.pk),
            key="practical",
            values={"swapping": f"Volgens {person.name}"},
            seen=0,
            now=NOW,
        )

    results = together(saving(world.student), saving(world.mentor))

    assert sorted(type(result).__name__ for result in results) == ["NoneType", "SectionStale"]


def test_withdrawing_and_the_last_yes_never_both_hold(world: World) -> None:
    revision = with_a_proposal(world)
    answering(world.mentor, revision)()

    def withdraw() -> None:
        agreement = Agreement.objects.select_related("route").get(pk=revision.agreement_id)
        proposing.withdraw(by=By(world.student), agreement=agreement, now=NOW)

    together(withdraw, answering(world.teacher, revision))

    withdrawn = Agreement.objects.get(pk=revision.agreement_id).withdrawn_at is not None
    assert Seal.objects.exists() != withdrawn
