"""Letters about documents: seldom, in one, and only to who can do something about them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.documents.giving import gives_everything, needed, provider_of, route_of
from tests.worlds import NOW, World
from tussenstop.access.models import OrganisationReach, Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.models import OutgoingMail
from tussenstop.documents.actions import asking
from tussenstop.documents.models import Paper
from tussenstop.documents.reminders import remind
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves
from tussenstop.routes.models import Move, Route
from tussenstop.routes.rules import MoveCode, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def waiting(world: World) -> None:
    """Of the two routes of the world only its own waits for documents."""
    moves.rebuild(world.fresh())
    Move.objects.exclude(route=world.route).delete()
    Person.objects.update(language="en")
    OutgoingMail.objects.all().delete()


def told_on(day: int) -> dict[str, str]:
    """Who gets a letter so many days after they were asked, and its text."""
    since = Move.objects.filter(code=MoveCode.GIVE_PAPERS).earliest("since").since
    return told_at(since + timedelta(days=day, minutes=1))


def told_at(moment: datetime) -> dict[str, str]:
    OutgoingMail.objects.all().delete()
    remind(moment)
    return dict(OutgoingMail.objects.values_list("to", "text"))


def test_everybody_who_has_something_to_provide_is_told_after_a_week(world: World) -> None:
    assert told_on(6) == {}
    letters = told_on(7)
    providers = {provider_of(world, one).email for one in needed(world).values()}
    assert set(letters) == providers
    own = [
        one.required.name
        for one in needed(world).values()
        if one.required.provider == RouteRole.STUDENT
    ]
    assert own
    assert all(name in letters[world.student.email] for name in own)


def test_a_letter_comes_twice_at_most_and_makes_up_for_days_without_a_worker(world: World) -> None:
    assert told_on(9)
    assert told_on(10) == {}
    assert told_on(24)
    assert told_on(40) == {}


def test_who_gave_everything_hears_nothing(world: World) -> None:
    gives_everything(world)
    assert Move.objects.filter(code=MoveCode.GIVE_PAPERS, since__lte=NOW).count() == 0
    assert told_at(NOW + timedelta(days=20)) == {}


def test_what_runs_out_is_asked_again_in_time(world: World) -> None:
    gives_everything(world)
    paper = Paper.objects.filter(route=world.route, replaced_at=None).first()
    assert paper
    until = (NOW + timedelta(days=60)).date()
    Paper.objects.filter(pk=paper.pk).update(until=until)
    moves.rebuild(world.fresh())
    assert told_at(NOW + timedelta(days=32)) == {}
    letters = told_at(NOW + timedelta(days=38))
    one = needed(world)[paper.key]
    assert list(letters) == [provider_of(world, one).email]
    assert one.required.name in next(iter(letters.values()))


@pytest.mark.parametrize("state", [State.PAUSED, State.STOPPED, State.COMPLETED])
def test_a_route_that_rests_or_is_over_reminds_nobody(world: World, state: State) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=state)
    assert told_on(8) == {}


def test_who_left_the_route_is_not_told_of_it(world: World) -> None:
    Participation.objects.filter(route=world.route, person=world.mentor).update(ended_at=NOW)
    assert world.mentor.email not in told_on(8)


def test_several_routes_are_one_letter(world: World) -> None:
    """The coordinator of the organisation of two routes reads both in one."""
    other = Route.objects.exclude(pk=world.route.pk).get()
    coordinator = world.other_organisation_coordinator
    placement = other.placements.get()
    type(placement).objects.filter(pk=placement.pk).update(
        organisation=world.organisation, workplace=world.workplace
    )
    OrganisationReach.objects.filter(route=other).update(organisation=world.organisation)
    moves.rebuild(Route.objects.get(pk=other.pk))
    letters = told_on(10)
    text = letters.get(world.organisation_coordinator.email, "")
    assert world.student.name in text
    assert world.other_student.name in text
    assert coordinator.email not in letters


def test_what_a_programme_switches_changes_whose_move_it_is(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    gives_everything(world)
    assert not Move.objects.filter(route=world.route, code=MoveCode.GIVE_PAPERS).exists()
    with django_capture_on_commit_callbacks(execute=True):
        asking.add_own(
            by=By(world.programme_coordinator),
            programme=world.programme,
            key=route_of(world).pk,
            name="Een foto",
            description="",
            provider="student",
            gate="start",
            proof="word",
            months=None,
            contexts=[],
            now=NOW,
        )
    move = Move.objects.get(route=world.route, code=MoveCode.GIVE_PAPERS)
    assert move.person_id == world.student.pk
