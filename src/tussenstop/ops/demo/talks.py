"""The conversations of the demo: noted in a few words, answered, planned, and one still looked for."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from tussenstop.access.rules import RouteRole
from tussenstop.conversations.actions import inviting, talking
from tussenstop.conversations.actions.inviting import Invitation
from tussenstop.conversations.actions.points import NewPoint
from tussenstop.conversations.actions.talking import Noted
from tussenstop.conversations.models import Slot
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

ROUTES = 4

# What the mentor noted, what somebody would do, and (on some) how the student saw it.
TALKS = (
    (
        "unplanned",
        "Aan de koffie: je nam zelf de telefoon op, en het ging vlot.",
        "Een lijstje maken van de vragen die vaak terugkomen",
        "",
    ),
    (
        "how_is_it",
        "De avonden zijn druk. We bekijken of de donderdag korter kan.",
        "De planning van donderdag bekijken",
        "Ik vond vooral de woensdag zwaar, de donderdag valt mee.",
    ),
    (
        "feedback",
        "Je uitleg aan de klant was helder. De volgende keer eerst vragen wat hij al weet.",
        "Eens meekijken met een collega",
        "",
    ),
)


def fill(*, now: datetime) -> None:
    """On some routes that are under way."""
    routes = Route.objects.filter(state=State.UNDER_WAY).select_related("student").order_by("pk")
    for number, route in enumerate(routes[:ROUTES]):
        mentor = _mentor(route)
        if mentor:
            _noted(route, mentor, number, now)
            if number < 2:
                _ahead(route, mentor, fixed=number == 0, now=now)


def _mentor(route: Route) -> Person | None:
    part = (
        route.participations.filter(role=RouteRole.MENTOR, ended_at=None)
        .exclude(accepted_at=None)
        .select_related("person")
        .first()
    )
    return part.person if part else None


def _noted(route: Route, mentor: Person, number: int, now: datetime) -> None:
    kind, words, to_do, other = TALKS[number % len(TALKS)]
    at = now - timedelta(days=3 + number)
    owner = mentor if number % 2 else route.student
    talk = talking.note(
        by=By(mentor),
        route=route,
        key=uuid7(),
        noted=Noted(kind, timezone.localdate(at), {route.student_id}, words),
        point=NewPoint(uuid7(), to_do, owner.pk, timezone.localdate(now) + timedelta(days=4)),
        now=at,
    )
    if other:
        later = at + timedelta(hours=5)
        talking.write(
            by=By(route.student), conversation=talk, text=other, differs=True, seen=0, now=later
        )


def _ahead(route: Route, mentor: Person, *, fixed: bool, now: datetime) -> None:
    """A feedback talk that is planned, or one of which the student still says when."""
    day = timezone.localdate(now) + timedelta(days=2)
    zone = timezone.get_default_timezone()
    days = [day + timedelta(days=n) for n in range(7)]
    weekdays = [one for one in days if one.weekday() < 5]
    starts = [
        datetime.combine(one, time(hour), zone)
        for one, hour in zip(weekdays, (10, 14, 11), strict=False)
    ]
    talk = inviting.invite(
        by=By(mentor),
        route=route,
        key=uuid7(),
        invitation=Invitation("feedback", {route.student_id}, starts, 30, "Aan de grote tafel"),
        now=now - timedelta(days=1),
    )
    if fixed:
        slots = list(Slot.objects.filter(conversation=talk).order_by("starts_at"))
        seen = [slot.pk for slot in slots]
        inviting.answer(by=By(route.student), conversation=talk, suits=seen[:1], seen=seen, now=now)
