"""Why a place fits: said in words, from what the student told and what the place offers."""

import pytest

from tests.matching.offering import a_place
from tests.startposition.telling import tells
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.matching.catalogue import Facts
from tussenstop.matching.queries import PlaceFilter
from tussenstop.matching.rules import mask_of
from tussenstop.people import towns
from tussenstop.people.models import Workplace
from tussenstop.reports import places as reports
from tussenstop.reports.fit import Fit, fit_of
from tussenstop.startposition.need import Need

ANYWHERE = Facts(None, mask_of([2, 5]), "9000", "Gent", ("caring",), ("nl",))


def need(**told: object) -> Need:
    return Need(programme_id=uuid7(), **told)  # type: ignore[arg-type]


def said(fit: Fit, *, good: bool) -> list[str]:
    return [reason.text for reason in fit.reasons if reason.good == good]


def test_who_told_nothing_hears_nothing() -> None:
    assert fit_of(ANYWHERE, need()) == Fit(score=0, reasons=[], minutes=None)


def test_free_days_speak_for_a_place() -> None:
    fit = fit_of(ANYWHERE, need(rooms={2: "free", 5: "taken"}))
    assert said(fit, good=True) == ["Free in your week: Tuesday"]
    assert fit.score > 0


def test_days_that_can_move_count_a_little() -> None:
    movable = fit_of(ANYWHERE, need(rooms={2: "movable"}))
    free = fit_of(ANYWHERE, need(rooms={2: "free"}))
    assert said(movable, good=True) == ["Can be made free: Tuesday"]
    assert 0 < movable.score < free.score


def test_a_week_that_is_taken_on_all_its_days_is_said() -> None:
    fit = fit_of(ANYWHERE, need(rooms={2: "taken", 5: "taken"}))
    assert said(fit, good=False) == ["Your week is taken on all its days: Tuesday, Friday"]
    assert fit.score < 0


def test_travelling_within_and_beyond_what_one_wants() -> None:
    town = towns.find("9820")
    near = fit_of(ANYWHERE, need(town=town, ways=("bicycle",), most_minutes=60))
    far = fit_of(ANYWHERE, need(town=town, ways=("on_foot",), most_minutes=30))
    assert said(near, good=True) == [f"About {near.minutes} minutes: by bicycle"]
    assert "you want 30 at most" in said(far, good=False)[0]
    assert near.score > far.score


def test_a_town_we_do_not_know_is_passed_over() -> None:
    nowhere = Facts(None, mask_of([2]), "", "Nergenshuizen", [], [])
    assert fit_of(nowhere, need(town=towns.find("9000"), most_minutes=30)).minutes is None


def test_a_culture_in_common_speaks_for_a_place() -> None:
    fit = fit_of(ANYWHERE, need(cultures=frozenset({"caring", "do"})))
    assert said(fit, good=True) == ["A team as you like it: Caring culture"]


def test_a_language_one_does_not_speak_is_good_to_know() -> None:
    facts = Facts(None, mask_of([2]), "", "", [], ["nl", "fr"])
    fit = fit_of(facts, need(languages=frozenset({"nl"})))
    assert said(fit, good=False) == ["They also work in: French"]
    assert fit.score < 0


@pytest.mark.django_db
def test_a_student_finds_what_fits_best_first_with_their_own_answers(world: World) -> None:
    Workplace.objects.update(postal_code="9000", city="Gent")
    a_place(world, title="Past niet", days=[1])
    a_place(world, title="Past", days=[2])
    tells(
        world,
        "time",
        {
            "week": {
                "1": {"morning": "taken", "afternoon": "taken"},
                "2": {"morning": "free", "afternoon": "taken"},
            },
            "town": "9820 Merelbeke",
            "transport": ["bicycle"],
            "travel": 45,
        },
    )
    who = reports.looking(person=world.student, now=NOW)
    browsed = reports.browse(who=who, wanted=PlaceFilter(), most_minutes=None, now=NOW)
    rows = browsed.page(browsed.rows, wished=who.wished)
    assert [row.place.title for row in rows] == ["Past", "Past niet"]
    assert rows[0].fit is not None
    assert rows[0].fit.minutes


@pytest.mark.django_db
def test_the_travel_filter_keeps_what_lies_within_reach(world: World) -> None:
    Workplace.objects.update(postal_code="9000", city="Gent")
    a_place(world)
    tells(world, "time", {"town": "8000 Brugge", "transport": ["car"]})
    who = reports.looking(person=world.student, now=NOW)

    def within(minutes: int) -> int:
        return len(
            reports.browse(who=who, wanted=PlaceFilter(), most_minutes=minutes, now=NOW).rows
        )

    assert (within(15), within(90)) == (0, 1)


@pytest.mark.django_db
def test_who_looks_for_nothing_gets_the_places_by_name(world: World) -> None:
    a_place(world, title="B")
    a_place(world, title="A")
    who = reports.looking(person=world.teacher, now=NOW)
    browsed = reports.browse(who=who, wanted=PlaceFilter(), most_minutes=None, now=NOW)
    rows = browsed.page(browsed.rows, wished=set())
    assert [(row.place.title, row.fit) for row in rows] == [("A", None), ("B", None)]


@pytest.mark.django_db
def test_the_map_puts_places_in_their_town_and_home_beside_them(world: World) -> None:
    Workplace.objects.update(postal_code="9000", city="Gent")
    a_place(world, title="A")
    a_place(world, title="B")
    who = reports.looking(person=world.teacher, now=NOW)
    browsed = reports.browse(who=who, wanted=PlaceFilter(), most_minutes=None, now=NOW)
    drawing = reports.map_of(browsed.page(browsed.rows, wished=set()), towns.find("8000"))
    assert drawing is not None
    [pin] = drawing.pins
    assert (pin.town.name, len(pin.places)) == ("Gent", 2)
    assert drawing.home is not None
    assert drawing.home[1] < pin.x  # Bruges lies west of Ghent
    assert all(0 <= value <= 100 for value in (pin.x, pin.y, *drawing.home[1:]))
    assert reports.map_of([], None) is None
