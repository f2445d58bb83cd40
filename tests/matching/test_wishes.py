"""A student keeps favourites in their own order, and shows them to a workplace or not."""

import pytest

from tests.matching.offering import a_place, draft, to
from tests.worlds import NOW, World, with_an_agreement
from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.matching.actions import wishes
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.queries import (
    interest_counts,
    interested_in,
    preferences_for,
    seeking_route,
)
from tussenstop.matching.rules import MOST_WISHES, Grade, PlaceState
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route

pytestmark = pytest.mark.django_db


def keeps(world: World, *places: Place) -> None:
    for place in places:
        wishes.add_wish(by=By(world.student), route=world.fresh(), place=place, now=NOW)


def moves(world: World, place: Place, *, up: bool) -> None:
    wishes.move_wish(by=By(world.student), route=world.fresh(), place=place, up=up, now=NOW)


def shows(world: World, place: Place, *, shown: bool = True, word: str = "") -> None:
    wishes.show_wish(
        by=By(world.student), route=world.fresh(), place=place, shown=shown, word=word, now=NOW
    )


def order(world: World) -> list[str]:
    rows = Wish.objects.filter(route=world.route).order_by("position")
    return [wish.place.title for wish in rows.select_related("place")]


def interested(world: World, person: Person, place: Place) -> list[str]:
    _place, rows = interested_in(person=person, place_id=place.pk, now=NOW)
    return [wish.word for wish in rows]


@pytest.fixture
def three(world: World) -> list[Place]:
    return [a_place(world, title=title) for title in ("A", "B", "C")]


def test_favourites_stand_in_the_order_of_the_student(world: World, three: list[Place]) -> None:
    keeps(world, *three)
    moves(world, three[2], up=True)
    moves(world, three[0], up=False)
    assert order(world) == ["C", "A", "B"]


def test_the_first_goes_no_higher_and_the_last_no_lower(world: World, three: list[Place]) -> None:
    keeps(world, *three)
    moves(world, three[0], up=True)
    moves(world, three[2], up=False)
    assert order(world) == ["A", "B", "C"]


def test_keeping_twice_is_keeping_once_and_letting_go_closes_the_row(
    world: World, three: list[Place]
) -> None:
    keeps(world, *three, three[0])
    wishes.drop_wish(by=By(world.student), route=world.fresh(), place=three[1], now=NOW)
    assert list(Wish.objects.order_by("position").values_list("place__title", "position")) == [
        ("A", 1),
        ("C", 2),
    ]


def test_a_draft_can_not_be_wished(world: World) -> None:
    with pytest.raises(DomainError, match="not open"):
        keeps(world, draft(world))


def test_there_is_an_end_to_wishing(world: World) -> None:
    keeps(world, *(a_place(world) for _ in range(MOST_WISHES)))
    with pytest.raises(DomainError, match="Let one go first"):
        keeps(world, a_place(world))


def test_after_the_start_agreement_there_is_nothing_to_wish(
    world: World, three: list[Place]
) -> None:
    with_an_agreement(world)
    with pytest.raises(DomainError, match="found your workplace"):
        keeps(world, three[0])
    assert seeking_route(person=world.student, now=NOW) is None


def test_an_own_employee_seeks_no_place(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(context="own_employee")
    assert seeking_route(person=world.student, now=NOW) is None


@pytest.mark.parametrize("who", ["mentor", "teacher", "programme_coordinator"])
def test_nobody_wishes_for_the_student(world: World, three: list[Place], who: str) -> None:
    with pytest.raises(Refused):
        wishes.add_wish(by=By(getattr(world, who)), route=world.route, place=three[0], now=NOW)


def test_a_workplace_knows_nothing_until_the_student_says_so(
    world: World, three: list[Place]
) -> None:
    place = three[0]
    keeps(world, place)
    assert interested(world, world.organisation_coordinator, place) == []
    assert interest_counts([place]) == {}
    shows(world, place, word="Ik wil graag komen kijken")
    assert interested(world, world.organisation_coordinator, place) == ["Ik wil graag komen kijken"]
    assert interest_counts([place]) == {place.pk: 1}
    shows(world, place, shown=False)
    assert interested(world, world.organisation_coordinator, place) == []


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("mentor", Refused), ("student", NotFound), ("other_organisation_coordinator", NotFound)],
)
def test_only_who_offers_the_place_sees_who_is_interested(
    world: World, three: list[Place], who: str, refusal: type[Exception]
) -> None:
    keeps(world, three[0])
    shows(world, three[0], word="kanarie")
    with pytest.raises(refusal):
        interested(world, getattr(world, who), three[0])


def test_who_found_a_workplace_is_no_longer_shown_elsewhere(
    world: World, three: list[Place]
) -> None:
    keeps(world, three[0])
    shows(world, three[0])
    with_an_agreement(world)
    assert interested(world, world.organisation_coordinator, three[0]) == []


def test_a_favourite_that_became_full_stays_a_favourite(world: World, three: list[Place]) -> None:
    keeps(world, three[0])
    to(world, three[0], PlaceState.FULL)
    assert order(world) == ["A"]


def prefers(world: World, place: Place, grade: Grade | None, by: Person | None = None) -> None:
    wishes.prefer(
        by=By(by or world.organisation_coordinator),
        place=place,
        route=world.fresh(),
        grade=grade,
        now=NOW,
    )


def test_a_workplace_says_how_much_it_would_like_somebody_and_may_have_no_preference(
    world: World, three: list[Place]
) -> None:
    place = three[0]
    keeps(world, place)
    shows(world, place)
    prefers(world, place, Grade.GLAD)
    prefers(world, place, Grade.EAGER)
    assert preferences_for(place) == {world.route.pk: Grade.EAGER}
    prefers(world, place, None)
    assert preferences_for(place) == {}


def test_a_workplace_prefers_only_among_who_showed_interest(
    world: World, three: list[Place]
) -> None:
    keeps(world, three[0])
    with pytest.raises(NotFound):
        prefers(world, three[0], Grade.EAGER)


@pytest.mark.parametrize(
    ("who", "refusal"), [("mentor", Refused), ("student", NotFound), ("stranger", NotFound)]
)
def test_nobody_else_prefers_for_the_workplace(
    world: World, three: list[Place], who: str, refusal: type[Exception]
) -> None:
    keeps(world, three[0])
    shows(world, three[0])
    with pytest.raises(refusal):
        prefers(world, three[0], Grade.EAGER, by=getattr(world, who))


def ties(world: World) -> list[bool]:
    return list(
        Wish.objects.filter(route=world.route).order_by("position").values_list("tied", flat=True)
    )


def ties_with_the_one_before(world: World, place: Place, *, tied: bool = True) -> None:
    wishes.tie_wish(by=By(world.student), route=world.fresh(), place=place, tied=tied, now=NOW)


def test_favourites_can_be_equally_dear(world: World, three: list[Place]) -> None:
    keeps(world, *three)
    ties_with_the_one_before(world, three[1])
    ties_with_the_one_before(world, three[0])  # there is none before it
    assert ties(world) == [False, True, False]
    ties_with_the_one_before(world, three[1], tied=False)
    assert ties(world) == [False, False, False]


def test_what_stood_beside_a_favourite_that_goes_keeps_its_place(
    world: World, three: list[Place]
) -> None:
    keeps(world, *three)
    ties_with_the_one_before(world, three[2])
    wishes.drop_wish(by=By(world.student), route=world.fresh(), place=three[1], now=NOW)
    assert (order(world), ties(world)) == (["A", "C"], [False, False])
    wishes.add_wish(by=By(world.student), route=world.fresh(), place=three[1], now=NOW)
    ties_with_the_one_before(world, three[2])
    ties_with_the_one_before(world, three[1])
    wishes.drop_wish(by=By(world.student), route=world.fresh(), place=three[2], now=NOW)
    assert (order(world), ties(world)) == (["A", "B"], [False, True])


def test_a_favourite_that_moves_stands_beside_nobody(world: World, three: list[Place]) -> None:
    keeps(world, *three)
    ties_with_the_one_before(world, three[1])
    moves(world, three[1], up=True)
    assert (order(world), ties(world)) == (["B", "A", "C"], [False, False, False])
