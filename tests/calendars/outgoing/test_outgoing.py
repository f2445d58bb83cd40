"""What a calendar program reads: right, stable, numbered, and gone when it is revoked."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import recurring_ical_events
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from tests.calendars.test_actions import JOB, puts
from tests.worlds import NOW, World
from tussenstop.calendars import actions as calendar
from tussenstop.calendars.models import Link, Sent
from tussenstop.calendars.outgoing import actions, jobs, queries
from tussenstop.calendars.outgoing.actions import CannotLink
from tussenstop.calendars.outgoing.rules import EVERY, MOST_LINKS, Holds
from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import deadlines
from tussenstop.routes.models import Stop

pytestmark = pytest.mark.django_db

ALL = [*Holds]


def a_link(person: Person, holds: list[Holds] = ALL, now: datetime = NOW, **more: Any) -> Link:
    link = actions.make_link(
        by=By(person), key=more.get("key", uuid7()), name="Telefoon", holds=holds, now=now
    )
    actions.write(person, now=now)
    return link


def gets(link: Link, **headers: str) -> Any:
    url = reverse("calendar_link_file", args=[queries.token_of(link)])
    return Client().get(url, headers=headers)


def events(link: Link) -> dict[str, Any]:
    """By their titles."""
    read = Calendar.from_ical(gets(link).content)
    return {str(one["SUMMARY"]): one for one in read.walk("VEVENT")}


def test_own_days_are_read_by_two_readers(world: World) -> None:
    puts(world.student)
    link = a_link(world.student)
    read = Calendar.from_ical(gets(link).content)
    week = recurring_ical_events.of(read).between(date(2026, 11, 23), date(2026, 11, 30))
    shop = [one for one in week if one["SUMMARY"] == "De winkel"]
    assert [
        f"{one.start:%a %H:%M}-{one.end:%H:%M}" for one in sorted(shop, key=lambda e: e.start)
    ] == [
        "Mon 09:00-17:00",
        "Tue 09:00-17:00",
        "Wed 09:00-17:00",
    ]
    assert {one.start.tzinfo.key for one in shop} == {"Europe/Brussels"}
    uids = [str(one["UID"]) for one in read.walk("VEVENT")]
    assert len(uids) == len(set(uids))


def test_the_hour_stays_the_same_when_the_clock_changes(world: World) -> None:
    puts(world.student)
    read = Calendar.from_ical(gets(a_link(world.student)).content)
    assert {
        f"{one.start:%H:%M}" for one in read.walk("VEVENT") if one["SUMMARY"] == "De winkel"
    } == {"09:00"}
    [zone] = read.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Brussels"
    turns = {
        part.name: (part["DTSTART"].dt, part["TZOFFSETTO"].to_ical()) for part in zone.walk()[1:]
    }
    assert turns == {  # on the clock that people had until then
        "DAYLIGHT": (datetime(1996, 3, 31, 2), "+0200"),
        "STANDARD": (datetime(1996, 10, 27, 3), "+0100"),
    }


def test_the_file_is_written_as_the_standard_says(world: World) -> None:
    title = (
        "Werk; met, komma’s\\ en een heel lange naam 🎒 die niet op één regel van het bestand past"
    )
    puts(world.student, calendar.Entry(**{**vars_of(JOB), "title": title}))
    response = gets(a_link(world.student))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    body = response.content
    assert body.count(b"\n") == body.count(b"\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert title in {str(one["SUMMARY"]) for one in Calendar.from_ical(body).walk("VEVENT")}


def vars_of(entry: calendar.Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def test_stops_carry_the_name_of_the_student_for_others(world: World) -> None:
    Stop.objects.filter(pk=world.stop("onboarding").pk).update(
        starts_at=NOW + timedelta(days=3), place="Lokaal 4"
    )
    mine, theirs = events(a_link(world.student)), events(a_link(world.mentor))
    [title] = mine
    assert list(theirs) == [f"{title}: {world.student.name}"]
    assert str(mine[title]["LOCATION"]) == "Lokaal 4"
    assert str(mine[title]["URL"]).endswith(reverse("stop", args=[world.stop("onboarding").pk]))


def test_a_link_holds_what_was_chosen(world: World) -> None:
    puts(world.student)
    Stop.objects.filter(pk=world.stop("onboarding").pk).update(starts_at=NOW + timedelta(days=3))
    assert "De winkel" not in events(a_link(world.student, [Holds.STOPS]))
    assert set(events(a_link(world.student, [Holds.OWN]))) == {"De winkel"}


def test_last_days_stand_there_as_whole_days(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    last = deadlines.Deadline(
        "x", date(2026, 12, 1), "Last day", ("own_round", (world.route.pk, uuid7()))
    )
    monkeypatch.setattr(deadlines, "_sources", [lambda _person, _now: [last]])
    event = events(a_link(world.student))["Last day"]
    assert (event.start, event.end) == (date(2026, 12, 1), date(2026, 12, 2))
    assert event["TRANSP"] == "TRANSPARENT"


def test_nothing_changed_is_nothing_sent(world: World) -> None:
    puts(world.student)
    link = a_link(world.student)
    first = gets(link)
    actions.write(world.student, now=NOW + timedelta(hours=1))
    second = gets(link, if_none_match=first["ETag"])
    assert second.status_code == 304
    assert second.content == b""
    assert gets(link).content == first.content
    assert not first.cookies


def test_what_changes_keeps_its_name_and_grows_in_number(world: World) -> None:
    stop = world.stop("onboarding")
    Stop.objects.filter(pk=stop.pk).update(starts_at=NOW + timedelta(days=3))
    link = a_link(world.student)
    before = gets(link)
    Stop.objects.filter(pk=stop.pk).update(starts_at=NOW + timedelta(days=4))
    actions.write(world.student, now=NOW + timedelta(hours=1))
    [[old], [new]] = [
        Calendar.from_ical(answer.content).walk("VEVENT") for answer in (before, gets(link))
    ]
    assert new["UID"] == old["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 1)
    assert new.start - old.start == timedelta(days=1)
    assert new["LAST-MODIFIED"].dt == NOW + timedelta(hours=1)
    assert before["ETag"] != gets(link)["ETag"]


def test_what_goes_stays_a_while_as_cancelled_and_can_come_back(world: World) -> None:
    stop = Stop.objects.filter(pk=world.stop("onboarding").pk)
    stop.update(starts_at=NOW + timedelta(days=3))
    link = a_link(world.student)
    later = NOW + timedelta(hours=1)
    stop.update(skipped_at=later)
    actions.write(world.student, now=later)
    [event] = events(link).values()
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    actions.write(world.student, now=later + EVERY)
    assert Sent.objects.get().sequence == 1
    stop.update(skipped_at=None)
    actions.write(world.student, now=later + 2 * EVERY)
    [event] = events(link).values()
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)
    stop.update(skipped_at=later)
    actions.write(world.student, now=later + 3 * EVERY)
    actions.write(world.student, now=later + timedelta(days=61))
    assert events(link) == {}


def test_what_is_over_leaves_without_being_cancelled(world: World) -> None:
    once = calendar.Entry(**{**vars_of(JOB), "every_weeks": 0, "days": [], "starts_at": time(9)})
    puts(world.student, once)
    a_link(world.student)
    actions.write(world.student, now=NOW + timedelta(days=40))
    assert not Sent.objects.exists()


def test_a_revoked_address_is_gone_and_an_invented_one_never_was(world: World) -> None:
    puts(world.student)
    link = a_link(world.student)
    actions.revoke(by=By(world.student), link=link, now=NOW)
    response = gets(link)
    assert (response.status_code, response.content) == (410, b"")
    for token in ("x", f"{link.pk.hex}.x", Signer(sep=".").sign(link.pk.hex)):
        assert Client().get(reverse("calendar_link_file", args=[token])).status_code == 404
    nobody = Link(pk=uuid7())
    assert gets(nobody).status_code == 404


def test_who_left_is_read_by_nobody(world: World) -> None:
    link = a_link(world.student)
    Person.objects.filter(pk=world.student.pk).update(is_active=False)
    assert gets(link).status_code == 404


def test_five_links_sent_twice_there_once_and_ones_own(world: World) -> None:
    key = uuid7()
    link = a_link(world.student, key=key)
    assert a_link(world.student, key=key) == link
    for _n in range(MOST_LINKS - 1):
        a_link(world.student)
    with pytest.raises(CannotLink):
        a_link(world.student)
    with pytest.raises(CannotLink):
        a_link(world.mentor, [])
    with pytest.raises(NotFound):
        a_link(world.mentor, key=key)
    with pytest.raises(NotFound):
        actions.revoke(by=By(world.mentor), link=link, now=NOW)
    with pytest.raises(NotFound):
        queries.get_link(person=world.mentor, link_id=link.pk)


def test_links_are_kept_up_to_date_by_themselves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = a_link(world.student)
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW + EVERY * 2)
    puts(world.student)
    jobs.write_what_is_due(NOW + timedelta(minutes=1))
    assert events(link) == {}
    jobs.write_what_is_due(NOW + EVERY * 2)
    assert set(events(link)) == {"De winkel"}
