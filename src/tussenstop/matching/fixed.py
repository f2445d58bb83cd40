"""When favourites and preferences are fixed: packages above say so, with a sentence."""

from collections.abc import Callable
from datetime import datetime

from tussenstop.matching.models import Place
from tussenstop.routes.models import Route

Fixes = Callable[[Route, Place | None, datetime], str]
_fixes: list[Fixes] = []


def register(fixes: Fixes) -> None:
    """Let a package keep the favourites of a route, or (with a place) how much that place would
    like its student, as they are for a while. Called once, at start-up."""
    if fixes not in _fixes:
        _fixes.append(fixes)


def why(route: Route, place: Place | None, now: datetime) -> str:
    """Why they can't change now; empty when they can."""
    return next((reason for fixes in _fixes if (reason := fixes(route, place, now))), "")
