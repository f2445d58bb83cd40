"""A round on any day: the clock of the pages can be put forward."""

from collections.abc import Callable
from datetime import datetime

import pytest

Forward = Callable[[datetime], None]


@pytest.fixture
def forward(monkeypatch: pytest.MonkeyPatch) -> Forward:
    def go(moment: datetime) -> None:
        monkeypatch.setattr("tussenstop.core.clock.now", lambda: moment)

    return go
