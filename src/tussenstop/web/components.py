"""What the components behind the template tags are made of."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.access.rules import RouteRole
from tussenstop.routes.line import Drawing, Line, LineStop

# The shape in front of a role's name: colour is never the only difference.
ROLE_SHAPES = {
    RouteRole.STUDENT: "M5 0a5 5 0 1 0 0 10A5 5 0 1 0 5 0",
    RouteRole.MENTOR: "M0 0h10v10H0z",
    RouteRole.TEACHER: "M5 0 10 10H0z",
    RouteRole.COACH: "M5 0 10 5 5 10 0 5z",
    RouteRole.GODPARENT: "M5 0 6.5 3.5 10 3.8 7.3 6.3 8.2 10 5 8 1.8 10 2.7 6.3 0 3.8 3.5 3.5z",
}
NO_SHAPE = "M0 3h10v4H0z"

OTHER_ROLES = {
    "signatory": gettext_lazy("co-signatory"),
    "administrator": gettext_lazy("administrator of the partnership"),
    "colleague": gettext_lazy("colleague"),
}


@cache
def icon_paths(name: str) -> str:
    """The inside of an icon's SVG. An unknown name is a mistake of ours and fails."""
    return files("tussenstop.web").joinpath(f"icons/{name}.svg").read_text(encoding="utf-8").strip()


def role_name(role: str) -> str:
    if role in OTHER_ROLES:
        return str(OTHER_ROLES[role])
    return str(RouteRole(role).label) if role in set(RouteRole) else role


@dataclass(frozen=True, slots=True)
class Shape:
    """Measures of the stations, in the drawing's units."""

    r: float
    big: float
    little: float
    dot: float
    wide: float
    tall: float
    round: float
    cross: str

    @property
    def wide_x(self) -> float:
        return -self.wide / 2

    @property
    def wide_y(self) -> float:
        return -self.tall / 2


BIG = Shape(12, 16, 9, 6, 46, 20, 10, "M-6 -6 6 6M6 -6-6 6")
SMALL = Shape(5, 7, 4, 2.6, 16, 9, 4.5, "M-2.6 -2.6 2.6 2.6M2.6 -2.6-2.6 2.6")
PHONE = Shape(12, 15, 9, 5.5, 18, 30, 9, "M-6 -6 6 6M6 -6-6 6")


def today_path(drawing: Drawing, size: str) -> str:
    """A small flag above the track."""
    if drawing.today is None:
        return ""
    x, half, top = drawing.today, (3.5 if size == "small" else 8), (0 if size == "small" else 2)
    return f"M{x - half} {top}h{2 * half}L{x} {top + half * 1.5}z"


def summary_of(line: Line) -> str:
    """The line in one sentence, for who listens."""
    done = sum(stop.state == "done" for stop in line.stops)
    current = line.current
    if current is None:
        return _("%(done)s of %(all)s stops done") % {"done": done, "all": len(line.stops)}
    return _("%(done)s of %(all)s stops done, now at: %(stop)s") % {
        "done": done,
        "all": len(line.stops),
        "stop": current.name,
    }


def _station(stop: LineStop, x: float, y: float, shape: Shape) -> str:
    """One stop as SVG: by its form as well as its colour one sees how it stands."""
    state = f" station-{stop.state}" if stop.state in {"done", "current"} else ""
    if stop.stretch:
        return (
            f'<rect class="station{state}" x="{x + shape.wide_x:g}" y="{y + shape.wide_y:g}" '
            f'width="{shape.wide:g}" height="{shape.tall:g}" rx="{shape.round:g}"/>'
        )
    current = stop.state == "current"
    radius = shape.big if current else shape.little if stop.optional else shape.r
    optional = " station-optional" if stop.optional and not state else ""
    drawn = f'<circle class="station{state}{optional}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>'
    if current:
        drawn += f'<circle class="station-dot" cx="{x:g}" cy="{y:g}" r="{shape.dot:g}"/>'
    elif stop.state == "skipped":
        drawn += (
            f'<path class="station-cross" transform="translate({x:g} {y:g})" d="{shape.cross}"/>'
        )
    return drawn


def symbol_svg(stop: LineStop) -> SafeString:
    """The sign of one stop, beside its name on a phone."""
    inner = _station(stop, 0, 0, PHONE)
    return mark_safe(f'<svg viewBox="-22 -22 44 44">{inner}</svg>')  # noqa: S308 - numbers only


def track_svg(drawing: Drawing, size: str) -> SafeString:
    """The inside of the line's SVG: track, stations and today. Holds numbers and our own class
    names, nothing that people wrote; built here because a list draws it twenty-five times."""
    shape = SMALL if size == "small" else BIG
    parts = [
        f'<line class="track{"" if s.kind == "done" else f" track-{s.kind}"}" '
        f'x1="{s.x1:g}" y1="{drawing.y:g}" x2="{s.x2:g}" y2="{drawing.y:g}"/>'
        for s in drawing.segments
    ]
    parts += [_station(station.stop, station.x, drawing.y, shape) for station in drawing.stations]
    if drawing.today is not None:
        parts.append(f'<path class="today-mark" d="{today_path(drawing, size)}"/>')
    return mark_safe("".join(parts))  # noqa: S308 - see above
