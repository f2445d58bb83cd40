"""What the packages above want to be in order before a route goes on: each says what is missing."""

from collections.abc import Callable, Iterable

from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

Gate = Callable[[Route, State], Iterable[str]]
_gates: list[Gate] = []


def register(gate: Gate) -> None:
    """Let a package keep a route before a state, with a sentence for each thing that is missing.
    Called once, at start-up."""
    if gate not in _gates:
        _gates.append(gate)


def missing(route: Route, to: State) -> list[str]:
    return [sentence for gate in _gates for sentence in gate(route, to)]
