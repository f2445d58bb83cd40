"""What the pages of conversations have in common."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.access.rules import RouteRole
from tussenstop.calendars.outgoing.writing import one_file
from tussenstop.conversations.days import given_of
from tussenstop.conversations.names import kind_name
from tussenstop.conversations.queries import Page
from tussenstop.core.errors import NotFound
from tussenstop.routes.names import name_of
from tussenstop.routes.queries import RouteView

Crumbs = list[tuple[str, str]]


def to_list(view: RouteView) -> Crumbs:
    """The way back to the conversations of a route."""
    route = view.route
    return [
        (route.student.name, reverse("route", args=[route.pk])),
        (_("Conversations"), reverse("conversations", args=[route.pk])),
    ]


def to_conversation(view: RouteView, conversation: Any) -> Crumbs:
    return [
        *to_list(view),
        (kind_name(conversation.kind), reverse("conversation", args=[conversation.pk])),
    ]


def id_in(request: HttpRequest, name: str) -> UUID | None:
    """An id in the address or the form; None without one. Raises NotFound for what is no id."""
    text = request.POST.get(name) or request.GET.get(name)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def usual_other(view: RouteView, others: list[Any]) -> list[str]:
    """With whom one mostly talks: the student with the mentor, everybody else with the student."""
    role = RouteRole.MENTOR if RouteRole.STUDENT in view.roles else RouteRole.STUDENT
    return [str(part.person_id) for part in others if part.role == role][:1]


def entry_file(seen: Page) -> HttpResponse:
    """The talk as a file for one's own calendar."""
    body = one_file(
        given_of(seen.conversation, seen.view.person),
        now=seen.now,
        address=lambda name, ids: settings.BASE_URL + reverse(name, args=ids),
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tussenstop.ics"'
    return response


def title_of(conversation: Any) -> str:
    return conversation.about or kind_name(conversation.kind)


def dues_of(dues: Iterable[Any]) -> list[tuple[Any, str]]:
    """Talks that were long ago, with the name of their kind."""
    return [(due, kind_name(due.kind)) for due in dues]


def rhythm_in_words(rhythm: dict[str, int]) -> list[tuple[str, int]]:
    """Each kind that has a rhythm, and how many days at most."""
    return [(kind_name(kind), days) for kind, days in rhythm.items() if days]


def points_of(points: Iterable[Any], *, now: datetime) -> list[tuple[Any, bool]]:
    """What somebody will do, and whether its day has passed."""
    today = timezone.localdate(now)
    return [(point, point.due is not None and point.due < today) for point in points]


def week_of(found: Any) -> list[dict[str, Any]]:
    """The stops and the conversations of the coming days, soonest first."""
    rows = [
        {
            "url": reverse("stop", args=[stop.pk]),
            "name": name_of(stop),
            "student": stop.route.student.name,
            "starts_at": stop.starts_at,
            "place": stop.place,
        }
        for stop in found.week
    ] + [
        {
            "url": reverse("conversation", args=[one.pk]),
            "name": title_of(one),
            "student": one.route.student.name,
            "starts_at": one.starts_at,
            "place": one.place,
        }
        for one in found.talks.week
    ]
    return sorted(rows, key=lambda row: row["starts_at"])


def rows_of(conversations: Any, *, today: date) -> list[dict[str, Any]]:
    """Conversations as a list shows them: what, with whom, and the first words written."""
    return [
        {
            "one": one,
            "name": kind_name(one.kind),
            "people": [
                *(there.person.name for there in one.attendees.all()),
                *([one.others] if one.others else []),
            ],
            "words": [part for part in one.parts.all() if part.text],
            "today": one.day == today,
            "untold": one.state == "planned" and one.day < today,
        }
        for one in conversations
    ]
