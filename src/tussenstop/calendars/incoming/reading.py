"""From an iCalendar file (RFC 5545) to moments in a calendar.

Files in the wild are full of mistakes. What can be understood is read, what can't is counted, and
nothing that somebody else wrote keeps us busy: rules within a day are left out, rules without an
end are followed as far as we look, and all of it takes seconds at most.
"""

import re
import time
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from math import prod
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import recurring_ical_events
from icalendar import Calendar
from icalendar import Event as Parsed

from tussenstop.calendars.incoming.rules import (
    LONGEST_READ,
    MOST_MOMENTS,
    CannotRead,
    Trouble,
)

BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
WITHIN_A_DAY = {"SECONDLY", "MINUTELY", "HOURLY"}
MOST_A_DAY = 24  # times that a rule may come back within a day
Event = Any  # an entry of the file: what its properties hold is anybody's guess
TITLE = 120  # characters
ONE_EVENT = re.compile(rb"^BEGIN:VEVENT\r?$.*?^END:VEVENT\r?$", re.M | re.S | re.I)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """One moment. Whole days last from midnight to midnight, the last one excluded; `free` takes
    no time of the person (TRANSP:TRANSPARENT)."""

    starts_at: datetime
    ends_at: datetime
    whole_days: bool
    free: bool
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What stood in a file: how it calls itself, its moments in order, how many entries could not
    be read, and whether there was more than we keep."""

    name: str
    moments: list[Moment]
    unreadable: int
    more: bool


def read(
    content: bytes,
    *,
    start: datetime,
    end: datetime,
    zone: tzinfo,
    seconds: float = LONGEST_READ,
) -> Reading:
    """The moments between two moments. `zone` holds for times that name no zone, or one that
    nobody knows. Raises CannotRead when it is no calendar or takes too long."""
    text = _decoded(content)
    if not re.search(rb"^\s*BEGIN:VCALENDAR", text[:4096], re.I | re.M):
        raise CannotRead(Trouble.NOT_CALENDAR)
    ends = time.monotonic() + seconds
    found: list[Moment] = []
    unreadable, name = 0, ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library guesses zones aloud
        for calendar in _calendars(text):
            name = name or _text(calendar.get("X-WR-CALNAME"))
            there = _zone(calendar, zone)
            for series in _series(calendar):
                if time.monotonic() > ends:
                    raise CannotRead(Trouble.TOO_MUCH)
                try:
                    found += _moments(series, start, end, there)
                except BROKEN:
                    unreadable += 1
    found.sort()
    return Reading(name, found[:MOST_MOMENTS], unreadable, len(found) > MOST_MOMENTS)


def _calendars(text: bytes) -> "list[Calendar]":
    """The calendars in the file. One wrong line makes the library give up on all of it: then every
    entry is read for itself."""
    try:
        return list(Calendar.from_ical(text, multiple=True))
    except BROKEN:
        calendar = Calendar()
        for found in ONE_EVENT.finditer(text):
            try:
                event = Parsed.from_ical(found.group())
            except BROKEN:
                event = Parsed()  # has no beginning, so it counts as one that could not be read
            calendar.add_component(event)
        return [calendar]


def _decoded(content: bytes) -> bytes:
    """As UTF-8, whatever the program that wrote it thought of."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").encode()
    try:
        return content.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").encode()


def _zone(calendar: Calendar, zone: tzinfo) -> tzinfo:
    try:
        return ZoneInfo(_text(calendar.get("X-WR-TIMEZONE")))
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return zone


def _series(calendar: Calendar) -> Iterator[list[Event]]:
    """The entries that belong together: a rule and the days on which it is otherwise."""
    together: dict[str, list[Event]] = defaultdict(list)
    for number, event in enumerate(calendar.walk("VEVENT")):
        together[_text(event.get("UID")) or f"without {number}"].append(event)
    yield from together.values()


def _moments(series: list[Event], start: datetime, end: datetime, zone: tzinfo) -> list[Moment]:
    """Raises one of BROKEN for what makes no sense."""
    for event in series:
        _require_sense(event)
    if len(series) == 1 and not any(name in series[0] for name in ("RRULE", "RDATE")):
        events = series
    else:
        events = _occurrences(series, start, end)
    moments = [_moment(event, zone) for event in events if _takes_place(event)]
    return [one for one in moments if one.starts_at < end and one.ends_at >= start]


def _takes_place(event: Event) -> bool:
    return _text(event.get("STATUS")).upper() != "CANCELLED"


def _require_sense(event: Event) -> None:
    """Raises LookupError without a beginning, ValueError for an end before it or a rule that comes
    back all day long."""
    begin = event["DTSTART"].dt
    finish = event["DTEND"].dt if "DTEND" in event else None
    if finish is not None and type(finish) is type(begin):
        aware = [getattr(one, "tzinfo", None) is None for one in (begin, finish)]
        if aware[0] == aware[1] and finish < begin:
            raise ValueError("it ends before it begins")
    for rule in _rules(event):
        often = prod(len(rule.get(name, ())) or 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        if WITHIN_A_DAY.intersection(rule.get("FREQ", ())) or often > MOST_A_DAY:
            raise ValueError("it comes back too often")


def _rules(event: Event) -> list[Any]:
    """An empty rule is none."""
    rule = event.get("RRULE", [])
    if not rule:
        event.pop("RRULE", None)
    return rule if isinstance(rule, list) else [rule]


def _occurrences(series: list[Event], start: datetime, end: datetime) -> list[Event]:
    calendar = Calendar()
    for event in series:
        for rule in _rules(event):
            if "COUNT" not in rule and "UNTIL" not in rule:
                rule["UNTIL"] = [_like(event["DTSTART"].dt, end + timedelta(days=2))]
        calendar.add_component(event)
    query = recurring_ical_events.of(calendar)
    return list(query.between(start, end))


def _like(begin: date, moment: datetime) -> date:
    """The moment in the way in which the rule's beginning is written (RFC 5545, 3.3.10)."""
    if not isinstance(begin, datetime):
        return moment.date()
    return moment.replace(tzinfo=None) if begin.tzinfo is None else moment.astimezone(UTC)


def _moment(event: Event, zone: tzinfo) -> Moment:
    begin, finish = event.start, event.end
    whole = not isinstance(begin, datetime)
    if whole:
        last = finish.date() if isinstance(finish, datetime) else finish
        finish = max(last, begin + timedelta(days=1))
    return Moment(
        starts_at=_exact(begin, zone),
        ends_at=max(_exact(finish, zone), _exact(begin, zone)),
        whole_days=whole,
        free=_text(event.get("TRANSP")).upper() == "TRANSPARENT",
        title=_text(event.get("SUMMARY")),
    )


def _exact(moment: date, zone: tzinfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _text(value: Any) -> str:
    """One short line, also when it was written twice or over several lines."""
    first = value[0] if isinstance(value, list) and value else value
    return " ".join(str(first or "").split())[:TITLE]
