"""What makes a questionnaire whole, and when it can be filled in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.instruments.keeping import DUTCH, ENGLISH
from tussenstop.instruments.rules import (
    MOST_ITEMS,
    State,
    Wording,
    ends_soon,
    is_offered,
    leads_to,
    problem_in,
    wording_of,
)

DAY = date(2026, 11, 23)
NOTHING = Wording("en")


def test_one_language_is_enough_and_two_of_the_same_shape_are_fine() -> None:
    assert problem_in([DUTCH, NOTHING]) is None
    assert problem_in([Wording("nl"), ENGLISH]) is None
    assert problem_in([DUTCH, ENGLISH]) is None


@pytest.mark.parametrize(
    ("wordings", "field"),
    [
        ([Wording("nl"), NOTHING], "name_nl"),
        ([replace(DUTCH, name="")], "name_nl"),
        ([replace(DUTCH, items=())], "items_nl"),
        ([replace(DUTCH, items=tuple(f"zin {n}" for n in range(MOST_ITEMS + 1)))], "items_nl"),
        ([replace(DUTCH, labels=("ja",))], "labels_nl"),
        ([replace(DUTCH, labels=tuple("abcdefgh"))], "labels_nl"),
        ([DUTCH, replace(ENGLISH, name="")], "name_en"),
        ([DUTCH, replace(ENGLISH, items=ENGLISH.items[:1])], "items_en"),
        ([DUTCH, replace(ENGLISH, labels=ENGLISH.labels[:2])], "labels_en"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(wordings: list[Wording], field: str) -> None:
    problem = problem_in(wordings)
    assert problem is not None
    assert problem.field == field


@pytest.mark.parametrize("count", [2, 7])
def test_two_to_seven_answers(count: int) -> None:
    labels = tuple(f"antwoord {n}" for n in range(count))
    assert problem_in([replace(DUTCH, labels=labels)]) is None


def test_what_is_stored_comes_back_word_for_word() -> None:
    assert wording_of(DUTCH.kept(), "nl") == DUTCH


def test_only_a_version_in_use_and_only_within_its_days() -> None:
    day = timedelta(days=1)
    assert is_offered(State.IN_USE, DAY, DAY, DAY)
    assert is_offered(State.IN_USE, DAY, None, DAY + 900 * day)
    assert not is_offered(State.IN_USE, DAY, DAY, DAY + day)
    assert not is_offered(State.IN_USE, DAY, None, DAY - day)
    for state in (State.DRAFT, State.WITHDRAWN):
        assert not is_offered(state, DAY, None, DAY)


def test_we_warn_two_months_before_the_last_day_and_not_after_it() -> None:
    assert ends_soon(DAY + timedelta(days=60), DAY)
    assert ends_soon(DAY, DAY)
    assert not ends_soon(DAY + timedelta(days=61), DAY)
    assert not ends_soon(DAY - timedelta(days=1), DAY)
    assert not ends_soon(None, DAY)


def test_there_is_no_way_back() -> None:
    ways = {(a, b) for a in State for b in State if leads_to(a, b)}
    assert ways == {(State.DRAFT, State.IN_USE), (State.IN_USE, State.WITHDRAWN)}
