"""What the packages above know of a route by themselves, for checklists: each says what it knows."""

from collections.abc import Callable, Mapping

from tussenstop.routes.models import Route, Stop

Knows = Callable[[Route], bool]
_known: dict[str, Knows] = {}


def register(known: Mapping[str, Knows]) -> None:
    """Let a package answer for automatic points of a checklist. Called once, at start-up."""
    _known.update(known)


def is_so(automatic: str, stop: Stop) -> bool:
    """Whether it is in order on the route of this stop; what nobody answers for is not."""
    knows = _known.get(automatic)
    return knows is not None and knows(stop.route)
