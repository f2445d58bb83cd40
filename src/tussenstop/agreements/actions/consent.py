"""Proposing a text, answering it, sealing it when everybody agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import PARTNERS, RouteRole
from tussenstop.agreements import effects, jobs, notifications
from tussenstop.agreements.bodies import change_body, start_body
from tussenstop.agreements.models import Agreement, Consent, Party, Revision, Seal
from tussenstop.agreements.rules import Answer, Kind, digest, holds
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.core.models import StoredFile
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves
from tussenstop.routes.actions.state import missing_for
from tussenstop.routes.models import Route
from tussenstop.routes.rules import ENDED, TRANSITIONS, State

SIGNATORY = "signatory"

# The state a kind of agreement leads to; others leave the state alone.
LEADS_TO = {
    Kind.PAUSE: State.PAUSED,
    Kind.CLOSING: State.COMPLETED,
    Kind.STOPPING: State.STOPPED,
}


class CannotPropose(DomainError):
    """This text can't be put before its parties now."""


class CannotAnswer(DomainError):
    """This text can't be answered, or not like this."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a text names: who must agree, and as what."""

    person: Person
    role: str
    capacity: str = ""


def parties_of(agreement: Agreement, now: datetime) -> list[Named]:
    """Who must agree: the partners who take part now (at this placement, for mentors), and
    whoever was asked beside them."""
    parts = (
        Participation.objects.filter(checks.taking_part(now), route=agreement.route_id)
        .filter(role__in=PARTNERS)
        .select_related("person")
        .order_by("accepted_at")
    )
    order = {role.value: place for place, role in enumerate(PARTNERS)}
    named = [
        Named(part.person, part.role)
        for part in sorted(parts, key=lambda p: order[p.role])
        if not (
            agreement.placement_id
            and part.role == RouteRole.MENTOR
            and part.placement_id != agreement.placement_id
        )
    ]
    known = {n.person.pk for n in named}
    named.extend(
        Named(extra.person, SIGNATORY, extra.capacity)
        for extra in agreement.signatories.select_related("person")
        if extra.person_id not in known
    )
    return list({n.person.pk: n for n in reversed(named)}.values())[::-1]


def lock(agreement: Agreement) -> Agreement:
    """Make whoever else acts on this agreement at this moment wait for us; returns it fresh."""
    Agreement.objects.filter(pk=agreement.pk).update(version=F("version") + 1)
    return Agreement.objects.select_related("route__student", "placement").get(pk=agreement.pk)


def newest(agreement: Agreement) -> Revision | None:
    return agreement.revisions.order_by("-number").first()


def _put_before(
    *,
    by: By,
    agreement: Agreement,
    body: dict[str, Any],
    named: Sequence[Named],
    why: str,
    now: datetime,
) -> Revision:
    last = newest(agreement)
    revision = Revision.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        body=body,
        body_digest=digest(body),
        proposed_by=by.person,
        proposed_at=now,
        why=why.strip(),
    )
    Party.objects.bulk_create(
        Party(
            revision=revision,
            person=n.person,
            role=n.role,
            capacity=n.capacity,
            name=n.person.name,
            position=position,
        )
        for position, n in enumerate(named)
    )
    audit.record(
        "agreement.proposed",
        actor=by.actor,
        now=now,
        route_id=agreement.route_id,
        subject_id=agreement.pk,
        title=agreement.title,
        number=revision.number,
    )
    others = [n.person for n in named if n.person.pk != by.person.pk]
    notifications.proposed(revision, others, now=now)
    # Who proposes a text agrees to it: asking them again would waste their time.
    mine = revision.parties.filter(person=by.person).first()
    if mine:
        _vote(by=by, revision=revision, party=mine, answer=Answer.YES, now=now)
    moves.rebuild(agreement.route)
    return revision


@transaction.atomic
def propose_start(
    *, by: By, agreement: Agreement, seen: int, now: datetime, why: str = ""
) -> Revision:
    """Put the working text of a start agreement before everybody. `seen` is the number of the
    newest text the proposer knew (0 for none): proposing twice makes one text."""
    checks.require(by.person, OnRoute.PROPOSE, agreement.route, now=now)
    agreement = lock(agreement)
    last = newest(agreement)
    if last and last.number > seen:
        if last.proposed_by_id == by.person.pk and last.body == start_body(agreement):
            return last
        raise Stale(_("Somebody else just proposed a newer text. Read that one first."))
    if agreement.withdrawn_at or (last and hasattr(last, "seal")):
        raise CannotPropose(_("This agreement is closed. Make a new one that succeeds it."))
    if agreement.route.state in ENDED:
        raise CannotPropose(_("This route has ended."))
    if missing := missing_for(agreement.route, State.AGREED):
        raise CannotPropose(" ".join(missing))
    body = start_body(agreement)
    if (
        last
        and last.body_digest == digest(body)
        and not last.parties.filter(consent__answer__in=[Answer.NO, Answer.CHANGE]).exists()
    ):
        raise CannotPropose(_("The text is the same as the one already proposed."))
    return _put_before(
        by=by, agreement=agreement, body=body, named=parties_of(agreement, now), why=why, now=now
    )


def _check_change(route: Route, kind: Kind, data: dict[str, Any], text: str) -> None:
    if route.state in ENDED:
        raise CannotPropose(_("This route has ended."))
    to = (
        State(route.state_before_pause)
        if kind == Kind.RESUME and route.state_before_pause
        else LEADS_TO.get(kind)
    )
    if kind == Kind.RESUME and route.state != State.PAUSED:
        raise CannotPropose(_("This route is not paused."))
    if to and (State(route.state), to) not in TRANSITIONS:
        raise CannotPropose(
            _("A route that is “%(before)s” can't become “%(after)s”.")
            % {"before": State(route.state).label, "after": to.label}
        )
    if kind in {Kind.CLOSING, Kind.STOPPING, Kind.FREE} and not text.strip():
        raise CannotPropose(_("Write what you agree on, in your own words."), field="text")
    if kind == Kind.PERIOD and data["ends_on"] < data["starts_on"]:
        raise CannotPropose(_("The last day comes before the first day."), field="ends_on")
    if kind == Kind.STOPS and not data["operations"]:
        raise CannotPropose(_("Choose at least one change of the stops."))


@transaction.atomic
def propose_change(
    *,
    by: By,
    route: Route,
    kind: Kind,
    key: UUID,
    title: str,
    text: str,
    data: dict[str, Any],
    now: datetime,
    succeeds: Agreement | None = None,
) -> Agreement:
    """Propose something that binds the partners. `key` came with the form: sent twice, proposed
    once. `data` holds what changes (see bodies.py and effects.py)."""
    checks.require(by.person, OnRoute.PROPOSE, route, now=now)
    if already := Agreement.objects.filter(pk=key, route=route).first():
        return already
    _check_change(route, kind, data, text)
    if route.agreed_at and kind != Kind.STOPPING and (missing := missing_for(route, State.AGREED)):
        raise CannotPropose(" ".join(missing))
    placement = route.placements.filter(ended_at=None).order_by("starts_on").first()
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(
                pk=key,
                route=route,
                placement=placement if route.placements.count() == 1 else None,
                kind=kind,
                title=title.strip()[:160] or str(kind.label),
                language=route.student.language,
                created_by=by.person,
                created_at=now,
                succeeds=succeeds,
            )
    except IntegrityError as error:
        raise Stale(_("Somebody else is already succeeding this agreement.")) from error
    body = change_body(route=route, kind=kind, text=text, data=data, language=agreement.language)
    _put_before(
        by=by, agreement=agreement, body=body, named=parties_of(agreement, now), why="", now=now
    )
    return agreement


@transaction.atomic
def propose_again(
    *,
    by: By,
    agreement: Agreement,
    text: str,
    data: dict[str, Any],
    seen: int,
    now: datetime,
    why: str = "",
) -> Revision:
    """A changed text of an agreement that is not a start agreement; asks everybody again."""
    checks.require(by.person, OnRoute.PROPOSE, agreement.route, now=now)
    agreement = lock(agreement)
    last = newest(agreement)
    body = change_body(
        route=agreement.route,
        kind=agreement.kind,
        text=text,
        data=data,
        language=agreement.language,
    )
    if last is None or agreement.withdrawn_at or hasattr(last, "seal"):
        raise CannotPropose(_("This agreement is closed. Make a new one that succeeds it."))
    if last.number > seen:
        if last.proposed_by_id == by.person.pk and last.body == body:
            return last
        raise Stale(_("Somebody else just proposed a newer text. Read that one first."))
    _check_change(agreement.route, Kind(agreement.kind), data, text)
    return _put_before(
        by=by, agreement=agreement, body=body, named=parties_of(agreement, now), why=why, now=now
    )


def _vote(
    *,
    by: By,
    revision: Revision,
    party: Party,
    answer: Answer,
    now: datetime,
    section: str = "",
    reason: str = "",
    scan: StoredFile | None = None,
) -> None:
    elsewhere = party.person_id != by.person.pk
    agreement = revision.agreement
    try:
        with transaction.atomic():
            Consent.objects.create(
                party=party,
                answer=answer,
                section=section,
                reason=reason.strip(),
                means="elsewhere" if elsewhere else by.means,
                recorded_by=by.person.name if elsewhere else "",
                scan=scan,
                at=now,
            )
    except IntegrityError as error:
        given = Consent.objects.get(party=party)
        if given.answer == answer:
            return
        raise CannotAnswer(_("You answered this text before.")) from error
    audit.record(
        "agreement.elsewhere" if elsewhere else f"agreement.{answer.value}",
        actor=by.actor,
        now=now,
        route_id=agreement.route_id,
        subject_id=agreement.pk,
        title=agreement.title,
        number=revision.number,
        **({"name": party.name} if elsewhere else {"reason": reason.strip()} if reason else {}),
    )
    agreed = revision.parties.filter(consent__answer=Answer.YES).values_list("pk", flat=True)
    if holds(parties=revision.parties.values_list("pk", flat=True), agreed=agreed):
        _seal(revision, now=now)


@transaction.atomic
def answer(
    *,
    by: By,
    revision: Revision,
    answer: Answer,
    now: datetime,
    section: str = "",
    reason: str = "",
) -> None:
    """Answer one exact text. Yes holds for good; asking for a change or saying no needs a reason.
    Raises NotFound for who is no party, Stale when a newer text is on the table."""
    agreement = lock(revision.agreement)
    party = revision.parties.filter(person=by.person).first()
    if party is None:
        raise NotFound
    last = newest(agreement)
    if last is None or last.pk != revision.pk:
        raise Stale(_("The text was changed meanwhile. Read the new one, then answer that."))
    if agreement.withdrawn_at:
        raise CannotAnswer(_("This agreement was withdrawn."))
    if answer != Answer.YES and not reason.strip():
        raise CannotAnswer(
            _("Say in a few words what you would like to see changed."), field="reason"
        )
    _vote(by=by, revision=last, party=party, answer=answer, now=now, section=section, reason=reason)
    if answer != Answer.YES:
        notifications.contested(last, by.person, reason.strip(), now=now)
    moves.rebuild(Route.objects.get(pk=agreement.route_id))


@transaction.atomic
def record_elsewhere(
    *, by: By, revision: Revision, party_id: UUID, scan: StoredFile, now: datetime
) -> None:
    """Record that a party signed on paper, with the scanned page. The party is told."""
    checks.require(by.person, OnRoute.PROPOSE, revision.agreement.route, now=now)
    agreement = lock(revision.agreement)
    last = newest(agreement)
    if last is None or last.pk != revision.pk or agreement.withdrawn_at:
        raise Stale(_("The text was changed meanwhile. Read the new one, then answer that."))
    party = last.parties.select_related("person").filter(pk=party_id).first()
    if party is None:
        raise NotFound
    if party.person_id == by.person.pk:
        raise CannotAnswer(_("You are here yourself: agree with the button."))
    _vote(by=by, revision=last, party=party, answer=Answer.YES, now=now, scan=scan)
    notifications.recorded_elsewhere(last, party.person, by.person, now=now)
    moves.rebuild(Route.objects.get(pk=agreement.route_id))


def sealed_content(revision: Revision, now: datetime) -> dict[str, Any]:
    """Everything the digest is taken over: text, parties and consents."""
    agreement = revision.agreement
    return {
        "agreement": str(agreement.pk),
        "kind": agreement.kind,
        "title": agreement.title,
        "language": agreement.language,
        "revision": revision.number,
        "proposed_at": revision.proposed_at.isoformat(),
        "text": revision.body,
        "parties": [
            {
                "name": party.name,
                "role": party.role,
                "capacity": party.capacity,
                "answer": party.consent.answer,
                "at": party.consent.at.isoformat(),
                "means": party.consent.means,
                "recorded_by": party.consent.recorded_by,
                "scan": party.consent.scan.sha256 if party.consent.scan else "",
            }
            for party in revision.parties.select_related("consent__scan").order_by("position")
        ],
        "sealed_at": now.isoformat(),
    }


def _seal(revision: Revision, *, now: datetime) -> None:
    content = sealed_content(revision, now)
    seal = Seal.objects.create(
        revision=revision, digest=digest(content), content=content, sealed_at=now
    )
    agreement = revision.agreement
    audit.record(
        "agreement.sealed",
        actor=audit.SYSTEM,
        now=now,
        route_id=agreement.route_id,
        subject_id=agreement.pk,
        title=agreement.title,
        number=revision.number,
    )
    effects.apply(agreement, revision.body, now=now)
    notifications.sealed(revision, now=now)
    transaction.on_commit(partial(jobs.make_pdf.enqueue, str(seal.pk)))


@transaction.atomic
def withdraw(*, by: By, agreement: Agreement, now: datetime) -> None:
    """Take an agreement that does not hold yet off the table."""
    checks.require(by.person, OnRoute.PROPOSE, agreement.route, now=now)
    agreement = lock(agreement)
    last = newest(agreement)
    if last and hasattr(last, "seal"):
        raise CannotPropose(_("This agreement holds. It can be succeeded, not withdrawn."))
    proposer = last.proposed_by_id if last else agreement.created_by_id
    if by.person.pk not in {proposer, agreement.created_by_id}:
        raise CannotPropose(_("Only who proposed this can withdraw it."))
    if agreement.withdrawn_at:
        return
    Agreement.objects.filter(pk=agreement.pk).update(withdrawn_at=now, withdrawn_by=by.person.name)
    audit.record(
        "agreement.withdrawn",
        actor=by.actor,
        now=now,
        route_id=agreement.route_id,
        subject_id=agreement.pk,
        title=agreement.title,
    )
    moves.rebuild(agreement.route)
