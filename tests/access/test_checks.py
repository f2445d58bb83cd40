"""The list filter and the check of one route are the same rule."""

from datetime import timedelta

import pytest

from tests.factories import MembershipFactory, PersonFactory
from tests.worlds import World
from tussenstop.access import checks
from tussenstop.access.matrix import ON_ROUTE, OnRoute
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import NotFound, Refused
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role
from tussenstop.routes.models import Route

PEOPLE = {
    "student": RouteRole.STUDENT,
    "mentor": RouteRole.MENTOR,
    "teacher": RouteRole.TEACHER,
    "coach": RouteRole.COACH,
    "godparent": RouteRole.GODPARENT,
    "programme_coordinator": RouteRole.PROGRAMME_COORDINATOR,
    "organisation_coordinator": RouteRole.ORGANISATION_COORDINATOR,
}
OUTSIDERS = (
    "other_student",
    "other_mentor",
    "other_teacher",
    "other_programme_coordinator",
    "other_organisation_coordinator",
    "administrator",
    "stranger",
)


def in_list(person: Person, permission: OnRoute, world: World) -> bool:
    routes = Route.objects.filter(checks.routes_for(person, permission, now=world.now))
    return routes.filter(pk=world.route.pk).exists()


@pytest.mark.parametrize("permission", list(OnRoute))
def test_who_may_do_it_finds_the_route_in_their_list_and_nobody_else(
    world: World, permission: OnRoute
) -> None:
    expected = {name for name, role in PEOPLE.items() if role in ON_ROUTE[permission]}
    people = {name: getattr(world, name) for name in (*PEOPLE, *OUTSIDERS)}
    assert {n for n, p in people.items() if in_list(p, permission, world)} == expected
    assert {
        n for n, p in people.items() if checks.may(p, permission, world.route, now=world.now)
    } == expected


@pytest.mark.parametrize("name", OUTSIDERS)
def test_the_same_role_elsewhere_finds_nothing(world: World, name: str) -> None:
    with pytest.raises(NotFound):
        checks.require(getattr(world, name), OnRoute.SEE, world.route, now=world.now)


def test_who_knows_of_it_but_may_not_do_it_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        checks.require(world.godparent, OnRoute.SEE_STOPS, world.route, now=world.now)


def test_who_was_asked_sees_nothing_before_saying_yes(world: World) -> None:
    Participation.objects.filter(person=world.mentor).update(accepted_at=None)
    assert not checks.may(world.mentor, OnRoute.SEE, world.route, now=world.now)
    assert not in_list(world.mentor, OnRoute.SEE, world)


def test_who_left_sees_nothing_more(world: World) -> None:
    Participation.objects.filter(person=world.mentor).update(ended_at=world.now)
    assert not checks.may(world.mentor, OnRoute.SEE, world.route, now=world.now)
    assert not in_list(world.mentor, OnRoute.SEE, world)


def test_a_mentor_sees_the_route_until_some_days_after_the_placement(world: World) -> None:
    until = Participation.objects.get(person=world.mentor, route=world.route).until
    assert until is not None
    assert checks.may(world.mentor, OnRoute.SEE, world.route, now=until - timedelta(minutes=1))
    assert not checks.may(world.mentor, OnRoute.SEE, world.route, now=until)
    assert checks.may(world.student, OnRoute.SEE, world.route, now=until)


def test_an_organisation_sees_the_route_as_long_as_its_mentors_do(world: World) -> None:
    reach = OrganisationReach.objects.get(route=world.route)
    assert reach.until is not None
    person = world.organisation_coordinator
    assert checks.may(person, OnRoute.SEE, world.route, now=reach.until - timedelta(minutes=1))
    assert not checks.may(person, OnRoute.SEE, world.route, now=reach.until)


@pytest.mark.parametrize("name", ["programme_coordinator", "organisation_coordinator"])
def test_a_coordinator_whose_role_ended_sees_nothing(world: World, name: str) -> None:
    person = getattr(world, name)
    Membership.objects.filter(person=person).update(until=world.now)
    assert not checks.may(person, OnRoute.SEE, world.route, now=world.now)
    assert not in_list(person, OnRoute.SEE, world)


def test_a_role_that_begins_tomorrow_gives_nothing_today(world: World) -> None:
    person = PersonFactory()
    MembershipFactory(
        person=person,
        role=Role.PROGRAMME_COORDINATOR,
        institution=world.institution,
        since=world.now + timedelta(days=1),
    )
    assert not in_list(person, OnRoute.SEE, world)
    assert checks.may(person, OnRoute.SEE, world.route, now=world.now + timedelta(days=2))
