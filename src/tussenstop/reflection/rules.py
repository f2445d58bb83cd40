"""What an entry of a journal is made of, how a prompt is chosen, whose turn a loop is. Pure facts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import RouteRole

FREE = "free"
OWN = "own-"  # in front of the id of a form that an institution made itself
FILE = "file."  # in front of the id of a photo or voice note, where parts are shared

LONGEST = 20_000  # characters of one text
MOST_FILES = 12  # with one entry
HOURS = range(7, 22)  # in which a reminder may leave
MOST_STEPS = 10

WRITERS = (RouteRole.STUDENT, RouteRole.MENTOR, RouteRole.TEACHER, RouteRole.COACH)
# Who works where the student works: balance and motivation are never suggested to them.
AT_WORK = (RouteRole.MENTOR,)


class FileKind(models.TextChoices):
    PHOTO = "photo", _("photo")
    VOICE = "voice", _("voice note")


class Column(models.TextChoices):
    """The three texts of a page that student and mentor share."""

    STUDENT = "student", _("the student")
    MENTOR = "mentor", _("the mentor")
    COMMON = "common", _("together")


def key_of(form: str, step: str = "") -> str:
    """Under which key the text of a step is kept. Free writing has no steps."""
    return f"{form}.{step}" if step else form


def split_key(key: str) -> tuple[str, str]:
    form, _dot, step = key.partition(".")
    return form, step


def words_of(texts: Mapping[str, str]) -> str:
    """All that was written, as it is searched: without capitals."""
    return "\n".join(text for text in texts.values() if text).casefold()


def month_of(day: date) -> date:
    return day.replace(day=1)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of somebody, for which the same prompt is chosen whenever they look."""

    person: str
    route: str
    year: int
    week: int


T = TypeVar("T")


def chosen(candidates: Sequence[T], week: Week, further: int = 0) -> T | None:
    """The one for this week; `further` times another. Who taps on comes past all of them."""
    if not candidates:
        return None
    seed = f"{week.person}|{week.route}|{week.year}-{week.week}".encode()
    start = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big")
    return candidates[(start + further) % len(candidates)]
