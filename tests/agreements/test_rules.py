"""The facts of agreements: how it stands, what is one spelling, what a digest notices."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tussenstop.access.rules import RouteRole
from tussenstop.agreements.rules import (
    Answer,
    Status,
    canonical,
    digest,
    holds,
    may_write,
    plain,
    status_of,
)

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"revision_number": None}, Status.DRAFT),
        ({}, Status.PROPOSED),
        ({"answers": ["yes", "yes"]}, Status.PROPOSED),
        ({"answers": ["yes", "change"]}, Status.CONTESTED),
        ({"answers": ["change", "no"]}, Status.DECLINED),
        ({"withdrawn": True, "answers": ["change"]}, Status.WITHDRAWN),
        ({"withdrawn": True, "revision_number": None}, Status.WITHDRAWN),
        ({"sealed": True, "answers": ["yes"]}, Status.ACCEPTED),
        ({"sealed": True, "succeeded": True}, Status.SUCCEEDED),
    ],
)
def test_how_an_agreement_stands(facts: dict[str, Any], expected: Status) -> None:
    none = {"revision_number": 1, "sealed": False, "withdrawn": False, "succeeded": False}

    assert status_of(**{**none, "answers": [], **facts}) == expected


@given(st.sets(st.integers()), st.sets(st.integers()))
def test_it_holds_when_everybody_named_said_yes(named: set[int], agreed: set[int]) -> None:
    assert holds(parties=named, agreed=agreed) == (bool(named) and all(p in agreed for p in named))


@given(st.dictionaries(texts, values, max_size=5))
def test_the_order_of_keys_is_no_difference(data: dict[str, Any]) -> None:
    turned = dict(reversed(list(data.items())))

    assert canonical(data) == canonical(turned)


@given(values, values)
def test_different_data_has_a_different_digest(one: Any, other: Any) -> None:
    assert (digest(one) == digest(other)) == (canonical(one) == canonical(other))


def sealed() -> dict[str, Any]:
    return {
        "agreement": "1",
        "title": "Startafspraak",
        "revision": 1,
        "text": {"sections": [{"key": "a", "fields": [{"key": "b", "value": "Maandag"}]}]},
        "parties": [
            {"name": "Sara", "role": "student", "answer": Answer.YES.value, "at": "2026-11-23"},
            {"name": "Mo", "role": "mentor", "answer": Answer.YES.value, "at": "2026-11-24"},
        ],
    }


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in leaves(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for key, value in enumerate(data) for leaf in leaves(value, (*path, key))]
    return [path]


@given(st.sampled_from(leaves(sealed())), texts)
def test_the_digest_notices_any_change_of_text_party_or_consent(
    path: tuple[Any, ...], new: str
) -> None:
    data = sealed()
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    same = inner[path[-1]] == new
    inner[path[-1]] = new

    assert (digest(data) == digest(sealed())) == same


def test_one_party_less_is_another_digest() -> None:
    data = sealed()
    data["parties"].pop()

    assert digest(data) != digest(sealed())


@given(texts)
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("written", "agreed"),
    [
        ("  Dag \r\nDag\r", "Dag \nDag"),
        ("e\u0301e\u0301n", "één"),
        ("naar \u202erechts", "naar rechts"),
        ("a\x00b\x07\u200e", "ab"),
        ("👩\u200d👧 🙂", "👩\u200d👧 🙂"),
        ("tab\tje", "tab je"),
    ],
)
def test_what_can_not_be_seen_is_not_agreed_to(written: str, agreed: str) -> None:
    assert plain(written) == agreed


def test_a_part_with_an_owner_is_the_owners() -> None:
    mentor, coach = {RouteRole.MENTOR}, {RouteRole.COACH}

    assert may_write("mentor", mentor)
    assert not may_write("student", mentor)
    assert may_write("", mentor)
    assert not may_write("", coach)
