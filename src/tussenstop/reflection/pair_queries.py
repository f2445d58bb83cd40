"""Reading what is written together: loops in turns, and pages of two."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import LoopStep
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.reflection.models import Loop, LoopText, TwoPage, TwoText
from tussenstop.reflection.rules import Column
from tussenstop.reflection.turns import Turn, person_of, role_of, steps, turn_of
from tussenstop.routes.queries import RouteView, get_route


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a loop: who writes it, and its text once it was handed on."""

    step: LoopStep
    person: Person
    role: str
    text: LoopText | None


@dataclass(frozen=True, slots=True)
class LoopView:
    view: RouteView
    loop: Loop
    steps: list[StepView]
    turn: Turn | None
    draft: LoopText | None  # what this person kept of the step that is theirs

    @property
    def my_turn(self) -> bool:
        return self.turn is not None and self.turn.person.pk == self.view.person.pk

    @property
    def round(self) -> bool:
        """Whether every step was written."""
        return all(one.text for one in self.steps)


def get_loop(*, person: Person, loop_id: UUID, now: datetime) -> LoopView:
    """For the three in it, as long as they take part in the route. Raises NotFound."""
    loop = (
        Loop.objects.filter(pk=loop_id).select_related("route__student", "mentor", "coach").first()
    )
    if loop is None or person.pk not in {loop.route.student_id, loop.mentor_id, loop.coach_id}:
        raise NotFound
    view = get_route(
        person=person, route_id=loop.route_id, now=now, permission=OnRoute.READ_REFLECTION
    )
    loop.route = view.route
    texts = {one.step: one for one in LoopText.objects.filter(loop=loop).select_related("person")}
    found = []
    for step in steps():
        text = texts.get(step.key)
        handed = text if text and text.handed_at else None
        writer = handed.person if handed else person_of(loop, step)
        role = role_of(step, writer, view.route.participations.all())
        found.append(StepView(step, writer, role, handed))
    turn = turn_of(loop)
    draft = texts.get(turn.step.key) if turn and turn.person.pk == person.pk else None
    return LoopView(view, loop, found, turn, draft)


def loops_on(*, view: RouteView) -> list[Loop]:
    """The loops of this route that this person is in, the newest first."""
    mine = Q(mentor=view.person) | Q(coach=view.person)
    loops = Loop.objects.filter(route=view.route)
    if view.route.student_id != view.person.pk:
        loops = loops.filter(mine)
    return list(
        loops.select_related("route__student", "mentor", "coach").order_by("-begun_at", "-pk")[:50]
    )


@dataclass(frozen=True, slots=True)
class Company:
    """With whom a student can begin a loop or a page."""

    mentors: list[Person]
    coaches: list[Participation]


def company(view: RouteView) -> Company:
    parts = [part for part in view.route.participations.all() if part.accepted_at]
    mentors = {p.person_id: p.person for p in parts if p.role == RouteRole.MENTOR}
    coaches = sorted(
        (p for p in parts if p.role in {RouteRole.COACH, RouteRole.TEACHER}), key=lambda p: p.role
    )
    return Company(list(mentors.values()), coaches)


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
