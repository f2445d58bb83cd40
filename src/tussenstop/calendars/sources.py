"""Other things than commitments that stand in somebody's calendar: packages above say which."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tussenstop.people.models import Person


@dataclass(frozen=True, slots=True)
class Given:
    """A stretch that another package put there; `page` names the address where it is explained."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    page: tuple[str, UUID]


Source = Callable[[Person, date, date], list[Given]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a package put days in the calendars of people. Called once, at start-up."""
    if source not in _sources:
        _sources.append(source)


def every(person: Person, start: date, end: date) -> list[Given]:
    return [found for source in _sources for found in source(person, start, end)]
