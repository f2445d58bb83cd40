"""What somebody is asked before a stop, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.people.models import Person
from tussenstop.routes.models import (
    Preparation,
    Stop,
)
from tussenstop.routes.queries import RouteView, get_stop

# The order in which partners are named, everywhere the same.
ROLE_ORDER = {role.value: place for place, role in enumerate(RouteRole)}


def attending_parts(view: RouteView, stop: Stop) -> list[Participation]:
    """Who the stop needs, as far as they take part."""
    parts = [p for p in view.route.participations.all() if p.accepted_at and p.role in stop.attends]
    return sorted(parts, key=lambda part: ROLE_ORDER.get(part.role, 99))


@dataclass(frozen=True, slots=True)
class Question:
    """A question to prepare; the last one is free space."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A preparation that its writer chose to show."""

    person: Person
    role: str
    lines: list[tuple[str, str]]


def questions_for(stop: Stop, roles: frozenset[RouteRole]) -> list[Question]:
    """The prompts of a stop for somebody with these roles, from the content pack."""
    kind = pack().stops.get(stop.kind)
    if kind is None:
        return []
    return [
        Question(prompt.key, str(prompt.text))
        for prompt in kind.prompts.values()
        if not roles.isdisjoint(prompt.roles)
    ]


def _question_text(stop: Stop, key: str) -> str:
    kind = pack().stops.get(stop.kind)
    prompt = kind.prompts.get(key) if kind else None
    return str(prompt.text) if prompt else ""


def prepared_lines(stop: Stop, answers: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was prepared: question and answer, in the order of the content pack, free space last."""
    kind = pack().stops.get(stop.kind)
    order = {key: place for place, key in enumerate(kind.prompts)} if kind else {}
    keys = sorted(
        (key for key, text in answers.items() if text.strip()),
        key=lambda key: order.get(key, len(order)),
    )
    return [(_question_text(stop, key), answers[key]) for key in keys]


def preparations_of(
    stop: Stop, view: RouteView, roles: Mapping[UUID, str]
) -> tuple[Preparation | None, list[Prepared]]:
    """One's own, and what others show to who takes part in this stop."""
    mine, shared = None, []
    needed = any(role in view.roles for role in stop.attends)
    for row in Preparation.objects.filter(stop=stop).select_related("person"):
        if row.person_id == view.person.pk:
            mine = row
        elif not needed:
            continue
        if row.shared_at:
            shared.append(
                Prepared(
                    row.person, roles.get(row.person_id, ""), prepared_lines(stop, row.answers)
                )
            )
    shared.sort(key=lambda p: (ROLE_ORDER.get(p.role, 99), p.person.name))
    return mine, shared


@dataclass(frozen=True, slots=True)
class PreparePage:
    """What somebody prepares for a stop: their questions, and what they wrote until now."""

    view: RouteView
    stop: Stop
    questions: list[Question]
    mine: Preparation | None
    readers: list[Participation]


def prepare_page(*, person: Person, stop_id: UUID, now: datetime) -> PreparePage:
    """The questions of a stop for this person. Raises NotFound, or Refused."""
    view, stop = get_stop(person=person, stop_id=stop_id, now=now, permission=OnRoute.PREPARE)
    return PreparePage(
        view=view,
        stop=stop,
        questions=questions_for(stop, view.roles),
        mine=Preparation.objects.filter(stop=stop, person=person).first(),
        readers=[p for p in attending_parts(view, stop) if p.person_id != person.pk],
    )
