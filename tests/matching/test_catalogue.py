"""Open places at hand: quick for everybody who looks, and never showing what is closed."""

import pytest

from tests.matching.offering import a_place, to
from tests.worlds import NOW, World
from tussenstop.matching.catalogue import open_places
from tussenstop.matching.models import Place
from tussenstop.matching.queries import PlaceFilter
from tussenstop.matching.rules import PlaceState
from tussenstop.people.models import Workplace
from tussenstop.reports import places as reports

pytestmark = pytest.mark.django_db


def titles(world: World, **wanted: object) -> list[str]:
    who = reports.looking(person=world.teacher, now=NOW)
    found = reports.browse(who=who, wanted=PlaceFilter(**wanted), most_minutes=None, now=NOW)  # type: ignore[arg-type]
    return [row.place.title for row in found.page(found.rows, wished=set())]


def test_a_place_that_opens_is_seen_at_once(world: World) -> None:
    a_place(world, title="A")
    assert titles(world) == ["A"]
    place = a_place(world, title="B")
    assert titles(world) == ["A", "B"]
    to(world, place, PlaceState.CLOSED)
    assert titles(world) == ["A"]


def test_what_closed_without_our_knowing_is_not_shown(world: World) -> None:
    place = a_place(world, title="A")
    assert titles(world) == ["A"]
    Place.objects.filter(pk=place.pk).update(state=PlaceState.CLOSED)  # by another process
    assert titles(world) == []


@pytest.mark.parametrize("most", [1, 2000])
def test_the_filters_say_the_same_at_hand_and_in_the_database(
    world: World, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "MOST_COMPARED", most)
    Workplace.objects.update(culture_types=["caring"])
    a_place(world, title="Maandag", days=[1])
    a_place(world, title="Week", days=[1, 2])
    assert titles(world, days=frozenset({2})) == ["Week"]
    assert titles(world, days=frozenset({1}), words="week") == ["Week"]
    assert titles(world, culture="do") == []
    assert titles(world, culture="caring", programme=world.programme.pk, days=frozenset({2})) == [
        "Week"
    ]


def test_places_are_read_once_for_everybody(
    world: World, django_assert_num_queries: object
) -> None:
    a_place(world)
    ask = {"programme": world.programme.pk, "today": NOW.date(), "most": 10}
    with django_assert_num_queries(1):  # type: ignore[operator]
        open_places(**ask)  # type: ignore[arg-type]
    with django_assert_num_queries(0):  # type: ignore[operator]
        open_places(**ask)  # type: ignore[arg-type]
