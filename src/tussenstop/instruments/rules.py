"""A questionnaire that an institution holds rights to: its wording, its licence, its states. Pure
facts.

Nothing here gives a score, and no answer is better than another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("nl", "en")
LEAST_LABELS, MOST_LABELS = 2, 7
MOST_ITEMS = 40
LABEL, ITEM, NAME, LINE, INTRODUCTION = 60, 300, 120, 200, 2000
SOON = timedelta(days=60)  # before the last day, in which we warn


class Use(models.TextChoices):
    """What a questionnaire is for. Codes are stored: never rename one."""

    CHECK_IN = "check-in", _("to look at how one is doing, for oneself alone")


class Right(models.TextChoices):
    """How an institution holds the right. Codes are stored: never rename one."""

    OWN = "own", _("we wrote it ourselves")
    BOUGHT = "bought", _("we bought a licence")
    LETTER = "letter", _("the rights holder wrote that we may")
    OPEN = "open", _("an open licence allows it")


class State(models.TextChoices):
    """Where a version stands. Codes are stored: never rename one."""

    DRAFT = "draft", _("being written")
    IN_USE = "in_use", _("in use")
    WITHDRAWN = "withdrawn", _("withdrawn")


TRANSITIONS: Mapping[tuple[State, State], Promise] = {
    (State.DRAFT, State.IN_USE): _("put in use, by somebody who says that the right is held"),
    (State.IN_USE, State.WITHDRAWN): _("withdraw it, or put a newer version in use"),
}


def leads_to(source: str, target: State) -> bool:
    return (State(source), target) in TRANSITIONS


@dataclass(frozen=True, slots=True)
class Wording:
    """The exact text in one language."""

    language: str
    name: str = ""
    introduction: str = ""
    items: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.introduction or self.items or self.labels)

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "name": self.name,
            "introduction": self.introduction,
            "items": list(self.items),
            "labels": list(self.labels),
        }


def wording_of(kept: Mapping[str, Any], language: str) -> Wording:
    return Wording(
        language,
        kept["name"],
        kept["introduction"],
        tuple(kept["items"]),
        tuple(kept["labels"]),
    )


@dataclass(frozen=True, slots=True)
class Text:
    """What the questionnaire is, apart from the right to use it."""

    wordings: tuple[Wording, ...]
    rights_holder: str
    licence: str
    licence_url: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Held:
    """By what right an institution uses it, and for how long."""

    how: str
    held_by: str
    note: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text, and beside which field that is said."""

    field: str
    text: str | Promise


def problem_in(wordings: Sequence[Wording]) -> Problem | None:
    """The first thing that keeps these wordings from being one questionnaire."""
    written = [one for one in wordings if not one.is_empty]
    if not written:
        text = _("Write it in one language at least: a name, sentences, and answers.")
        return Problem(f"name_{LANGUAGES[0]}", text)
    for one in written:
        if problem := _problem_of(one):
            return problem
    first = written[0]
    for other in written[1:]:
        if len(other.items) != len(first.items):
            text = _("Both languages need as many sentences, in the same order.")
            return Problem(f"items_{other.language}", text)
        if len(other.labels) != len(first.labels):
            text = _("Both languages need as many answers, in the same order.")
            return Problem(f"labels_{other.language}", text)
    return None


def _problem_of(one: Wording) -> Problem | None:
    language = one.language
    if not one.name:
        return Problem(f"name_{language}", _("Give it its name in this language too."))
    if not one.items or len(one.items) > MOST_ITEMS:
        most = _("Write one sentence a line, at most %(count)s.") % {"count": MOST_ITEMS}
        return Problem(f"items_{language}", most)
    if not LEAST_LABELS <= len(one.labels) <= MOST_LABELS:
        return Problem(f"labels_{language}", _("Write two to seven answers, one a line."))
    return None


def is_offered(state: str, first: date | None, last: date | None, day: date) -> bool:
    """Whether it can be filled in on a day; its last day included."""
    return (
        state == State.IN_USE
        and first is not None
        and first <= day
        and (last is None or day <= last)
    )


def ends_soon(last: date | None, day: date) -> bool:
    """Whether somebody should see to it that the right goes on."""
    return last is not None and day <= last <= day + SOON
