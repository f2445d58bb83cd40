"""A talk noted on a phone: counted in taps."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.pressing import press
from tests.worlds import a_route_with_three_partners
from tussenstop.conversations.models import Conversation, Part, Point
from tussenstop.core import clock

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = """addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.taps = Number(sessionStorage.taps || 0) + 1;
}, true);"""


def taps(page: Page) -> int:
    return int(page.evaluate("sessionStorage.taps || 0"))


def test_a_mentor_notes_a_talk_in_three_taps(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    mentor = visit(world.mentor, "/about/", viewport=PHONE)
    mentor.context.add_init_script(COUNT)
    mentor.goto("/")
    press(mentor, "Noteer een gesprek")
    save = mentor.get_by_role("button", name="Noteer", exact=True)
    expect(save).to_be_in_viewport(ratio=1)
    mentor.get_by_label("Een paar woorden").click()
    mentor.keyboard.type("Sara belde vandaag zelf een klant")
    expect(save).to_be_in_viewport(ratio=1)
    save.click()
    expect(mentor.get_by_text("Sara belde vandaag zelf een klant")).to_be_visible()
    assert taps(mentor) == 3
    made = Conversation.objects.get()
    assert {one.person for one in made.attendees.all()} == {world.mentor, world.student}
    assert Part.objects.get().person == world.mentor


def test_one_thing_to_do_takes_two_more_taps_and_one_to_finish(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    mentor = visit(world.mentor, f"/routes/{world.route.pk}/conversations/note/", viewport=PHONE)
    mentor.get_by_label("Een paar woorden").fill("Over het rooster")
    mentor.get_by_text("Spraken jullie iets af?").click()
    mentor.get_by_label("Wat doet een van jullie?").fill("Het rooster doorsturen")
    press(mentor, "Noteer")
    expect(mentor.get_by_text("Het rooster doorsturen").first).to_be_visible()
    mentor.goto("/")
    press(mentor, "Gedaan")
    expect(mentor.get_by_role("status")).to_contain_text("Het rooster doorsturen")
    assert Point.objects.get().done_at is not None
