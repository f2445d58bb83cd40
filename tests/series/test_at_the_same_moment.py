"""Two taps on one series of dates at the same moment."""

from functools import partial

import pytest

from tests.series.asking import searched, the_talk
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.people.acting import By
from tussenstop.routes.models import Moment
from tussenstop.series import actions

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    return a_route_with_three_partners()


def test_each_date_is_proposed_once(world: World) -> None:
    series = searched(world)
    chosen = [the_talk(series).pk]
    act = partial(actions.propose, by=By(world.mentor), series=series, chosen=chosen, now=NOW)

    counts = together(act, act)

    assert sorted(counts) == [0, 1]
    actions.send_proposals(series=series, now=NOW)
    actions.send_proposals(series=series, now=NOW)
    assert Moment.objects.filter(stop__kind="onboarding").count() == 1
