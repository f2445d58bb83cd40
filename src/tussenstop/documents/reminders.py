"""Letters about documents that wait: one a day at most for each person, and seldom."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import translation

from tussenstop.core import letters
from tussenstop.core.errors import NotFound, Refused
from tussenstop.documents.gates import is_asked
from tussenstop.documents.models import Reminded
from tussenstop.documents.queries import documents_of
from tussenstop.people.models import Person
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role
from tussenstop.routes.models import Move, Route
from tussenstop.routes.rules import LIVE, MoveCode, State

AFTER_DAYS = (7, 21)  # that long after somebody was asked


def remind(now: datetime) -> None:
    """Write to everybody whose documents have waited long enough. A day on which nobody looked is
    made up for: a letter is owed from its day on, and sent once."""
    owed: dict[UUID, list[tuple[Move, int]]] = defaultdict(list)
    people: dict[UUID, Person] = {}
    for move in _waiting(now):
        step = max(days for days in AFTER_DAYS if move.since <= now - timedelta(days=days))
        for person in _whose(move, now):
            people[person.pk] = person
            owed[person.pk].append((move, step))
    for person_id, moves in owed.items():
        _write(people[person_id], moves, now)


def _waiting(now: datetime) -> Iterable[Move]:
    going_on = [state for state in LIVE if state != State.PAUSED]
    return (
        Move.objects.filter(
            Q(until=None) | Q(until__gt=now),
            code=MoveCode.GIVE_PAPERS,
            since__lte=now - timedelta(days=AFTER_DAYS[0]),
            route__state__in=going_on,
        )
        .select_related("route__student", "person", "institution", "organisation")
        .order_by("since", "pk")
        .iterator(chunk_size=500)
    )


def _whose(move: Move, now: datetime) -> list[Person]:
    if move.organisation:
        return list(holders(move.organisation, [Role.ORGANISATION_COORDINATOR], now=now))
    if move.institution:
        return list(holders(move.institution, [Role.PROGRAMME_COORDINATOR], now=now))
    return [move.person] if move.person and move.person.is_active else []


def _write(person: Person, moves: list[tuple[Move, int]], now: datetime) -> None:
    """One letter about all the routes for which one is owed."""
    told = [
        (move.route, names)
        for move, step in moves
        if _is_owed(person, move, step, now) and (names := _names(person, move, now))
    ]
    if not told:
        return
    one = told[0][0].pk if len(told) == 1 else None
    letters.send(
        to=person.email,
        language=person.language,
        template="documents/reminder",
        context={
            "name": person.first_name,
            "routes": _lines(person, told),
            "action_url": letters.address("documents", one) if one else letters.address("today"),
        },
    )


def _is_owed(person: Person, move: Move, step: int, now: datetime) -> bool:
    """Whether this letter was not sent yet; from here on it was."""
    _row, made = Reminded.objects.get_or_create(
        route=move.route, person=person, since=move.since, after_days=step, defaults={"at": now}
    )
    return made


def _names(person: Person, move: Move, now: datetime) -> list[str]:
    """The documents this person can see to, by name in their language; nothing when they no longer
    may see the route."""
    with translation.override(person.language):
        try:
            found = documents_of(person=person, route_id=move.route_id, now=now)
        except (NotFound, Refused):
            return []
        return [
            line.shown.required.name
            for line in found.lines
            if line.may_give
            and line.shown.required.provider == move.role
            and is_asked(line.shown, found.view.route, now)
        ]


def _lines(person: Person, told: list[tuple[Route, list[str]]]) -> list[tuple[str, str]]:
    """Whose route, and which documents."""
    return [
        ("" if route.student_id == person.pk else route.student.name, ", ".join(names))
        for route, names in told
    ]
