"""The words the table of addresses is written in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.factories import CompetenceFactory
from tests.matching.offering import a_place
from tests.remembered import remembered
from tests.worlds import NOW, World, a_route_with_three_partners, with_a_proposal
from tussenstop.agreements.models import Revision
from tussenstop.core import clock
from tussenstop.core.ids import uuid7
from tussenstop.matching.actions.acquaintances import propose
from tussenstop.matching.models import Acquaintance, Place
from tussenstop.people.acting import By
from tussenstop.people.models import Competence, Person
from tussenstop.routes.actions.moments import propose_moment
from tussenstop.routes.models import Moment

ON_THE_ROUTE = (
    "student",
    "mentor",
    "teacher",
    "coach",
    "godparent",
    "organisation_coordinator",
    "programme_coordinator",
)


ELSEWHERE = (
    "other_student",
    "other_mentor",
    "other_teacher",
    "other_programme_coordinator",
    "other_organisation_coordinator",
    "administrator",
    "stranger",
)


RELATIONS = (*ON_THE_ROUTE, *ELSEWHERE, "anonymous")


PARTNERS = "student mentor teacher"


SEE_STOPS = f"{PARTNERS} coach programme_coordinator"


SEE = " ".join(ON_THE_ROUTE)


EVERYBODY = " ".join((*ON_THE_ROUTE, *ELSEWHERE))


@dataclass(frozen=True)
class Case:
    """The world of one walk, with what the addresses need."""

    world: World
    revision: Revision
    competence: Competence
    moment: Moment  # proposed by the mentor for the onboarding; the student is asked
    place: Place  # open for students, at the workplace of the route
    acquaintance: Acquaintance  # asked for by the student

    def person(self, relation: str) -> Person:
        return getattr(self.world, relation)


@remembered(at=NOW, stands=False)
def make_case(*, now: datetime = NOW) -> Case:
    world = a_route_with_three_partners(now=now)
    competence = CompetenceFactory(programme=world.programme)
    moment = propose_moment(
        by=By(world.mentor),
        stop=world.stop("onboarding"),
        key=uuid7(),
        starts_at=clock.now() + clock.timedelta(days=9),
        minutes=45,
        place="",
        now=world.now,
    )
    place = a_place(world)
    acquaintance = propose(
        by=By(world.student),
        route=world.fresh(),
        place=place,
        starts_at=clock.now() + clock.timedelta(days=5),
        where="",
        word="",
        now=world.now,
    )
    return Case(world, with_a_proposal(world), competence, moment, place, acquaintance)


@dataclass(frozen=True)
class Answers:
    """Which relations get which answer; the rest, and anonymous visitors, as said."""

    named: Mapping[int | str, str]
    rest: int | str = 404
    anonymous: int | str = 401

    def of(self, relation: str) -> int | str:
        if relation == "anonymous":
            return self.anonymous
        return next((a for a, who in self.named.items() if relation in who.split()), self.rest)


def only(who: str, *, refused: str = "", rest: int | str = 404) -> Answers:
    """A page for these relations; `refused` may know of it but not do this."""
    return Answers({200: who, 403: refused}, rest=rest)


def doing(who: str, *, refused: str = "", rest: int | str = 404) -> Answers:
    return Answers({"done": who, 403: refused}, rest=rest)


OPEN = Answers({}, rest=200, anonymous=200)


OPEN_POST = Answers({}, rest="done", anonymous="done")


SIGNED_IN = Answers({}, rest=200)


SIGNED_IN_POST = Answers({}, rest="done")


NO_GET = Answers({}, rest=405)


NO_POST = Answers({}, rest=405)


@dataclass(frozen=True)
class Row:
    get: Answers
    post: Answers = NO_POST
    kwargs: Callable[[Case], dict[str, Any]] = lambda case: {}
    data: Callable[[Case, str], dict[str, Any]] = field(default=lambda case, relation: {})


def route(case: Case) -> dict[str, Any]:
    return {"route_id": case.world.route.pk}


def stop(case: Case) -> dict[str, Any]:
    return {"stop_id": case.world.stop("onboarding").pk}


def agreement(case: Case) -> dict[str, Any]:
    return {"agreement_id": case.revision.agreement_id}


def part(case: Case) -> dict[str, Any]:
    return {**route(case), "part_id": case.world.part(case.world.mentor).pk}


def organisation(case: Case) -> dict[str, Any]:
    return {"organisation_id": case.world.organisation.pk}


def workplace(case: Case) -> dict[str, Any]:
    return {"workplace_id": case.world.workplace.pk}


def institution(case: Case) -> dict[str, Any]:
    return {"institution_id": case.world.institution.pk}


def programme(case: Case) -> dict[str, Any]:
    return {"programme_id": case.world.programme.pk}


OUT_OF_THIN_AIR = "00000000-0000-7000-8000-000000000000"
