"""A text on its way to everybody: written in parts, proposed, changed, and withdrawn."""

from uuid import UUID

import pytest

from tests.agreements.answering import change, moves, status, yes
from tests.factories import PersonFactory
from tests.worlds import (
    NOW,
    World,
    with_a_draft,
    with_a_proposal,
    with_an_agreement,
)
from tussenstop.agreements import proposal_queries
from tussenstop.agreements.actions import drafts, proposing
from tussenstop.agreements.actions.consent import CannotAnswer
from tussenstop.agreements.actions.drafts import CannotBegin, SectionStale
from tussenstop.agreements.actions.proposing import CannotPropose
from tussenstop.agreements.models import Seal
from tussenstop.agreements.rules import Status
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.routes.actions import people
from tussenstop.routes.models import Route
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db


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


def test_a_route_knows_its_start_agreement(world: World) -> None:
    revision = with_an_agreement(world)

    found = proposal_queries.start_agreement_of(
        person=world.coach, route_id=UUID(str(world.route.pk)), now=NOW
    )

    assert found == revision.agreement
    assert Route.objects.get(pk=world.route.pk).agreed_at == NOW
