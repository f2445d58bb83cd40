"""Two people in a round at the same moment: nothing twice, nothing half done."""

from types import SimpleNamespace

import pytest

from tests.rounds.choosing import AFTER_ALL, Class, a_class, match_of, publish, rehearse
from tests.together import a_database_for_threads, together
from tests.worlds import World, a_route_with_three_partners
from tussenstop.core.errors import DomainError
from tussenstop.people.acting import By
from tussenstop.rounds import jobs
from tussenstop.rounds.actions import answering, deciding
from tussenstop.rounds.models import Match, Rehearsal
from tussenstop.routes.models import Placement

__all__ = ["a_database_for_threads"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


@pytest.fixture
def one(world: World) -> Class:
    return a_class(world)


def test_a_round_tried_twice_at_once_is_tried_once(
    world: World, one: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = SimpleNamespace(enqueue=lambda _pk: None)  # a job that no worker took up yet
    monkeypatch.setattr(jobs, "rehearse", waits)
    by = By(world.programme_coordinator)
    asked = together(
        *[lambda: deciding.ask_rehearsal(by=by, round_=one.round, now=AFTER_ALL).pk] * 2
    )
    assert asked[0] == asked[1]
    assert Rehearsal.objects.count() == 1


def test_a_result_published_twice_at_once_is_published_once(world: World, one: Class) -> None:
    rehearsal = rehearse(world, one.round)

    def act() -> None:
        again = Rehearsal.objects.select_related("round__institution").get(pk=rehearsal.pk)
        deciding.publish(by=By(world.programme_coordinator), rehearsal=again, now=AFTER_ALL)

    together(act, act)
    assert Match.objects.count() == 3


def test_both_sides_who_say_yes_at_once_choose_once(world: World, one: Class) -> None:
    publish(world, rehearse(world, one.round))

    def says_yes(by: By) -> None:
        match = match_of(one.cleo)
        answering.answer(by=by, match=match, yes=True, word="", seen=1, now=AFTER_ALL)

    refusals = together(
        lambda: says_yes(By(one.person("cleo"))),
        lambda: says_yes(By(world.organisation_coordinator)),
    )
    # Who came second is asked to look again, and says yes to what stands there then.
    for refusal, by in zip(
        refusals, (By(one.person("cleo")), By(world.organisation_coordinator)), strict=True
    ):
        if isinstance(refusal, DomainError):
            match = match_of(one.cleo)
            answering.answer(
                by=by, match=match, yes=True, word="", seen=match.version, now=AFTER_ALL
            )
    assert Placement.objects.filter(route=one.cleo, ended_at=None).count() == 1
