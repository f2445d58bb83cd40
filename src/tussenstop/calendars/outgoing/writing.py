"""From entries to an iCalendar file (RFC 5545; refreshing as in RFC 7986)."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from tussenstop.calendars.models import Sent
from tussenstop.calendars.outgoing.entries import of_given
from tussenstop.calendars.sources import Given

AGAIN = timedelta(hours=1)
Address = Callable[[str, list[str]], str]
# When clocks change in Europe, at 01:00 UTC: month and day in a year in which that is a known day.
TURNS = (datetime(2030, 3, 31, 1, tzinfo=UTC), datetime(2030, 10, 27, 1, tzinfo=UTC))


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
    if ours := _time_zone(timezone.get_default_timezone()):
        calendar.add_component(ours)
    for row in sent:
        calendar.add_component(_event(row, address))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def one_file(one: Given, *, now: datetime, address: Address) -> bytes:
    """A file with one entry, for who follows no link: known by the same name as there."""
    row = Sent(uid=one.uid, entry=of_given(one).written(), changed_at=now, sequence=0)
    return calendar_file(one.title, [row], address)


def _time_zone(zone: tzinfo) -> Timezone | None:
    """A time zone with the European rule, as programs know it: two lines, for ever. Others get the
    long list that the library makes."""
    second = timedelta(seconds=1)
    offsets = [_offset(turn - second, zone) for turn in TURNS]
    after = [_offset(turn, zone) for turn in TURNS]
    if after != offsets[::-1] or offsets[0] == offsets[1]:
        return None
    found = Timezone()
    found.add("TZID", str(zone))
    for part, turn, was, then in zip(
        (TimezoneDaylight(), TimezoneStandard()), TURNS, offsets, after, strict=True
    ):
        first = turn.replace(year=1996, day=27 if turn.month == 10 else 31)
        part.add("DTSTART", first.replace(tzinfo=None) + was)
        part.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": turn.month, "BYDAY": "-1SU"})
        part.add("TZOFFSETFROM", was)
        part.add("TZOFFSETTO", then)
        part.add("TZNAME", turn.astimezone(zone).tzname())
        found.add_component(part)
    return found


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


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
