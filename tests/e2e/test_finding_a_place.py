"""From “who am I” to a first day that is prepared, on a phone: a student tells a starting position,
shares some of it, finds a place, gets acquainted, and both say yes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Visit
from tests.e2e.pressing import press
from tests.factories import (
    InstitutionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    WorkplaceFactory,
)
from tussenstop.agreements.models import Agreement
from tussenstop.core import clock
from tussenstop.matching.models import Acquaintance
from tussenstop.people.acting import By
from tussenstop.people.rules import Role
from tussenstop.routes.actions import start
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context
from tussenstop.startposition.models import Part

pytestmark = pytest.mark.django_db(transaction=True)


def saves_itself(page: Page) -> None:
    """What was typed is kept without a tap."""
    expect(page.locator("#saved")).to_contain_text("Bewaard om")


def test_a_student_finds_a_place_and_both_say_yes(visit: Visit) -> None:
    institution, organisation = InstitutionFactory(), OrganisationFactory(name="De Linde")
    student = PersonFactory(name="Sara Vandamme")
    coordinator = PersonFactory(name="Els Peeters")
    mentor = PersonFactory(name="Mo Mentor")
    MembershipFactory(person=student, role=Role.STUDENT, institution=institution)
    for person, role in (
        (coordinator, Role.ORGANISATION_COORDINATOR),
        (mentor, Role.MENTOR),
    ):
        MembershipFactory(person=person, role=role, organisation=organisation)
    programme = ProgrammeFactory(institution=institution, name="Graduaat zorg", lesson_hours=6)
    workplace = WorkplaceFactory(
        organisation=organisation,
        name="Leefgroep Merel",
        city="Gent",
        postal_code="9000",
        culture_types=["caring"],
    )
    route = start.start_own_route(
        by=By(student),
        key=Route().pk,
        programme=programme,
        context=Context.WORKPLACE_STUDENT,
        place=None,
        mentors=[],
        now=clock.now(),
    )

    # The coordinator describes a place and opens it.
    els = visit(coordinator, f"/workplaces/{workplace.pk}/places/add/")
    els.get_by_label("Hoe heet deze plek?").fill("Leren zorgen in een klein team")
    els.get_by_label("Graduaat zorg").check()
    first = timezone.localdate() + timedelta(days=40)
    els.get_by_label("Vanaf", exact=True).fill(first.isoformat())
    els.get_by_label("Tot", exact=True).fill((first + timedelta(days=140)).isoformat())
    els.get_by_role("checkbox", name="dinsdag").check()
    els.get_by_label("Hoogstens hoeveel uur per week?").fill("16")
    els.get_by_label("Een gewone dinsdag hier").fill("Dinsdag is soepdag.")
    els.get_by_label("Mo Mentor").check()
    press(els, "Bewaar als ontwerp")
    press(els, "Stel open voor studenten")

    # The student tells, on a phone; it saves itself while they write.
    sara = visit(student, f"/routes/{route.pk}/position/", viewport=PHONE)
    press(sara, "Begin")
    sara.get_by_label("dinsdag, voormiddag").select_option(label="vrij")
    sara.get_by_label("Vanuit welke gemeente vertrek je meestal?").fill("9820")
    sara.get_by_label("Hoelang wil je hoogstens onderweg zijn").fill("60")
    sara.get_by_label("Hoelang wil je hoogstens onderweg zijn").blur()
    saves_itself(sara)
    assert Part.objects.get().answers["town"] == "9820"
    press(sara, "Bewaar en ga verder")
    sara.get_by_label("Wat mag nooit in het gedrang komen").fill("Mijn zondag blijft van mij.")
    press(sara, "Bewaar en ga verder")
    sara.get_by_role("group", name="Ik wil sterker worden in mijn vak").get_by_label(
        "Helemaal ik"
    ).check()
    press(sara, "Bewaar en ga verder")
    for _part in ("talents", "expectations"):
        press(sara, "Bewaar en ga verder")
    sara.get_by_label(re.compile("Zorgzame cultuur")).check()
    press(sara, "Bewaar")

    # Nothing was shared; the proposal leaves balance alone.
    expect(sara.locator("main")).to_contain_text("Er is nog niets gedeeld.")
    press(sara, "Deel het zo")
    sara.goto(f"/routes/{route.pk}/position/as/workplaces/")
    expect(sara.locator("main")).to_contain_text("Ik wil sterker worden in mijn vak")
    expect(sara.locator("main")).not_to_contain_text("Mijn zondag")

    # A place fits, and says why; the student asks to get acquainted.
    sara.goto("/places/")
    for reason in ("Vrij in je week: dinsdag", "Zorgzame cultuur"):
        expect(sara.locator("main")).to_contain_text(reason)
    press(sara, "Leren zorgen in een klein team")
    expect(sara.locator("main")).to_contain_text("Dinsdag is soepdag.")
    expect(sara.locator("main")).to_contain_text("Wat dit vraagt in een gewone week")
    press(sara, "Bewaar als favoriet")
    sara.goto(f"/routes/{route.pk}/favourites/")
    press(sara, "Vraag een kennismaking")
    soon = timezone.localdate() + timedelta(days=6)
    sara.get_by_label("Dag").fill(soon.isoformat())
    sara.get_by_label("Uur").fill("14:00")
    press(sara, "Stel voor")

    # The workplace reads what is shared, and says that the moment suits.
    els.goto("/")
    press(els, "Antwoord")
    press(els, "Dit moment past")
    one = Acquaintance.objects.get()
    els.goto(f"/places/{one.place_id}/interest/")
    expect(els.locator("main")).to_contain_text("Sara Vandamme")
    expect(els.locator("main")).not_to_contain_text("Mijn zondag")

    # Both say yes: a workplace, a mentor who is asked, and the start agreement.
    for page in (els, sara):
        page.goto(f"/acquaintances/{one.pk}/")
        page.get_by_label("Een vriendelijk woord").fill("Ik zie het helemaal zitten.")
        press(page, "Ja")
    expect(sara.locator("main")).to_contain_text("Jullie zeiden allebei ja.")
    assert Agreement.objects.filter(route=route).count() == 1

    # What must be in order stands there, with who sees to it.
    sara.goto(f"/routes/{route.pk}/documents/")
    press(sara, "Breng in orde")
    press(sara, "Ja, dit is in orde")
    expect(sara.locator("main")).to_contain_text("in orde")
