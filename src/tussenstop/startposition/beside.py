"""Laid side by side for the start conversation: the student's expectations, and the others'."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import PARTNERS, RouteRole
from tussenstop.content import Question, pack
from tussenstop.people.models import Person
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.startposition.answers import Said, is_answered, said
from tussenstop.startposition.models import Part, Sharing, Side
from tussenstop.startposition.rules import audiences_of, readable


@dataclass(frozen=True, slots=True)
class Cell:
    """What one person says on a topic."""

    person: Person
    role: str
    said: Said | None


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic on which all were asked alike. `differs` when two answers have nothing in common."""

    label: str
    cells: list[Cell]
    differs: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Everything one person tells in their own words."""

    person: Person
    role: str
    lines: list[Said]


@dataclass(frozen=True, slots=True)
class Beside:
    """All sides, as one person may read them. `missing` are partners who told nothing yet, or
    nothing that this reader may read."""

    view: RouteView
    told: list[Told]
    topics: list[Topic]
    missing: list[tuple[Person, str]] = field(default_factory=list)

    @property
    def differences(self) -> int:
        return sum(topic.differs for topic in self.topics)


def _apart(one: object, other: object) -> bool:
    """Whether two answers to the same question have nothing in common."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one).isdisjoint(other)
    return one != other


def _differs(values: list[object]) -> bool:
    given = [value for value in values if is_answered(value)]
    return any(_apart(a, b) for place, a in enumerate(given) for b in given[place + 1 :])


def _student_reads(view: RouteView) -> dict[str, object]:
    """The student's expectations, as far as this reader may see them."""
    part = Part.objects.filter(route=view.route, key="expectations").first()
    if part is None:
        return {}
    if RouteRole.STUDENT not in view.roles:
        sharing = Sharing.objects.filter(route=view.route).first()
        audiences = audiences_of(view.roles, state=view.route.state, context=view.route.context)
        if sharing is None or "expectations" not in readable(sharing.shared, audiences):
            return {}
    return dict(part.answers)


Voice = tuple[Person, str, dict[str, Question], dict[str, object]]


def side_by_side(*, person: Person, route_id: UUID, now: datetime) -> Beside:
    """What all partners told, laid side by side for this person. Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.READ_SIDES)
    sides = {
        (row.person_id, row.role): dict(row.answers)
        for row in Side.objects.filter(route=view.route)
    }
    expectations = dict(pack().starting_position["expectations"].questions)
    voices: list[Voice] = []
    partners = [p for p in view.route.participations.all() if p.accepted_at and p.role in PARTNERS]
    for part in sorted(partners, key=lambda p: PARTNERS.index(RouteRole(p.role))):
        if part.role == RouteRole.STUDENT:
            voices.append((part.person, part.role, expectations, _student_reads(view)))
        else:
            questions = dict(pack().counterparts[part.role].questions)
            answers = sides.get((part.person_id, part.role), {})
            voices.append((part.person, part.role, questions, answers))
    return Beside(
        view=view,
        told=[told for voice in voices if (told := _own_words(voice)).lines],
        topics=_topics(voices),
        missing=[
            (person_, role)
            for person_, role, _questions, answers in voices
            if not is_answered(answers)
        ],
    )


def _own_words(voice: Voice) -> Told:
    person, role, questions, answers = voice
    spoken = (said(q, answers.get(key)) for key, q in questions.items() if q.pair is None)
    return Told(person, role, [one for one in spoken if one])


def _topics(voices: list[Voice]) -> list[Topic]:
    found = []
    for question in pack().starting_position["expectations"].questions.values():
        if question.pair is None:
            continue
        cells, values = [], []
        for person, role, questions, answers in voices:
            asked = next((q for q in questions.values() if q.pair == question.pair), None)
            if asked is None:
                continue
            value = answers.get(asked.key)
            cells.append(Cell(person, role, said(asked, value)))
            values.append(value)
        if any(cell.said for cell in cells):
            found.append(Topic(str(question.label), cells, _differs(values)))
    return found
