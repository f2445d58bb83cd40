"""From entries to an iCalendar file (RFC 5545; refreshing as in RFC 7986)."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from tussenstop.calendars.models import Sent

AGAIN = timedelta(hours=1)
Address = Callable[[str, list[str]], str]


def calendar_file(name: str, sent: Iterable[Sent], address: Address) -> bytes:
    """The file. The same entries give the same bytes. `address` gives the full address of a page
    by its name and ids."""
    calendar = Calendar()
    calendar.add("PRODID", "-//Tussenstop//Tussenstop//NL")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", name)
    calendar.add("NAME", name)
    calendar.add("REFRESH-INTERVAL", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    for row in sent:
        calendar.add_component(_event(row, address))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(row: Sent, address: Address) -> Event:
    entry, event = row.entry, Event()
    changed = row.changed_at.astimezone(UTC)
    event.add("UID", f"{row.uid}@tussenstop")
    event.add("DTSTAMP", changed)
    event.add("LAST-MODIFIED", changed)
    event.add("SEQUENCE", row.sequence)
    event.add("DTSTART", _moment(entry["begins"]))
    event.add("DTEND", _moment(entry["ends"]))
    event.add("SUMMARY", entry["title"])
    if entry["where"]:
        event.add("LOCATION", entry["where"])
    event.add("URL", address(*entry["page"]))
    event.add("STATUS", "CANCELLED" if row.cancelled_at else "CONFIRMED")
    if len(entry["begins"]) == len("2026-11-24"):
        event.add("TRANSP", "TRANSPARENT")
    return event


def _moment(written: str) -> date:
    """A day, or a moment on the clock of the place."""
    if len(written) == len("2026-11-24"):
        return date.fromisoformat(written)
    return datetime.fromisoformat(written).astimezone(timezone.get_default_timezone())
