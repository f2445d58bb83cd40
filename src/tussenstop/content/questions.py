"""Questions that people answer about themselves: the starting position, and its counterparts."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, Strict, model_validator

from tussenstop.content.schema import (
    Described,
    Entries,
    Entry,
    Key,
    Line,
    PartnerRole,
    distinct,
)
from tussenstop.content.text import Frozen, Text

QuestionKind = Literal[
    "line",  # one line of text
    "text",  # some lines of text
    "number",  # a whole number between two limits, with a unit
    "choice",  # one of the options
    "choices",  # some of the options
    "week",  # for each part of each day: taken, movable or free
    "motives",  # the motive cards, sorted, and own ones
    "cultures",  # the culture types that suit
    "examples",  # something one can do, each with an example
    "competences",  # competences of the programme one claims already
]


class Advice(Frozen):
    """What an answer means for who works with this person."""

    kind: Literal["communication", "practical"]
    text: Text


class Option(Line):
    """One of the answers to choose from."""

    advice: Advice | None = None


class Limits(Frozen):
    """Between which whole numbers an answer lies, and what is counted."""

    lowest: int
    highest: int
    unit: Text


class Question(Entry):
    """One question. `label` is its short name in a summary; questions with the same `pair` are
    laid side by side when two people prepare a conversation."""

    text: Text
    label: Text
    hint: Text | None = None
    kind: QuestionKind
    options: Entries[Option] = Field(default_factory=dict)
    limits: Limits | None = None
    contexts: Annotated[tuple[Key, ...], Strict(False), AfterValidator(distinct)] = ()
    pair: Key | None = None

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if (self.kind in {"choice", "choices"}) != bool(self.options):
            raise ValueError("options belong to a question of kind 'choice' or 'choices'")
        if (self.kind == "number") != (self.limits is not None):
            raise ValueError("limits belong to a question of kind 'number', and only there")
        return self


class PositionPart(Described):
    """A part of the starting position; a private one is shared with nobody until its owner says
    so, and never by a proposal of the software."""

    private: bool = False
    questions: Entries[Question]


class Counterpart(Described):
    """What a mentor or a teacher tells from their side."""

    role: PartnerRole
    questions: Entries[Question]
