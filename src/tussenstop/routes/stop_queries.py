"""Reading one stop, for someone: everything its page shows, in a fixed number of reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils import timezone

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.routes import knowing
from tussenstop.routes.models import (
    AgendaPoint,
    ChecklistItem,
    Moment,
    MomentAnswer,
    Move,
    Preparation,
    Route,
    Stop,
)
from tussenstop.routes.names import agenda_text, checklist_text, name_of, purpose_of
from tussenstop.routes.preparation_queries import Prepared, preparations_of
from tussenstop.routes.queries import Journey, RouteView, get_stop, journeys, moves_on
from tussenstop.routes.rules import ENDED, MoveCode, StopState


@dataclass(frozen=True, slots=True)
class Facts:
    """What the platform knows by itself about a route, as far as a checklist asks for it."""

    agreed: bool
    placed: bool
    mentor_accepted: bool
    teacher_accepted: bool


def facts_of(route: Route) -> Facts:
    """From a route with its placements and participations."""
    parts = [part for part in route.participations.all() if part.ended_at is None]
    accepted = {part.role for part in parts if part.accepted_at}
    return Facts(
        agreed=route.agreed_at is not None,
        placed=any(placement.ended_at is None for placement in route.placements.all()),
        mentor_accepted=RouteRole.MENTOR in accepted,
        teacher_accepted=RouteRole.TEACHER in accepted,
    )


def _before(stop: Stop, stops: Sequence[Stop]) -> Stop | None:
    """The stop one comes from: stretches and skipped stops lie behind nobody."""
    earlier = [
        s
        for s in stops
        if s.position < stop.position and not s.stretch and s.skipped_at is None and s.pk != stop.pk
    ]
    return max(earlier, key=lambda s: s.position, default=None)


def is_known(automatic: str, *, stop: Stop, stops: Sequence[Stop], facts: Facts) -> bool:
    """Whether an automatic checklist item is in order. An item that this version does not know
    of is not in order."""
    if automatic == "previous_stop_done":
        before = _before(stop, stops)
        return before is None or before.done_at is not None
    here = {
        "start_agreement_accepted": facts.agreed,
        "mentor_accepted": facts.mentor_accepted,
        "teacher_known": facts.teacher_accepted,
        # A period is proposed with the placement and settled with the start agreement.
        "period_agreed": facts.agreed and facts.placed,
        "date_set": stop.starts_at is not None or stop.done_at is not None,
    }
    return here[automatic] if automatic in here else knowing.is_so(automatic, stop)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda; without `by` it is built in."""

    id: UUID
    text: str
    by: Person | None
    role: str
    talked: bool


@dataclass(frozen=True, slots=True)
class Item:
    """Something that must be in order, and whose it is."""

    id: UUID
    text: str
    who: str
    automatic: bool
    done: bool
    done_by: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said of a proposed date: True, False, or None as long as nothing was said."""

    person: Person
    role: str
    suits: bool | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A date on the table, with who said what."""

    moment: Moment
    answers: list[Answered]
    asks_me: bool
    mine: bool


def hoped_for(stop: Stop) -> str:
    """What usually comes out of a stop of this kind; nothing for an own stop."""
    kind = pack().stops.get(stop.kind)
    return str(kind.outcome) if kind else ""


@dataclass(frozen=True, slots=True)
class StopPage:
    """One stop as one person sees it."""

    view: RouteView
    stop: Stop
    journey: Journey
    agenda: list[Point]
    checklist: list[Item]
    proposal: Proposal | None
    moves: list[Move]
    mine: Preparation | None
    shared: list[Prepared]
    before: Stop | None
    after: Stop | None
    now: datetime

    @property
    def name(self) -> str:
        return name_of(self.stop)

    @property
    def purpose(self) -> str:
        return purpose_of(self.stop)

    @property
    def hoped_for(self) -> str:
        """What usually comes out of a stop of this kind."""
        return hoped_for(self.stop)

    @property
    def state(self) -> StopState:
        return self.journey.states[self.stop.pk]

    @property
    def aim(self) -> date | None:
        """The day the route aims at, as long as it lies ahead."""
        day = self.stop.aimed_on
        return day if day and day >= timezone.localdate(self.now) else None

    @property
    def others_moves(self) -> list[Move]:
        """What others have to do here; one's own is the next step."""
        return [move for move in self.moves if move.person_id != self.view.person.pk]

    @property
    def is_closed(self) -> bool:
        return self.stop.done_at is not None or self.stop.skipped_at is not None

    @property
    def is_over(self) -> bool:
        """The route itself has ended: everything stays as it is."""
        return self.view.route.state in ENDED

    @property
    def may_work(self) -> bool:
        return self.view.may(OnRoute.WORK_ON_STOPS) and not self.is_over

    @property
    def may_set_date(self) -> bool:
        ahead = not self.is_over and not self.is_closed and not self.stop.stretch
        return self.view.may(OnRoute.SET_DATES) and ahead

    @property
    def attends(self) -> bool:
        """Whether this person is one of those the stop needs."""
        return any(role in self.view.roles for role in self.stop.attends)

    @property
    def may_prepare(self) -> bool:
        """Whether this person is asked to prepare; who prepared something before keeps it."""
        asked = self.attends and not self.is_closed and not self.is_over
        return self.view.may(OnRoute.PREPARE) and (asked or self.mine is not None)

    @property
    def has_passed(self) -> bool:
        """The planned hour lies behind us."""
        start = self.stop.starts_at
        return start is not None and start + timedelta(minutes=self.stop.minutes) <= self.now

    @property
    def next_step(self) -> str:
        """The one thing this person can best do now; empty when nothing is up to them."""
        if not self.may_work or self.is_closed:
            return ""
        if self.proposal and self.proposal.asks_me:
            return "answer"
        if self.stop.outcome.strip() and (self.has_passed or self.stop.starts_at is None):
            return "close"
        if self.has_passed:
            return "outcome"
        if self.stop.starts_at is None and self.proposal is None and not self.stop.stretch:
            return "plan" if self.state == StopState.CURRENT else ""
        if self.attends and self.mine is None:
            return "prepare"
        return ""


def roles_by_person(route: Route) -> dict[UUID, str]:
    """Who is what on a route, for the names beside what people wrote."""
    found: dict[UUID, str] = {}
    for part in route.participations.all():
        found.setdefault(part.person_id, part.role)
    return found


def _agenda(stop: Stop, roles: Mapping[UUID, str]) -> list[Point]:
    points: list[AgendaPoint] = [p for p in stop.agenda.all() if p.dropped_at is None]
    return [
        Point(
            id=point.pk,
            text=agenda_text(stop, point),
            by=point.added_by,
            role=roles.get(point.added_by_id, "") if point.added_by_id else "",
            talked=point.talked_at is not None,
        )
        for point in sorted(points, key=lambda p: (p.position, p.pk))
    ]


def _checklist(stop: Stop, journey: Journey, facts: Facts) -> list[Item]:
    items: list[ChecklistItem] = sorted(stop.checklist.all(), key=lambda i: (i.position, i.pk))
    return [
        Item(
            id=item.pk,
            text=checklist_text(stop, item),
            who=item.who,
            automatic=bool(item.automatic),
            done=is_known(item.automatic, stop=stop, stops=journey.stops, facts=facts)
            if item.automatic
            else item.done_at is not None,
            done_by=item.done_by,
        )
        for item in items
    ]


def _proposal(stop: Stop, person: Person, roles: Mapping[UUID, str]) -> Proposal | None:
    moment = (
        Moment.objects.filter(stop=stop, ended_at=None)
        .select_related("proposed_by")
        .prefetch_related(
            Prefetch("answers", MomentAnswer.objects.select_related("person").order_by("pk"))
        )
        .first()
    )
    if moment is None:
        return None
    answers = list(moment.answers.all())
    return Proposal(
        moment=moment,
        answers=[Answered(a.person, roles.get(a.person_id, ""), a.suits) for a in answers],
        asks_me=any(a.person_id == person.pk and a.suits is None for a in answers),
        mine=moment.proposed_by_id == person.pk,
    )


STOP_MOVES = {
    MoveCode.PLAN_STOP,
    MoveCode.ANSWER_MOMENT,
    MoveCode.PREPARE_STOP,
    MoveCode.CLOSE_STOP,
}


def stop_page(*, person: Person, stop_id: UUID, now: datetime) -> StopPage:
    """Everything the page of a stop shows. Raises NotFound, or Refused."""
    view, stop = get_stop(person=person, stop_id=stop_id, now=now)
    route = view.route
    journey = journeys([route])[route.pk]
    roles = roles_by_person(route)
    proposal = _proposal(stop, person, roles)
    subjects = {stop.pk} | ({proposal.moment.pk} if proposal else set())
    mine, shared = preparations_of(stop, view, roles)
    place = next((i for i, s in enumerate(journey.stops) if s.pk == stop.pk), 0)
    return StopPage(
        view=view,
        stop=stop,
        journey=journey,
        agenda=_agenda(stop, roles),
        checklist=_checklist(stop, journey, facts_of(route)),
        proposal=proposal,
        moves=[
            move
            for move in moves_on(route=route, person=person, now=now)
            if move.code in STOP_MOVES and move.subject_id in subjects
        ],
        mine=mine,
        shared=shared,
        before=journey.stops[place - 1] if place else None,
        after=journey.stops[place + 1] if place + 1 < len(journey.stops) else None,
        now=now,
    )


def working_on(*, person: Person, stop_id: UUID, now: datetime) -> tuple[RouteView, Stop]:
    """A stop, for who works on it. Raises NotFound, or Refused."""
    return get_stop(person=person, stop_id=stop_id, now=now, permission=OnRoute.WORK_ON_STOPS)


def last_moment(stop: Stop) -> Moment | None:
    """The date that was proposed last for this stop, else for its route: the next proposal begins
    with the same hour, length and place."""
    moments = Moment.objects.order_by("-proposed_at", "-pk")
    return moments.filter(stop=stop).first() or moments.filter(stop__route_id=stop.route_id).first()


def get_moment(*, person: Person, stop_id: UUID, moment_id: str, now: datetime) -> Moment:
    """A date proposed for this stop, for who may propose one. Raises NotFound, or Refused."""
    _view, stop = get_stop(person=person, stop_id=stop_id, now=now, permission=OnRoute.SET_DATES)
    try:
        moment = (
            Moment.objects.select_related("proposed_by").filter(pk=moment_id, stop=stop).first()
        )
    except ValidationError:
        moment = None
    if moment is None:
        raise NotFound
    moment.stop = stop
    return moment
