"""Work that happens by itself every few minutes: each package says what it has to do."""

from collections.abc import Callable
from datetime import datetime

import structlog

Work = Callable[[datetime], None]
_works: dict[str, Work] = {}

log = structlog.get_logger()


def register(name: str, work: Work) -> None:
    """Let a package do something every few minutes. Called once, at start-up. Several workers may
    do it at the same time, so the work itself has to bear that."""
    _works[name] = work


def tick(now: datetime) -> None:
    """Do all of it; one that fails keeps none of the others from being done."""
    for name, work in _works.items():
        try:
            work(now)
        except Exception:
            log.exception("work failed", work=name)
