"""Other things than commitments that stand in somebody's calendar: packages above say which."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tussenstop.people.models import Person


@dataclass(frozen=True, slots=True)
class Given:
    """A stretch that another package put there; `page` names the address where it is explained.
    What has a name of its own says so, with what its entry in other calendars is known by."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    page: tuple[str, UUID]
    title: str = ""
    where: str = ""
    uid: str = ""


Source = Callable[[Person, date, date], list[Given]]
_sources: list[Source] = []
_fixed: list[Source] = []


def register(source: Source, *, fixed: bool = False) -> None:
    """Let a package put days in the calendars of people. Called once, at start-up. What is `fixed`
    a new plan has to go around."""
    sources = _fixed if fixed else _sources
    if source not in sources:
        sources.append(source)


def every(person: Person, start: date, end: date) -> list[Given]:
    return [found for source in _sources for found in source(person, start, end)]


def fixed(person: Person, start: date, end: date) -> list[Given]:
    return [found for source in _fixed for found in source(person, start, end)]
