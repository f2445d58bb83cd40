"""A calendar one can live with, as somebody who never saw the product would come to it: timetable
and roster in, three calendars out, one chosen, agreed on a phone, mended when a shift changes, and
read by a calendar program."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from icalendar.cal import Component
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.pressing import press
from tests.e2e.test_story import link_in_mail
from tests.worlds import World, a_route_with_three_partners
from tussenstop.calendars.outgoing.jobs import write_what_is_due
from tussenstop.core import clock
from tussenstop.hours.models import Entry
from tussenstop.hours.reminders import remind
from tussenstop.people.models import OpeningHours, Person
from tussenstop.planning.models import Plan
from tussenstop.planning.rules import PlanState

pytestmark = pytest.mark.django_db(transaction=True)

HERE = Path(__file__).parent
TUESDAY = date(2027, 1, 19)  # on which a late shift comes
LATE_SHIFT = b"""BEGIN:VEVENT
UID:geruild@winkel
DTSTAMP:20270107T080000Z
DTSTART;TZID=Europe/Brussels:20270119T133000
DTEND;TZID=Europe/Brussels:20270119T213000
SUMMARY:Geruild met Noor
END:VEVENT
END:VCALENDAR"""


class Time:
    """The clock of everybody in this test."""

    def __init__(self) -> None:
        self.at = datetime(2027, 1, 6, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Time:
    found = Time()
    monkeypatch.setattr("tussenstop.core.clock.now", found.now)
    return found


def brings(page: Page, file: str, name: str, kind: str) -> None:
    page.goto("/calendar/")
    press(page, "Agenda's van elders")
    press(page, "Lees een bestand")
    page.get_by_label("Het bestand").set_input_files(HERE / file)
    page.get_by_label("Hoe noem je die?").fill(name)
    page.get_by_label("Wat staat erin?").select_option(label=kind)
    press(page, "Lees hem")
    expect(page.locator("main")).to_contain_text("Het staat in je kalender.")


def asks(page: Page, **numbers: str) -> None:
    """Fills in what one asks of the weeks, and has it looked for."""
    for label, number in numbers.items():
        page.locator(f"[name={label}]").fill(number)
    press(page, "Zoek drie kalenders")


def tuesday_evenings(page: Page) -> list[str]:
    """Those at the workplace, as the page says them: day and hours."""
    lines = page.locator(".entry-workplace").all_inner_texts()
    said = [re.match(r"\s*(di \d+ \w+, 1[5-9]:\d\d-\d\d:\d\d)", line) for line in lines]
    return [found.group(1) for found in said if found]


def reads(page: Page, address: str) -> dict[str, Component]:
    """What a calendar program gets, by its lasting names."""
    answer = page.request.get(address)
    assert answer.ok
    return {str(one["UID"]): one for one in Calendar.from_ical(answer.body()).walk("VEVENT")}


def makes_a_link(page: Page) -> str:
    page.goto("/calendar/")
    press(page, "In je eigen agenda")
    press(page, "Een nieuwe link")
    page.get_by_label("Waar ga je die gebruiken?").fill("Mijn gsm")
    press(page, "Maak de link")
    return page.get_by_label("Het adres").input_value()


def agrees_from_the_letter(visit: Visit, mentor: Person) -> Page:
    phone = visit(None, link_in_mail(mentor.email), viewport=PHONE)
    expect(phone.locator("h2").first).to_contain_text("Sara stelt deze dagen voor")
    expect(phone.locator("main")).not_to_contain_text("studeren")
    press(phone, "Ja, deze dagen passen")
    expect(phone.locator("main")).to_contain_text("Afgesproken. De dagen liggen vast.")
    return phone


def a_shop_that_is_open_on_tuesday_evening(world: World) -> None:
    for weekday in range(1, 6):
        OpeningHours.objects.create(
            workplace=world.workplace,
            weekday=weekday,
            opens=time(8),
            closes=time(21) if weekday == 2 else time(17),
        )


def test_a_student_finds_a_calendar_to_live_with(visit: Visit, moment: Time) -> None:
    world = a_route_with_three_partners(now=clock.now())
    a_shop_that_is_open_on_tuesday_evening(world)
    Person.objects.filter(pk=world.mentor.pk).update(language="nl")
    planning = f"/routes/{world.route.pk}/planning/"

    # Lessons and shifts come from files; nothing is typed twice.
    sara = visit(world.student, viewport=PHONE)
    brings(sara, "timetable.ics", "De lessen", "lessen")
    brings(sara, "roster.ics", "De winkel", "werk")
    sara.goto("/calendar/?week=2027-01-11")
    for what in ("Anatomie", "Communicatie", "Vroege shift", "Kassa"):
        expect(sara.locator(".agenda")).to_contain_text(what)

    # What can't be is told with whose demand it is, and what would help.
    press(sara, "Dagen op de werkplek")
    press(sara, "Begin")
    sara.get_by_label("graag: dinsdag, avond").check()
    asks(sara, until_on="2027-02-12", workplace_hours="200", week_most="36", most_block="4")
    main = sara.locator("main")
    expect(sara.locator("h1")).to_contain_text("Deze wensen passen niet samen")
    expect(main).to_contain_text("200 uur op de werkplek (je route)")
    expect(main).to_contain_text("Laat er één van weg, en het past.")
    expect(main).to_contain_text("uur minder op de werkplek (")
    expect(main).to_contain_text("in plaats van 200)")

    # With less, three calendars.
    press(sara, "Verander wat je vraagt")
    asks(sara, workplace_hours="40", study_hours="5", week_most="40")
    for name in ("Gelijke weken", "Kort en intens", "Weekends en avonden vrij"):
        expect(sara.get_by_role("heading", name=name)).to_be_visible()
    press(sara, "Bekijk de weken")
    kept = tuesday_evenings(sara)
    assert len(kept) >= 3

    # The Tuesday evenings are good: those stay, the rest is looked for again.
    sara.get_by_role("checkbox", name=re.compile("^Dinsdagavond op de werkplek")).check()
    press(sara, "Hou wat aangevinkt is, en zoek opnieuw")
    expect(main).to_contain_text(f"Gezocht rond {len(kept)} dagen die je houdt.")
    press(sara, "Bekijk de weken")
    assert tuesday_evenings(sara) == kept
    press(sara, "Stel dit voor aan mijn mentor")
    agrees_from_the_letter(visit, world.mentor)

    # A calendar program reads the days.
    address = makes_a_link(sara)
    before = reads(sara, address)
    agreed = Plan.objects.get(state=PlanState.AGREED)
    assert len(before) >= agreed.blocks.count()
    late = next(
        uid
        for uid, one in before.items()
        if one["DTSTART"].dt.date() == TUESDAY and one["SUMMARY"] == "Leren op de werkplek"
    )
    assert before[late]["STATUS"] == "CONFIRMED"

    # A shift is swapped: the roster is brought again, and the least moves.
    moment.at += timedelta(days=1)
    sara.goto("/calendar/elsewhere/")
    press(sara, "De winkel")
    newer = (HERE / "roster.ics").read_bytes().replace(b"END:VCALENDAR", LATE_SHIFT)
    file = FilePayload(name="roster.ics", mimeType="text/calendar", buffer=newer)
    sara.get_by_label("Het bestand").set_input_files(file)
    press(sara, "Zet het in de plaats van dit")
    sara.goto(planning)
    press(sara, "Mijn kalender veranderde")
    expect(sara.locator("h1")).to_contain_text("Het minste dat moet veranderen")
    press(sara, "Bekijk de weken")
    expect(sara.locator(".differs")).to_contain_text("di 19 januari")
    assert sara.locator(".differs tbody tr").count() <= 3
    press(sara, "Stel dit voor aan mijn mentor")
    mo = agrees_from_the_letter(visit, world.mentor)
    assert mo.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    sara.goto(planning)
    assert set(kept) - set(tuesday_evenings(sara)) == {line for line in kept if "19 jan" in line}

    # The program follows: the day that moved has a higher number, the others kept theirs.
    write_what_is_due(clock.now())
    after = reads(sara, address)
    assert after[late]["SEQUENCE"] > before[late]["SEQUENCE"]
    assert after[late]["STATUS"] == "CANCELLED"
    assert set(before) < set(after)
    same = [uid for uid in before if after[uid]["SEQUENCE"] == before[uid]["SEQUENCE"]]
    assert len(same) >= len(before) - 3

    # After the first evening: hours as planned.
    moment.at = datetime(2027, 1, 13, 20, tzinfo=UTC)
    sara.goto(f"/routes/{world.route.pk}/hours/")
    day = sara.locator("li", has_text="dinsdag 12 januari")
    day.get_by_label("Wat deed je?").fill("Meegedraaid in de avond")
    press(day, "Ja, zoals gepland")
    expect(main).to_contain_text("Opgeschreven.")

    # When the week is over, the mentor says yes from the letter.
    moment.at = datetime(2027, 1, 18, 9, tzinfo=UTC)
    remind(clock.now())
    mo = visit(None, link_in_mail(world.mentor.email), viewport=PHONE)
    expect(mo.locator("main")).to_contain_text("Meegedraaid in de avond")
    press(mo, "Klopt")
    expect(mo.locator("main")).to_contain_text("1 dag bevestigd.")
    assert Entry.objects.get().confirmed_by == world.mentor
