"""Whose move it is: worked out anew after every change, from what each package knows is open.

Moves are kept as rows so that "what waits for me" is one indexed read, however many routes there
are; they are derived, and `rebuild` on any route at any time gives the same rows again.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Move, Preparation, Route, Stop
from tussenstop.routes.rules import (
    BEFORE_AGREED,
    ENDED,
    MOVE_ORDER,
    NOTHING_WAITS,
    OWN_PACE,
    PREPARE_DAYS,
    MoveCode,
    State,
)


@dataclass(frozen=True, slots=True)
class Open:
    """Something open on a route, and for whom; `until` when time alone closes it."""

    code: MoveCode
    role: str
    subject_id: UUID
    since: datetime
    person_id: UUID | None = None
    institution_id: UUID | None = None
    organisation_id: UUID | None = None
    until: datetime | None = None


Provider = Callable[[Route], Iterable[Open]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let a package say what it knows is open on a route. Called once, at start-up."""
    if provider not in _providers:
        _providers.append(provider)


def morning(day: date) -> datetime:
    """The first moment of a day where the installation stands."""
    return timezone.make_aware(datetime.combine(day, time.min))


_later: ContextVar[dict[UUID, Route] | None] = ContextVar("moves to work out later", default=None)


@contextmanager
def once_at_the_end() -> Iterator[None]:
    """Many actions on the same routes in one transaction: their moves are worked out once, after
    the last. Nothing in between may ask whose move it is."""
    routes: dict[UUID, Route] = {}
    token = _later.set(routes)
    try:
        yield
    finally:
        _later.reset(token)
    for route in routes.values():
        rebuild(route)


@transaction.atomic(savepoint=False)
def rebuild(route: Route) -> None:
    """Work out the moves of this route again. Called by every action, in its transaction. Two
    actions on one route follow each other here, so that neither leaves the other's moves behind."""
    later = _later.get()
    if later is not None:
        later[route.pk] = route
        return
    fresh = lock(route.pk)
    found = [] if fresh.state in ENDED else [o for provide in _providers for o in provide(fresh)]
    Move.objects.filter(route=route).delete()
    Move.objects.bulk_create(
        Move(
            route=route,
            code=o.code,
            role=o.role,
            person_id=o.person_id,
            institution_id=o.institution_id,
            organisation_id=o.organisation_id,
            subject_id=o.subject_id,
            since=o.since,
            until=o.until,
        )
        for o in found
    )
    first = min(
        (o for o in found if o.code not in {MoveCode.PREPARE_STOP, *OWN_PACE}),
        key=lambda o: (o.since, MOVE_ORDER[o.code]),
        default=None,
    )
    route.attention_at = first.since if first else NOTHING_WAITS
    route.waiting_for = first.role if first else ""
    Route.objects.filter(pk=route.pk).update(
        attention_at=route.attention_at, waiting_for=route.waiting_for
    )


def current_stop(stops: Iterable[Stop]) -> Stop | None:
    """The first stop that is neither done nor skipped; a stretch lies between stops and never
    holds up what comes after it."""
    return next(
        (s for s in stops if s.done_at is None and s.skipped_at is None and not s.stretch), None
    )


def open_parts(route: Route) -> list[Participation]:
    """Everybody asked for a role on this route, except who declined or left."""
    return list(route.participations.filter(ended_at=None, declined_at=None))


def people_open(route: Route) -> Iterable[Open]:
    """Roles to accept, and roles nobody has yet."""
    parts = open_parts(route)
    for part in parts:
        if part.accepted_at is None:
            yield Open(
                MoveCode.ACCEPT_ROLE, part.role, part.pk, part.invited_at, person_id=part.person_id
            )
    roles = {part.role for part in parts}
    if RouteRole.TEACHER not in roles:
        yield Open(
            MoveCode.APPOINT_TEACHER,
            RouteRole.PROGRAMME_COORDINATOR,
            route.pk,
            route.created_at,
            institution_id=route.institution_id,
        )
    placements = [p for p in route.placements.all() if p.ended_at is None]
    student_is_in = any(p.role == RouteRole.STUDENT and p.accepted_at for p in parts)
    if not placements and student_is_in and route.state in BEFORE_AGREED:
        yield Open(
            MoveCode.CHOOSE_WORKPLACE,
            RouteRole.STUDENT,
            route.pk,
            route.state_since,
            person_id=route.student_id,
        )
    mentored = {part.placement_id for part in parts if part.role == RouteRole.MENTOR}
    for placement in placements:
        if placement.pk not in mentored:
            yield Open(
                MoveCode.APPOINT_MENTOR,
                RouteRole.ORGANISATION_COORDINATOR,
                placement.pk,
                placement.created_at,
                organisation_id=placement.organisation_id,
            )
    if route.state == State.AGREED and placements:
        first_day = min(p.starts_on for p in placements)
        yield Open(
            MoveCode.BEGIN_ROUTE,
            RouteRole.STUDENT,
            route.pk,
            max(route.state_since, morning(first_day)),
            person_id=route.student_id,
        )


def stops_open(route: Route) -> Iterable[Open]:
    """The current stop: to plan, to answer, to prepare, to close."""
    if route.state == State.PAUSED:
        return
    stop = current_stop(route.stops.order_by("position"))
    if stop is None:
        return
    present = {p.role: p.person_id for p in open_parts(route) if p.accepted_at}
    lead = stop.lead if stop.lead in present else RouteRole.STUDENT
    if lead not in present:
        return
    moment = stop.moments.filter(ended_at=None).first()
    if moment:
        for answer in moment.answers.filter(at=None):
            role = next((r for r, p in present.items() if p == answer.person_id), "")
            yield Open(
                MoveCode.ANSWER_MOMENT,
                role,
                stop.pk,
                moment.proposed_at,
                person_id=answer.person_id,
            )
    if stop.starts_at is None:
        if moment is None:
            aimed = morning(stop.aimed_on) - timedelta(days=14) if stop.aimed_on else None
            since = max(filter(None, [aimed, route.created_at]))
            yield Open(MoveCode.PLAN_STOP, lead, stop.pk, since, person_id=present[lead])
        return
    ends_at = stop.starts_at + timedelta(minutes=stop.minutes)
    yield Open(MoveCode.CLOSE_STOP, lead, stop.pk, ends_at, person_id=present[lead])
    prepared = set(Preparation.objects.filter(stop=stop).values_list("person_id", flat=True))
    for role in stop.attends:
        person_id = present.get(role)
        if person_id and person_id not in prepared:
            yield Open(
                MoveCode.PREPARE_STOP,
                role,
                stop.pk,
                stop.starts_at - timedelta(days=PREPARE_DAYS),
                person_id=person_id,
                until=stop.starts_at,
            )
