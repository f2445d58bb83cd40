"""What a line may say: only about somebody's own answers, and without a number that is good or bad."""

from datetime import date

import pytest

from tussenstop.wellbeing.rules import Rhythm, falls, is_due


def line(*levels: int) -> list[dict[str, int]]:
    return [{"energy": level, "balance": level} for level in levels]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((4, 3, 2), True),
        ((1, 4, 3, 2), True),
        ((4, 3, 3), False),
        ((3, 2, 3), False),
        ((1, 1, 1), False),
        ((2, 1), False),
        ((), False),
    ],
)
def test_a_line_falls_when_each_of_three_is_less_than_before(
    levels: tuple[int, ...], expected: bool
) -> None:
    assert falls(line(*levels)) is expected


def test_other_sentences_are_not_compared() -> None:
    assert not falls([{"energy": 4, "balance": 4}, {"energy": 3}, {"energy": 2}])


def test_the_first_time_is_due_except_for_who_comes_when_they_want() -> None:
    today = date(2026, 11, 23)
    assert is_due(None, Rhythm.WEEK, today)
    assert not is_due(None, Rhythm.NEVER, today)
    assert is_due(date(2026, 11, 16), Rhythm.WEEK, today)
    assert not is_due(date(2026, 11, 17), Rhythm.WEEK, today)
