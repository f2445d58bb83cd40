"""The story of a route in plain sentences."""

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit
from tussenstop.routes import queries, sight_queries
from tussenstop.web.page import few_of, now_of, page, person_of
from tussenstop.web.routes.people import crumbs


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    view = queries.get_route(
        person=person_of(request),
        route_id=route_id,
        now=now_of(request),
        permission=OnRoute.SEE_HISTORY,
    )
    found = few_of(request, sight_queries.history(view=view), per_page=50)
    days = [
        (day, [(entry, audit.sentence(entry)) for entry in entries])
        for day, entries in groupby(found.object_list, key=lambda e: timezone.localdate(e.at))
    ]
    request.looked_at = view.route  # type: ignore[attr-defined]
    return page(
        request,
        "routes/history.html",
        {"route": view.route, "days": days, "page": found, "crumbs": crumbs(view)},
    )
