"""Roles are given for a period, told by a letter, ended, and kept as history."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import (
    InstitutionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    WorkplaceFactory,
)
from tests.worlds import NOW
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.models import Membership, Organisation, Person
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db
MO = actions.Invited("mo@example.org", "Mo Mentor", "en")


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory(name="De Linde")


@pytest.fixture
def els(organisation: Organisation) -> Person:
    person = PersonFactory(name="Els Peeters")
    MembershipFactory(person=person, role=Role.ORGANISATION_COORDINATOR, organisation=organisation)
    return person


def give(els: Person, organisation: Organisation, **more: object) -> Membership:
    return actions.give_role(
        by=By(els), to=MO, role=Role.MENTOR, scope=organisation, now=NOW, **more
    )


def test_a_role_is_told_by_a_letter_in_the_language_of_who_gets_it(
    els: Person, organisation: Organisation
) -> None:
    membership = give(els, organisation, until=datetime(2027, 2, 21, 23, tzinfo=UTC))
    assert (membership.since, membership.person.name) == (NOW, "Mo Mentor")
    letter = OutgoingMail.objects.get()
    assert letter.to == "mo@example.org"
    assert letter.subject == "You are mentor at De Linde"
    assert "Els Peeters gave you a role at De Linde: mentor." in letter.text
    assert "It runs until 21 February 2027." in letter.text
    assert "127.0.0.1" in letter.text
    entry = AuditEntry.objects.get(code="role.given")
    assert (entry.actor_label, entry.params["name"]) == ("Els Peeters", "Mo Mentor")


def test_names_with_marks_stay_as_they_are_in_the_letter(els: Person) -> None:
    place = OrganisationFactory(name="Bakkerij 't Hoekje & Zoon")
    give(els, place)
    assert "Bakkerij 't Hoekje & Zoon" in OutgoingMail.objects.get().text


def test_the_same_form_sent_twice_gives_one_role(els: Person, organisation: Organisation) -> None:
    key = uuid7()
    assert give(els, organisation, key=key) == give(els, organisation, key=key)
    assert Membership.objects.filter(role=Role.MENTOR).count() == 1
    assert OutgoingMail.objects.count() == 1


def test_a_role_that_is_held_is_not_given_again(els: Person, organisation: Organisation) -> None:
    give(els, organisation, until=NOW + timedelta(days=10))
    with pytest.raises(actions.CannotGive, match="has this role here already") as refusal:
        give(els, organisation, since=NOW + timedelta(days=5))
    assert refusal.value.field == "email"
    later = give(els, organisation, since=NOW + timedelta(days=10))
    assert later.since == NOW + timedelta(days=10)


def test_a_role_that_does_not_exist_there_is_refused(
    els: Person, organisation: Organisation
) -> None:
    with pytest.raises(actions.CannotGive):
        actions.give_role(by=By(els), to=MO, role=Role.ADMINISTRATOR, scope=organisation, now=NOW)
    assert not Person.objects.filter(email=MO.email).exists()


def test_a_workplace_of_another_organisation_is_refused(
    els: Person, organisation: Organisation
) -> None:
    with pytest.raises(actions.CannotGive):
        give(els, organisation, workplace=WorkplaceFactory())


def test_a_last_day_in_the_past_is_refused(els: Person, organisation: Organisation) -> None:
    with pytest.raises(actions.CannotGive) as refusal:
        give(els, organisation, until=NOW - timedelta(days=1))
    assert refusal.value.field == "until"


def test_an_ended_role_stays_as_history(els: Person, organisation: Organisation) -> None:
    membership = give(els, organisation)
    later = NOW + timedelta(days=3)
    for _click in range(2):
        actions.end_role(by=By(els), membership=membership, now=later)
    membership.refresh_from_db()
    assert membership.until == later
    assert AuditEntry.objects.filter(code="role.ended").count() == 1


def test_a_role_that_was_still_to_begin_never_holds(
    els: Person, organisation: Organisation
) -> None:
    membership = give(els, organisation, since=NOW + timedelta(days=30))
    actions.end_role(by=By(els), membership=membership, now=NOW)
    membership.refresh_from_db()
    assert membership.until == membership.since


def test_who_coordinates_alone_can_not_leave_without_a_successor(
    els: Person, organisation: Organisation
) -> None:
    own = Membership.objects.get(person=els)
    # Somebody who coordinates elsewhere, and somebody whose role is over, don't count.
    MembershipFactory(role=Role.ORGANISATION_COORDINATOR, organisation=OrganisationFactory())
    MembershipFactory(
        role=Role.ORGANISATION_COORDINATOR,
        organisation=organisation,
        until=NOW - timedelta(days=1),
    )
    with pytest.raises(actions.NoSuccessor):
        actions.end_role(by=By(els), membership=own, now=NOW)
    MembershipFactory(role=Role.ORGANISATION_COORDINATOR, organisation=organisation)
    actions.end_role(by=By(els), membership=own, now=NOW)
    own.refresh_from_db()
    assert own.until == NOW


def test_the_last_administrator_stays() -> None:
    person = actions.create_administrator(
        email="beheer@example.org", name="Griet", language="nl", now=NOW
    )
    with pytest.raises(actions.NoSuccessor):
        actions.end_role(by=By(person), membership=Membership.objects.get(), now=NOW)


def test_a_teacher_who_leaves_is_no_longer_the_usual_one() -> None:
    institution = InstitutionFactory()
    membership = MembershipFactory(role=Role.TEACHER, institution=institution)
    leader = MembershipFactory(role=Role.PROGRAMME_COORDINATOR, institution=institution)
    programme = ProgrammeFactory(institution=institution, default_teacher=membership.person)
    elsewhere = ProgrammeFactory(default_teacher=membership.person)
    actions.end_role(by=By(leader.person), membership=membership, now=NOW)
    programme.refresh_from_db()
    elsewhere.refresh_from_db()
    assert programme.default_teacher is None
    assert elsewhere.default_teacher == membership.person
