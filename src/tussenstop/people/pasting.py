"""Competences as lines of text: a code and a sentence, line by line, judged before anything is
written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CODE_LENGTH = 20
TEXT_LENGTH = 400
MOST_LINES = 500

# "1 Text", "1. Text", "K2.3) Text", "- 1.1 Text" or columns pasted from a spreadsheet.
_LINE = re.compile(r"^(?:[-*•]\s+)?(?P<code>\w[\w-]*(?:\.[\w-]+)*)[.):]?(?:\s+(?P<text>.*))?$")


class Change(models.TextChoices):
    """What a line would do."""

    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    SAME = "same", gettext_lazy("stays the same")
    WRONG = "wrong", gettext_lazy("needs another look")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was pasted, and what it means."""

    number: int
    code: str
    text: str
    parent: str
    change: Change
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A competence that is there already."""

    text: str
    parent: str


def parent_code(code: str) -> str:
    """The code of what this one is a part of: 1.2 is a part of 1."""
    return code.rpartition(".")[0]


def read_lines(pasted: str, known: Mapping[str, Known]) -> list[Line]:
    """Every line with what it would do; blank lines don't count."""
    lines: list[Line] = []
    seen: dict[str, int] = {}
    numbered = [(n, raw.strip()) for n, raw in enumerate(pasted.splitlines(), start=1)]
    for number, raw in numbered:
        if not raw:
            continue
        found = _LINE.match(raw)
        code = found["code"] if found else ""
        text = " ".join((found["text"] or "").split()) if found else raw
        there = known.get(code)
        parent = there.parent if there else parent_code(code)
        problem = _problem(code, text, parent, seen, known)
        if problem:
            change = Change.WRONG
        elif there is None:
            change = Change.NEW
        else:
            change = Change.SAME if there.text == text else Change.CHANGED
        lines.append(Line(number, code, text, parent, change, problem))
        if code:
            seen.setdefault(code, number)
    return lines


def _problem(
    code: str, text: str, parent: str, seen: Mapping[str, int], known: Mapping[str, Known]
) -> str:
    if not code:
        return _("Begin the line with a code, then a space, then the competence.")
    if not text:
        return _("Write the competence after its code.")
    if len(code) > CODE_LENGTH:
        return _("A code has at most %(count)s characters.") % {"count": CODE_LENGTH}
    if len(text) > TEXT_LENGTH:
        return _("A competence has at most %(count)s characters.") % {"count": TEXT_LENGTH}
    if code in seen:
        return _("Code %(code)s stands on line %(line)s already.") % {
            "code": code,
            "line": seen[code],
        }
    if code not in known and "." in parent:
        return _("There are two levels: %(code)s would be a third.") % {"code": code}
    if parent and parent not in seen and parent not in known:
        return _("%(code)s is a part of %(parent)s, and there is no line %(parent)s above it.") % {
            "code": code,
            "parent": parent,
        }
    if parent in known and known[parent].parent:
        return _("There are two levels: %(code)s would be a third.") % {"code": code}
    return ""
