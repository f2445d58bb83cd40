"""Looking back on one route: what is shared, and what is written together."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tussenstop.access.rules import RouteRole
from tussenstop.reflection import pair_queries, queries
from tussenstop.web.page import few_of, now_of, page, person_of
from tussenstop.web.reflection.shown import theme_name
from tussenstop.web.stops.stop import to_route

PER_PAGE = 20


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Of journals only what was shared with who looks; one's own stands in the journal."""
    person = person_of(request)
    now = now_of(request)
    view = queries.get_reading(person=person, route_id=route_id, now=now)
    few = few_of(request, queries.shared_with(view=view), PER_PAGE)
    own = queries.own_entries(person=person, route_id=route_id)[:5]
    return page(
        request,
        "reflection/route.html",
        {
            "route": view.route,
            "can": view.can,
            "student": RouteRole.STUDENT in view.roles,
            "page": few,
            "shared": queries.openings(few.object_list),
            "own": [(one, theme_name(one.entry.theme)) for one in queries.as_own(list(own))],
            "loops": pair_queries.loops_on(view=view, now=now),
            "pages": pair_queries.pages_on(view=view),
            "questions": queries.prompts_for(view=view),
            "crumbs": to_route(view),
        },
    )
