"""Who gets what at every address: one row each.

A row says for GET and POST which relations get which answer. "done" for a POST means that the
person may do it (the form may still refuse what was typed). Whoever is not named gets `rest`,
which is 404: what you may not know of does not exist. Anonymous visitors are sent to sign in
(401 here) unless the page is open.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.worlds import World, a_route_with_three_partners, with_a_proposal
from tussenstop.agreements.models import Revision
from tussenstop.people.models import Person

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

    def person(self, relation: str) -> Person:
        return getattr(self.world, relation)


def make_case() -> Case:
    world = a_route_with_three_partners()
    return Case(world, with_a_proposal(world))


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


TABLE: dict[str, Row] = {
    "today": Row(SIGNED_IN),
    "healthz": Row(OPEN, Answers({}, rest=405, anonymous=405)),
}
