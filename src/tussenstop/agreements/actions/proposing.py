"""Putting a text before everybody it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import PARTNERS, RouteRole
from tussenstop.agreements import notifications
from tussenstop.agreements.actions.consent import lock, newest, vote
from tussenstop.agreements.bodies import change_body, start_body
from tussenstop.agreements.models import Agreement, Party, Revision
from tussenstop.agreements.rules import (
    SIGNATORY,
    SUCCEEDABLE,
    Answer,
    Kind,
    digest,
    plain,
)
from tussenstop.content import pack
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves
from tussenstop.routes.actions.state import missing_for
from tussenstop.routes.locking import lock as lock_route
from tussenstop.routes.models import Route
from tussenstop.routes.rules import ENDED, TRANSITIONS, State

# The state a kind of agreement leads to; others leave the state alone.
LEADS_TO = {
    Kind.PAUSE: State.PAUSED,
    Kind.CLOSING: State.COMPLETED,
    Kind.STOPPING: State.STOPPED,
}


class CannotPropose(DomainError):
    """This text can't be put before its parties now."""


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


def may_be_succeeded(agreement: Agreement, *, route: Route, kind: Kind) -> bool:
    """Whether a new agreement of this kind can take the place of this one."""
    last = newest(agreement)
    return (
        agreement.route_id == route.pk
        and agreement.kind == kind
        and kind in SUCCEEDABLE
        and last is not None
        and hasattr(last, "seal")
    )


def _check_new(last: Revision, body: dict[str, Any], named: Sequence[Named]) -> None:
    """The same text for the same people is no new question, unless somebody objected to it."""
    if (
        last.body_digest == digest(body)
        and {n.person.pk for n in named} == set(last.parties.values_list("person_id", flat=True))
        and not last.parties.filter(consent__answer__in=[Answer.NO, Answer.CHANGE]).exists()
    ):
        raise CannotPropose(_("The text is the same as the one already proposed."))


def put_before(
    *,
    by: By,
    agreement: Agreement,
    body: dict[str, Any],
    named: Sequence[Named],
    why: str,
    now: datetime,
    agrees: bool = True,
) -> Revision:
    """Put a text before everybody it names. Who proposes it `agrees` to it by doing so."""
    last = newest(agreement)
    revision = Revision.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        body=body,
        body_digest=digest(body),
        proposed_by=by.person,
        proposed_at=now,
        why=plain(why),
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
    if mine and agrees:
        vote(by=by, revision=revision, party=mine, answer=Answer.YES, now=now)
    # Read anew: when the proposer is the only one it names, it has just taken effect.
    moves.rebuild(Route.objects.get(pk=agreement.route_id))
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
    body, named = start_body(agreement), parties_of(agreement, now)
    if last:
        _check_new(last, body, named)
    return put_before(by=by, agreement=agreement, body=body, named=named, why=why, now=now)


def _check_stops(route: Route, operations: Sequence[Mapping[str, Any]]) -> None:
    """Stops that are behind us stay where they are; one stop is changed once."""
    if not operations:
        raise CannotPropose(_("Choose at least one change of the stops."))
    known = {str(pk) for pk in route.stops.values_list("pk", flat=True)}
    ahead = {
        str(pk)
        for pk in route.stops.filter(done_at=None, skipped_at=None).values_list("pk", flat=True)
    }
    touched = [operation["stop"] for operation in operations if operation["do"] != "add"]
    if len(set(touched)) < len(touched):
        raise CannotPropose(_("You change the same stop twice. Choose one change for it."))
    if not ahead.issuperset(touched):
        raise CannotPropose(_("A stop that is done or skipped can't be changed any more."))
    for operation in operations:
        after = operation.get("after")
        if after and (after not in known or after == operation.get("stop")):
            raise CannotPropose(
                _("Choose another stop after which this one comes."),
                field="after" if operation["do"] == "add" else "move_after",
            )
        if operation["do"] == "add" and not plain(operation["name"]):
            raise CannotPropose(_("Give the new stop a name."), field="name")


def _check_data(route: Route, kind: Kind, data: Mapping[str, Any]) -> None:
    """What would change must be possible on this route."""
    if kind == Kind.PERIOD:
        if not route.placements.filter(pk=data["placement"], ended_at=None).exists():
            raise CannotPropose(_("Choose a placement of this route."), field="placement")
        if data["ends_on"] < data["starts_on"]:
            raise CannotPropose(_("The last day comes before the first day."), field="ends_on")
    if kind == Kind.PAUSE and data.get("back_on") and data["back_on"] <= data["starts_on"]:
        raise CannotPropose(_("The day of return comes before the pause."), field="back_on")
    if kind == Kind.STOPS:
        _check_stops(route, data["operations"])
    if kind == Kind.RHYTHM and not set(data["rhythm"]) <= set(pack().conversations):
        raise CannotPropose(_("Choose kinds of conversations that there are."))


def _check_change(route: Route, kind: Kind, data: dict[str, Any], text: str) -> None:
    if kind == Kind.START:
        raise CannotPropose(_("A start agreement is written together first, then proposed."))
    if route.state in ENDED:
        raise CannotPropose(_("This route has ended."))
    if route.agreed_at and (missing := missing_for(route, State.AGREED)):
        raise CannotPropose(" ".join(missing))
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
    if kind in {Kind.CLOSING, Kind.STOPPING, Kind.FREE} and not plain(text):
        raise CannotPropose(_("Write what you agree on, in your own words."), field="text")
    _check_data(route, kind, data)


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
    lock_route(route.pk)
    if already := Agreement.objects.filter(pk=key, route=route).first():
        return already
    _check_change(route, kind, data, text)
    if succeeds and not may_be_succeeded(succeeds, route=route, kind=kind):
        raise CannotPropose(_("Only an agreement that holds can be succeeded."))
    language = route.student.language
    with translation.override(language):
        title = plain(title)[:160] or str(kind.label).capitalize()
    placements = list(route.placements.filter(ended_at=None)[:2])
    try:
        with transaction.atomic():
            agreement = Agreement.objects.create(
                pk=key,
                route=route,
                placement=placements[0] if len(placements) == 1 else None,
                kind=kind,
                title=title,
                language=language,
                created_by=by.person,
                created_at=now,
                succeeds=succeeds,
            )
    except IntegrityError as error:
        if already := Agreement.objects.filter(pk=key, route=route).first():
            return already
        raise Stale(_("Somebody else is already succeeding this agreement.")) from error
    body = change_body(route=route, kind=kind, text=text, data=data, language=language)
    put_before(
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
    if last is None or agreement.withdrawn_at or hasattr(last, "seal"):
        raise CannotPropose(_("This agreement is closed. Make a new one that succeeds it."))
    _check_change(agreement.route, Kind(agreement.kind), data, text)
    body = change_body(
        route=agreement.route,
        kind=agreement.kind,
        text=text,
        data=data,
        language=agreement.language,
    )
    if last.number > seen:
        if last.proposed_by_id == by.person.pk and last.body == body:
            return last
        raise Stale(_("Somebody else just proposed a newer text. Read that one first."))
    named = parties_of(agreement, now)
    _check_new(last, body, named)
    return put_before(by=by, agreement=agreement, body=body, named=named, why=why, now=now)


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
