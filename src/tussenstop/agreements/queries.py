"""Reading agreements, always for someone; and checking a PDF or a digest, for anyone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.models import (
    Agreement,
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
    status_of,
)
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.models import StoredFile
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, complete
from tussenstop.routes.rules import ENDED


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
    def my_answer(self) -> str:
        """What this person answered to the newest text; nothing when not asked, or not yet."""
        mine = self.mine
        return mine.consent.answer if mine and hasattr(mine, "consent") else ""

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


def titles_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The titles of these agreements, for lists of moves; ids of other things are passed over."""
    return dict(Agreement.objects.filter(pk__in=list(ids)).values_list("pk", "title"))
