"""Reading feedback, always for someone: what was given to them, by them, or shown to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tussenstop.access import checks
from tussenstop.access.matrix import ON_ROUTE, OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import TAKING_PART
from tussenstop.core.errors import NotFound
from tussenstop.feedback.models import Asking, Earlier, Feedback, Reader, Reply, StrengthReader
from tussenstop.feedback.rules import MOST_REPLIES, TAKE_BACK, ReplyKind
from tussenstop.people.models import Competence, Person
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route

MOST_ASKED = 20  # on one page
_PLACE = {role.value: place for place, role in enumerate(TAKING_PART)}


class Side(StrEnum):
    """From where somebody looks at a piece of feedback."""

    RECEIVER = "receiver"
    GIVER = "giver"
    READER = "reader"


class Which(StrEnum):
    """A list of feedback."""

    RECEIVED = "received"
    GIVEN = "given"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody on the route, by the first of their roles."""

    person: Person
    role: str


def partners(route: Route, *, now: datetime, but: Person | None = None) -> list[Partner]:
    """Who takes part in the route now, each once, the student first."""
    rows = Participation.objects.filter(
        checks.taking_part(now), route=route, person__is_active=True
    ).select_related("person")
    found: dict[UUID, Partner] = {}
    for row in sorted(rows, key=lambda one: (_PLACE[one.role], one.pk)):
        if but is None or row.person_id != but.pk:
            found.setdefault(row.person_id, Partner(row.person, row.role))
    return list(found.values())


def receivers(route: Route, *, now: datetime, but: Person) -> list[Partner]:
    """Whom one can give feedback."""
    return [
        one
        for one in partners(route, now=now, but=but)
        if one.role in ON_ROUTE[OnRoute.GET_FEEDBACK]
    ]


def standing() -> QuerySet[Feedback]:
    """What was not taken back and not removed."""
    return Feedback.objects.filter(taken_back_at=None, removed_at=None)


def get_giving(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """The route, for who may give feedback on it. Raises NotFound, or Refused."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.GIVE_FEEDBACK)


def get_getting(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """The route, for who may ask for feedback on it. Raises NotFound, or Refused."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.GET_FEEDBACK)


def listed(*, view: RouteView, which: Which) -> QuerySet[Feedback]:
    """One list of feedback of this person on this route, the newest first."""
    rows = standing().filter(route=view.route)
    if which == Which.RECEIVED:
        rows = rows.filter(receiver=view.person)
    elif which == Which.GIVEN:
        rows = rows.filter(giver=view.person)
    else:
        shown = Reader.objects.filter(person=view.person)
        rows = rows.filter(pk__in=shown.values("feedback_id"))
    return rows.select_related("receiver", "giver", "asking", "invitation").order_by("-at", "-pk")


def asked_of(*, view: RouteView, now: datetime) -> list[Asking]:
    """What others who still travel along wait for from this person, the oldest first."""
    here = Participation.objects.filter(checks.taking_part(now), route=view.route)
    rows = Asking.objects.filter(
        route=view.route,
        giver=view.person,
        closed_at=None,
        receiver__in=here.values("person_id"),
        receiver__is_active=True,
    )
    return list(rows.select_related("receiver").order_by("at", "pk")[:MOST_ASKED])


def asked_by(*, view: RouteView) -> list[Asking]:
    """What this person waits for, the oldest first."""
    rows = Asking.objects.filter(route=view.route, receiver=view.person, closed_at=None)
    return list(rows.select_related("giver").order_by("at", "pk")[:MOST_ASKED])


def showing_strengths(*, view: RouteView) -> list[Person]:
    """Who shows this person strengths that others saw in them."""
    rows = StrengthReader.objects.filter(route=view.route, person=view.person)
    return list(Person.objects.filter(pk__in=rows.values("owner_id")).order_by("name", "pk"))


def get_asking(*, person: Person, asking_id: UUID, now: datetime) -> tuple[Asking, RouteView]:
    """A question for feedback, for who was asked. Raises NotFound, or Refused."""
    return _asking(person, asking_id, now, giver=person)


def get_own_asking(*, person: Person, asking_id: UUID, now: datetime) -> tuple[Asking, RouteView]:
    """A question for feedback, for who asked. Raises NotFound, or Refused."""
    return _asking(person, asking_id, now, receiver=person)


def _asking(
    person: Person, asking_id: UUID, now: datetime, **whose: Person
) -> tuple[Asking, RouteView]:
    asking = (
        Asking.objects.filter(pk=asking_id, **whose).select_related("receiver", "giver").first()
    )
    if asking is None:
        raise NotFound
    return asking, get_giving(person=person, route_id=asking.route_id, now=now)


def given_for(asking: Asking) -> Feedback | None:
    """What was given when this was asked."""
    return Feedback.objects.filter(asking=asking).first()


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """A piece of feedback as one person sees it."""

    view: RouteView
    feedback: Feedback
    side: Side
    now: datetime

    @property
    def readers(self) -> list[Person]:
        return [one.person for one in self.feedback.readers.all()]

    @property
    def gone(self) -> bool:
        return self.feedback.taken_back_at is not None

    @property
    def closed_envelope(self) -> bool:
        """It waits to be opened; until then its giver may take it back."""
        return self.side == Side.RECEIVER and self.feedback.read_at is None and not self.gone

    @property
    def may_take_back(self) -> bool:
        return (
            self.side == Side.GIVER
            and not self.gone
            and self.feedback.read_at is None
            and self.now < self.feedback.at + TAKE_BACK
        )

    @property
    def asked(self) -> bool:
        """The receiver's question waits for the giver."""
        replies = list(self.feedback.replies.all())
        return bool(replies) and replies[-1].kind == ReplyKind.QUESTION

    @property
    def may_reply(self) -> bool:
        if self.gone or len(self.feedback.replies.all()) >= MOST_REPLIES:
            return False
        if self.side == Side.RECEIVER:
            return self.feedback.read_at is not None
        return self.side == Side.GIVER and self.asked

    @property
    def may_remove(self) -> bool:
        return self.side == Side.RECEIVER and self.feedback.invitation_id is not None


def whole() -> QuerySet[Feedback]:
    """Everything that a page about one piece of feedback shows of it."""
    return Feedback.objects.select_related(
        "receiver", "giver", "asking", "invitation"
    ).prefetch_related(
        "strengths",
        "topics",
        Prefetch("earlier", Earlier.objects.order_by("-at", "-pk")),
        Prefetch("replies", Reply.objects.select_related("person").order_by("at", "pk")),
        Prefetch("readers", Reader.objects.select_related("person").order_by("since", "pk")),
    )


def get_feedback(*, person: Person, feedback_id: UUID, now: datetime) -> FeedbackView:
    """A piece of feedback, for its two people and for whom it is shown to. Raises NotFound: who is
    none of these may not know of it, whatever their role on the route."""
    feedback = whole().filter(pk=feedback_id, removed_at=None).first()
    if feedback is None:
        raise NotFound
    if feedback.receiver_id == person.pk:
        side = Side.RECEIVER
    elif feedback.giver_id == person.pk:
        side = Side.GIVER
    elif feedback.taken_back_at is None and any(
        one.person_id == person.pk for one in feedback.readers.all()
    ):
        side = Side.READER
    else:
        raise NotFound
    view = get_giving(person=person, route_id=feedback.route_id, now=now)
    feedback.route = view.route
    return FeedbackView(view, feedback, side, now)


def possible_readers(*, seen: FeedbackView) -> list[tuple[Partner, bool]]:
    """Who else of the route could read it, and whether they do: for the receiver, who chooses."""
    if seen.side != Side.RECEIVER:
        return []
    chosen = {one.pk for one in seen.readers}
    return [
        (one, one.person.pk in chosen)
        for one in partners(seen.view.route, now=seen.now, but=seen.view.person)
        if one.person.pk != seen.feedback.giver_id
    ]


def competences_of(route: Route) -> list[Competence]:
    """What the programme leads to: the parts of competences that have parts, else themselves."""
    rows = Competence.objects.filter(programme_id=route.programme_id, parts=None)
    return list(rows.order_by("position"))
