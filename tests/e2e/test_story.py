"""The whole story in a browser: from the employer who starts a route to the outcome of the
onboarding, with four people, their mail and a stranger."""

import re
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
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
from tussenstop.agreements.models import Agreement, Seal
from tussenstop.core.models import OutgoingMail
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db(transaction=True)

LIEN, MO, TINE = "lien@example.org", "mo@example.org", "tine@example.org"


def newest_mail(to: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(to=to).latest("created_at", "pk")


def link_in_mail(to: str) -> str:
    found = re.search(r"https?://\S+/d/\S+", newest_mail(to).text)
    assert found, f"no link in the mail to {to}"
    return found.group()


def sign_in_with_a_code(visit: Visit, email: str, outbox: list[EmailMessage]) -> Page:
    page = visit(None, "/account/login/")
    page.get_by_label("E-mailadres", exact=True).first.fill(email)
    press(page, "Stuur me een code")
    page.get_by_label("Code").fill(outbox[-1].subject.split()[0])
    press(page, "Aanmelden")
    return page


def write(page: Page, text: str) -> None:
    """Fill in every open question of a part, and save it."""
    for box in page.locator("main textarea").all():
        if box.is_visible():
            box.fill(text)


def test_four_people_travel_one_route(
    visit: Visit, tmp_path: Path, mailoutbox: list[EmailMessage]
) -> None:
    teacher = PersonFactory(name="Tine Docent", email=TINE)
    coordinator = PersonFactory(name="Els Organisatie", email="els@example.org")
    stranger = PersonFactory(name="Onbekende Persoon", email="vreemd@example.org")
    institution, organisation = InstitutionFactory(), OrganisationFactory(name="De Linde")
    MembershipFactory(person=teacher, role=Role.TEACHER, institution=institution)
    MembershipFactory(
        person=coordinator, role=Role.ORGANISATION_COORDINATOR, organisation=organisation
    )
    ProgrammeFactory(institution=institution, name="Graduaat zorg", default_teacher=teacher)
    WorkplaceFactory(organisation=organisation, name="Leefgroep Merel")

    # The employer starts a route for a colleague.
    els = visit(coordinator, "/start/")
    press(els, "Kies")
    els.get_by_label("Naam", exact=True).fill("Lien De Backer")
    els.get_by_label("E-mailadres", exact=True).fill(LIEN)
    press(els, "Volgende")
    els.get_by_label("Naam van de mentor").fill("Mo Mentor")
    els.get_by_label("E-mailadres van de mentor").fill(MO)
    els.get_by_label("Ja, mentor en leidinggevende zijn dezelfde persoon").check()
    press(els, "De route starten")
    expect(els.get_by_role("alert")).to_contain_text("dezelfde persoon")
    els.get_by_label("Nee, dat is iemand anders").check()
    press(els, "De route starten")
    expect(els.locator("h1")).to_contain_text("Lien De Backer")
    route = els.url

    # The student says yes from the mail and signs in with a code.
    lien = visit(None, link_in_mail(LIEN), viewport=PHONE)
    press(lien, "Ja, ik reis mee")
    lien = sign_in_with_a_code(visit, LIEN, mailoutbox)
    expect(lien.locator("h1")).to_be_visible()

    # The mentor says yes on a phone, without an account.
    invitation = link_in_mail(MO)
    mo = visit(None, invitation, viewport=PHONE)
    press(mo, "Ja, ik reis mee")

    # The teacher signs in and says yes.
    tine = visit(None, link_in_mail(TINE))
    press(tine, "Ja, ik reis mee")
    tine = sign_in_with_a_code(visit, TINE, mailoutbox)

    # Each fills in what they expect: the student begins.
    lien.goto(route)
    press(lien, "Begin")
    press(lien, "Begin met de startafspraak")
    press(lien, "Schrijf mijn deel")
    write(lien, "Ik wil leren hoe je een onthaalgesprek voert.")
    press(lien, "Bewaar")
    agreement = Agreement.objects.get()
    mo.goto(invitation)
    press(mo, "Ga daarmee verder")
    write(mo, "Elke donderdag een halfuur samen terugkijken.")
    press(mo, "Bewaar mijn deel")
    tine.goto(f"{route}agreements/")
    tine.goto(f"/agreements/{agreement.pk}/parts/")
    press(tine, "Schrijf mijn deel")
    write(tine, "Ik kom in de derde week langs.")
    press(tine, "Bewaar")
    tine.goto(f"/agreements/{agreement.pk}/propose/")
    press(tine, "Leg deze tekst voor")

    # The mentor asks for a change, from the mail.
    mo.goto(link_in_mail(MO))
    mo.get_by_text("Ik zou graag iets anders zien").click()
    mo.locator("#id_reason").fill("Liever op woensdag.")
    press(mo, "Vraag deze wijziging")
    expect(mo.locator("main")).to_contain_text("Je vroeg een wijziging.")

    # The student writes the second text; everybody agrees to that one.
    lien.goto(f"/agreements/{agreement.pk}/")
    expect(lien.locator("main")).to_contain_text("Liever op woensdag.")
    press(lien, "Wijzig de tekst")
    press(lien, "Wijzig")
    write(lien, "Ik wil leren hoe je een onthaalgesprek voert, op woensdag.")
    press(lien, "Bewaar")
    lien.goto(f"/agreements/{agreement.pk}/propose/")
    lien.get_by_label("Waarom een nieuwe tekst?").fill("Woensdag past beter voor Mo.")
    press(lien, "Leg deze tekst voor")
    mo.goto(link_in_mail(MO))
    expect(mo.locator("main")).to_contain_text("Woensdag past beter voor Mo.")
    press(mo, "Ik ga akkoord")
    assert not Seal.objects.exists()
    tine.goto(f"/agreements/{agreement.pk}/")
    press(tine, "Ik ga akkoord")
    seal = Seal.objects.get()
    assert seal.revision.number == 2

    # The PDF verifies; a copy with one changed byte does not.
    tine.goto(f"/agreements/{agreement.pk}/")
    with tine.expect_download() as download:
        tine.get_by_role("link", name="Download de pdf").click()
    genuine, tampered = tmp_path / "afspraak.pdf", tmp_path / "nagemaakt.pdf"
    download.value.save_as(genuine)
    content = bytearray(genuine.read_bytes())
    content[len(content) // 2] ^= 1
    tampered.write_bytes(content)
    anybody = visit(None, "/verify/")
    for file, answer in (
        (genuine, "Dit is precies wat er afgesproken is."),
        (tampered, "Niet van ons, of gewijzigd sindsdien."),
    ):
        anybody.goto("/verify/")
        anybody.locator("input[type=file]").set_input_files(file)
        press(anybody, "Controleer")
        expect(anybody.locator("main")).to_contain_text(answer)

    # The onboarding gets a date, a point on the agenda and its outcome.
    lien.goto(route)
    press(lien, "Onboarding")
    stop = lien.url
    press(lien, "Stel een datum voor")
    lien.get_by_label("Dag").fill("2031-03-04")
    lien.get_by_label("Uur").fill("14:00")
    press(lien, "Deze datum voorstellen")
    for person in (MO, TINE):
        if "/d/" in newest_mail(person).text:
            one = visit(None, link_in_mail(person), viewport=PHONE)
            if one.get_by_role("button", name="Het past voor mij").count():
                press(one, "Het past voor mij")
    lien.goto(stop)
    expect(lien.locator("main")).to_contain_text("4 maart 2031")
    lien.get_by_label("Waarover wil je het hebben?").fill("Waar ligt alles?")
    lien.locator("#agenda").get_by_role("button", name="Voeg toe").click()
    expect(lien.locator("#agenda")).to_contain_text("Waar ligt alles?")
    lien.goto(f"{stop}outcome/")
    lien.locator("main textarea").first.fill("Lien kent het team en vindt alles.")
    press(lien, "Bewaren en deze tussenstop afronden")
    expect(lien.locator("main")).to_contain_text("Lien kent het team en vindt alles.")

    # The history tells it; a stranger finds nothing.
    lien.goto(f"{route}history/")
    for piece in ("Mo Mentor", "Liever op woensdag.", "Onboarding"):
        expect(lien.locator("main")).to_contain_text(piece)
    for address in (route, f"/agreements/{agreement.pk}/", stop, f"{route}history/"):
        answer = visit(stranger, "/").goto(address)
        assert answer is not None
        assert answer.status == 404
