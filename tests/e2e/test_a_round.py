"""A round, from the first favourite to a reason everybody understands: students of three contexts on
a phone, two organisations, and a coordinator who tries it out and publishes it."""

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
from tussenstop.core import clock
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person, Programme, Workplace
from tussenstop.people.rules import Role
from tussenstop.routes.actions import people, start
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import Context
from tussenstop.startposition.models import Part

pytestmark = pytest.mark.django_db(transaction=True)


def offers_a_place(visit: Visit, person: Person, workplace: Workplace, title: str) -> Page:
    """A coordinator describes a place, for one student, and opens it."""
    page = visit(person, f"/workplaces/{workplace.pk}/places/add/")
    page.get_by_label("Hoe heet deze plek?").fill(title)
    page.get_by_label("Graduaat zorg").check()
    first = timezone.localdate() + timedelta(days=40)
    page.get_by_label("Vanaf", exact=True).fill(first.isoformat())
    page.get_by_label("Tot", exact=True).fill((first + timedelta(days=140)).isoformat())
    page.get_by_role("checkbox", name="dinsdag").check()
    page.get_by_label("Hoogstens hoeveel uur per week?").fill("16")
    press(page, "Bewaar als ontwerp")
    press(page, "Stel open voor studenten")
    return page


def a_route(
    leader: Person, name: str, programme: Programme, context: Context, at: Workplace | None = None
) -> Route:
    """A student who said yes to their route; an own employee has their workplace already."""
    student = PersonFactory(name=name)
    MembershipFactory(person=student, role=Role.STUDENT, institution=programme.institution)
    first = timezone.localdate() + timedelta(days=40)
    route = start.start_for_student(
        by=By(leader),
        key=uuid7(),
        student=student,
        programme=programme,
        context=context,
        place=start.Place(at, first, first + timedelta(days=140), "own_employee") if at else None,
        mentors=[],
        teacher=None,
        now=clock.now(),
    )
    part = route.participations.select_related("person", "route__student").get(person=student)
    people.answer_invitation(by=By(student), part=part, takes_part=True, now=clock.now())
    return route


def tells_their_position(page: Page, route: Route) -> None:
    """A few answers in each part; every context has its own last one."""
    page.goto(f"/routes/{route.pk}/position/")
    press(page, "Begin")
    page.get_by_label("dinsdag, voormiddag").select_option(label="vrij")
    for _part in ("time", "balance", "motivation", "talents"):
        press(page, "Bewaar en ga verder")
    press(page, "Bewaar en ga verder")
    page.locator("main textarea").first.fill(f"Dit is wat {route.student.first_name} zoekt.")
    press(page, "Bewaar")
    assert Part.objects.filter(route=route, key="context").exists()


def keeps(page: Page, title: str, *, shows: bool = True) -> None:
    page.goto("/places/")
    press(page, title)
    press(page, "Bewaar als favoriet")
    if shows:
        press(page, "Je favorieten")
        kept = page.locator("li", has=page.get_by_role("link", name=title))
        kept.get_by_text("Laat het hen weten").click()
        press(page, "Toon mijn interesse")


def test_a_round_is_decided_and_everybody_reads_why(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    institution = InstitutionFactory(name="De Sleutel")
    programme = ProgrammeFactory(institution=institution, name="Graduaat zorg")
    hilde = PersonFactory(name="Hilde Mertens")
    MembershipFactory(person=hilde, role=Role.PROGRAMME_COORDINATOR, institution=institution)
    els, tom = PersonFactory(name="Els Peeters"), PersonFactory(name="Tom Baert")
    workplaces = []
    for person, name in ((els, "De Linde"), (tom, "De Brug")):
        organisation = OrganisationFactory(name=name)
        MembershipFactory(
            person=person, role=Role.ORGANISATION_COORDINATOR, organisation=organisation
        )
        workplaces.append(WorkplaceFactory(organisation=organisation, name=f"Team {name}"))
    linde, brug = workplaces
    sara = a_route(hilde, "Sara Student", programme, Context.WORKPLACE_STUDENT)
    kobe = a_route(hilde, "Kobe Kandidaat", programme, Context.CANDIDATE)
    oona = a_route(hilde, "Oona Eigen", programme, Context.OWN_EMPLOYEE, brug)

    at_linde = offers_a_place(visit, els, linde, "Zorgen in de Linde")
    offers_a_place(visit, tom, brug, "Zorgen aan de Brug")
    phones = {route: visit(route.student, viewport=PHONE) for route in (sara, kobe, oona)}
    for route, phone in phones.items():
        tells_their_position(phone, route)
    # Both want the Linde; the place at the Brug is where Oona works.
    keeps(phones[sara], "Zorgen in de Linde")
    keeps(phones[sara], "Zorgen aan de Brug")
    keeps(phones[kobe], "Zorgen in de Linde")

    # The coordinator opens a round, and looks how it would go.
    at_school = visit(hilde, f"/institutions/{institution.pk}/rounds/")
    press(at_school, "Een ronde openen")
    at_school.get_by_label("Hoe heet deze ronde?").fill("Voorjaar")
    today = timezone.localdate()
    for label, days in (
        ("Eerste dag op de werkplek", 30),
        ("Laatste dag op de werkplek", 200),
        ("Studenten kiezen tot en met", 2),
        ("Organisaties geven hun voorkeur tot en met", 4),
        ("Het resultaat komt op", 6),
    ):
        at_school.get_by_label(label).fill((today + timedelta(days=days)).isoformat())
    press(at_school, "De ronde openen")
    expect(at_school.locator("main")).to_contain_text("studenten kiezen")
    in_the_round = at_school.url
    press(at_school, "Probeer uit")
    expect(at_school.locator("main")).to_contain_text("Bekendmaken kan na")

    # A workplace says whom it would like; the student never reads how much.
    at_linde.goto("/")
    press(at_linde, "Kijk wat meetelt")
    press(at_linde, "Kijk wie")
    kobe_there = at_linde.locator("li", has=at_linde.get_by_role("heading", name="Kobe Kandidaat"))
    kobe_there.get_by_label("Heb je deze student hier graag?").select_option(label="heel graag")
    press(kobe_there, "Bewaar")

    # Some days later it is decided: tried out, and published.
    later = clock.now() + timedelta(days=6)
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: later)
    at_school.goto(in_the_round)
    press(at_school, "Probeer uit")
    expect(at_school.locator("main")).to_contain_text("van 3 studenten hebben een plaats")
    expect(at_school.locator("main")).to_contain_text("Het is stabiel")
    press(at_school, "Dit resultaat bekendmaken")
    expect(at_school.locator("main")).to_contain_text("Het resultaat is bekend")

    # Everybody understands what came of it, on their own page.
    phones[kobe].goto("/")
    press(phones[kobe], "Antwoord")
    press(phones[kobe], "Voorjaar")
    expect(phones[kobe].locator("main")).to_contain_text("Dit is jouw plaats.")
    phones[sara].goto("/")
    press(phones[sara], "Kijk waarom")
    expect(phones[sara].locator("main")).to_contain_text("nog geen plaats voor je")
    expect(phones[sara].locator("main")).to_contain_text("de werkplek liever iemand anders")
    expect(phones[sara].locator("main")).not_to_contain_text("Kobe")
    round_id = in_the_round.rstrip("/").rpartition("/")[2]
    phones[oona].goto(f"/routes/{oona.pk}/rounds/{round_id}/")
    expect(phones[oona].locator("main")).to_contain_text("Je blijft bij je eigen werkgever")
    assert Placement.objects.get(route=oona, ended_at=None).workplace == brug

    # Both sides say yes: a workplace is chosen.
    phones[kobe].goto("/")
    press(phones[kobe], "Antwoord")
    press(phones[kobe], "Ja")
    at_linde.goto("/")
    press(at_linde, "Antwoord")
    expect(at_linde.locator("main")).to_contain_text("Kobe Kandidaat")
    press(at_linde, "Ja")
    expect(at_linde.locator("main")).to_contain_text("Jullie zeiden allebei ja.")
    assert Placement.objects.get(route=kobe, ended_at=None).workplace == linde
