"""Two people, one moment: on SQLite and PostgreSQL alike."""

import pytest

from tests.factories import InstitutionFactory, MembershipFactory, OrganisationFactory
from tests.together import a_database_for_threads, together
from tests.worlds import NOW
from tussenstop.core.ids import uuid7
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import Taken
from tussenstop.people.models import Institution, Membership, Organisation, Person
from tussenstop.people.rules import Role

__all__ = ["a_database_for_threads"]
pytestmark = pytest.mark.usefixtures("a_database_for_threads")
MO = actions.Invited("mo@example.org", "Mo")


def a_coordinator(organisation: Organisation) -> Membership:
    return MembershipFactory(role=Role.ORGANISATION_COORDINATOR, organisation=organisation)


def test_two_who_invite_the_same_person_make_one_person_with_one_role() -> None:
    organisation = OrganisationFactory()
    by = By(a_coordinator(organisation).person)

    def give() -> Membership:
        return actions.give_role(by=by, to=MO, role=Role.MENTOR, scope=organisation, now=NOW)

    answers = together(give, give)
    assert sorted(type(a).__name__ for a in answers) == ["CannotGive", "Membership"]
    assert Person.objects.filter(email=MO.email).count() == 1
    assert Membership.objects.filter(role=Role.MENTOR).count() == 1


def test_two_places_that_invite_the_same_stranger_make_one_person() -> None:
    places = [OrganisationFactory(), OrganisationFactory()]
    bys = [By(a_coordinator(place).person) for place in places]

    def give(number: int) -> Membership:
        return actions.give_role(
            by=bys[number], to=MO, role=Role.MENTOR, scope=places[number], now=NOW
        )

    one, other = together(lambda: give(0), lambda: give(1))
    assert one.person_id == other.person_id


def test_two_coordinators_who_leave_at_once_do_not_both_leave() -> None:
    organisation = OrganisationFactory()
    mine, theirs = a_coordinator(organisation), a_coordinator(organisation)

    def leave(membership: Membership) -> None:
        actions.end_role(by=By(membership.person), membership=membership, now=NOW)

    answers = together(lambda: leave(mine), lambda: leave(theirs))
    assert sorted(type(a).__name__ for a in answers) == ["NoSuccessor", "NoneType"]
    assert Membership.objects.filter(until=None).count() == 1


def test_a_double_click_makes_one_institution() -> None:
    by, key = By(MembershipFactory(role=Role.ADMINISTRATOR).person), uuid7()

    def add() -> Institution:
        return actions.add_institution(by=by, name="CVO", key=key, now=NOW)

    assert together(add, add) == [Institution.objects.get()] * 2


def test_two_who_take_the_same_name_are_not_both_served() -> None:
    by = By(MembershipFactory(role=Role.ADMINISTRATOR).person)

    def add() -> Institution:
        return actions.add_institution(by=by, name="CVO", now=NOW)

    answers = together(add, add)
    assert sum(isinstance(a, Taken) for a in answers) == 1
    assert Institution.objects.count() == 1


def test_of_two_who_describe_at_once_one_is_told() -> None:
    institution = InstitutionFactory()
    by = By(MembershipFactory(role=Role.ADMINISTRATOR).person)

    def edit(about: str) -> None:
        row = Institution.objects.get(pk=institution.pk)
        actions.edit_institution(by=by, institution=row, seen=1, name="CVO", about=about, now=NOW)

    answers = together(lambda: edit("een"), lambda: edit("twee"))
    assert sorted(type(a).__name__ for a in answers) == ["NoneType", "Stale"]
