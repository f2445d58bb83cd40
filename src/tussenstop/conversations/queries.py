"""Reading conversations, always for someone: a closed one exists only for who takes part."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.conversations.models import (
    Attendee,
    Common,
    Conversation,
    Part,
    Point,
)
from tussenstop.conversations.names import kind_name
from tussenstop.conversations.rules import MEND, TALKING
from tussenstop.core.errors import NotFound, Refused
from tussenstop.people.models import Person
from tussenstop.routes.models import Route, Stop
from tussenstop.routes.queries import RouteView, get_route, get_stop
from tussenstop.routes.rules import ENDED, LIVE

JUST_NOTED = timedelta(days=7)
MOST_SHOWN = 8  # of each, on Today


def talkers(route: Route, *, now: datetime) -> list[Participation]:
    """Who can take part in conversations on this route: one role each, partners first."""
    parts = (
        Participation.objects.filter(checks.taking_part(now), route=route, role__in=TALKING)
        .select_related("person")
        .order_by("accepted_at")
    )
    order = {role.value: place for place, role in enumerate(TALKING)}
    found: dict[UUID, Participation] = {}
    for part in sorted(parts, key=lambda one: order[one.role]):
        found.setdefault(part.person_id, part)
    return list(found.values())


def visible_to(person: Person) -> Q:
    """The conversations of a route of which this person may know; the route itself apart."""
    mine = Attendee.objects.filter(person=person).values("conversation_id")
    return Q(closed=False) | Q(pk__in=mine)


def stands() -> Q:
    """Of the planned talks those that will take place, and of the others those that did: what was
    ahead on a route that ended is not in anybody's way any more."""
    return Q(cancelled_at=None) & (Q(held_at__isnull=False) | ~Q(route__state__in=ENDED))


def _with_people() -> Prefetch[str]:
    return Prefetch("attendees", Attendee.objects.select_related("person").order_by("pk"))


@dataclass(frozen=True, slots=True)
class ListPage:
    """The conversations of a route: those ahead soonest first, the others newest first, among them
    those of which the day passed without a word."""

    view: RouteView
    ahead: list[Conversation]
    behind: QuerySet[Conversation]

    @property
    def may_talk(self) -> bool:
        return self.view.may(OnRoute.CONVERSE) and self.view.route.state not in ENDED


def list_page(*, person: Person, route_id: UUID, now: datetime) -> ListPage:
    """Raises NotFound, or Refused."""
    view = get_route(
        person=person, route_id=route_id, now=now, permission=OnRoute.SEE_CONVERSATIONS
    )
    rows = (
        Conversation.objects.filter(visible_to(person), route=view.route)
        .exclude(held_at=F("made_at"), cancelled_at__isnull=False)  # noted and taken off again
        .select_related("made_by")
        .prefetch_related(
            _with_people(),
            Prefetch("parts", Part.objects.select_related("person").order_by("pk")),
        )
    )
    coming = Q(starts_at=None) | Q(day__gte=timezone.localdate(now))
    ahead = Q(held_at=None, cancelled_at=None) & coming
    if view.route.state in ENDED:
        ahead = Q(pk__in=[])
    return ListPage(
        view,
        list(rows.filter(ahead).order_by("day", "pk")[: 4 * MOST_SHOWN]),
        rows.exclude(ahead).order_by("-day", "-pk"),
    )


def get_talking(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """The route, for who may note and plan conversations. Raises NotFound, or Refused."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.CONVERSE)


def get_conversation(
    *, person: Person, conversation_id: UUID, now: datetime, taking_part: bool = False
) -> tuple[Conversation, RouteView]:
    """One conversation; with `taking_part` for who takes part in it. Raises NotFound, or Refused."""
    found = (
        Conversation.objects.filter(visible_to(person), pk=conversation_id)
        .select_related("made_by", "cancelled_by", "stop")
        .prefetch_related(_with_people())
        .first()
    )
    if found is None:
        raise NotFound
    view = get_route(
        person=person, route_id=found.route_id, now=now, permission=OnRoute.SEE_CONVERSATIONS
    )
    if taking_part and all(one.person_id != person.pk for one in found.attendees.all()):
        raise Refused(OnRoute.CONVERSE.label)
    found.route = view.route
    return found, view


def get_noted(
    *, person: Person, conversation_id: UUID, now: datetime
) -> tuple[Conversation, RouteView]:
    """A conversation, for who noted it. Raises NotFound, or Refused."""
    found, view = get_conversation(
        person=person, conversation_id=conversation_id, now=now, taking_part=True
    )
    if found.made_by_id != person.pk:
        raise Refused(_("Only who noted a conversation changes what it was."))
    return found, view


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of a conversation shows."""

    conversation: Conversation
    view: RouteView
    attendees: list[Attendee]
    parts: list[Part]
    points: list[Point]
    left: list[Person]  # took part, and no longer travel along
    now: datetime

    @property
    def here(self) -> list[Attendee]:
        """Who takes part and still travels along."""
        gone = {one.pk for one in self.left}
        return [one for one in self.attendees if one.person_id not in gone]

    @property
    def attends(self) -> bool:
        return any(one.person_id == self.view.person.pk for one in self.attendees)

    @property
    def mine(self) -> Part | None:
        return next((one for one in self.parts if one.person_id == self.view.person.pk), None)

    @property
    def may_work(self) -> bool:
        return self.attends and self.conversation.cancelled_at is None and not self.ended

    @property
    def ended(self) -> bool:
        return self.view.route.state in ENDED

    @property
    def is_to_come(self) -> bool:
        """It stands in the calendar of who looks."""
        return self.may_work and bool(self.conversation.starts_at) and not self.has_begun

    @property
    def may_mend(self) -> bool:
        """They noted it just now, and nobody else wrote about it yet."""
        talk, me = self.conversation, self.view.person.pk
        fresh = talk.was_noted and self.now < talk.made_at + MEND
        alone = all(one.person_id == me for one in self.parts) and all(
            one.made_by_id == me for one in self.points
        )
        return self.may_work and talk.made_by_id == me and fresh and alone and not talk.common

    @property
    def may_reopen(self) -> bool:
        """It was planned, is said to be held, and nobody wrote about it."""
        talk = self.conversation
        held = talk.held_at is not None and not talk.was_noted
        return self.may_work and held and not (self.parts or self.points or talk.common)

    @property
    def readers(self) -> list[Participation]:
        """Who travels along and reads this too, without taking part."""
        if self.conversation.closed:
            return []
        there = {one.person_id for one in self.attendees}
        parts = self.view.route.participations.all()
        return [
            one
            for one in parts
            if one.accepted_at
            and (one.until is None or one.until > self.now)
            and one.role in TALKING
            and one.person_id not in there
        ]

    @property
    def has_something(self) -> bool:
        """Something of which an agreement can be made."""
        return bool(self.conversation.common or self.points)

    @property
    def has_begun(self) -> bool:
        begins = self.conversation.starts_at
        return self.conversation.held_at is not None or (begins is not None and begins <= self.now)


def conversation_page(*, person: Person, conversation_id: UUID, now: datetime) -> Page:
    """Raises NotFound, or Refused."""
    found, view = get_conversation(person=person, conversation_id=conversation_id, now=now)
    points = found.points.filter(dropped_at=None).select_related("owner")
    here = set(there_still(found, now=now).values_list("person_id", flat=True))
    attendees = list(found.attendees.all())
    return Page(
        conversation=found,
        view=view,
        attendees=attendees,
        left=[one.person for one in attendees if one.person_id not in here],
        parts=list(found.parts.select_related("person").order_by("pk")),
        points=list(points.order_by("made_at", "pk")),
        now=now,
    )


def there_still(conversation: Conversation, *, now: datetime) -> QuerySet[Attendee]:
    """Who takes part and still travels along: a talk waits for nobody who left, and tells them
    nothing more."""
    here = Participation.objects.filter(
        checks.taking_part(now), route=conversation.route_id, role__in=TALKING
    )
    return conversation.attendees.filter(person_id__in=here.values("person_id"))


def as_agreement(*, person: Person, conversation_id: UUID, now: datetime) -> dict[str, str]:
    """What was talked about as the beginning of an agreement: its title and its text. For who
    takes part; who reads an agreement is more than who reads a conversation, so they read it over
    before they propose it. Raises NotFound, or Refused."""
    found, _view = get_conversation(
        person=person, conversation_id=conversation_id, now=now, taking_part=True
    )
    points = found.points.filter(dropped_at=None).select_related("owner").order_by("made_at", "pk")
    lines = [f"- {point.owner.name}: {point.text}" for point in points]
    text = "\n".join([*filter(None, [found.common, ""] if lines else [found.common]), *lines])
    return {"title": (found.about or kind_name(found.kind))[:160], "text": text}


def before_of(conversation: Conversation, limit: int = 50) -> list[Common]:
    """How the text of all read before, the newest first. Call it for who takes part only."""
    rows = Common.objects.filter(conversation=conversation, version__lt=conversation.common_version)
    return list(rows.order_by("-version")[:limit])


def own_part(conversation: Conversation, person: Person) -> Part | None:
    return Part.objects.filter(conversation=conversation, person=person).first()


def get_point(*, person: Person, point_id: UUID, now: datetime) -> tuple[Point, RouteView]:
    """An action point, for who takes part in its conversation. Raises NotFound, or Refused."""
    point = Point.objects.filter(pk=point_id, dropped_at=None).select_related("owner").first()
    if point is None:
        raise NotFound
    point.conversation, view = get_conversation(
        person=person, conversation_id=point.conversation_id, now=now, taking_part=True
    )
    return point, view


def stop_for(*, person: Person, stop_id: UUID | None, route_id: UUID, now: datetime) -> Stop | None:
    """The stop to which a conversation will belong. Raises NotFound for one of another route."""
    if stop_id is None:
        return None
    _view, stop = get_stop(person=person, stop_id=stop_id, now=now)
    if stop.route_id != route_id:
        raise NotFound
    return stop


def at_stop(*, person: Person, stop: Stop, limit: int = 6) -> list[Conversation]:
    """The conversations that belong to a stop, newest first."""
    # By its route too: most talks have no stop, and a database that counts them reads all.
    rows = Conversation.objects.filter(
        visible_to(person), route_id=stop.route_id, stop=stop, cancelled_at=None
    )
    return list(rows.prefetch_related(_with_people()).order_by("-day", "-pk")[:limit])


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """What conversations are called, for lists of moves; ids of other things are passed over."""
    rows = Conversation.objects.filter(pk__in=list(ids)).values_list("pk", "kind")
    return {pk: kind_name(kind) for pk, kind in rows}


def talking_on(person: Person, now: datetime) -> QuerySet[Participation, Any]:
    """The routes on which this person takes part in conversations."""
    return Participation.objects.filter(
        checks.taking_part(now), person=person, role__in=TALKING
    ).values("route_id")


def own_routes(person: Person, *, now: datetime) -> QuerySet[Route]:
    """The routes on which this person talks with others, that go on."""
    return (
        Route.objects.filter(pk__in=talking_on(person, now), state__in=LIVE)
        .select_related("student", "programme")
        .order_by("student__name", "pk")
    )


def points_of(person: Person, *, now: datetime) -> list[Point]:
    """What this person said they would do, what is due first on top."""
    rows = Point.objects.filter(
        owner=person,
        done_at=None,
        dropped_at=None,
        conversation__cancelled_at=None,
        conversation__route_id__in=talking_on(person, now),
    ).select_related("conversation__route__student")
    return list(rows.order_by(F("due").asc(nulls_last=True), "made_at", "pk")[:MOST_SHOWN])


def just_noted_for(person: Person, *, now: datetime) -> list[Conversation]:
    """Talks with this person that somebody else noted these days, of which they wrote nothing
    themselves."""
    written = Part.objects.filter(person=person).values("conversation_id")
    rows = (
        Conversation.objects.filter(
            route_id__in=talking_on(person, now),
            attendees__person=person,
            made_at__gt=now - JUST_NOTED,
            starts_at=None,
            held_at__isnull=False,
            cancelled_at=None,
        )
        .exclude(made_by=person)
        .exclude(pk__in=written)
        .select_related("made_by", "route__student")
    )
    return list(rows.order_by("-made_at", "-pk")[:3])


def taken_by(
    people: Collection[UUID], *, since: datetime, before: datetime, now: datetime
) -> list[tuple[UUID, datetime, datetime]]:
    """When these people talk, on whatever route: to reckon with, never to show."""
    here = Participation.objects.filter(
        checks.taking_part(now),
        role__in=TALKING,
        route=OuterRef("conversation__route"),
        person=OuterRef("person"),
    )
    rows = Attendee.objects.filter(
        ~Q(conversation__route__state__in=ENDED),
        Exists(here),
        person_id__in=list(people),
        conversation__starts_at__gte=since,
        conversation__starts_at__lt=before,
        conversation__held_at=None,
        conversation__cancelled_at=None,
    ).values_list("person_id", "conversation__starts_at", "conversation__minutes")
    return [
        (pk, begins, begins + timedelta(minutes=minutes)) for pk, begins, minutes in rows if begins
    ]


def week_of(person: Person, *, now: datetime, days: int = 7) -> list[Conversation]:
    """The planned conversations of the coming days, soonest first."""
    rows = Conversation.objects.filter(
        stands(),
        route_id__in=talking_on(person, now),
        attendees__person=person,
        starts_at__gte=timezone.localtime(now).replace(hour=0, minute=0),
        starts_at__lt=now + timedelta(days=days),
        held_at=None,
    ).select_related("route__student")
    return list(rows.order_by("starts_at", "pk")[:20])
