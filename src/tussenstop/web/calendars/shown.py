"""A calendar in words and drawings, for its pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tussenstop.calendars.queries import Block, Week
from tussenstop.calendars.rules import LOADS, STOP, TALK, WORKPLACE, Kind
from tussenstop.routes.names import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HOUR = 22  # pixels of an hour in the grid
GUTTER = 44
COLUMN = 132
HEAD = 34
EARLIEST, LATEST = 7, 22  # hours that are always drawn


@dataclass(frozen=True, slots=True)
class Line:
    """One block in words."""

    block: Block
    when: str
    title: str
    kind: str
    url: str


def title_of(block: Block) -> str:
    if block.stop:
        return name_of(block.stop)
    if block.given and block.given.title:
        return block.given.title
    own = block.commitment or block.moment
    own_words = own.title if own else ""
    return own_words or capfirst(kind_name(block.kind))


def kind_name(kind: str) -> str:
    if kind == WORKPLACE:
        return _("learning at the workplace")
    if kind == TALK:
        return _("conversation")
    return _("stop") if kind == STOP else str(Kind(kind).label)


def _url(block: Block, day: date) -> str:
    if block.page:
        return reverse(block.page[0], args=[block.page[1]])
    if block.stop:
        return reverse("stop", args=[block.stop.pk])
    if block.commitment and block.occurrence:
        url = reverse("commitment", args=[block.commitment.pk])
        return f"{url}?day={block.occurrence.day:%Y-%m-%d}"
    raise ValueError(f"a block without a page on {day}")


def line_of(block: Block, day: date) -> Line:
    """How a block reads on one day: what began before or goes on after, says so."""
    if block.all_day:
        when = _("the whole day")
    else:
        begin, end = _wall(block.starts_at), _wall(block.ends_at)
        first = formats.time_format(begin, "H:i") if begin.date() == day else "…"
        last = formats.time_format(end, "H:i") if end.date() == day else "…"
        when = f"{first}-{last}"
    return Line(block, when, title_of(block), kind_name(block.kind), _url(block, day))


def _wall(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def touches(block: Block, day: date) -> bool:
    zone = timezone.get_default_timezone()
    first = datetime.combine(day, datetime.min.time(), zone)
    after = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    return block.starts_at < after and block.ends_at > first


def days_of(blocks: "Sequence[Block]", monday: date) -> list[tuple[date, list[Line]]]:
    """The seven days, each with what happens on it."""
    week = [monday + timedelta(days=n) for n in range(7)]
    return [(day, [line_of(b, day) for b in blocks if touches(b, day)]) for day in week]


@dataclass(frozen=True, slots=True)
class Box:
    """A block in the grid: where it stands, and its words."""

    line: Line
    day: date
    x: float
    y: float
    width: float
    height: float

    @property
    def is_tall(self) -> bool:
        return self.height >= 30


@dataclass(frozen=True, slots=True)
class Grid:
    """A week as a drawing: seven columns, hours from top to bottom."""

    width: int
    height: int
    hours: list[tuple[int, int]]
    days: list[tuple[date, int]]
    boxes: list[Box]


def grid_of(blocks: "Sequence[Block]", monday: date) -> Grid:
    """Where every block with hours stands; blocks at the same moment share the column."""
    timed = [block for block in blocks if not block.all_day]
    pieces = [
        (number, day, begin, end, block)
        for number, day in enumerate(monday + timedelta(days=n) for n in range(7))
        for block in timed
        if touches(block, day)
        for begin, end in [_part(block, day)]
    ]
    first = min([EARLIEST, *(int(begin) for _n, _d, begin, _e, _b in pieces)])
    last = max([LATEST, *(-int(-end // 1) for _n, _d, _b, end, _block in pieces)])
    boxes: list[Box] = []
    for number in range(7):
        mine = sorted((p for p in pieces if p[0] == number), key=lambda p: (p[2], -p[3]))
        for lane, lanes, (_n, day, begin, end, block) in _lanes(mine):
            width = (COLUMN - 6) / lanes
            boxes.append(
                Box(
                    line_of(block, day),
                    day,
                    GUTTER + number * COLUMN + 3 + lane * width,
                    HEAD + (begin - first) * HOUR,
                    width - 2,
                    max((end - begin) * HOUR - 2, 12),
                )
            )
    return Grid(
        width=GUTTER + 7 * COLUMN,
        height=HEAD + (last - first) * HOUR + 8,
        hours=[(hour, HEAD + (hour - first) * HOUR) for hour in range(first, last + 1)],
        days=[(monday + timedelta(days=n), GUTTER + n * COLUMN) for n in range(7)],
        boxes=boxes,
    )


def _part(block: Block, day: date) -> tuple[float, float]:
    """From when until when on this day, in hours of the wall clock."""
    begin, end = _wall(block.starts_at), _wall(block.ends_at)
    start = 0.0 if begin.date() < day else begin.hour + begin.minute / 60
    stop = 24.0 if end.date() > day else end.hour + end.minute / 60
    return start, stop


Piece = tuple[int, date, float, float, Block]


def _lanes(pieces: list[Piece]) -> list[tuple[int, int, Piece]]:
    """Side by side what overlaps: the lane of each piece, and how many there are in its group."""
    placed: list[tuple[int, int, Piece]] = []
    group: list[tuple[int, Piece]] = []
    ends: list[float] = []
    for piece in pieces:
        if group and piece[2] >= max(ends):
            placed += [(lane, len(ends), one) for lane, one in group]
            group, ends = [], []
        lane = next((n for n, end in enumerate(ends) if end <= piece[2]), len(ends))
        if lane == len(ends):
            ends.append(piece[3])
        else:
            ends[lane] = piece[3]
        group.append((lane, piece))
    return placed + [(lane, len(ends), one) for lane, one in group]


@dataclass(frozen=True, slots=True)
class Bar:
    """A week in the strip: its parts from the bottom up, and whether it is over the limit."""

    week: Week
    x: float
    parts: list[tuple[str, float, float]]
    over: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Weeks beside each other, as high as they are heavy."""

    bars: list[Bar]
    height: int
    width: int
    limit_y: float | None
    heaviest: Week | None


STRIP = 90
STEP = 14


def strip_of(weeks: list[Week], limit: int | None) -> Strip:
    top = max([10.0, *(week.total for week in weeks), float(limit or 0)])
    scale = STRIP / top
    bars = []
    for n, week in enumerate(weeks):
        y, parts = float(STRIP), []
        for kind in LOADS:
            if hours := week.hours.get(kind, 0):
                y -= hours * scale
                parts.append((str(kind), round(y, 1), round(hours * scale, 1)))
        over = limit is not None and week.total > limit
        bars.append(Bar(week, n * STEP, parts, over))
    heaviest = max(weeks, key=lambda week: week.total, default=None)
    return Strip(
        bars,
        STRIP,
        len(weeks) * STEP,
        round(STRIP - limit * scale, 1) if limit else None,
        heaviest if heaviest and heaviest.total else None,
    )
