"""What may be written and proposed on a route, for someone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tussenstop.access.matrix import OnRoute
from tussenstop.agreements.bodies import is_filled
from tussenstop.agreements.models import (
    Agreement,
    DraftSection,
)
from tussenstop.agreements.queries import AgreementView, list_agreements
from tussenstop.agreements.rules import (
    Kind,
    may_write,
)
from tussenstop.content import AgreementField, Section, pack
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.routes.models import Move, Placement, Route, Stop
from tussenstop.routes.names import name_of
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.routes.rules import BEFORE_AGREED, ENDED, TRANSITIONS, MoveCode, State


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the working text, as one person sees it."""

    draft: DraftSection
    section: Section
    can_write: bool

    @property
    def filled(self) -> bool:
        return is_filled(self.draft)

    @property
    def fields(self) -> list[tuple[AgreementField, Any]]:
        """Each question with what was written so far."""
        empty: dict[bool, Any] = {True: [], False: ""}
        return [
            (f, self.draft.values.get(f.key) or empty[bool(f.columns)])
            for f in self.section.fields.values()
        ]


def parts_of(view: AgreementView) -> list[Part]:
    """The working text of a start agreement, in order, as this person may read or write it.
    Raises NotFound for who is only named in a text that was proposed."""
    if not view.roles.may(OnRoute.SEE_AGREEMENTS):
        raise NotFound
    sections = pack().start_agreement
    return [
        Part(
            draft=draft,
            section=sections[draft.key],
            can_write=view.can_propose and may_write(draft.owner_role, view.roles.roles),
        )
        for draft in DraftSection.objects.filter(agreement=view.agreement).order_by("position")
        if draft.key in sections
    ]


def part_of(view: AgreementView, key: str) -> Part:
    """One part of the working text. Raises NotFound."""
    found = next((part for part in parts_of(view) if part.draft.key == key), None)
    if found is None:
        raise NotFound
    return found


def kinds_for(view: RouteView) -> list[Kind]:
    """What this person can propose on the route as it is now. A start agreement is begun from a
    placement; to stop before anything was agreed, no agreement is needed."""
    state = State(view.route.state)
    if state in ENDED or not view.may(OnRoute.PROPOSE):
        return []
    fits = {
        Kind.PERIOD: bool(placements_of(view.route)),
        Kind.STOPS: True,
        Kind.PAUSE: (state, State.PAUSED) in TRANSITIONS,
        Kind.RESUME: state == State.PAUSED,
        Kind.CLOSING: (state, State.COMPLETED) in TRANSITIONS,
        Kind.STOPPING: state not in BEFORE_AGREED,
        Kind.RHYTHM: True,
        Kind.FREE: True,
    }
    return [kind for kind, fit in fits.items() if fit]


def placements_of(route: Route) -> list[Placement]:
    """The placements of a route that have not ended."""
    return [placement for placement in route.placements.all() if placement.ended_at is None]


def to_begin(view: RouteView, agreements: list[AgreementView]) -> list[Placement]:
    """The placements for which this person can begin the start agreement."""
    if view.route.state in ENDED or not view.may(OnRoute.PROPOSE):
        return []
    begun = {
        found.agreement.placement_id
        for found in agreements
        if found.is_start and found.agreement.withdrawn_at is None
    }
    return [placement for placement in placements_of(view.route) if placement.pk not in begun]


@dataclass(frozen=True, slots=True)
class StopChoice:
    """A stop to choose in a form: only one that is ahead can be skipped or moved."""

    id: str
    name: str
    ahead: bool


def stop_choices(route: Route) -> list[StopChoice]:
    return [
        StopChoice(str(stop.pk), name_of(stop), not stop.done_at and not stop.skipped_at)
        for stop in Stop.objects.filter(route=route).order_by("position")
    ]


def waiting_of_kind(view: RouteView, kind: Kind) -> AgreementView | None:
    """The newest agreement of this kind that waits for answers, if there is one."""
    same = (found for found in list_agreements(view=view) if found.agreement.kind == kind)
    return next((found for found in same if found.is_open), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an agreement that is no start agreement says: to fill its form again."""

    title: str
    text: str
    data: Mapping[str, Any]


def proposal_of(view: AgreementView) -> Proposal:
    """The newest text of an agreement. Raises NotFound for a draft or a start agreement."""
    if view.revision is None or view.is_start:
        raise NotFound
    body = view.revision.body
    text = next((s["fields"][0]["value"] for s in body["sections"] if s["key"] == "text"), "")
    return Proposal(view.agreement.title, text, body["data"])


def start_agreement_of(*, person: Person, route_id: UUID, now: datetime) -> Agreement | None:
    """The newest start agreement of a route that was not withdrawn."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SEE_AGREEMENTS)
    return (
        Agreement.objects.filter(route=view.route, kind=Kind.START, withdrawn_at=None)
        .order_by("-created_at")
        .first()
    )


def draft_waiting_for(*, person: Person, route_id: UUID) -> Agreement | None:
    """The agreement of this route that waits for this person to write or to answer, if any."""
    waiting = Move.objects.filter(
        route_id=route_id,
        person=person,
        code__in=[MoveCode.FILL_SECTION, MoveCode.ANSWER_AGREEMENT],
    )
    return Agreement.objects.filter(pk__in=waiting.values("subject_id")).first()
