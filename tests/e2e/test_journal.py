"""A journal on a phone: written, in a form, one step shared, read, and taken back."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.pressing import press
from tests.worlds import a_route_with_three_partners
from tussenstop.core import clock
from tussenstop.reflection.models import Entry, EntryFile

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_step_is_shared_with_the_mentor_and_taken_back(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    student = visit(world.student, "/", viewport=PHONE)
    press(student, "Schrijf een regel in je dagboek")
    student.get_by_label("Jouw tekst").fill("Een drukke dag aan de balie")
    expect(student.get_by_text("Bewaard om")).to_be_visible()
    assert Entry.objects.get().texts == {"free": "Een drukke dag aan de balie"}

    student.reload()
    expect(student.get_by_label("Jouw tekst")).to_have_value("Een drukke dag aan de balie")
    student.get_by_text("Schrijf in een andere vorm").click()
    press(student, re.compile("STARR"))
    student.get_by_label("Waar was je, en wat gebeurde er?").fill("Er stond een rij")
    student.get_by_label("Wat neem je mee naar een volgende keer?").fill("Hardop kiezen")
    expect(student.get_by_label("Jouw tekst")).to_have_value("Een drukke dag aan de balie")
    press(student, "Bewaar")
    expect(student.get_by_text("Alleen jij.")).to_be_visible()

    press(student, "Deel een stuk")
    of_mentor = student.get_by_role("group", name="Mo Mentor")
    expect(of_mentor.get_by_role("checkbox", checked=True)).to_have_count(0)
    of_mentor.get_by_label("Situatie").check()
    press(student, "Deel het zo")
    expect(student.get_by_text("leest: Situatie")).to_be_visible()

    mentor = visit(world.mentor, f"/routes/{world.route.pk}/reflection/", viewport=PHONE)
    press(mentor, "Sara Student")
    expect(mentor.get_by_text("Er stond een rij")).to_be_visible()
    expect(mentor.get_by_text("Hardop kiezen")).to_have_count(0)
    expect(mentor.get_by_text("Een drukke dag")).to_have_count(0)
    mentor.get_by_label("Jouw woorden").fill("Knap gezien.")
    press(mentor, "Verstuur")
    expect(mentor.get_by_text("Knap gezien.")).to_be_visible()

    student.reload()
    expect(student.get_by_text("Knap gezien.")).to_be_visible()
    expect(student.get_by_text("keek op")).to_be_visible()
    press(student, "Stop met delen")
    expect(student.get_by_text("leest er niets meer van")).to_be_visible()
    answer = mentor.reload()
    assert answer is not None
    assert answer.status == 404


def test_what_is_typed_before_the_script_came_is_kept_too(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    student = visit(world.student, "/about/", viewport=PHONE)

    def slow(route: Route) -> None:
        student.get_by_label("Jouw tekst").fill("nog voor de tunnel")
        route.continue_()

    student.route("**/journal*.js", slow)
    student.goto("/journal/write/")
    expect(student.get_by_text("Bewaard om")).to_be_visible()
    assert Entry.objects.get().texts == {"free": "nog voor de tunnel"}


def test_two_windows_lose_nothing(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    first = visit(world.student, "/journal/write/", viewport=PHONE)
    first.get_by_label("Jouw tekst").fill("begin")
    expect(first.get_by_text("Bewaard om")).to_be_visible()
    address = f"/journal/{Entry.objects.get().pk}/write/"
    second = visit(world.student, address, viewport=PHONE)
    second.get_by_label("Jouw tekst").fill("begin, in het tweede venster")
    expect(second.get_by_text("Bewaard om")).to_be_visible()
    first.get_by_label("Jouw tekst").fill("begin, in het eerste venster")
    expect(first.get_by_text("Nog niet bewaard")).to_be_visible()
    press(first, "Bewaar")
    expect(first.get_by_label("Jouw tekst")).to_have_value("begin, in het eerste venster")
    expect(first.get_by_text("begin, in het tweede venster")).to_be_visible()
    press(first, "Bewaar")
    expect(first.get_by_text("begin, in het eerste venster")).to_be_visible()
    assert Entry.objects.get().texts == {"free": "begin, in het eerste venster"}


def test_without_a_connection_it_tries_again(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    student = visit(world.student, "/journal/write/", viewport=PHONE)
    student.context.set_offline(True)
    student.get_by_label("Jouw tekst").fill("in de trein")
    expect(student.get_by_text("Geen verbinding")).to_be_visible()
    student.context.set_offline(False)
    student.get_by_label("Jouw tekst").fill("in de trein, onder de brug")
    expect(student.get_by_text("Bewaard om")).to_be_visible()
    assert Entry.objects.get().texts == {"free": "in de trein, onder de brug"}


def test_a_voice_is_recorded_in_the_page(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    student = visit(world.student, "/about/", viewport=PHONE)
    # A machine without a microphone: a sound made in the page stands in for one.
    student.add_init_script(
        """navigator.mediaDevices.getUserMedia = async () => {
          const context = new AudioContext();
          const tone = context.createOscillator();
          const end = context.createMediaStreamDestination();
          tone.connect(end);
          tone.start();
          return end.stream;
        };"""
    )
    student.goto("/journal/write/")
    student.get_by_role("button", name="Spreek in").click()
    expect(student.get_by_text("Opname: 0:01")).to_be_visible()
    student.get_by_role("button", name="Stop en bewaar").click()
    expect(student.locator("audio")).to_be_visible()
    kept = EntryFile.objects.get()
    assert (kept.kind, kept.file.content_type) == ("voice", "audio/webm")
    assert kept.entry.person == world.student
