"""Where towns lie: from a table of our own, and estimates that are said to be so."""

import pytest

from tussenstop.people import towns


@pytest.mark.parametrize("text", ["9000", "Gent", "9000 Gent", "gent ", "B-9000 GENT"])
def test_a_town_is_found_by_code_or_name(text: str) -> None:
    found = towns.find(text)
    assert found is not None
    assert found.name == "Gent"


def test_a_postal_code_stands_for_its_largest_town() -> None:
    found = towns.find("9620")
    assert found is not None
    assert found.name == "Zottegem"


@pytest.mark.parametrize("text", ["", "0000", "Nergenshuizen", "?"])
def test_what_is_no_town_is_not_found(text: str) -> None:
    assert towns.find(text) is None


def test_distances_are_as_one_knows_them() -> None:
    ghent, antwerp = towns.find("9000"), towns.find("2000")
    assert ghent is not None
    assert antwerp is not None
    assert 47 < towns.kilometres(ghent, antwerp) < 55
    assert towns.kilometres(ghent, ghent) == 0


def test_travelling_is_estimated_in_steps_of_five_minutes() -> None:
    assert towns.minutes(5, "bicycle") == 25
    assert towns.minutes(0, "bicycle") == 5
    assert towns.quickest(10, ["on_foot", "bicycle"]) == ("bicycle", 50)
    assert towns.quickest(10, []) == ("car", 25)


def test_what_can_be_reached_in_a_time_lies_within_that_time() -> None:
    for way in towns.WAYS:
        km = towns.reach(45, [way])
        assert towns.minutes(km, way) == 45
    assert towns.reach(0, ["car"]) == 0


def test_codes_within_reach_hold_the_town_itself_and_its_neighbours() -> None:
    ghent = towns.find("9000")
    assert ghent is not None
    codes = towns.codes_within(ghent, km=8)
    assert "9000" in codes
    assert "9820" in codes
    assert "2000" not in codes


def test_landmarks_are_the_largest_towns_of_a_rectangle() -> None:
    names = [town.name for town in towns.landmarks(50.7, 51.4, 2.5, 5.0, most=3)]
    assert names == ["Brussel", "Antwerpen", "Gent"]
