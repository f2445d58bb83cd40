"""Rows of places: drafts of the organisation, and what is the matter with a row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MembershipFactory, ProgrammeFactory, WorkplaceFactory
from tests.imports.filing import (
    PLACES,
    a_place_row,
    begin,
    bring_in,
    look,
    problems_of,
    the_place,
)
from tests.matching.offering import a_place, draft
from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World
from tussenstop.core.models import AuditEntry
from tussenstop.imports.rules import Change, Kind
from tussenstop.matching.models import Place
from tussenstop.matching.rules import PlaceState
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db

WITH_ALL = (*PLACES, "Minstens", "Talen", "Taken", "Verhaal", "Praktisch")


def a_full_row(world: World, **changes: str) -> list[str]:
    more = {
        "lowest": "1",
        "languages": "Nederlands, French",
        "tasks": "Koken | Eten opdienen",
        "story": "Dinsdag is soep.",
        "practical": "Bus 12",
    }
    return list({**the_place(world), **more, **changes}.values())


def coordinates_there(world: World) -> None:
    MembershipFactory(
        person=world.programme_coordinator,
        role=Role.ORGANISATION_COORDINATOR,
        organisation=world.organisation,
    )


def test_everything_a_row_says_is_in_the_place(world: World) -> None:
    bring_in(world, begin(world, Kind.PLACES, WITH_ALL, [a_full_row(world)]))
    place = Place.objects.get()
    assert (place.seats, place.seats_lowest, place.languages) == (2, 1, ["nl", "fr"])
    assert place.tasks == ["Koken", "Eten opdienen"]
    assert (place.story, place.practical) == ("Dinsdag is soep.", "Bus 12")
    assert (place.starts_on.isoformat(), place.ends_on.isoformat()) == ("2027-02-01", "2027-06-30")


def test_a_draft_is_the_organisations_own(world: World) -> None:
    bring_in(world, begin(world, Kind.PLACES, PLACES, [a_place_row(world)]))
    place = Place.objects.get()
    assert place.state == PlaceState.DRAFT
    told = AuditEntry.objects.get(code="place.added", subject_id=place.pk)
    assert (told.means, told.actor_id) == ("session", world.programme_coordinator.pk)


def test_a_place_of_an_organisation_stays_as_the_organisation_describes_it(world: World) -> None:
    there = a_place(world, title="Leren koken", starts_on=FIRST_DAY)
    one = begin(world, Kind.PLACES, PLACES, [a_place_row(world, first="11/1/2027", seats="9")])
    (line,) = look(world, one).lines
    assert line.change == Change.SAME
    assert "It stays as they describe it." in line.told
    there.refresh_from_db()
    assert there.seats == 2


def test_who_offers_places_there_describes_it_anew_and_keeps_the_rest(world: World) -> None:
    coordinates_there(world)
    elsewhere = ProgrammeFactory()
    there = draft(
        world, title="Leren koken", programmes=[world.programme, elsewhere], practical="Bus 3"
    )
    row = a_place_row(world, first=FIRST_DAY.isoformat(), last=LAST_DAY.isoformat(), seats="9")
    one = bring_in(world, begin(world, Kind.PLACES, PLACES, [row]))
    assert one.counts == {"changed": 1}
    there.refresh_from_db()
    assert (there.seats, there.hours_a_week, there.practical) == (9, 16, "Bus 3")
    assert (there.story, there.tasks) == ("Dinsdag is soep.", ["Koffie schenken"])
    assert set(there.programmes.all()) == {world.programme, elsewhere}
    assert list(there.mentors.all()) == [world.mentor]


def test_the_same_file_again_makes_no_second_place(world: World) -> None:
    coordinates_there(world)
    rows = [a_full_row(world)]
    bring_in(world, begin(world, Kind.PLACES, WITH_ALL, rows))
    (line,) = look(world, begin(world, Kind.PLACES, WITH_ALL, rows)).lines
    assert line.change == Change.SAME
    assert Place.objects.count() == 1


def test_the_same_title_from_another_day_is_another_place(world: World) -> None:
    draft(world, title="Leren koken", starts_on=FIRST_DAY)
    (line,) = look(world, begin(world, Kind.PLACES, PLACES, [a_place_row(world)])).lines
    assert line.change == Change.NEW


def said(world: World, *rows: list[str]) -> list[dict[str, str]]:
    return problems_of(world, Kind.PLACES, WITH_ALL, *rows)


@pytest.mark.parametrize(
    ("changes", "key", "text"),
    [
        ({"title": ""}, "title", "This is still needed."),
        ({"title": "x" * 121}, "title", "there is room for 120"),
        ({"programmes": ""}, "programmes", "This is still needed."),
        ({"programmes": "Zeevaart"}, "programmes", "There is no programme “Zeevaart” here."),
        ({"first": "31/02/2027"}, "first_day", "does not exist"),
        ({"last": "1/1/2027"}, "last_day", "The last day lies before the first."),
        ({"days": "ma feestdag"}, "days", "We don't know the day “feestdag”"),
        ({"hours": "veel"}, "hours", "“veel” is no whole number"),
        ({"hours": "60"}, "hours", "60 is not possible here"),
        ({"seats": "0"}, "seats", "0 is not possible here"),
        ({"seats": "-2"}, "seats", "-2 is not possible here"),
        ({"seats": "twee"}, "seats", "“twee” is no whole number"),
        ({"lowest": "3"}, "lowest", "This is more than there are places."),
        ({"languages": "Klingon"}, "languages", "We don't know the language “Klingon”"),
        ({"tasks": "x" * 201}, "tasks", "at most 200 characters a line"),
        ({"story": "x" * 4001}, "story", "there is room for 4000"),
        ({"practical": "x" * 2001}, "practical", "there is room for 2000"),
        ({"workplace": ""}, "workplace", "This is still needed."),
    ],
)
def test_what_is_the_matter_stands_beside_the_value(
    world: World, changes: dict[str, str], key: str, text: str
) -> None:
    (problems,) = said(world, a_full_row(world, **changes))
    assert text in problems.pop(key)
    assert problems == {}


def test_near_names_of_organisations_and_workplaces_are_proposed(world: World) -> None:
    team = WorkplaceFactory(organisation=world.organisation, name="Keuken Zonneheem")
    employer, workplace, closed = said(
        world,
        a_full_row(world, organisation=f"{world.organisation.name}!x"),
        a_full_row(world, title="B", workplace="Keuken Zoneheem"),
        a_full_row(
            world,
            title="C",
            workplace=WorkplaceFactory(organisation=world.organisation, closed_at=NOW).name,
        ),
    )
    assert f"Did you mean “{world.organisation.name}”?" in employer["organisation"]
    assert f"Did you mean “{team.name}”?" in workplace["workplace"]
    assert "The organisation can add it on its page." in workplace["workplace"]
    assert closed == {"workplace": "This workplace takes no new students."}


def test_a_programme_of_another_institution_does_not_count(world: World) -> None:
    (problems,) = said(world, a_full_row(world, programmes=ProgrammeFactory().name))
    assert "There is no programme" in problems["programmes"]


def test_the_same_place_twice_in_one_file_is_told(world: World) -> None:
    first, second = said(world, a_full_row(world), a_full_row(world, title="LEREN  KOKEN"))
    assert first == {}
    assert "stands in row 2 already" in second["title"]


def test_many_rows_are_judged_with_as_many_reads_as_one(world: World) -> None:
    counts = []
    for size in (1, 2000):
        rows = [a_place_row(world, title=f"Plaats {n}") for n in range(size)]
        one = begin(world, Kind.PLACES, PLACES, rows)
        with CaptureQueriesContext(connection) as queries:
            assert look(world, one).useful == size
        counts.append(len(queries))
    assert counts[0] == counts[1]
