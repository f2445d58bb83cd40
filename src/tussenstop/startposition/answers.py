"""Answers in words: what somebody told, in the language of whoever reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tussenstop.content import Advice, PositionPart, Question, pack
from tussenstop.people.rules import Weekday
from tussenstop.startposition.rules import DayPart, Pile, Room

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One question with its answer. `lines` are one text each; `week` is the sketch of a week:
    a day's name, and how its parts stand (a code and its word)."""

    key: str
    label: str
    question: str
    lines: list[str] = field(default_factory=list)
    week: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    prose: bool = False


def is_answered(value: Any) -> bool:
    """Whether there is an answer: an empty text, list or sketch is none, 0 is one."""
    if isinstance(value, Mapping):
        return any(is_answered(part) for part in value.values())
    return value is not None and value not in ("", [])


def _option(question: Question, key: str) -> str:
    option = question.options.get(key)
    return str(option.text) if option else ""


def _lines(question: Question, value: Any) -> Iterator[str]:
    match question.kind:
        case "line" | "text":
            yield value
        case "number":
            unit = f" {question.limits.unit}" if question.limits else ""
            yield f"{value}{unit}"
        case "choice":
            yield _option(question, value)
        case "choices":
            yield from (_option(question, key) for key in question.options if key in value)
        case "cultures":
            yield from (str(one.name) for key, one in pack().cultures.items() if key in value)
        case "motives":
            cards, own = value.get("cards", {}), value.get("own", [])
            for pile in Pile:
                yield from (
                    f"{card.name} ({pile.label})" if pile != Pile.STRONG else str(card.name)
                    for key, card in pack().motives.items()
                    if cards.get(key) == pile
                )
            yield from own
        case "examples":
            yield from (": ".join(filter(None, [one["what"], one["example"]])) for one in value)
        case "competences":
            for one in value:
                where = f" ({one['where']})" if one["where"] else ""
                yield f"{one['code']} {one['text']}{where}"


def _week(value: Answers) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            str(day.label),
            [
                (room, str(Room(room).label) if room in set(Room) else "")
                for room in (value.get(str(day.value), {}).get(part, "") for part in DayPart)
            ],
        )
        for day in Weekday
    ]


def said(question: Question, value: Any) -> Said | None:
    """The answer in words; None when there is none."""
    if not is_answered(value):
        return None
    label, text = str(question.label), str(question.text)
    if question.kind == "week":
        return Said(question.key, label, text, week=_week(value))
    lines = [line for line in _lines(question, value) if line]
    if not lines:
        return None
    return Said(question.key, label, text, lines=lines, prose=question.kind == "text")


def all_said(questions: Mapping[str, Question], answers: Answers) -> list[Said]:
    """Every answer in words, in the order of the questions."""
    spoken = (said(question, answers.get(key)) for key, question in questions.items())
    return [one for one in spoken if one]


def questions_of(part: PositionPart, context: str) -> dict[str, Question]:
    """The questions of a part for a student in this context."""
    return {
        key: question
        for key, question in part.questions.items()
        if not question.contexts or context in question.contexts
    }


def advice_from(questions: Mapping[str, Question], answers: Answers) -> list[Advice]:
    """What the answers mean for who works with this person."""
    found = []
    for key, question in questions.items():
        value = answers.get(key)
        chosen = [value] if question.kind == "choice" else value if question.options else []
        found += [
            option.advice
            for name, option in question.options.items()
            if option.advice and name in (chosen or [])
        ]
    return found
