"""One's own course as drawings and words: answers in time, beside how full the weeks were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.content import CheckInItem, pack
from tussenstop.routes.names import name_of
from tussenstop.web.calendars.views import monday_of
from tussenstop.wellbeing.rules import WEEKS_AHEAD, WEEKS_SHOWN, Answer

WIDTH, HEIGHT, EDGE = 400, 44, 8
LEAST_WEEKS = 6
USUAL_WEEKS = 4  # so many weeks, at least, tell how they usually are
LEAST_FULLER = 5  # hours: a quarter more of a few hours is nothing to speak of


@dataclass(frozen=True, slots=True)
class Row:
    """The answers to one sentence: points, and the line through them."""

    name: str
    points: list[tuple[float, float]]

    @property
    def line(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Bar:
    """How full a week is; `ahead`: still to come."""

    monday: date
    hours: float
    x: float
    y: float
    height: float
    ahead: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on the route: a stop by its name, or a pause; `ahead`: still to come."""

    day: date
    name: str
    x: float
    ahead: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Everything above each other on the same weeks."""

    rows: list[Row]
    marks: list[Mark]
    bars: list[Bar]
    bar: float
    limit_y: float | None
    first: date
    last: date


def weeks_of(course: Sequence[Any], today: date) -> tuple[date, int]:
    """From which Monday, and how many weeks: those of the check-ins, and some ahead."""
    begin = monday_of(timezone.localdate(course[0].at))
    here = monday_of(today)
    back = min(max((here - begin).days // 7, LEAST_WEEKS), WEEKS_SHOWN)
    return here - timedelta(weeks=back), back + 1 + WEEKS_AHEAD


def _y(answer: int) -> float:
    span = HEIGHT - 2 * EDGE
    return round(EDGE + span * (max(Answer) - answer) / (max(Answer) - min(Answer)), 1)


def items_of(check_in: Any) -> list[tuple[CheckInItem, str]]:
    """Each sentence that was answered, with the answer in words."""
    content = pack().check_in
    return [
        (content[key], str(Answer(answer).label))
        for key, answer in check_in.items.items()
        if key in content
    ]


def sentences_of(answered: Any) -> list[tuple[str, str]]:
    """Each sentence of a questionnaire, with the answer in its own words."""
    spoken = answered.instrument.spoken
    return [
        (item, spoken.labels[answer - 1])
        for item, answer in zip(spoken.items, answered.answers, strict=True)
    ]


def kept_text(readers: Sequence[Any]) -> str:
    """What is said after something was filled in."""
    if not readers:
        return _("Kept, for you alone.")
    names = ", ".join(one.name for one in readers)
    return _("Kept. Can be read by you, and by: %(names)s.") % {"names": names}


def course_of(
    course: Sequence[Any],
    weeks: Sequence[Any],
    limit: int | None,
    events: Sequence[Any],
    today: date,
) -> Course:
    """`weeks` come from the calendar, beginning with the Monday of `weeks_of`; `events` from the
    route, within those weeks."""
    first: date = weeks[0].monday
    last: date = weeks[-1].monday + timedelta(days=6)
    days = (last - first).days + 1

    def x(day: date) -> float:
        return round(WIDTH * ((day - first).days + 0.5) / days, 1)

    rows = [
        Row(
            str(item.name),
            [
                (x(timezone.localdate(one.at)), _y(one.items[key]))
                for one in course
                if key in one.items and timezone.localdate(one.at) >= first
            ],
        )
        for key, item in pack().check_in.items()
    ]
    marks = [
        Mark(
            event.day,
            name_of(event.stop) if event.stop else str(_("A pause began")),
            x(event.day),
            event.day > today,
        )
        for event in events
    ]
    top = max([1.0, float(limit or 0), *(week.total for week in weeks)])
    step = WIDTH / len(weeks)
    bars = [
        Bar(
            week.monday,
            week.total,
            round(place * step + step * 0.15, 1),
            round(HEIGHT - HEIGHT * week.total / top, 1),
            round(HEIGHT * week.total / top, 1),
            week.monday > today,
        )
        for place, week in enumerate(weeks)
    ]
    limit_y = round(HEIGHT - HEIGHT * limit / top, 1) if limit else None
    some = any(bar.hours for bar in bars)
    return Course(rows, marks, bars if some else [], round(step * 0.7, 1), limit_y, first, last)


@dataclass(frozen=True, slots=True)
class Full:
    """Weeks of the coming month that are fuller than `hours`: the limit that somebody set for
    themselves, or else how their weeks usually are (`usual`)."""

    weeks: list[Any]
    hours: int
    usual: bool


def usual_hours(weeks: Sequence[Any], today: date) -> int | None:
    """How full somebody's weeks were: as many were less full as fuller. Weeks in which nothing
    stands tell nothing, and a few weeks tell too little."""
    past = [week for week in weeks if week.monday + timedelta(days=6) < today]
    some = [week.total for week in past if week.total]
    return round(median(some)) if len(some) >= USUAL_WEEKS else None


def overfull(weeks: Sequence[Any], limit: int | None, today: date) -> Full | None:
    """What is said only to the person themselves, and compares them with nobody else."""
    usual = None if limit else usual_hours(weeks, today)
    most = limit or (usual + max(LEAST_FULLER, usual // 4) if usual else None)
    if most is None:
        return None
    ahead = [week for week in weeks if week.monday + timedelta(days=6) >= today][:WEEKS_AHEAD]
    full = [week for week in ahead if week.total > most]
    return Full(full, usual or most, usual is not None) if full else None


def tips_of(course: Sequence[Any]) -> list[tuple[CheckInItem, list[Any]]]:
    """What may help, for the two sentences that fitted least last time."""
    if not course:
        return []
    last = course[-1].items
    known = [item for key, item in pack().check_in.items() if key in last]
    least = sorted(known, key=lambda item: last[item.key])[:2]
    return [(item, list(item.tips.values())) for item in least if last[item.key] < max(Answer)]
