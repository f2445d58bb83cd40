"""Who can see a route; and for the student: who looked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.routes import queries, sight_queries
from tussenstop.web.page import few_of, now_of, page, person_of
from tussenstop.web.routes.people import crumbs


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    now = now_of(request)
    view = queries.get_route(
        person=person_of(request), route_id=route_id, now=now, permission=OnRoute.SEE_STOPS
    )
    return page(
        request,
        "routes/sight.html",
        {
            "route": view.route,
            "people": sight_queries.who_can_see(route=view.route, now=now),
            "looks": few_of(request, sight_queries.looks(view=view))
            if view.may(OnRoute.SEE_LOOKS)
            else None,
            "crumbs": crumbs(view),
        },
    )
