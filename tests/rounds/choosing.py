"""Short ways to a round with students and places in it, for tests."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.factories import MembershipFactory, PersonFactory, WorkplaceFactory
from tests.matching.offering import a_place
from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.matching.actions import wishes
from tussenstop.matching.models import Place
from tussenstop.matching.rules import Grade
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.people.rules import Role
from tussenstop.rounds import jobs
from tussenstop.rounds.actions import deciding, opening
from tussenstop.rounds.actions.opening import Plan
from tussenstop.rounds.models import Match, Rehearsal, Round, RoundStudent, StudentResult
from tussenstop.routes.actions import people, start
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context

TODAY = date(2026, 11, 23)
AFTER_WISHES = NOW + timedelta(days=8)
AFTER_ALL = NOW + timedelta(days=20)


def a_plan(world: World, **changes: Any) -> Plan:
    values: dict[str, Any] = {
        "name": "Voorjaar",
        "programmes": [world.programme],
        "starts_on": FIRST_DAY,
        "ends_on": LAST_DAY,
        "wishes_until": TODAY + timedelta(days=7),
        "preferences_until": TODAY + timedelta(days=14),
        "result_on": TODAY + timedelta(days=21),
        "requirements": ["days", "travel", "languages"],
    }
    return Plan(**{**values, **changes})


def seeking(
    world: World, name: str, *, context: Context = Context.WORKPLACE_STUDENT, **more: Any
) -> Route:
    """Another student of the programme who looks for a workplace."""
    person = PersonFactory(name=name, email=f"{name.lower()}@example.org", language="en")
    MembershipFactory(person=person, role=Role.STUDENT, institution=world.institution)
    route = start.start_for_student(
        by=By(world.programme_coordinator),
        key=uuid7(),
        student=person,
        programme=world.programme,
        context=context,
        place=more.get("place"),
        mentors=[],
        teacher=None,
        now=NOW,
    )
    part = route.participations.select_related("person", "route__student").get(person=person)
    people.answer_invitation(by=By(person), part=part, takes_part=True, now=NOW)
    return Route.objects.select_related("student", "programme", "institution").get(pk=route.pk)


def elsewhere(world: World, title: str, **changes: Any) -> Place:
    """An open place at another workplace of the organisation."""
    workplace = WorkplaceFactory(organisation=world.organisation)
    place = a_place(world, title=title, **changes)
    Place.objects.filter(pk=place.pk).update(workplace=workplace)
    place.refresh_from_db()
    return place


def wishes_for(route: Route, *places: Place, shown: bool = True) -> None:
    """Favourites in this order; places in a row of more are no tie."""
    for place in places:
        by = By(route.student)
        wishes.add_wish(by=by, route=route, place=place, now=NOW)
        if shown:
            wishes.show_wish(by=by, route=route, place=place, shown=True, word="", now=NOW)


def prefers(world: World, place: Place, route: Route, grade: Grade) -> None:
    wishes.prefer(
        by=By(world.organisation_coordinator), place=place, route=route, grade=grade, now=NOW
    )


def open_round(world: World, **changes: Any) -> Round:
    return opening.open_round(
        by=By(world.programme_coordinator),
        institution=world.institution,
        key=uuid7(),
        plan=a_plan(world, **changes),
        now=NOW,
    )


def rehearse(world: World, round_: Round, *, now: Any = AFTER_ALL) -> Rehearsal:
    round_.refresh_from_db()
    made = deciding.ask_rehearsal(by=By(world.programme_coordinator), round_=round_, now=now)
    jobs.rehearse.func(str(made.pk))  # begins by itself after the commit, which tests don't reach
    return Rehearsal.objects.select_related("round__institution").get(pk=made.pk)


def publish(world: World, rehearsal: Rehearsal, *, now: Any = AFTER_ALL) -> None:
    deciding.publish(by=By(world.programme_coordinator), rehearsal=rehearsal, now=now)
    jobs.tell_published.func(str(rehearsal.round_id))
    rehearsal.round.refresh_from_db()


def rehearsed_and_published(world: World, round_: Round) -> Rehearsal:
    rehearsal = rehearse(world, round_)
    publish(world, rehearsal)
    return rehearsal


def result_of(rehearsal: Rehearsal, route: Route) -> StudentResult:
    return StudentResult.objects.select_related("place").get(
        rehearsal=rehearsal, student__route=route
    )


def reasons_of(rehearsal: Rehearsal, route: Route) -> list[str]:
    return [code for _place, code in result_of(rehearsal, route).wishes]


def match_of(route: Route) -> Match:
    return Match.objects.select_related(
        "round__institution", "route__student", "place__workplace__organisation"
    ).get(route=route)


def row_of(round_: Round, route: Route) -> RoundStudent:
    return RoundStudent.objects.select_related("round__institution", "route").get(
        round=round_, route=route
    )


@dataclass
class Class:
    """Three students who look for a workplace, and two places: a small class."""

    world: World
    amir: Route
    bo: Route
    cleo: Route
    kitchen: Place
    garden: Place
    round: Round
    extra: dict[str, Any] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        return getattr(self, name).student


def a_class(world: World, **changes: Any) -> Class:
    """Amir and Bo want the kitchen (one seat) most, Cleo the garden (two seats)."""
    kitchen = elsewhere(world, "Keuken", seats=1)
    garden = elsewhere(world, "Tuin", seats=2)
    amir, bo, cleo = (seeking(world, name) for name in ("Amir", "Bo", "Cleo"))
    wishes_for(amir, kitchen, garden)
    wishes_for(bo, kitchen, garden)
    wishes_for(cleo, garden, kitchen)
    return Class(world, amir, bo, cleo, kitchen, garden, open_round(world, **changes))
