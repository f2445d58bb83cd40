"""Reading agreements, always for someone; and checking a PDF or a digest, for anyone."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.bodies import is_filled
from tussenstop.agreements.models import (
    Agreement,
    DraftSection,
    Party,
    Revision,
    Seal,
    Signatory,
)
from tussenstop.agreements.rules import (
    SIGNATORY,
    SUCCEEDABLE,
    Answer,
    Kind,
    Status,
    digest,
    may_write,
    status_of,
)
from tussenstop.content import AgreementField, Section, pack
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.models import StoredFile
from tussenstop.people.models import Person
from tussenstop.routes.models import Move, Placement, Route, Stop
from tussenstop.routes.names import name_of
from tussenstop.routes.queries import RouteView, complete, get_route
from tussenstop.routes.rules import BEFORE_AGREED, ENDED, TRANSITIONS, MoveCode, State


def _complete(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return agreements.select_related(
        "created_by", "placement__workplace", "placement__organisation", "succeeds"
    ).prefetch_related(
        Prefetch(
            "revisions",
            Revision.objects.select_related("proposed_by", "seal")
            .defer("seal__pdf")
            .prefetch_related(
                Prefetch(
                    "parties",
                    Party.objects.select_related("person", "consent__scan").order_by("position"),
                )
            )
            .order_by("-number"),
        ),
        Prefetch("successors", Agreement.objects.filter(withdrawn_at=None)),
        Prefetch("successors__revisions", Revision.objects.defer("body")),
        Prefetch("successors__revisions__seal", Seal.objects.only("revision", "sealed_at")),
        Prefetch("signatories", Signatory.objects.select_related("person").order_by("pk")),
    )


@dataclass(frozen=True)
class AgreementView:
    """An agreement as one person sees it. `revision` is the newest text, None while a draft."""

    agreement: Agreement
    person: Person
    roles: RouteView

    @cached_property
    def revisions(self) -> list[Revision]:
        return list(self.agreement.revisions.all())

    @property
    def revision(self) -> Revision | None:
        return next(iter(self.revisions), None)

    def text(self, number: int) -> Revision:
        """The text with this number. Raises NotFound."""
        found = next((r for r in self.revisions if r.number == number), None)
        if found is None:
            raise NotFound
        return found

    @property
    def seal(self) -> Seal | None:
        return getattr(self.revision, "seal", None) if self.revision else None

    @cached_property
    def parties(self) -> list[Party]:
        return list(self.revision.parties.all()) if self.revision else []

    @property
    def objections(self) -> list[Party]:
        """Parties who ask for a change or said no."""
        return [p for p in self.parties if hasattr(p, "consent") and p.consent.answer != Answer.YES]

    @property
    def waiting(self) -> list[Party]:
        return [p for p in self.parties if not hasattr(p, "consent")]

    @property
    def gone(self) -> list[Party]:
        """Parties who no longer take part and can't answer: the text is to be proposed again."""
        asked = {(p.role, p.person_id) for p in self.roles.route.participations.all()}
        return [
            p
            for p in self.waiting
            if p.role != SIGNATORY and (p.role, p.person_id) not in asked and self.is_open
        ]

    @property
    def mine(self) -> Party | None:
        """This person's place among the parties of the newest text."""
        return next((p for p in self.parties if p.person_id == self.person.pk), None)

    @property
    def role_asked(self) -> str:
        """The role this person was asked for and has not answered: agreeing takes it on."""
        mine = self.mine
        asked = {
            part.role
            for part in self.roles.route.participations.all()
            if part.person_id == self.person.pk and part.accepted_at is None
        }
        return str(RouteRole(mine.role).label) if mine and mine.role in asked else ""

    @property
    def successor(self) -> Agreement | None:
        return next((a for a in self.agreement.successors.all() if a.withdrawn_at is None), None)

    @cached_property
    def status(self) -> Status:
        revision = self.revision
        successor = self.successor
        return status_of(
            revision_number=revision.number if revision else None,
            sealed=self.seal is not None,
            withdrawn=self.agreement.withdrawn_at is not None,
            succeeded=successor is not None
            and any(hasattr(r, "seal") for r in successor.revisions.all()),
            answers=[p.consent.answer for p in self.parties if hasattr(p, "consent")],
        )

    @property
    def is_open(self) -> bool:
        return self.status in {Status.DRAFT, Status.PROPOSED, Status.CONTESTED, Status.DECLINED}

    @property
    def is_start(self) -> bool:
        return self.agreement.kind == Kind.START

    @property
    def can_answer(self) -> bool:
        mine = self.mine
        return (
            mine is not None
            and mine not in self.gone
            and not hasattr(mine, "consent")
            and self.status in {Status.PROPOSED, Status.CONTESTED, Status.DECLINED}
        )

    @property
    def can_propose(self) -> bool:
        return self.is_open and self.route_lives and self.roles.may(OnRoute.PROPOSE)

    @property
    def route_lives(self) -> bool:
        return self.roles.route.state not in ENDED

    @property
    def can_record(self) -> bool:
        """Whether this person may record that another signed on paper."""
        return (
            self.roles.may(OnRoute.PROPOSE)
            and bool(self.waiting)
            and self.status in {Status.PROPOSED, Status.CONTESTED}
        )

    @property
    def can_withdraw(self) -> bool:
        proposer = self.revision.proposed_by_id if self.revision else None
        return (
            self.is_open
            and self.roles.may(OnRoute.PROPOSE)
            and self.person.pk in {proposer, self.agreement.created_by_id}
        )

    @property
    def can_succeed(self) -> bool:
        return (
            self.status == Status.ACCEPTED
            and self.agreement.kind in SUCCEEDABLE
            and self.successor is None
            and self.route_lives
            and self.roles.may(OnRoute.PROPOSE)
        )


def _is_named(agreement: Agreement, view: RouteView) -> bool:
    """Whether a text names this person: one that holds, or the newest one, while they are asked."""
    pending = {
        part.role
        for part in view.route.participations.all()
        if part.person_id == view.person.pk and part.accepted_at is None
    }
    for place, revision in enumerate(agreement.revisions.all()):
        party = next((p for p in revision.parties.all() if p.person_id == view.person.pk), None)
        if party is None:
            continue
        if hasattr(revision, "seal"):
            return True
        if place == 0 and not agreement.withdrawn_at:
            return party.role == SIGNATORY or party.role in pending
    return False


def get_agreement(
    *, person: Person, agreement_id: UUID, now: datetime, permission: OnRoute | None = None
) -> AgreementView:
    """An agreement for who may read the route's agreements, or is named in it. Raises NotFound,
    or Refused for who may read it and not do what `permission` asks."""
    agreement = _complete(Agreement.objects.filter(pk=agreement_id)).first()
    if agreement is None:
        raise NotFound
    route = complete(Route.objects.filter(pk=agreement.route_id)).get()
    roles = RouteView(route, checks.roles_on(person, route, now=now), person)
    if not roles.may(OnRoute.SEE_AGREEMENTS) and not _is_named(agreement, roles):
        raise NotFound
    if permission and not roles.may(permission):
        raise Refused(permission.label)
    agreement.route = route
    return AgreementView(agreement, person, roles)


def list_agreements(*, view: RouteView) -> list[AgreementView]:
    """The agreements of a route this person may read, newest first."""
    agreements = _complete(Agreement.objects.filter(route=view.route)).order_by("-created_at")
    if not view.may(OnRoute.SEE_AGREEMENTS):
        agreements = agreements.filter(
            pk__in=Party.objects.filter(person=view.person).values("revision__agreement_id")
        )
    found = [a for a in agreements if view.may(OnRoute.SEE_AGREEMENTS) or _is_named(a, view)]
    for agreement in found:
        agreement.route = view.route
    return [AgreementView(agreement, view.person, view) for agreement in found]


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
    """The working text of a start agreement, in order, as this person may read or write it."""
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


def scan_of(view: AgreementView, party_id: UUID) -> StoredFile:
    """The page that a party signed elsewhere. Raises NotFound."""
    for revision in view.revisions:
        for party in revision.parties.all():
            if party.pk == party_id and hasattr(party, "consent") and party.consent.scan:
                return party.consent.scan
    raise NotFound


def sealed_pdf(
    *, person: Person, agreement_id: UUID, now: datetime
) -> tuple[AgreementView, bytes | None]:
    """The PDF of an agreement that holds, None while it is being made. Raises NotFound."""
    view = get_agreement(person=person, agreement_id=agreement_id, now=now)
    if view.seal is None:
        raise NotFound
    pdf = Seal.objects.values_list("pdf", flat=True).get(pk=view.seal.pk)
    return view, bytes(pdf) if pdf is not None else None


def start_agreement_of(*, person: Person, route_id: UUID, now: datetime) -> Agreement | None:
    """The newest start agreement of a route that was not withdrawn."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SEE_AGREEMENTS)
    return (
        Agreement.objects.filter(route=view.route, kind=Kind.START, withdrawn_at=None)
        .order_by("-created_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Verification:
    """What anybody may know of a sealed agreement whose digest or PDF they hold."""

    digest: str
    title: str
    sealed_at: datetime
    parties: list[str]
    succeeded: bool


def _verification(seal: Seal | None) -> Verification | None:
    if seal is None or digest(seal.content) != seal.digest:
        return None
    succeeded = Seal.objects.filter(revision__agreement__succeeds=seal.revision.agreement_id)
    return Verification(
        digest=seal.digest,
        title=seal.content["title"],
        sealed_at=seal.sealed_at,
        parties=[party["name"] for party in seal.content["parties"]],
        succeeded=succeeded.exists(),
    )


def verify_digest(text: str) -> Verification | None:
    """The sealed agreement of a digest (spaces and capitals don't matter), or None."""
    wanted = "".join(text.split()).lower()
    seals = Seal.objects.select_related("revision").defer("pdf")
    return _verification(seals.filter(digest=wanted).first())


def verify_pdf(content: bytes) -> Verification | None:
    """The sealed agreement whose PDF has exactly these bytes, or None."""
    seals = Seal.objects.select_related("revision").defer("pdf")
    return _verification(seals.filter(pdf_sha256=hashlib.sha256(content).hexdigest()).first())


def titles_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The titles of these agreements, for lists of moves; ids of other things are passed over."""
    return dict(Agreement.objects.filter(pk__in=list(ids)).values_list("pk", "title"))


def draft_waiting_for(*, person: Person, route_id: UUID) -> Agreement | None:
    """The agreement of this route that waits for this person to write or to answer, if any."""
    waiting = Move.objects.filter(
        route_id=route_id,
        person=person,
        code__in=[MoveCode.FILL_SECTION, MoveCode.ANSWER_AGREEMENT],
    )
    return Agreement.objects.filter(pk__in=waiting.values("subject_id")).first()
