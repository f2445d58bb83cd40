"""A row of a file on its way to something real: what it says, what is the matter, what it would
do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from tussenstop.core.errors import DomainError
from tussenstop.imports.columns import columns_of
from tussenstop.imports.rules import Change
from tussenstop.imports.values import Wrong

T = TypeVar("T")
Plan = TypeVar("Plan")


class CannotBringIn(DomainError):
    """A row turned out to be impossible; nothing was written."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in one column, and what is the matter with it."""

    key: str
    label: str
    text: str
    problem: str = ""


@dataclass(slots=True)
class Values:
    """A row by the names of the columns we know, read value by value. What is wrong is kept
    beside its column; only a column that was chosen can be read."""

    number: int
    texts: Mapping[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        return self.texts.get(key, "")

    def wrong(self, key: str, why: str) -> None:
        self.problems.setdefault(key, why)

    def read(self, key: str, how: Callable[[str], T], *, needed: bool = False) -> T | None:
        """The value, or nothing when nothing stands there or it can't be meant."""
        text = self.text(key)
        if not text:
            if needed:
                self.wrong(key, _("This is still needed."))
            return None
        try:
            return how(text)
        except Wrong as wrong:
            self.wrong(key, str(wrong))
            return None


@dataclass(frozen=True, slots=True)
class Line(Generic[Plan]):
    """One row judged. `told` says what it would do; `plan` is only there when it would."""

    number: int
    values: Mapping[str, str]
    problems: Mapping[str, str]
    change: Change
    told: str = ""
    plan: Plan | None = None


def wrong_line(values: Values) -> Line[Plan]:
    return Line(values.number, values.texts, values.problems, Change.WRONG)


def shown(kind: str, line: Line[Plan]) -> list[Value]:
    """What a line says, column by column, in the order in which we know them. Columns without
    a value or a problem are left out."""
    return [
        Value(c.key, str(c.label), line.values.get(c.key, ""), line.problems.get(c.key, ""))
        for c in columns_of(kind)
        if line.values.get(c.key) or line.problems.get(c.key)
    ]


def spelled(texts: Iterable[str]) -> set[str]:
    """Names in small letters, as one database or the other makes them: not every one knows that
    "É" and "é" are the same letter."""
    found = set()
    for text in texts:
        bare = " ".join(text.split())
        found.add(bare.lower())
        found.add("".join(char.lower() if char.isascii() else char for char in bare))
    return found


def in_rows(rows: Sequence[Values], key: str) -> set[str]:
    """Everything that stands in a column."""
    return {text for row in rows if (text := row.text(key))}
