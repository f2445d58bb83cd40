"""Favourites from a file: after the student's own, under the rules that hold for everybody."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ProgrammeFactory, WorkplaceFactory
from tests.imports.filing import WISHES, begin, bring_in, look, problems_of
from tests.matching.offering import a_place, draft
from tests.rounds.choosing import open_round
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.imports.rules import Change, Kind
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.rules import MOST_WISHES, PlaceState
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.rounds.models import Round, RoundStudent
from tussenstop.routes.actions import start
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context, State

pytestmark = pytest.mark.django_db

WITH_PLACE = (*WISHES, "Organisatie", "Werkplek")


def wish(world: World, title: str, order: str = "", **who: str) -> list[str]:
    return [who.get("email", world.student.email), title, order]


def titles(route: Route) -> list[tuple[str, bool]]:
    wishes = Wish.objects.filter(route=route).order_by("position")
    return [(one.place.title, one.tied) for one in wishes]


def some_places(world: World, *names: str) -> None:
    for name in names:
        a_place(world, title=name)


def said(world: World, *rows: list[str]) -> list[dict[str, str]]:
    return problems_of(world, Kind.WISHES, WITH_PLACE if len(rows[0]) > 3 else WISHES, *rows)


def test_the_order_of_the_file_counts_and_equal_numbers_are_equally_dear(world: World) -> None:
    some_places(world, "A", "B", "C", "D")
    rows = [wish(world, "A", "3"), wish(world, "B", "1"), wish(world, "C", "3"), wish(world, "D")]
    bring_in(world, begin(world, Kind.WISHES, WISHES, rows))
    assert titles(world.route) == [("B", False), ("A", False), ("C", True), ("D", False)]


def test_without_an_order_the_rows_follow_each_other(world: World) -> None:
    some_places(world, "A", "B")
    rows = [wish(world, "B")[:2], wish(world, "A")[:2]]
    bring_in(world, begin(world, Kind.WISHES, WISHES[:2], rows))
    assert titles(world.route) == [("B", False), ("A", False)]


def test_what_the_student_chose_comes_first_and_is_never_told(world: World) -> None:
    some_places(world, "A", "B")
    Wish.objects.create(
        route=world.route, place=Place.objects.get(title="A"), position=1, made_at=NOW, word="hallo"
    )
    rows = [wish(world, "A", "1"), wish(world, "B", "1")]
    one = begin(world, Kind.WISHES, WISHES, rows)
    known, new = look(world, one).lines
    assert (known.change, known.told) == (new.change, new.told)
    assert known.change == Change.READY
    one = bring_in(world, one)
    assert one.counts == {"ready": 2}
    assert titles(world.route) == [("A", False), ("B", False)]
    assert Wish.objects.get(place__title="A").word == "hallo"


def test_the_same_file_again_makes_no_doubles(world: World) -> None:
    some_places(world, "A", "B")
    rows = [wish(world, "A", "1"), wish(world, "B", "2")]
    for _again in range(2):
        bring_in(world, begin(world, Kind.WISHES, WISHES, rows))
    assert titles(world.route) == [("A", False), ("B", False)]
    assert AuditEntry.objects.filter(code="wishes.brought_in").count() == 1


def test_the_student_reads_in_the_story_who_did_it_and_not_which_places(world: World) -> None:
    some_places(world, "Geheime kamer")
    bring_in(world, begin(world, Kind.WISHES, WISHES, [wish(world, "Geheime kamer")]))
    told = AuditEntry.objects.get(code="wishes.brought_in")
    assert (told.route_id, told.means) == (world.route.pk, "elsewhere")
    assert "Geheime kamer" not in str(told.params)


def test_a_place_is_found_by_its_workplace_when_others_have_its_title(world: World) -> None:
    team = WorkplaceFactory(organisation=world.organisation, name="Team Blauw")
    some_places(world, "Koken", "Koken")
    other = Place.objects.filter(title="Koken").latest("created_at", "pk")
    Place.objects.filter(pk=other.pk).update(workplace=team)
    row = wish(world, "Koken", "1")
    unclear, elsewhere, clear = said(
        world,
        [*row, "", ""],
        [*row, "", "Team Rood"],
        [*row, world.organisation.name, "team blauw"],
    )
    assert "2 open places are called like this" in unclear["title"]
    assert elsewhere == {"workplace": "The open place “Koken” is not here."}
    assert clear == {}


def test_what_is_the_matter_stands_beside_the_value(world: World) -> None:
    some_places(world, "Koken", "Vol", "Voorbij")
    draft(world, title="Ontwerp")
    Place.objects.filter(title="Vol").update(state=PlaceState.FULL)
    Place.objects.filter(title="Voorbij").update(
        starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)
    )
    found = said(
        world,
        wish(world, "Koken", email="sara"),
        wish(world, "Koken", email="niemand@example.org"),
        wish(world, "Koken", email=world.other_student.email),
        wish(world, "Kokken"),
        wish(world, "Ontwerp"),
        wish(world, "Voorbij"),
        wish(world, ""),
        wish(world, "Koken", "nul"),
        wish(world, "Koken", "0"),
        wish(world, "Vol"),
    )
    texts = [" ".join(f"{key}: {why}" for key, why in one.items()) for one in found]
    for text, expected in zip(
        texts,
        [
            "email: “sara” is no e-mail address",
            "email: Nobody with this address travels a route of your institution.",
            "email: Nobody with this address travels a route of your institution.",
            "title: No open place is called “Kokken”. Did you mean “Koken”?",
            "title: No open place is called “Ontwerp”.",
            "title: No open place is called “Voorbij”.",
            "title: This is still needed.",
            "order: “nul” is no whole number",
            "order: 0 is not possible here",
            "",
        ],
        strict=True,
    ):
        assert text.startswith(expected)
        assert bool(text) == bool(expected)


def test_the_same_place_twice_for_one_student_is_told(world: World) -> None:
    some_places(world, "Koken")
    first, second = said(world, wish(world, "Koken", "1"), wish(world, "koken", "2"))
    assert first == {}
    assert second == {"title": "This place stands in row 2 already, for the same student."}


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"state": State.AGREED}, "There is a start agreement already: a workplace was found."),
        ({"context": Context.OWN_EMPLOYEE}, "An own employee learns with their own employer."),
        ({"state": State.STOPPED}, "Nobody with this address travels a route"),
    ],
)
def test_only_who_looks_for_a_workplace_has_favourites(
    world: World, changes: dict[str, str], text: str
) -> None:
    some_places(world, "Koken")
    Route.objects.filter(pk=world.route.pk).update(**changes)
    (problems,) = said(world, wish(world, "Koken"))
    assert text in problems["email"]


def second_route(world: World) -> Route:
    return start.start_for_student(
        by=By(world.programme_coordinator),
        key=uuid7(),
        student=world.student,
        programme=ProgrammeFactory(institution=world.institution),
        context=Context.CANDIDATE,
        now=NOW,
    )


def test_with_two_routes_the_programme_of_the_place_decides(world: World) -> None:
    second = second_route(world)
    some_places(world, "Koken", "Allebei")
    Place.objects.get(title="Koken").programmes.set([second.programme])
    Place.objects.get(title="Allebei").programmes.set([second.programme, world.programme])
    clear, unclear = said(world, wish(world, "Koken"), wish(world, "Allebei"))
    assert clear == {}
    assert "on several routes" in unclear["email"]
    bring_in(world, begin(world, Kind.WISHES, WISHES, [wish(world, "Koken")]))
    assert titles(second) == [("Koken", False)]
    assert titles(world.route) == []


def test_more_favourites_than_one_may_keep_are_told_from_the_least_dear(world: World) -> None:
    names = [f"Plaats {n:02}" for n in range(MOST_WISHES + 1)]
    some_places(world, *names)
    for position, name in enumerate(names[:2], start=1):
        Wish.objects.create(
            route=world.route, place=Place.objects.get(title=name), position=position, made_at=NOW
        )
    rows = [wish(world, name, str(90 - n)) for n, name in enumerate(names)]
    found = said(world, *rows)
    assert [n for n, problems in enumerate(found) if problems] == [2]
    assert found[2] == {"title": "More than 15 favourites can't be kept."}


def test_favourites_stay_as_they_are_while_a_round_is_decided(world: World) -> None:
    some_places(world, "Koken")
    row = wish(world, "Koken")
    made = open_round(world)
    RoundStudent.objects.get_or_create(round=made, route=world.route, defaults={"added_at": NOW})
    one = begin(world, Kind.WISHES, WISHES, [row])
    assert look(world, one).wrong == 0
    Round.objects.filter(pk=made.pk).update(wishes_until=NOW.date() - timedelta(days=1))
    (line,) = look(world, one).lines
    assert "A round is being decided" in line.problems["email"]


def test_many_rows_are_judged_with_as_many_reads_as_one(world: World) -> None:
    some_places(world, *(f"Plaats {n}" for n in range(10)))
    people = Person.objects.bulk_create(
        Person(email=f"s{n}@example.org", name=f"S {n}", password="!", created_at=NOW)
        for n in range(120)
    )
    Route.objects.bulk_create(
        Route(
            institution=world.institution,
            programme=world.programme,
            student=person,
            context=Context.CANDIDATE,
            state=State.SEEKING,
            state_since=NOW,
            hours_target=100,
            created_at=NOW,
        )
        for person in people
    )
    counts = []
    for some, each in ((people[:1], 1), (people, 10)):
        rows = [
            wish(world, f"Plaats {n}", str(n + 1), email=person.email)
            for person in some
            for n in range(each)
        ]
        one = begin(world, Kind.WISHES, WISHES, rows)
        with CaptureQueriesContext(connection) as queries:
            assert look(world, one).useful == len(rows)
        counts.append(len(queries))
    assert counts[0] == counts[1]
