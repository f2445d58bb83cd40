"""Last days that somebody has to keep: packages above say which."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tussenstop.people.models import Person


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day. `uid` is the same as long as it is the same deadline; `page` names the address
    where one does what is asked."""

    uid: str
    day: date
    text: str
    page: tuple[str, tuple[UUID, ...]]


Source = Callable[[Person, datetime], list[Deadline]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a package tell of last days. Called once, at start-up."""
    if source not in _sources:
        _sources.append(source)


def every(person: Person, now: datetime) -> list[Deadline]:
    """Those that are still to come."""
    return [found for source in _sources for found in source(person, now)]
