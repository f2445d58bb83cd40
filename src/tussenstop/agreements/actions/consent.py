"""Proposing a text, answering it, sealing it when everybody agreed."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.agreements import effects, jobs, notifications
from tussenstop.agreements.models import Agreement, Consent, Party, Revision, Seal
from tussenstop.agreements.rules import (
    SIGNATORY,
    Answer,
    digest,
    holds,
    plain,
)
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.core.models import StoredFile
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.actions.people import answer_invitation
from tussenstop.routes.locking import lock as lock_route
from tussenstop.routes.models import Route
from tussenstop.routes.rules import ENDED


class CannotAnswer(DomainError):
    """This text can't be answered, or not like this."""


def lock(agreement: Agreement) -> Agreement:
    """Make whoever else acts on this route or this agreement at this moment wait for us; returns it
    fresh."""
    lock_route(agreement.route_id)
    Agreement.objects.filter(pk=agreement.pk).update(version=F("version") + 1)
    return Agreement.objects.select_related("route__student", "placement").get(pk=agreement.pk)


def newest(agreement: Agreement) -> Revision | None:
    return agreement.revisions.order_by("-number").first()


def vote(
    *,
    by: By,
    revision: Revision,
    party: Party,
    answer: Answer,
    now: datetime,
    section: str = "",
    reason: str = "",
    scan: StoredFile | None = None,
) -> bool:
    """Write down a vote, and seal when it was the last. Whether it is new: a double click isn't."""
    elsewhere = party.person_id != by.person.pk
    agreement = revision.agreement
    try:
        with transaction.atomic():
            Consent.objects.create(
                party=party,
                answer=answer,
                section=section,
                reason=plain(reason),
                means="elsewhere" if elsewhere else by.means,
                recorded_by=by.person.name if elsewhere else "",
                scan=scan,
                at=now,
            )
    except IntegrityError as error:
        given = Consent.objects.get(party=party)
        if given.answer == answer:
            return False
        raise CannotAnswer(_("You answered this text before.")) from error
    audit.record(
        "agreement.elsewhere" if elsewhere else f"agreement.{answer.value}",
        actor=by.actor,
        now=now,
        route_id=agreement.route_id,
        subject_id=agreement.pk,
        title=agreement.title,
        number=revision.number,
        **({"name": party.name} if elsewhere else {"reason": plain(reason)} if reason else {}),
    )
    agreed = revision.parties.filter(consent__answer=Answer.YES).values_list("pk", flat=True)
    if holds(parties=revision.parties.values_list("pk", flat=True), agreed=agreed):
        _seal(revision, now=now)
    return True


def _check_role(*, by: By, party: Party, answer: Answer, now: datetime) -> None:
    """Who answers as a partner still is one, or was asked to be. Agreeing as the mentor one was
    asked to be, is saying yes to that role too."""
    if party.role == SIGNATORY:
        return
    part = (
        Participation.objects.select_related("person", "invited_by", "route__student")
        .filter(
            Q(accepted_at=None) | checks.taking_part(now),
            route=party.revision.agreement.route_id,
            person=by.person,
            role=party.role,
            declined_at=None,
            ended_at=None,
        )
        .first()
    )
    if part is None:
        raise NotFound
    if part.accepted_at is None and answer == Answer.YES:
        answer_invitation(by=by, part=part, takes_part=True, now=now)


def _check_open(last: Revision, *, yes: bool) -> None:
    """A text of a route that has ended binds nobody any more; and it can't be agreed to over the
    head of a partner it names who no longer takes part."""
    if last.agreement.route.state in ENDED:
        raise CannotAnswer(_("This route has ended."))
    if not yes:
        return
    there = set(
        Participation.objects.filter(
            route=last.agreement.route_id, ended_at=None, declined_at=None
        ).values_list("person_id", "role")
    )
    for party in last.parties.exclude(role=SIGNATORY):
        if (party.person_id, party.role) not in there:
            raise CannotAnswer(
                _("%(name)s no longer takes part. Propose the text anew, to who does.")
                % {"name": party.name}
            )


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
    Raises NotFound or Refused for who is no party, Stale when a newer text is on the table."""
    agreement = lock(revision.agreement)
    party = revision.parties.filter(person=by.person).first()
    if party is None:
        checks.require(by.person, OnRoute.SEE_AGREEMENTS, agreement.route, now=now)
        raise Refused(_("Your answer is not asked on this text."))
    last = newest(agreement)
    if last is None or last.pk != revision.pk:
        raise Stale(_("The text was changed meanwhile. Read the new one, then answer that."))
    if agreement.withdrawn_at:
        raise CannotAnswer(_("This agreement was withdrawn."))
    if answer != Answer.YES and not plain(reason):
        raise CannotAnswer(
            _("Say in a few words what you would like to see changed."), field="reason"
        )
    if section and section not in {part["key"] for part in last.body["sections"]}:
        raise CannotAnswer(_("Choose a part of the text."), field="section")
    _check_role(by=by, party=party, answer=answer, now=now)
    _check_open(last, yes=answer == Answer.YES)
    new = vote(
        by=by, revision=last, party=party, answer=answer, now=now, section=section, reason=reason
    )
    if new and answer != Answer.YES:
        notifications.contested(last, by.person, plain(reason), now=now)
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
    _check_open(last, yes=True)
    others = last.parties.exclude(person=by.person).exclude(pk=party.pk)
    if not others.exclude(consent__means="elsewhere").exists():
        raise CannotAnswer(
            _("Nobody agrees on their own: let one of the others answer with their own link.")
        )
    if vote(by=by, revision=last, party=party, answer=Answer.YES, now=now, scan=scan):
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
