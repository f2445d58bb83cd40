"""Reading what is written together: loops in turns, and pages of two."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.content import LoopStep
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.reflection.models import Loop, LoopText, TwoPage, TwoText
from tussenstop.reflection.rules import Column
from tussenstop.reflection.turns import (
    ROLES,
    Seat,
    Turn,
    holder_of,
    holds,
    reads_from,
    role_of,
    steps,
    turn_of,
    vacant,
)
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a loop: who writes it, and its text once it was handed on. `kept` for who came
    later, when the student did not show what was handed on before."""

    step: LoopStep
    person: Person
    role: str
    text: LoopText | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class EmptySeat:
    """A place whose holder left, and who could take it."""

    seat: Seat
    person: Person
    candidates: list[Participation]


@dataclass(frozen=True, slots=True)
class LoopView:
    view: RouteView
    loop: Loop
    steps: list[StepView]
    turn: Turn | None
    draft: LoopText | None  # what this person kept of the step that is theirs
    empty: list[EmptySeat]
    newcomers: list[tuple[Seat, Person]]  # who do not read what was handed on before them

    @property
    def my_turn(self) -> bool:
        turn = self.turn
        return turn is not None and not turn.vacant and turn.person.pk == self.view.person.pk

    @property
    def readers(self) -> list[Person]:
        """The student, and who of the two others still travels along."""
        gone = {one.seat for one in self.empty}
        seats = [holder_of(self.loop, seat) for seat in Seat if seat not in gone]
        return [self.view.route.student, *seats]

    @property
    def round(self) -> bool:
        """Whether every step was written."""
        return all(one.text or one.kept for one in self.steps)


def parts_on(route: Route, *, now: datetime) -> list[Participation]:
    """Who takes part in a route now."""
    return list(
        Participation.objects.filter(checks.taking_part(now), route=route)
        .select_related("person")
        .order_by("accepted_at", "pk")
    )


def get_loop(*, person: Person, loop_id: UUID, now: datetime) -> LoopView:
    """For the three in it, as long as they take part in the route as what they are in it. Raises
    NotFound."""
    loop = (
        Loop.objects.filter(pk=loop_id).select_related("route__student", "mentor", "coach").first()
    )
    if loop is None or person.pk not in {loop.route.student_id, loop.mentor_id, loop.coach_id}:
        raise NotFound
    view = get_route(
        person=person, route_id=loop.route_id, now=now, permission=OnRoute.READ_REFLECTION
    )
    loop.route = view.route
    parts = parts_on(view.route, now=now)
    gone = vacant(loop, parts)
    held = [seat for seat in Seat if seat not in gone and holder_of(loop, seat).pk == person.pk]
    if person.pk != view.route.student_id and not held:
        raise NotFound
    texts = list(LoopText.objects.filter(loop=loop).select_related("person"))
    turn = turn_of(loop, parts)
    mine = turn.step.key if turn and not turn.vacant and turn.person.pk == person.pk else None
    return LoopView(
        view,
        loop,
        _steps_of(loop, texts, parts, reads_from(loop, person)),
        turn,
        next((one for one in texts if one.step == mine and one.person_id == person.pk), None),
        [EmptySeat(seat, holder_of(loop, seat), _candidates(parts, seat)) for seat in gone],
        [
            (seat, holder_of(loop, seat))
            for seat in Seat
            if seat not in gone and reads_from(loop, holder_of(loop, seat))
        ],
    )


def _steps_of(
    loop: Loop, texts: list[LoopText], parts: list[Participation], first: int
) -> list[StepView]:
    handed = {one.step: one for one in texts if one.handed_at}
    found = []
    for number, step in enumerate(steps()):
        text = handed.get(step.key)
        writer = text.person if text else holder_of(loop, step.who)
        kept = text is not None and number < first
        role = role_of(step, writer, parts)
        found.append(StepView(step, writer, role, None if kept else text, kept))
    return found


def _candidates(parts: list[Participation], seat: Seat) -> list[Participation]:
    """Who could take a place, each once, in the first of their roles for it."""
    roles = list(ROLES[seat])
    found: dict[UUID, Participation] = {}
    for part in sorted((p for p in parts if p.role in roles), key=lambda p: roles.index(p.role)):  # type: ignore[arg-type]
        found.setdefault(part.person_id, part)
    return list(found.values())


def loops_on(*, view: RouteView, now: datetime) -> list[tuple[Loop, Turn | None]]:
    """The loops of this route that this person is in, the newest first, and whose turn it is."""
    parts = parts_on(view.route, now=now)
    mine = Q()
    if view.route.student_id != view.person.pk:
        for seat in Seat:
            if holds(view.person, seat, parts):
                mine |= Q(**{seat.value: view.person})
        if not mine:
            return []
    loops = Loop.objects.filter(mine, route=view.route).select_related(
        "route__student", "mentor", "coach"
    )
    return [(one, turn_of(one, parts)) for one in loops.order_by("-begun_at", "-pk")[:50]]


@dataclass(frozen=True, slots=True)
class Company:
    """With whom a student can begin a loop or a page."""

    mentors: list[Person]
    coaches: list[Participation]


def company(route: Route, *, now: datetime) -> Company:
    parts = parts_on(route, now=now)
    mentors = [part.person for part in _candidates(parts, Seat.MENTOR)]
    return Company(mentors, _candidates(parts, Seat.COACH))


@dataclass(frozen=True, slots=True)
class ColumnView:
    column: Column
    person: Person | None
    text: TwoText | None
    mine: bool


@dataclass(frozen=True, slots=True)
class PageView:
    view: RouteView
    page: TwoPage
    columns: list[ColumnView]
    invited: Person

    @property
    def asked(self) -> bool:
        """Whether this person is the one to answer."""
        page = self.page
        waits = not (page.accepted_at or page.declined_at or page.ended_at)
        return waits and page.invited_by_id != self.view.person.pk

    @property
    def closed(self) -> bool:
        return bool(self.page.declined_at or self.page.ended_at)


def get_page(*, person: Person, page_id: UUID, now: datetime) -> PageView:
    """For the two of it, as long as they take part in the route. Raises NotFound."""
    page = (
        TwoPage.objects.filter(pk=page_id)
        .select_related("route__student", "mentor", "invited_by")
        .first()
    )
    if page is None or person.pk not in {page.route.student_id, page.mentor_id}:
        raise NotFound
    view = get_route(
        person=person, route_id=page.route_id, now=now, permission=OnRoute.REFLECT_TOGETHER
    )
    page.route = view.route
    newest: dict[str, TwoText] = {}
    for text in TwoText.objects.filter(page=page).select_related("person").order_by("version"):
        newest[text.column] = text
    student, mentor = view.route.student, page.mentor
    columns = []
    for column, owner in (
        (Column.STUDENT, student),
        (Column.MENTOR, mentor),
        (Column.COMMON, None),
    ):
        mine = owner is None or owner.pk == person.pk
        # Before a yes each sees their own column only.
        seen = newest.get(column) if mine or page.accepted_at else None
        columns.append(ColumnView(column, owner, seen, mine))
    other = mentor if page.invited_by_id == student.pk else student
    return PageView(view, page, columns, other)


def versions(*, found: PageView, column: Column) -> list[TwoText]:
    """How a text read before, the newest first."""
    if column != Column.COMMON and not next(c for c in found.columns if c.column == column).mine:
        return []
    return list(
        TwoText.objects.filter(page=found.page, column=column)
        .select_related("person")
        .order_by("-version")[:50]
    )


def pages_on(*, view: RouteView) -> list[TwoPage]:
    """The pages of this route that this person is in, the newest first."""
    pages = TwoPage.objects.filter(route=view.route)
    if view.route.student_id != view.person.pk:
        pages = pages.filter(mentor=view.person)
    return list(pages.select_related("mentor", "invited_by").order_by("-invited_at", "-pk")[:50])
