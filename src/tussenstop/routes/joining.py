"""What the packages above do when somebody begins to take part in a route."""

from collections.abc import Callable
from datetime import datetime

from tussenstop.access.models import Participation
from tussenstop.people.acting import By

Joined = Callable[[Participation, By, datetime], None]
_joined: list[Joined] = []


def register(joined: Joined) -> None:
    """Let a package act when somebody said yes to a role, in the same transaction. Called once, at
    start-up."""
    if joined not in _joined:
        _joined.append(joined)


def tell(part: Participation, *, by: By, now: datetime) -> None:
    for joined in _joined:
        joined(part, by, now)
