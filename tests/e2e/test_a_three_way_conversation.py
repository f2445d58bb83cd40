"""Three around one table: a moment that suits all, each prepared, one text, and what is done after."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.pressing import press
from tests.worlds import a_route_with_three_partners
from tussenstop.conversations.models import Conversation, Point
from tussenstop.core import clock
from tussenstop.core.models import OutgoingMail
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

LINK = re.compile(r"https?://\S+/d/\S+")
MINE = "I want to talk about the evening shifts."
TOGETHER = "Sara takes two evening shifts a month, no more."
ALSO = "The teacher looks for another lesson on Tuesday."


def letter_to(person: Person) -> str:
    """The link in the newest letter to somebody."""
    text = OutgoingMail.objects.filter(to=person.email).order_by("-pk")[0].text
    found = LINK.search(text)
    assert found, text
    return found[0]


def write_together(page: Page, text: str) -> None:
    page.get_by_label(re.compile("^(Our|Your) text$")).fill(text)
    press(page, "Save")


def test_a_three_way_conversation_is_prepared_held_and_followed_up(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    list_ = f"/routes/{world.route.pk}/conversations/"

    # The teacher asks when it suits.
    teacher = visit(world.teacher, list_, language="en")
    press(teacher, "Plan a conversation")
    teacher.get_by_label("Three-way conversation").check()
    for name in ("Sara Student", "Mo Mentor"):
        teacher.get_by_label(name).check()
    press(teacher, "Look for moments")
    expect(teacher.get_by_label(re.compile("^Where"))).to_be_visible()
    press(teacher, "Ask when it suits")
    talk = Conversation.objects.get()
    assert talk.kind == "three_way"
    here = f"/conversations/{talk.pk}/"

    # The student answers on the page, the mentor from the letter, without signing in.
    student = visit(world.student, "/", viewport=PHONE, language="en")
    student.goto(here)
    for box in student.get_by_role("checkbox").all():
        box.check()
    press(student, "These suit me")
    Person.objects.filter(pk=world.mentor.pk).update(language="en")
    mentor = visit(None, letter_to(world.mentor), viewport=PHONE, language="en")
    mentor.get_by_role("checkbox").first.check()
    press(mentor, "These suit me")
    teacher.goto(here)
    moments = teacher.get_by_text("These moments suit everybody.")
    expect(moments.or_(teacher.get_by_text("45 minutes")).first).to_be_visible()
    if moments.count():
        press(teacher, re.compile(r"\d\d:\d\d$"))
    talk.refresh_from_db()
    assert talk.starts_at is not None

    # Prepared in private, shared when they sit together.
    student.goto(here)
    press(student, "Prepare")
    student.get_by_role("textbox").first.fill(MINE)
    press(student, "Save for myself")
    mentor = visit(world.mentor, here, viewport=PHONE, language="en")
    teacher.goto(here)
    for other in (mentor, teacher):
        expect(other.get_by_text(MINE)).to_have_count(0)
    student.goto(f"{here}prepare/")
    press(student, "Save and share")
    for other in (mentor, teacher):
        other.goto(here)
        expect(other.get_by_text(MINE)).to_be_visible()

    # Held: two write the same text at once, and nothing is lost.
    Conversation.objects.filter(pk=talk.pk).update(starts_at=clock.now() - timedelta(hours=1))
    teacher.goto(here)
    press(teacher, "We talked")
    student.goto(f"{here}common/")
    teacher.goto(f"{here}common/")
    write_together(student, TOGETHER)
    write_together(teacher, ALSO)
    expect(teacher.get_by_text("Two people wrote at once")).to_be_visible()
    expect(teacher.get_by_label("Your text")).to_have_value(re.compile(re.escape(ALSO)))
    expect(teacher.locator(".theirs")).to_have_text(TOGETHER)
    write_together(teacher, f"{TOGETHER}\n{ALSO}")
    student.goto(here)
    expect(student.get_by_text(TOGETHER)).to_be_visible()
    expect(student.get_by_text(ALSO)).to_be_visible()

    # Followed up: the mentor finds on Today what they will do, and what was said becomes an
    # agreement that all three are asked about.
    teacher.goto(here)
    teacher.get_by_text("Add something to do").click()
    teacher.get_by_label("What will one of you do?").fill("Change the roster of December")
    teacher.get_by_label("Who?").select_option(str(world.mentor.pk))
    press(teacher, "Add")
    expect(teacher.get_by_text("Change the roster of December").first).to_be_visible()
    mentor.goto("/")
    press(mentor, "Done")
    expect(mentor.get_by_role("status")).to_contain_text("Change the roster of December")
    assert Point.objects.get().done_at is not None
    student.goto(here)
    press(student, "Make this an agreement")
    expect(student.get_by_text(TOGETHER)).to_be_visible()
    press(student, "Propose this")
    mentor.goto("/")
    asked = mentor.get_by_role("listitem").filter(has_text="Your answer is asked")
    press(asked, "Read and answer")
    expect(mentor.get_by_text(TOGETHER)).to_be_visible()
