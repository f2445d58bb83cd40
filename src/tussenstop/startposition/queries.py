"""Reading a starting position, always for someone: the student all of it, others what is shared."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.content import Counterpart, PositionPart, Question, pack
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Competence, Person, Programme
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.startposition.answers import Said, all_said, is_answered, questions_of
from tussenstop.startposition.models import Part, PartOnDay, Sharing, Side
from tussenstop.startposition.rules import Audience, audiences_of, readable


@dataclass(frozen=True, slots=True)
class PartView:
    """One part with its questions for this student, and what was told."""

    part: PositionPart
    questions: dict[str, Question]
    row: Part | None
    shared_with: list[str]

    @property
    def answers(self) -> dict[str, object]:
        return self.row.answers if self.row else {}

    @property
    def answered(self) -> int:
        return sum(is_answered(self.answers.get(key)) for key in self.questions)

    @property
    def said(self) -> list[Said]:
        return all_said(self.questions, self.answers)


@dataclass(frozen=True, slots=True)
class Position:
    """The whole starting position, for its owner."""

    view: RouteView
    parts: list[PartView]
    sharing: Sharing | None

    @property
    def begun(self) -> bool:
        return any(part.row for part in self.parts)

    @property
    def next(self) -> PartView | None:
        """The first part in which nothing was told yet."""
        return next((part for part in self.parts if not part.answered), None)


def _parts(view: RouteView, sharing: Sharing | None) -> list[PartView]:
    rows = {row.key: row for row in Part.objects.filter(route=view.route)}
    shared = sharing.shared if sharing else {}
    return [
        PartView(
            part, questions_of(part, view.route.context), rows.get(key), list(shared.get(key, []))
        )
        for key, part in pack().starting_position.items()
    ]


def own_position(*, person: Person, route_id: UUID, now: datetime) -> Position:
    """The starting position of this student on this route. Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.TELL_POSITION)
    sharing = Sharing.objects.filter(route=view.route).first()
    return Position(view, _parts(view, sharing), sharing)


def own_part(
    *, person: Person, route_id: UUID, key: str, now: datetime
) -> tuple[Position, PartView]:
    """One part of it. Raises NotFound, or Refused."""
    position = own_position(person=person, route_id=route_id, now=now)
    part = next((one for one in position.parts if one.part.key == key), None)
    if part is None:
        raise NotFound
    return position, part


def competences_of(programme: Programme) -> list[Competence]:
    """What the programme leads to: the parts of competences that have parts, else themselves."""
    return list(Competence.objects.filter(programme=programme, parts=None).order_by("position"))


@dataclass(frozen=True, slots=True)
class Shared:
    """The starting position as some audiences read it: only parts shown to them, with an answer."""

    view: RouteView
    audiences: frozenset[Audience]
    parts: list[PartView]
    chosen: bool

    def answers(self, key: str) -> dict[str, object]:
        """What may be read of one part; nothing when it is not shared."""
        return next((part.answers for part in self.parts if part.part.key == key), {})


def _for(view: RouteView, audiences: Collection[Audience]) -> Shared:
    sharing = Sharing.objects.filter(route=view.route).first()
    visible = readable(sharing.shared, audiences) if sharing else set()
    parts = [part for part in _parts(view, sharing) if part.part.key in visible and part.answered]
    return Shared(view, frozenset(audiences), parts, sharing is not None)


def shared_position(*, person: Person, route_id: UUID, now: datetime, as_if: str = "") -> Shared:
    """What this person may read; the student sees it `as_if` they were one of the audiences.
    Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.READ_POSITION)
    if RouteRole.STUDENT in view.roles:
        if as_if not in set(Audience):
            raise NotFound
        return _for(view, [Audience(as_if)])
    audiences = audiences_of(view.roles, state=view.route.state, context=view.route.context)
    return _for(view, audiences)


def shown_to_workplaces(routes: Collection[Route]) -> dict[UUID, list[PartView]]:
    """What students show to workplaces that might suit them, for many routes in two reads. Only
    for who was found to be such a workplace: the student showed them their interest."""
    sharings = {row.route_id: row.shared for row in Sharing.objects.filter(route__in=routes)}
    rows: dict[UUID, dict[str, Part]] = {}
    for row in Part.objects.filter(route__in=routes):
        rows.setdefault(row.route_id, {})[row.key] = row
    found: dict[UUID, list[PartView]] = {}
    for route in routes:
        visible = readable(sharings.get(route.pk, {}), [Audience.WORKPLACES])
        parts = [
            PartView(part, questions_of(part, route.context), rows.get(route.pk, {}).get(key), [])
            for key, part in pack().starting_position.items()
            if key in visible
        ]
        found[route.pk] = [part for part in parts if part.answered]
    return found


@dataclass(frozen=True, slots=True)
class Growth:
    """One question over time: the day, and what was told then, the newest first."""

    question: Question
    over_time: list[tuple[date, Said | None]]


def growth(*, person: Person, route_id: UUID, now: datetime) -> list[tuple[PartView, list[Growth]]]:
    """How the student's own words changed, part by part; only questions that changed. Raises
    NotFound, or Refused."""
    position = own_position(person=person, route_id=route_id, now=now)
    days: dict[str, list[PartOnDay]] = {}
    for one in PartOnDay.objects.filter(part__route_id=route_id).select_related("part"):
        days.setdefault(one.part.key, []).append(one)
    found = []
    for part in position.parts:
        rows = sorted(days.get(part.part.key, []), key=lambda row: row.day)
        grown = [
            Growth(question, told)
            for key, question in part.questions.items()
            if len(told := _told(key, question, rows)) > 1
        ]
        if grown:
            found.append((part, grown))
    return found


def _told(key: str, question: Question, rows: list[PartOnDay]) -> list[tuple[date, Said | None]]:
    told: list[tuple[date, Said | None]] = []
    before: object = None
    for row in rows:
        value = row.answers.get(key)
        if value == before or not (told or is_answered(value)):
            continue
        before = value
        told.insert(0, (row.day, next(iter(all_said({key: question}, row.answers)), None)))
    return told


@dataclass(frozen=True, slots=True)
class OwnSide:
    """What a mentor or a teacher is asked, and told."""

    view: RouteView
    role: str
    counterpart: Counterpart
    row: Side | None


def own_side(*, person: Person, route_id: UUID, now: datetime) -> OwnSide:
    """The side of this person. Who is both, tells first as mentor. Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.TELL_SIDE)
    role = next(key for key in pack().counterparts if RouteRole(key) in view.roles)
    row = Side.objects.filter(route=view.route, person=person, role=role).first()
    return OwnSide(view, role, pack().counterparts[role], row)
