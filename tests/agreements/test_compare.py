"""What changed between two texts is shown word by word."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tussenstop.agreements.compare import ADDED, GONE, KEPT, Piece, changes, words


def body(**sections: Any) -> dict[str, Any]:
    return {
        "sections": [
            {"key": key, "title": key.title(), "fields": fields} for key, fields in sections.items()
        ]
    }


def field(value: Any, key: str = "f", **more: Any) -> dict[str, Any]:
    return {"key": key, "label": key.upper(), "value": value, **more}


def test_words_that_came_and_went_are_marked() -> None:
    assert words("elke maandag om 9 uur", "elke woensdag om 9 uur") == [
        Piece(KEPT, "elke "),
        Piece(GONE, "maandag"),
        Piece(ADDED, "woensdag"),
        Piece(KEPT, " om 9 uur"),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    pieces = words(before, after)

    assert "".join(p.text for p in pieces if p.how != ADDED) == before
    assert "".join(p.text for p in pieces if p.how != GONE) == after


def test_only_what_differs_is_told() -> None:
    before = body(a=[field("zelfde"), field("oud", key="g")], b=[field("zelfde")])
    after = body(a=[field("zelfde"), field("nieuw", key="g")], b=[field("zelfde")])

    found = changes(before, after)

    assert [(s.key, [f.label for f in s.fields]) for s in found] == [("a", ["G"])]


def test_rows_are_compared_as_lines() -> None:
    columns = [{"key": "d", "label": "Dag"}, {"key": "u", "label": "Uur"}]
    before = body(a=[field([{"d": "ma", "u": "9"}], columns=columns)])
    after = body(a=[field([{"d": "ma", "u": "9"}, {"d": "di", "u": ""}], columns=columns)])

    (section,) = changes(before, after)

    assert [p.text for p in section.fields[0].pieces if p.how == ADDED] == ["\ndi"]


def test_a_fact_that_stands_there_twice_is_told_apart() -> None:
    def facts(*names: str) -> list[dict[str, Any]]:
        return [{"key": "", "label": "Overslaan", "value": name} for name in names]

    (section,) = changes(body(facts=facts("A", "B")), body(facts=facts("A")))

    assert [[p.how for p in f.pieces] for f in section.fields] == [[GONE]]


def test_a_section_that_went_is_told() -> None:
    assert [s.key for s in changes(body(a=[field("x")], b=[field("y")]), body(b=[field("y")]))] == [
        "a"
    ]
