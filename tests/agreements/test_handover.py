"""When a mentor or teacher changes, what still waits goes to the new person."""

import pytest

from tests.factories import PersonFactory
from tests.worlds import (
    NOW,
    World,
    with_a_draft,
    with_a_proposal,
    with_an_agreement,
)
from tussenstop.access.models import Participation
from tussenstop.agreements import queries
from tussenstop.agreements.actions import consent, proposing
from tussenstop.agreements.actions.handover import hand_over
from tussenstop.agreements.models import Revision, Seal
from tussenstop.agreements.rules import Answer
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db


@pytest.fixture
def new() -> Person:
    return PersonFactory(name="Nele Nieuw")


def take_over(world: World, new: Person, by: Person | None = None) -> Participation:
    return hand_over(
        by=By(by or world.student),
        route=world.fresh(),
        part=world.part(world.mentor),
        successor=new,
        now=NOW,
    )


def test_the_running_text_is_put_before_the_new_mentor(world: World, new: Person) -> None:
    first = with_a_proposal(world)
    consent.answer(by=By(world.teacher), revision=first, answer=Answer.YES, now=NOW)
    OutgoingMail.objects.all().delete()

    part = take_over(world, new)

    second = Revision.objects.get(number=2)
    assert second.body == first.body
    assert [p.name for p in second.parties.order_by("position")] == [
        "Sara Student",
        "Nele Nieuw",
        "Tine Docent",
    ]
    assert "Nele Nieuw" in second.why
    assert part.accepted_at is None
    assert OutgoingMail.objects.filter(to=new.email, text__contains="/d/").exists()
    with pytest.raises(Stale):
        consent.answer(by=By(world.teacher), revision=first, answer=Answer.YES, now=NOW)


def test_agreeing_is_also_saying_yes_to_the_role(world: World, new: Person) -> None:
    with_a_proposal(world)
    part = take_over(world, new)
    second = Revision.objects.select_related("agreement__route").get(number=2)
    agreement_id = second.agreement_id
    view = queries.get_agreement(person=new, agreement_id=agreement_id, now=NOW)
    assert view.can_answer
    assert view.role_asked

    for person in (new, world.teacher):
        consent.answer(by=By(person, means="link"), revision=second, answer=Answer.YES, now=NOW)

    assert Participation.objects.get(pk=part.pk).accepted_at == NOW
    assert Seal.objects.get().revision == second


def test_asking_for_a_change_takes_no_role_on(world: World, new: Person) -> None:
    with_a_proposal(world)
    part = take_over(world, new)
    second = Revision.objects.select_related("agreement__route").get(number=2)

    consent.answer(
        by=By(new), revision=second, answer=Answer.CHANGE, reason="Andere uren.", now=NOW
    )

    assert Participation.objects.get(pk=part.pk).accepted_at is None


def test_who_hands_over_still_agrees_but_votes_for_nothing_new(world: World, new: Person) -> None:
    """The student had agreed to this text; a coordinator who hands over is no party."""
    with_a_proposal(world)

    take_over(world, new)

    second = Revision.objects.get(number=2)
    assert list(
        second.parties.filter(consent__answer=Answer.YES).values_list("name", flat=True)
    ) == ["Sara Student"]


def test_handing_over_is_no_vote(world: World, new: Person) -> None:
    agreement = with_a_draft(world)
    proposing.propose_start(by=By(world.teacher), agreement=agreement, seen=0, now=NOW)

    take_over(world, new, by=world.student)

    assert not Revision.objects.get(number=2).parties.filter(consent__isnull=False).exists()


def test_the_old_mentor_finds_nothing_more(world: World, new: Person) -> None:
    revision = with_a_proposal(world)

    take_over(world, new)

    with pytest.raises(NotFound):
        queries.get_agreement(person=world.mentor, agreement_id=revision.agreement_id, now=NOW)
    assert not Move.objects.filter(route=world.route, person=world.mentor).exists()
    waits = Move.objects.filter(route=world.route, code=MoveCode.ANSWER_AGREEMENT)
    assert {move.person_id for move in waits} == {new.pk, world.teacher.pk}


def test_what_holds_stays_as_it_is(world: World, new: Person) -> None:
    revision = with_an_agreement(world)

    take_over(world, new)

    assert Revision.objects.get() == revision
    view = queries.get_agreement(person=world.mentor, agreement_id=revision.agreement_id, now=NOW)
    assert view.mine is not None


def test_a_draft_needs_no_handing_over(world: World, new: Person) -> None:
    with_a_draft(world)

    take_over(world, new)

    assert not Revision.objects.exists()


def test_a_coordinator_may_hand_over_and_the_student_is_told_of_objections(
    world: World, new: Person
) -> None:
    with_a_proposal(world)
    take_over(world, new, by=world.programme_coordinator)
    second = Revision.objects.select_related("agreement__route").get(number=2)

    consent.answer(
        by=By(world.teacher), revision=second, answer=Answer.CHANGE, reason="Toch niet.", now=NOW
    )

    waits = Move.objects.get(route=world.route, code=MoveCode.REVISE_AGREEMENT)
    assert waits.person == world.student


def test_nobody_hands_over_without_the_right_to(world: World, new: Person) -> None:
    with_a_proposal(world)

    with pytest.raises(Refused):
        take_over(world, new, by=world.teacher)
    with pytest.raises(NotFound):
        take_over(world, new, by=world.other_mentor)
    assert Revision.objects.count() == 1
