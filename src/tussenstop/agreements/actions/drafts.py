"""Writing a start agreement together: each partner their own part, at their own time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import PARTNERS, RouteRole
from tussenstop.agreements.models import Agreement, DraftSection, Signatory
from tussenstop.agreements.rules import Kind, may_write
from tussenstop.content import Section, pack
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import ENDED


class CannotBegin(DomainError):
    """This agreement can't begin now."""


class SectionStale(Stale):
    """Somebody else saved this section meanwhile; `theirs` is what stands there now."""

    def __init__(self, draft: DraftSection) -> None:
        super().__init__(
            _(
                "%(who)s saved this part while you were writing. Put the two together and save again."
            )
            % {"who": draft.written_by}
        )
        self.theirs: dict[str, Any] = draft.values
        self.version = draft.version


@transaction.atomic
def begin_start_agreement(
    *, by: By, route: Route, placement: Placement, now: datetime
) -> Agreement:
    """Begin the start agreement of a placement, or find the one that was begun already."""
    checks.require(by.person, OnRoute.PROPOSE, route, now=now)
    lock(route.pk)
    if route.state in ENDED or placement.ended_at:
        raise CannotBegin(_("This route has ended."))
    existing = Agreement.objects.filter(
        placement=placement, kind=Kind.START, succeeds=None, withdrawn_at=None
    )
    if found := existing.first():
        return found
    language = route.student.language
    with translation.override(language):
        title = gettext("Start agreement of %(student)s at %(workplace)s") % {
            "student": route.student.name,
            "workplace": placement.workplace.name,
        }
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(
                route=route,
                placement=placement,
                kind=Kind.START,
                title=title[:160],
                language=language,
                created_by=by.person,
                created_at=now,
            )
    except IntegrityError:
        return existing.get()
    fill_drafts(agreement, {})
    audit.record(
        "agreement.begun",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=agreement.pk,
        title=agreement.title,
    )
    moves.rebuild(route)
    return agreement


def _built_in(section: Section) -> dict[str, Any]:
    """What a section starts from: for the role card, the usual responsibilities."""
    if not section.responsibilities:
        return {}
    rows = [
        {"what": str(duty.text), "who": str(RouteRole(duty.role).label)}
        for duty in section.responsibilities.values()
    ]
    field = next(iter(section.fields.values()))
    columns = list(field.columns)
    return {field.key: [dict(zip(columns, row.values(), strict=True)) for row in rows]}


def fill_drafts(agreement: Agreement, values: dict[str, dict[str, Any]]) -> None:
    """Give an agreement its empty sections, or those of the one it succeeds."""
    with translation.override(agreement.language):
        DraftSection.objects.bulk_create(
            DraftSection(
                agreement=agreement,
                key=section.key,
                owner_role=section.owner or "",
                position=position,
                values=values.get(section.key) or _built_in(section),
            )
            for position, section in enumerate(pack().start_agreement.values())
        )


def _check_open(agreement: Agreement) -> None:
    """What was withdrawn or accepted stays as it is."""
    fresh = Agreement.objects.get(pk=agreement.pk)
    if fresh.withdrawn_at or hasattr(fresh.revisions.order_by("-number").first(), "seal"):
        raise CannotBegin(_("This agreement is closed. Make a new one that succeeds it."))


@transaction.atomic
def save_section(
    *, by: By, agreement: Agreement, key: str, values: dict[str, Any], seen: int, now: datetime
) -> None:
    """Save one part of the working text; `seen` is the version the writer had before them."""
    roles = checks.require(by.person, OnRoute.PROPOSE, agreement.route, now=now)
    lock(agreement.route_id)
    draft = DraftSection.objects.filter(agreement=agreement, key=key).first()
    if draft is None:
        raise NotFound
    if not may_write(draft.owner_role, roles):
        raise Refused(_("This part is for somebody else to write."))
    _check_open(agreement)
    saved = DraftSection.objects.filter(pk=draft.pk, version=seen).update(
        values=values, written_by=by.person.name, written_at=now, version=F("version") + 1
    )
    if not saved:
        draft.refresh_from_db()
        if draft.values != values:
            raise SectionStale(draft)
        return
    with translation.override(agreement.language):
        title = str(pack().start_agreement[key].title)
    audit.record(
        "agreement.section",
        actor=by.actor,
        now=now,
        route_id=agreement.route_id,
        subject_id=agreement.pk,
        section=title,
        title=agreement.title,
    )
    moves.rebuild(agreement.route)


@transaction.atomic
def begin_successor(*, by: By, agreement: Agreement, now: datetime) -> Agreement:
    """Begin a start agreement that takes the place of one that holds, from the text that was
    agreed to; or find the one that was begun already."""
    checks.require(by.person, OnRoute.PROPOSE, agreement.route, now=now)
    lock(agreement.route_id)
    last = agreement.revisions.order_by("-number").first()
    if agreement.kind != Kind.START or last is None or not hasattr(last, "seal"):
        raise CannotBegin(_("Only an agreement that holds can be succeeded."))
    if agreement.route.state in ENDED:
        raise CannotBegin(_("This route has ended."))
    begun = Agreement.objects.filter(succeeds=agreement, withdrawn_at=None)
    if found := begun.first():
        return found
    try:
        with transaction.atomic():
            successor = Agreement.objects.create(
                route=agreement.route,
                placement=agreement.placement,
                kind=Kind.START,
                title=agreement.title,
                language=agreement.language,
                created_by=by.person,
                created_at=now,
                succeeds=agreement,
            )
    except IntegrityError:
        return begun.get()
    agreed = {
        section["key"]: {field["key"]: field["value"] for field in section["fields"]}
        for section in last.body["sections"]
    }
    fill_drafts(successor, agreed)
    Signatory.objects.bulk_create(
        Signatory(agreement=successor, person_id=one.person_id, capacity=one.capacity)
        for one in agreement.signatories.all()
    )
    audit.record(
        "agreement.begun",
        actor=by.actor,
        now=now,
        route_id=agreement.route_id,
        subject_id=successor.pk,
        title=successor.title,
    )
    moves.rebuild(agreement.route)
    return successor


@transaction.atomic
def add_signatory(
    *, by: By, agreement: Agreement, person: Person, capacity: str, now: datetime
) -> None:
    """Ask somebody beside the partners to agree too, from the next proposed text on."""
    checks.require(by.person, OnRoute.PROPOSE, agreement.route, now=now)
    _check_open(agreement)
    partners = agreement.route.participations.filter(
        role__in=PARTNERS, person=person, ended_at=None, declined_at=None
    )
    if partners.exists():
        raise CannotBegin(
            _("%(name)s is a partner on this route, and is asked already.") % {"name": person.name},
            field="email",
        )
    _row, made = Signatory.objects.get_or_create(
        agreement=agreement, person=person, defaults={"capacity": capacity.strip()}
    )
    if made:
        audit.record(
            "agreement.signatory",
            actor=by.actor,
            now=now,
            route_id=agreement.route_id,
            subject_id=agreement.pk,
            name=person.name,
            title=agreement.title,
        )


@transaction.atomic
def remove_signatory(*, by: By, agreement: Agreement, signatory_id: UUID, now: datetime) -> None:
    """From the next proposed text on, this person is no longer asked."""
    checks.require(by.person, OnRoute.PROPOSE, agreement.route, now=now)
    _check_open(agreement)
    row = Signatory.objects.filter(pk=signatory_id, agreement=agreement)
    name = row.values_list("person__name", flat=True).first()
    if row.delete()[0]:
        audit.record(
            "agreement.signatory_gone",
            actor=by.actor,
            now=now,
            route_id=agreement.route_id,
            subject_id=agreement.pk,
            name=name,
            title=agreement.title,
        )
