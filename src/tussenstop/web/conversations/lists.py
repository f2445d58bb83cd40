"""The conversations of a route, and the way to a quick note from anywhere."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from tussenstop.conversations import queries
from tussenstop.conversations.rhythm import due_on, rhythm_of
from tussenstop.web.conversations.shown import dues_of, rhythm_in_words, rows_of, to_list
from tussenstop.web.page import few_of, now_of, page, person_of, slice_of


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    now = now_of(request)
    found = queries.list_page(person=person_of(request), route_id=route_id, now=now)
    route = found.view.route
    rhythm, agreed = rhythm_of(route)
    today = timezone.localdate(now)
    behind = slice_of(request, found.behind, per_page=15)
    request.looked_at = found.view.route  # type: ignore[attr-defined]
    return page(
        request,
        "conversations/list.html",
        {
            "route": found.view.route,
            "can": found.view.can,
            "may_talk": found.may_talk,
            "ahead": rows_of(found.ahead, today=today) if behind.number == 1 else [],
            "behind": behind,
            "rows": rows_of(behind.object_list, today=today),
            "rhythm": rhythm_in_words(rhythm),
            "agreed": agreed,
            "dues": dues_of(due_on([route], roles={route.pk: found.view.roles}, now=now)),
            "crumbs": to_list(found.view)[:1],
        },
    )


@require_safe
def which(request: HttpRequest) -> HttpResponse:
    """On which route did you talk? With only one there is nothing to choose."""
    routes = few_of(request, queries.own_routes(person_of(request), now=now_of(request)))
    if len(routes.object_list) == 1 and not routes.has_other_pages():
        return redirect("conversation_note", routes.object_list[0].pk)
    return page(request, "conversations/which.html", {"routes": routes})
