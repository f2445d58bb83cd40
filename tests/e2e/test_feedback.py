"""Feedback on a phone, from a colleague without an account to a mentor who may read it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.pressing import press
from tests.worlds import a_route_with_three_partners
from tussenstop.core import clock
from tussenstop.feedback.models import Feedback

pytestmark = pytest.mark.django_db(transaction=True)

SAW = "Je overdracht was kort en volledig."
NEXT = "Begin met wat er anders is dan gisteren."
OTHERWISE = "Dank je. Ik zie het anders: het stond op het bord."


def test_a_colleague_gives_it_the_student_disagrees_and_one_partner_reads(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    student = visit(world.student, f"/routes/{world.route.pk}/", viewport=PHONE)
    press(student, "Feedback")
    press(student, "Vraag het een collega zonder account")
    student.get_by_label("Waarover wil je iets horen?").fill("Mijn overdracht")
    student.get_by_label("Voor wie is het?").fill("Noor")
    press(student, "Maak de link")
    link = student.get_by_label("Geef dit door aan één persoon").input_value()
    student.get_by_role("button", name="Kopieer de link").click()
    expect(student.get_by_text("Gekopieerd.")).to_be_visible()

    colleague = visit(None, link, viewport=PHONE)
    expect(colleague.get_by_text("Mijn overdracht")).to_be_visible()
    colleague.get_by_label("Je naam").fill("Noor De Wit")
    colleague.get_by_label("Hoe kennen jullie elkaar?").fill("collega van de nacht")
    colleague.get_by_label("Wat ik zag").fill(SAW)
    colleague.get_by_label("Wat een volgende stap kan zijn").fill(NEXT)
    colleague.get_by_text("Zag je een talent?").click()
    colleague.get_by_label("Werkt met zorg").check()
    press(colleague, "Geef deze feedback")
    expect(colleague.get_by_text("Sara weet dat het er is")).to_be_visible()
    assert colleague.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    student.goto("/")
    # The first screen shows where one is, and that something waits.
    expect(student.get_by_role("heading", name="Wacht op jou")).to_be_in_viewport()
    move = student.get_by_role("listitem").filter(has_text="Iemand gaf je feedback")
    press(move, "Lees")
    expect(student.get_by_text(SAW)).to_have_count(0)
    press(student, "Open de feedback")
    expect(student.get_by_text(SAW)).to_be_visible()
    student.get_by_label("Jouw woorden").fill(OTHERWISE)
    press(student, "Ik zie het anders")
    expect(student.get_by_text(OTHERWISE)).to_be_visible()
    press(student, "Toon aan Mo")
    expect(student.get_by_text("Mo Mentor kan het nu lezen.")).to_be_visible()
    one = f"/feedback/{Feedback.objects.get().pk}/"

    mentor = visit(world.mentor, f"/routes/{world.route.pk}/feedback/?list=shown", viewport=PHONE)
    press(mentor, "Noor De Wit aan Sara Student")
    expect(mentor.get_by_text(SAW)).to_be_visible()
    expect(mentor.get_by_text(OTHERWISE)).to_be_visible()

    teacher = visit(world.teacher, "/", viewport=PHONE)
    for path in (
        "/",
        f"/routes/{world.route.pk}/",
        f"/routes/{world.route.pk}/feedback/?list=shown",
    ):
        teacher.goto(path)
        expect(teacher.get_by_text("Noor")).to_have_count(0)
        expect(teacher.get_by_text(SAW)).to_have_count(0)
    answer = teacher.goto(one)
    assert answer is not None
    assert answer.status == 404

    colleague.reload()
    expect(colleague.get_by_text(OTHERWISE)).to_be_visible()
    student.goto(f"/routes/{world.route.pk}/feedback/strengths/")
    expect(student.get_by_role("heading", name="Werkt met zorg")).to_be_visible()
