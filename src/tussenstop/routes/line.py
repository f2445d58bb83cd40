"""The route as a line with stops: what is drawn, and where. Pure geometry, no tables, no words
of its own.

Units: every stop has a column of `COLUMN` wide; stations stand in the middle of their column.
"""

import itertools
from dataclasses import dataclass
from datetime import date

COLUMN = 100.0
SMALL_COLUMN = 22.0


@dataclass(frozen=True, slots=True)
class LineStop:
    """One stop as the line shows it. `state` is done, current, ahead or skipped; `stretch` is a
    part of the route that lasts, drawn as a thick piece of track."""

    name: str
    short_name: str
    state: str
    state_text: str
    optional: bool = False
    stretch: bool = False
    when: date | None = None
    when_is_fixed: bool = False
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A route to draw. `today` and `pauses` are in stop units: 2.5 lies halfway between the third
    and the fourth stop."""

    title: str
    stops: tuple[LineStop, ...]
    today: float | None = None
    pauses: tuple[tuple[float, float], ...] = ()
    ended: bool = False

    @property
    def current(self) -> LineStop | None:
        """The stop the route stands at: a moment rather than a stretch."""
        at = [stop for stop in self.stops if stop.state == "current"]
        return next((stop for stop in at if not stop.stretch), at[0] if at else None)


@dataclass(frozen=True, slots=True)
class Segment:
    x1: float
    x2: float
    kind: str  # done, ahead or pause


@dataclass(frozen=True, slots=True)
class Station:
    x: float
    stop: LineStop


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    y: float
    segments: tuple[Segment, ...]
    stations: tuple[Station, ...]
    today: float | None


def _x(position: float, column: float) -> float:
    return round((position + 0.5) * column, 1)


def draw(line: Line, size: str = "full") -> Drawing:
    """Where everything stands. `size` is full or small."""
    column = SMALL_COLUMN if size == "small" else COLUMN
    height = 24.0 if size == "small" else 64.0
    stations = tuple(Station(_x(i, column), stop) for i, stop in enumerate(line.stops))
    segments = []
    for before, after in itertools.pairwise(stations):
        reached = after.stop.state in {"done", "current"} or (
            after.stop.state == "skipped" and before.stop.state in {"done", "skipped"}
        )
        passed = before.stop.state in {"done", "skipped"} or before.stop.stretch
        segments.append(Segment(before.x, after.x, "done" if reached and passed else "ahead"))
    segments += [Segment(_x(a, column), _x(b, column), "pause") for a, b in line.pauses]
    today = None if line.today is None or line.ended else _x(line.today, column)
    return Drawing(
        width=max(len(stations), 1) * column,
        height=height,
        y=height / 2,
        segments=tuple(segments),
        stations=stations,
        today=today,
    )
