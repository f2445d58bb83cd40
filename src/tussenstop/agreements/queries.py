"""Reading agreements, always for someone; and checking a PDF or a digest, for anyone."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.agreements.models import Agreement, DraftSection, Party, Revision, Seal
from tussenstop.agreements.rules import Answer, Kind, Status, status_of
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, complete, get_route


def _complete(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return agreements.select_related(
        "created_by", "placement__workplace", "succeeds"
    ).prefetch_related(
        Prefetch(
            "revisions",
            Revision.objects.select_related("proposed_by", "seal")
            .defer("seal__pdf")
            .prefetch_related(
                Prefetch(
                    "parties",
                    Party.objects.select_related("person", "consent").order_by("position"),
                )
            )
            .order_by("-number"),
        ),
        "successors__revisions__seal",
        "signatories__person",
    )


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as one person sees it. `revision` is the newest text, None while a draft."""

    agreement: Agreement
    person: Person
    roles: RouteView

    @property
    def revisions(self) -> list[Revision]:
        return list(self.agreement.revisions.all())

    @property
    def revision(self) -> Revision | None:
        return next(iter(self.revisions), None)

    @property
    def seal(self) -> Seal | None:
        return getattr(self.revision, "seal", None) if self.revision else None

    @property
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
    def mine(self) -> Party | None:
        """This person's place among the parties of the newest text."""
        return next((p for p in self.parties if p.person_id == self.person.pk), None)

    @property
    def successor(self) -> Agreement | None:
        return next((a for a in self.agreement.successors.all() if a.withdrawn_at is None), None)

    @property
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
    def can_answer(self) -> bool:
        mine = self.mine
        return (
            mine is not None
            and not hasattr(mine, "consent")
            and self.status in {Status.PROPOSED, Status.CONTESTED}
        )

    @property
    def can_propose(self) -> bool:
        return self.is_open and self.roles.may(OnRoute.PROPOSE)

    @property
    def can_withdraw(self) -> bool:
        proposer = self.revision.proposed_by_id if self.revision else None
        return self.can_propose and self.person.pk in {proposer, self.agreement.created_by_id}

    @property
    def can_succeed(self) -> bool:
        return (
            self.status == Status.ACCEPTED
            and self.successor is None
            and self.roles.may(OnRoute.PROPOSE)
        )


def get_agreement(*, person: Person, agreement_id: UUID, now: datetime) -> AgreementView:
    """An agreement for who may read the route's agreements, or is named in it. Raises NotFound."""
    agreement = _complete(Agreement.objects.filter(pk=agreement_id)).first()
    if agreement is None:
        raise NotFound
    named = any(
        p.person_id == person.pk for r in agreement.revisions.all() for p in r.parties.all()
    )
    route = complete(Route.objects.filter(pk=agreement.route_id)).get()
    roles = RouteView(route, checks.roles_on(person, route, now=now), person)
    if not named and not roles.may(OnRoute.SEE_AGREEMENTS):
        raise NotFound
    agreement.route = route
    return AgreementView(agreement, person, roles)


def list_agreements(*, view: RouteView) -> list[AgreementView]:
    """The agreements of a route this person may read, newest first."""
    agreements = _complete(Agreement.objects.filter(route=view.route)).order_by("-created_at")
    if not view.may(OnRoute.SEE_AGREEMENTS):
        agreements = agreements.filter(
            pk__in=Party.objects.filter(person=view.person).values("revision__agreement_id")
        )
    found = list(agreements)
    for agreement in found:
        agreement.route = view.route
    return [AgreementView(agreement, view.person, view) for agreement in found]


def sections_of(agreement: Agreement) -> list[DraftSection]:
    """The working text of a start agreement, in order."""
    return list(agreement.sections.order_by("position"))


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
    if seal is None:
        return None
    succeeded = Seal.objects.filter(revision__agreement__succeeds=seal.revision.agreement_id)
    return Verification(
        digest=seal.digest,
        title=seal.content["title"],
        sealed_at=seal.sealed_at,
        parties=[party["name"] for party in seal.content["parties"]],
        succeeded=succeeded.exists(),
    )


def verify_digest(digest: str) -> Verification | None:
    """The sealed agreement of a digest (spaces and capitals don't matter), or None."""
    wanted = "".join(digest.split()).lower()
    seals = Seal.objects.select_related("revision").defer("pdf")
    return _verification(seals.filter(digest=wanted).first())


def verify_pdf(content: bytes) -> Verification | None:
    """The sealed agreement whose PDF has exactly these bytes, or None."""
    seals = Seal.objects.select_related("revision").defer("pdf")
    return _verification(seals.filter(pdf_sha256=hashlib.sha256(content).hexdigest()).first())
