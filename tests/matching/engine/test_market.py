"""What goes into a round: what is normal, and what gets a plain sentence."""

from typing import Any

import numpy as np
import pytest

from tests.matching.engine.markets import from_rows, market
from tussenstop.matching.engine.market import Market, MarketError, chunks


def test_no_seats_no_wishes_and_no_askers_are_normal() -> None:
    calm = market([[0], [], [0]], [[0, 2], [1], []], [0, 2, 3]).validate()
    assert (calm.students, calm.places, calm.edges) == (3, 3, 2)


def test_an_empty_round_is_normal() -> None:
    assert from_rows([], []).validate().students == 0


@pytest.mark.parametrize(
    ("rows", "seats", "more", "sentence"),
    [
        ([[(0, 1, 1), (0, 2, 1)]], [1], {}, "Student 0 wishes for place 0 more than once."),
        ([[(1, 1, 1)]], [1], {}, "A wish names a place that does not exist."),
        ([[(0, 0, 1)]], [1], {}, "The level of a wish must lie between 1 and 32766."),
        ([[(0, 1, 0)]], [1], {}, "A grade must lie between 1 and 1073741823."),
        (
            [[], [(0, 2, 1), (1, 1, 1)]],
            [1, 1],
            {},
            "The wishes of student 1 are not in order, best first.",
        ),
        ([[]], [-1], {}, "Place 0 has fewer than 0 seats."),
        ([[]], [2], {"minimum": [3]}, "Place 0 needs more students than it has seats for."),
        ([[]], [2], {"minimum": [-3]}, "Place 0 has a minimum below 0."),
        ([[]], [2], {"quota": [3]}, "There are limits per organisation, but no organisations."),
        ([[]], [2], {"quota": [-2], "organisation": [0]}, "Organisation 0 has a limit below 0."),
        (
            [[]],
            [2],
            {"quota": [3], "organisation": [1]},
            "A place belongs to an organisation that does not exist.",
        ),
        (
            [[]],
            [2],
            {"organisation": [1, 1]},
            "The list 'organisation' must have one number for each place.",
        ),
        (
            [[], []],
            [2],
            {"together": ((0,),)},
            "A group of students who stay together needs at least two.",
        ),
        ([[], []], [2], {"together": ((0, 5),)}, "A group names student 5, who does not exist."),
        ([[], []], [2], {"together": ((0, 1), (1, 0))}, "Student 1 is named twice in groups."),
    ],
)
def test_what_cannot_be_gets_a_sentence(
    rows: Any, seats: Any, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(MarketError) as refused:
        from_rows(rows, seats, **more).validate()
    assert str(refused.value) == sentence


def test_overlapping_lists_are_refused() -> None:
    fine = market([[0], [0]], [[0, 1]], [1])
    start = np.array([0, 2, 1], dtype=np.int64)
    wrong = Market(start, fine.place, fine.wish, fine.grade, fine.capacity)
    with pytest.raises(MarketError, match="overlap"):
        wrong.validate()


def test_lists_of_another_kind_or_length_are_refused() -> None:
    fine = market([[0], [0]], [[0, 1]], [1])
    with pytest.raises(MarketError, match="one row of int32"):
        Market(
            fine.start, fine.place.astype(np.int64), fine.wish, fine.grade, fine.capacity
        ).validate()
    with pytest.raises(MarketError, match="not equally long"):
        Market(fine.start, fine.place, fine.wish[:1], fine.grade, fine.capacity).validate()


def test_a_place_with_a_million_seats_costs_no_more_than_it_is_asked() -> None:
    roomy = market([[0, 1], [0]], [[0, 1], [0]], [1_000_000_000, 1])
    assert roomy.seats_before[-1] == 3


def test_students_are_cut_in_ranges_that_cover_all_once() -> None:
    start = np.array([0, 0, 3, 3, 10, 11], dtype=np.int64)
    cut = chunks(start, edges=3)
    assert [first for first, _ in cut] == [0, *(last for _, last in cut[:-1])]
    assert cut[-1][1] == 5
