"""What changed between two texts of an agreement, word by word."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)

KEPT, ADDED, GONE = "kept", "added", "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that stayed, came or went."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class SectionChange:
    key: str
    title: str
    fields: list[FieldChange]


def words(before: str, after: str) -> list[Piece]:
    """The two texts as one, marked by what stayed, what went and what came."""
    old, new = re.findall(r"\s+|[^\s]+", before), re.findall(r"\s+|[^\s]+", after)
    pieces: list[Piece] = []

    def add(how: str, tokens: list[str]) -> None:
        if tokens:
            pieces.append(Piece(how, "".join(tokens)))

    for what, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            add(KEPT, old[a1:a2])
        else:
            add(GONE, old[a1:a2])
            add(ADDED, new[b1:b2])
    return pieces


def _as_text(field: Mapping[str, Any]) -> str:
    """What a field says, rows as lines."""
    if "columns" not in field:
        return str(field["value"])
    keys = [column["key"] for column in field["columns"]]
    lines = [[row.get(key, "") for key in keys] for row in field["value"]]
    return "\n".join(" · ".join(cell for cell in line if cell) for line in lines)


def _texts(section: Mapping[str, Any] | None) -> dict[tuple[str, int], tuple[str, str]]:
    """Label and text of each field: by key, or for facts by label and place among its like."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    seen: Counter[str] = Counter()
    for field in section["fields"] if section else []:
        name = field["key"] or field["label"]
        found[name, seen[name]] = (field["label"], _as_text(field))
        seen[name] += 1
    return found


def _merged(old: Iterable[K], new: Iterable[K]) -> list[K]:
    """The keys of both, in the order of the new ones; what went stands where it stood."""
    before, order = list(old), list(new)
    for place, key in enumerate(before):
        if key not in order:
            left = next((k for k in reversed(before[:place]) if k in order), None)
            order.insert(0 if left is None else order.index(left) + 1, key)
    return order


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[SectionChange]:
    """The sections in which the two bodies differ, each with the fields that differ."""
    old = {section["key"]: section for section in before["sections"]}
    new = {section["key"]: section for section in after["sections"]}
    found = []
    for key in _merged(old, new):
        was, now = _texts(old.get(key)), _texts(new.get(key))
        fields = []
        for name in _merged(was, now):
            label = now.get(name, was.get(name, ("", "")))[0]
            pieces = words(was.get(name, ("", ""))[1], now.get(name, ("", ""))[1])
            if any(piece.how != KEPT for piece in pieces):
                fields.append(FieldChange(label, pieces))
        if fields:
            found.append(SectionChange(key, (new.get(key) or old[key])["title"], fields))
    return found
