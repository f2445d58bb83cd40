"""A student whose line falls: asked how it goes, shares it, is heard, takes it back. And everybody
who may know nothing of it looks everywhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.pressing import press
from tests.wellbeing.telling import CANARY, asks, shares, tells
from tests.worlds import World, a_route_with_three_partners
from tussenstop.content import pack
from tussenstop.core import clock
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.wellbeing.actions import coaching
from tussenstop.wellbeing.models import CheckIn, Share

pytestmark = pytest.mark.django_db(transaction=True)

WORD = f"{CANARY} moe"
ASKED = f"{CANARY}: kunnen we samen naar mijn weken kijken?"
ANSWER = "Donderdag om vier uur, bij mij of aan de telefoon?"


def looks(student: Page, path: str) -> None:
    """Stands still on a phone, from Today or one's own page: the lowest answer to each sentence."""
    student.goto(path)
    press(student, "Even stilstaan, 30 seconden")
    sentences = student.get_by_role("radio", name="helemaal niet")
    expect(sentences).to_have_count(len(pack().check_in))
    for place in range(sentences.count()):
        sentences.nth(place).check()
    student.get_by_label("Eén woord voor hoe het gaat").fill(WORD)
    press(student, "Bewaar")


def find_nothing(pages: list[Page], world: World) -> None:
    """They open their pages, the pages of the route, and the addresses themselves."""
    own = [f"/me/wellbeing/{one.pk}/" for one in CheckIn.objects.all()]
    route = f"/routes/{world.route.pk}/"
    for looking in pages:
        for path in ("/", "/notices/", route, f"{route}people/", f"{route}history/"):
            looking.goto(path)
            expect(looking.get_by_text(CANARY)).to_have_count(0)
        for path in (f"/coach/people/{world.student.pk}/", *own):
            answer = looking.goto(path)
            assert answer is not None
            assert answer.status == 404, path


def test_a_falling_line_is_shared_heard_and_taken_back(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    for weeks, level in ((6, 4), (4, 3)):
        tells(world.student, level, days_ago=7 * weeks, now=clock.now())
    student = visit(world.student, "/", viewport=PHONE)
    expect(student.get_by_text("Drie keer na elkaar ging het iets minder.")).to_have_count(0)
    looks(student, "/")

    others = [
        visit(person, "/")
        for person in (
            world.organisation_coordinator,
            world.mentor,
            world.teacher,
            world.programme_coordinator,
        )
    ]

    # Asked how it goes, by nobody but the page itself.
    expect(student.get_by_text("Drie keer na elkaar ging het iets minder.")).to_be_visible()
    student.goto("/")
    expect(student.get_by_text("Zou het helpen om erover te praten?")).to_be_visible()
    assert student.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    coach = visit(world.coach, "/coach/")
    expect(coach.get_by_text("Sara Student")).to_have_count(0)
    find_nothing(others, world)

    # Shared with the coach, with a question.
    student.goto("/me/wellbeing/")
    press(student, "Laat een coach meelezen")
    student.get_by_label("Bram Coach").check()
    press(student, "Delen")
    expect(student.get_by_text(re.compile("^alles vanaf"))).to_be_visible()
    press(student, "Vraag het een coach")
    student.get_by_label("Bram Coach").check()
    student.get_by_label("Waarover wil je praten?").fill(ASKED)
    student.get_by_label("deze week").check()
    press(student, "Vraag het")
    expect(student.get_by_text("wacht op een antwoord")).to_be_visible()
    letter = OutgoingMail.objects.filter(to=world.coach.email).latest("pk")
    assert CANARY not in letter.subject + letter.text + letter.html
    find_nothing(others, world)

    # The coach reads what was shared, and nothing of before; the student sees that they looked.
    looks(student, "/me/wellbeing/")
    coach.goto("/")
    press(coach, "Bureau van de coach")
    press(coach, "Lees en antwoord")
    expect(coach.get_by_text(ASKED)).to_be_visible()
    expect(coach.get_by_text(WORD)).to_have_count(1)
    coach.get_by_label("Je antwoord").fill(ANSWER)
    press(coach, "Antwoord")
    expect(coach.get_by_text(ANSWER)).to_be_visible()
    student.goto("/me/wellbeing/looks/")
    expect(student.get_by_text("Bram Coach").first).to_be_visible()
    student.goto("/me/wellbeing/")
    press(student, ASKED)
    expect(student.get_by_text(ANSWER)).to_be_visible()
    find_nothing(others, world)

    # Taken back: gone at once for the coach, while the question stays between the two.
    student.goto("/me/wellbeing/")
    press(student, re.compile("Bram Coach$"))
    assert not Share.objects.exists()
    coach.reload()
    expect(coach.get_by_text(ASKED)).to_be_visible()
    expect(coach.get_by_text(WORD)).to_have_count(0)
    student.goto("/me/wellbeing/")
    press(student, "Stoppen, en alles wissen")
    press(student, "Alles wissen")
    assert not CheckIn.objects.exists()
    answer = coach.goto(f"/coach/people/{world.student.pk}/")
    assert answer is not None
    assert answer.status == 404


def test_a_word_without_an_end_widens_no_page_of_a_phone(visit: Visit) -> None:
    now, endless = clock.now(), "zonderadem" * 15
    world = a_route_with_three_partners(now=now)
    shares(world.student, world.coach, tells(world.student, word=endless[:40], now=now), now=now)
    asks(world.student, world.coach, what=endless, now=now)
    kept = {"by": By(world.coach), "person": world.student, "now": now}
    coaching.promise(key=uuid7(), what=endless, due_on=now.date(), **kept)
    coaching.note(key=uuid7(), text=endless, **kept)
    student = visit(world.student, "/", viewport=PHONE)
    coach = visit(world.coach, "/", viewport=PHONE)
    for page, path in (
        (student, "/me/wellbeing/"),
        (student, "/me/wellbeing/times/"),
        (coach, "/coach/"),
        (coach, f"/coach/people/{world.student.pk}/"),
    ):
        page.goto(path)
        expect(page.get_by_text(endless[:40]).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
