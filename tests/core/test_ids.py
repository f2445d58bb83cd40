"""Ids that sort by the moment they were made."""

import time

from hypothesis import given
from hypothesis import strategies as st

from tussenstop.core import ids
from tussenstop.core.ids import uuid7


def test_an_id_says_which_version_it_is() -> None:
    made = uuid7()

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_an_id_holds_the_millisecond_of_its_making() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7().int >> 80

    assert before <= made <= time.time_ns() // 1_000_000


@given(st.lists(st.integers(0, 2**47 - 1), min_size=2, max_size=20, unique=True))
def test_ids_sort_as_time_goes_on(moments: list[int]) -> None:
    real = ids.time.time_ns
    try:
        made = []
        for moment in sorted(moments):
            ids.time.time_ns = lambda m=moment: m * 1_000_000  # type: ignore[misc]
            made.append(uuid7())
    finally:
        ids.time.time_ns = real
    assert made == sorted(made)


def test_ids_made_at_once_differ() -> None:
    assert len({uuid7() for _turn in range(2_000)}) == 2_000
