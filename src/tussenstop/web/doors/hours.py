"""The door of hours: a mentor's yes to the weeks of their students."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tussenstop.core.errors import NotFound, Stale
from tussenstop.hours import actions, queries
from tussenstop.web.doors.opened import Opened
from tussenstop.web.hours.shown import in_words, read_seen, seen_of
from tussenstop.web.hours.views import said_yes
from tussenstop.web.page import now_of, page


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    now = now_of(request)
    weeks = queries.waiting_for(opened.by.person, now=now)
    if request.method == "POST":
        _confirm(request, opened, weeks)
        return HttpResponseRedirect(request.path)
    return page(
        request,
        "doors/hours.html",
        {
            "weeks": [
                {
                    "week": one,
                    "worked": in_words(one.worked),
                    "seen": seen_of(one.entries),
                    "entries": [(entry, in_words(entry.worked)) for entry in one.entries],
                }
                for one in weeks
            ]
        },
    )


def _confirm(request: HttpRequest, opened: Opened, weeks: list[queries.ToConfirm]) -> None:
    """Only a route of which this mentor was asked something; what was confirmed meanwhile is."""
    routes = {str(one.route.pk): one.route for one in weeks}
    route = routes.get(request.POST.get("route", ""))
    if route is None:
        _require_id(request.POST.get("route", ""))
        messages.success(request, said_yes(0))
        return
    try:
        count = actions.confirm(
            by=opened.by,
            route=route,
            seen=read_seen(request.POST.get("seen", "")),
            now=now_of(request),
        )
    except Stale as stale:
        messages.warning(request, str(stale.text))
        return
    messages.success(request, said_yes(count))


def _require_id(text: str) -> None:
    try:
        UUID(text)
    except ValueError as error:
        raise NotFound from error
