"""Reading calendar files: what is right is found, what is wrong hurts nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from tussenstop.calendars.incoming.reading import Reading, read
from tussenstop.calendars.incoming.rules import MOST_MOMENTS, CannotRead, Trouble

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2026, 10, 1, tzinfo=BRUSSELS)
END = datetime(2027, 7, 1, tzinfo=BRUSSELS)


def calendar_of(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test\n{head}{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def reading(*events: str, head: str = "") -> Reading:
    return read(calendar_of(*events, head=head), start=START, end=END, zone=BRUSSELS)


def whens(found: Reading) -> list[str]:
    """In the time of Brussels, from when until when."""
    return [
        f"{one.starts_at.astimezone(BRUSSELS):%Y-%m-%d %H:%M}"
        f" - {one.ends_at.astimezone(BRUSSELS):%Y-%m-%d %H:%M}"
        for one in found.moments
    ]


def real_files() -> Iterator[Path]:
    for package in (icalendar, recurring_ical_events):
        yield from sorted(Path(package.__file__).parent.rglob("*.ics"))


def test_every_real_file_is_read_or_refused_in_words() -> None:
    start, end = datetime(2010, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    refused: list[bytes] = []
    moments, unreadable, good = 0, 0, 0
    for path in real_files():
        content = path.read_bytes()
        try:
            found = read(content, start=start, end=end, zone=BRUSSELS)
        except CannotRead:
            refused.append(content.lstrip()[:15])
            continue
        assert all(one.starts_at <= one.ends_at for one in found.moments), path.name
        assert all(one.starts_at < end and one.ends_at >= start for one in found.moments)
        good += 1
        moments += len(found.moments)
        unreadable += found.unreadable
    assert good + len(refused) >= 250
    assert b"BEGIN:VCALENDAR" not in refused
    assert good > 190
    assert moments > 20_000
    assert unreadable < 60


def test_a_lesson_in_its_own_zone_and_one_without_a_zone() -> None:
    found = reading(
        "UID:1\nDTSTART;TZID=Europe/London:20261123T090000\nDTEND;TZID=Europe/London:20261123T100000",
        "UID:2\nDTSTART:20261124T090000\nDTEND:20261124T100000\nSUMMARY:Wiskunde\\, les 2",
        "UID:3\nDTSTART:20261125T090000Z\nDURATION:PT90M",
    )
    assert whens(found) == [
        "2026-11-23 10:00 - 2026-11-23 11:00",
        "2026-11-24 09:00 - 2026-11-24 10:00",
        "2026-11-25 10:00 - 2026-11-25 11:30",
    ]
    assert found.moments[1].title == "Wiskunde, les 2"


def test_a_calendar_can_name_the_zone_of_times_without_one() -> None:
    found = reading(
        "UID:1\nDTSTART:20261124T090000\nDTEND:20261124T100000",
        head="X-WR-TIMEZONE:America/New_York\nX-WR-CALNAME:Uurrooster\n",
    )
    assert whens(found) == ["2026-11-24 15:00 - 2026-11-24 16:00"]
    assert found.name == "Uurrooster"


def test_a_weekly_lesson_keeps_its_hour_over_the_change_of_the_clock() -> None:
    found = reading(
        "UID:1\nDTSTART;TZID=Europe/Brussels:20261012T180000\n"
        "DTEND;TZID=Europe/Brussels:20261012T210000\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE;TZID=Europe/Brussels:20261019T180000"
    )
    assert whens(found) == [
        "2026-10-12 18:00 - 2026-10-12 21:00",
        "2026-10-26 18:00 - 2026-10-26 21:00",
        "2026-11-02 18:00 - 2026-11-02 21:00",
    ]
    assert [one.starts_at.hour for one in found.moments] == [16, 17, 17]


def test_the_hour_that_does_not_exist_is_read_all_the_same() -> None:
    found = reading(
        "UID:1\nDTSTART;TZID=Europe/Brussels:20270328T023000\n"
        "DTEND;TZID=Europe/Brussels:20270328T033000"
    )
    assert found.unreadable == 0
    assert len(found.moments) == 1


def test_one_lesson_moved_and_one_called_off() -> None:
    series = (
        "UID:1\nDTSTART:20261102T090000\nDTEND:20261102T100000\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20261120T000000"
    )
    moved = "UID:1\nRECURRENCE-ID:20261109T090000\nDTSTART:20261110T140000\nDTEND:20261110T150000"
    off = (
        "UID:1\nRECURRENCE-ID:20261116T090000\nDTSTART:20261116T090000\nDTEND:20261116T100000\n"
        "STATUS:CANCELLED"
    )
    assert whens(reading(series, moved, off)) == [
        "2026-11-02 09:00 - 2026-11-02 10:00",
        "2026-11-10 14:00 - 2026-11-10 15:00",
    ]


def test_whole_days_last_from_midnight_to_midnight() -> None:
    found = reading(
        "UID:1\nDTSTART;VALUE=DATE:20261102\nDTEND;VALUE=DATE:20261109\nSUMMARY:Herfstvakantie",
        "UID:2\nDTSTART;VALUE=DATE:20261111\nTRANSP:TRANSPARENT",
    )
    assert whens(found) == [
        "2026-11-02 00:00 - 2026-11-09 00:00",
        "2026-11-11 00:00 - 2026-11-12 00:00",
    ]
    assert [one.whole_days for one in found.moments] == [True, True]
    assert [one.free for one in found.moments] == [False, True]


def test_a_night_shift_lasts_into_the_next_day() -> None:
    found = reading("UID:1\nDTSTART:20261123T220000\nDTEND:20261124T060000")
    assert whens(found) == ["2026-11-23 22:00 - 2026-11-24 06:00"]


@pytest.mark.parametrize(
    "wrong",
    [
        "UID:1\nDTSTART:20261123T120000\nDTEND:20261123T090000",
        "UID:1\nDTSTART:nonsense",
        "UID:1\nSUMMARY:no beginning",
        "UID:1\nDTSTART:20261123T120000\nRRULE:FREQ=SECONDLY",
        "UID:1\nDTSTART:20261123T120000\nRRULE:FREQ=HOURLY;COUNT=3",
        "UID:1\nDTSTART:20261123T120000\nRRULE:FREQ=DAILY;BYMINUTE="
        + ",".join(str(n) for n in range(60)),
        "UID:1\nDTSTART:20261123T120000\nDURATION:P999999999999W",
    ],
)
def test_one_wrong_entry_is_counted_and_the_rest_is_read(wrong: str) -> None:
    found = reading(wrong, "UID:2\nDTSTART:20261124T090000\nDTEND:20261124T100000")
    assert whens(found) == ["2026-11-24 09:00 - 2026-11-24 10:00"]
    assert found.unreadable == 1


def test_a_line_that_breaks_the_file_does_not_break_the_rest() -> None:
    content = calendar_of(
        "UID:1\nDTSTART:20261123T090000\nDTEND:20261123T100000",
        "UID:2\nX\nDTSTART:20261124T090000\nDTEND:20261124T100000",
        head="nonsense without a colon\n",
    )
    found = read(content, start=START, end=END, zone=BRUSSELS)
    assert "2026-11-23 09:00 - 2026-11-23 10:00" in whens(found)


def test_an_endless_rule_is_followed_as_far_as_we_look() -> None:
    found = reading("UID:1\nDTSTART:19000101T090000\nDTEND:19000101T100000\nRRULE:FREQ=DAILY")
    assert found.moments[0].starts_at.astimezone(BRUSSELS).date() == START.date()
    assert len(found.moments) == (END - START).days
    assert found.unreadable == 0


def test_a_rule_with_a_million_times_stays_within_the_limit() -> None:
    hours = ",".join(str(n) for n in range(24))
    found = reading(
        f"UID:1\nDTSTART:20200101T000000\nDURATION:PT10M\nRRULE:FREQ=DAILY;COUNT=1000000;BYHOUR={hours}"
    )
    assert len(found.moments) == MOST_MOMENTS
    assert found.more


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(CannotRead) as refusal:
        read(
            calendar_of("UID:1\nDTSTART:20261123T090000"),
            start=START,
            end=END,
            zone=BRUSSELS,
            seconds=-1,
        )
    assert refusal.value.trouble == Trouble.TOO_MUCH


@pytest.mark.parametrize("content", [b"", b"<html>log in</html>", b"\x00\x01", b"PK\x03\x04zip"])
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead) as refusal:
        read(content, start=START, end=END, zone=BRUSSELS)
    assert refusal.value.trouble == Trouble.NOT_CALENDAR


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_survive_whatever_wrote_them(encoding: str) -> None:
    content = calendar_of("UID:1\nDTSTART:20261123T090000\nSUMMARY:Zoë naar België")
    found = read(content.decode().encode(encoding), start=START, end=END, zone=BRUSSELS)
    assert found.moments[0].title == "Zoë naar België"


def test_the_same_file_gives_the_same_moments() -> None:
    events = [f"UID:{n}\nDTSTART:202611{n % 28 + 1:02d}T090000\nSUMMARY:{n}" for n in range(60)]
    assert reading(*events) == reading(*events)
