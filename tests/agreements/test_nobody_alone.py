"""Nobody changes a route alone, also not by a detour; and nobody learns more than their role."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.agreements.answering import propose, yes
from tests.conftest import ReadingClient
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory, WorkplaceFactory
from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World, with_a_proposal, with_an_agreement
from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.actions.consent import CannotAnswer
from tussenstop.agreements.actions.proposing import CannotPropose
from tussenstop.agreements.models import Seal
from tussenstop.agreements.rules import Answer, Kind
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail, StoredFile
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.people.rules import Role
from tussenstop.routes.actions import people, state, workplace
from tussenstop.routes.actions.start import Place
from tussenstop.routes.queries import moves_of
from tussenstop.routes.rules import State

pytestmark = pytest.mark.django_db


def ends(world: World, by: Person, whom: Person) -> None:
    people.end_role(by=By(by), route=world.fresh(), part=world.part(whom), now=NOW)


def signed_in(person: Person) -> Client:
    client = ReadingClient()
    client.force_login(person)
    return client


def test_sending_the_others_away_does_not_let_one_stop_the_route(world: World) -> None:
    with_an_agreement(world)
    for other in (world.mentor, world.teacher):
        ends(world, world.student, other)

    with pytest.raises(CannotPropose):
        propose(world, Kind.STOPPING, text="Ik stop.")

    assert world.fresh().state == State.AGREED


def test_a_text_is_not_agreed_over_the_head_of_a_partner_who_left(world: World) -> None:
    revision = with_a_proposal(world)
    yes(world.mentor, revision)
    ends(world, world.student, world.mentor)

    with pytest.raises(CannotAnswer, match="no longer takes part"):
        yes(world.teacher, revision)

    assert not Seal.objects.exists()


def test_a_text_of_a_route_that_has_ended_binds_nobody(world: World) -> None:
    with_an_agreement(world)
    revision = propose(world, Kind.FREE, text="Elke vrijdag samen eten.")
    state.stop_route(
        by=By(world.programme_coordinator), route=world.fresh(), learned="Stil.", now=NOW
    )

    with pytest.raises((CannotAnswer, NotFound)):
        yes(world.mentor, revision)


def test_paper_does_not_let_one_person_agree_for_all(world: World) -> None:
    with_an_agreement(world)
    revision = propose(world, Kind.STOPPING, text="Weg ermee.")
    scan = StoredFile.objects.create(
        name="scan.pdf",
        content_type="application/pdf",
        size=4,
        sha256="0" * 64,
        uploaded_by=world.student.pk,
        uploaded_at=NOW,
    )
    mentor, teacher = (
        revision.parties.get(person=person).pk for person in (world.mentor, world.teacher)
    )
    consent.record_elsewhere(
        by=By(world.student), revision=revision, party_id=mentor, scan=scan, now=NOW
    )

    with pytest.raises(CannotAnswer, match="Nobody agrees on their own"):
        consent.record_elsewhere(
            by=By(world.student), revision=revision, party_id=teacher, scan=scan, now=NOW
        )

    assert world.fresh().state == State.AGREED
    yes(world.teacher, revision)
    assert world.fresh().state == State.STOPPED


def test_a_coordinator_decides_about_roles_at_the_own_workplace_only(world: World) -> None:
    other = OrganisationFactory()
    there = WorkplaceFactory(organisation=other)
    coordinator = PersonFactory()
    MembershipFactory(person=coordinator, role=Role.ORGANISATION_COORDINATOR, organisation=other)
    workplace.choose_workplace(
        by=By(world.student),
        route=world.fresh(),
        key=uuid7(),
        place=Place(there, FIRST_DAY, LAST_DAY, "internship_agreement"),
        now=NOW,
    )
    checks.require(coordinator, OnRoute.SEE, world.route, now=NOW)

    with pytest.raises(Refused):
        ends(world, coordinator, world.mentor)
    with pytest.raises(Refused):
        people.replace(
            by=By(coordinator),
            route=world.fresh(),
            part=world.part(world.mentor),
            successor=PersonFactory(),
            now=NOW,
        )

    assert world.part(world.mentor).ended_at is None
    ends(world, world.organisation_coordinator, world.mentor)


@pytest.mark.parametrize(("holder", "other"), [("mentor", "teacher"), ("teacher", "mentor")])
def test_mentor_and_teacher_stay_two_people(world: World, holder: str, other: str) -> None:
    with pytest.raises(people.CannotAsk, match="two people"):
        people.replace(
            by=By(world.student),
            route=world.fresh(),
            part=world.part(getattr(world, holder)),
            successor=getattr(world, other),
            now=NOW,
        )

    assert world.part(getattr(world, holder)).ended_at is None


def test_who_left_is_not_told_what_others_object_to(world: World) -> None:
    revision = with_a_proposal(world)
    ends(world, world.student, world.mentor)
    OutgoingMail.objects.all().delete()

    consent.answer(
        by=By(world.teacher), revision=revision, answer=Answer.NO, reason="Te streng.", now=NOW
    )

    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {world.student.email}


@pytest.mark.parametrize(
    ("who", "told"), [("godparent", False), ("organisation_coordinator", False), ("coach", True)]
)
def test_what_an_agreement_is_called_is_told_to_who_may_read_it(
    world: World, who: str, *, told: bool
) -> None:
    with_an_agreement(world)
    proposing.propose_change(
        by=By(world.student),
        route=world.fresh(),
        kind=Kind.FREE,
        key=uuid7(),
        title="Minder uren door een scheiding",
        text="Tot de zomer.",
        data={},
        now=NOW,
    )

    page = signed_in(getattr(world, who)).get(f"/routes/{world.route.pk}/").content.decode()

    assert ("Minder uren door een scheiding" in page) is told


def test_somebody_who_was_asked_to_sign_does_not_read_the_working_text(world: World) -> None:
    revision = with_a_proposal(world)
    manager = PersonFactory()
    drafts.add_signatory(
        by=By(world.student), agreement=revision.agreement, person=manager, capacity="chef", now=NOW
    )
    drafts.save_section(
        by=By(world.student),
        agreement=revision.agreement,
        key="practical",
        values={},
        seen=revision.agreement.sections.get(key="practical").version,
        now=NOW,
    )
    proposing.propose_start(
        by=By(world.student), agreement=revision.agreement, seen=1, now=NOW, why="Ook de chef."
    )
    client = signed_in(manager)

    assert client.get(f"/agreements/{revision.agreement_id}/").status_code == 200
    assert client.get(f"/agreements/{revision.agreement_id}/parts/").status_code == 404


def test_after_the_end_of_a_route_the_workplace_sees_it_some_days_and_no_longer(
    world: World,
) -> None:
    with_an_agreement(world)
    state.stop_route(
        by=By(world.programme_coordinator), route=world.fresh(), learned="Stil.", now=NOW
    )

    for person in (world.mentor, world.godparent, world.organisation_coordinator):
        checks.require(person, OnRoute.SEE, world.route, now=NOW + timedelta(days=10))
        with pytest.raises(NotFound):
            checks.require(person, OnRoute.SEE, world.route, now=NOW + timedelta(days=61))
    checks.require(world.teacher, OnRoute.SEE, world.route, now=NOW + timedelta(days=61))


def test_what_was_asked_of_a_role_that_is_over_is_not_asked_any_more(world: World) -> None:
    with_a_proposal(world)
    assert moves_of(person=world.mentor, now=NOW)
    over = NOW + timedelta(days=1)
    Participation.objects.filter(person=world.mentor).update(until=over)
    OrganisationReach.objects.filter(route=world.route).update(until=over)

    assert moves_of(person=world.mentor, now=over) == []
    assert moves_of(person=world.organisation_coordinator, now=over) == []
