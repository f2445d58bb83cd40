"""The agreements of a route, and what can be proposed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.agreements import proposal_queries, queries
from tussenstop.agreements.rules import Kind
from tussenstop.routes.queries import RouteView, get_route
from tussenstop.web.agreements.shown import how_it_stands
from tussenstop.web.page import now_of, page, person_of, slice_of

# What each kind is for, in the words of somebody who looks for it.
ABOUT: dict[Kind, tuple[Promise, Promise, str]] = {
    Kind.PERIOD: (
        _("Another period or other hours"),
        _("Longer, shorter, later, or other hours to reach."),
        "calendar",
    ),
    Kind.STOPS: (
        _("Other stops"),
        _("Add a stop of your own, move one, or skip one that you don't need."),
        "route",
    ),
    Kind.PAUSE: (
        _("A pause"),
        _("Life happens. The route waits, and you go on where you were."),
        "circle-pause",
    ),
    Kind.RESUME: (_("Going on after the pause"), _("Say from when."), "arrow-right"),
    Kind.CLOSING: (
        _("Closing the route"),
        _("Everything is reached. Write down what was learned."),
        "flag",
    ),
    Kind.STOPPING: (
        _("Stopping earlier"),
        _("It ends here. What was learned stays learned."),
        "undo-2",
    ),
    Kind.RHYTHM: (
        _("The rhythm of your conversations"),
        _("How often you talk at least. When it was long ago, both of you are reminded."),
        "message-circle",
    ),
    Kind.FREE: (
        _("Something else"),
        _("Whatever you want to agree on together, in your own words."),
        "handshake",
    ),
}


def crumbs(view: RouteView, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back, for who may go there."""
    found = []
    if view.may(OnRoute.SEE):
        route_id = view.route.pk
        found = [
            (str(_("Routes")), reverse("route_list")),
            (view.route.student.name, reverse("route", args=[route_id])),
            (str(_("Agreements")), reverse("agreement_list", args=[route_id])),
        ]
    return [*found, *more]


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    view = get_route(person=person_of(request), route_id=route_id, now=now_of(request))
    agreements = queries.list_agreements(view=view)
    listed = slice_of(request, [(found, how_it_stands(found)) for found in agreements])
    request.looked_at = view.route  # type: ignore[attr-defined]
    return page(
        request,
        "agreements/list.html",
        {
            "route": view.route,
            "listed": listed,
            "to_begin": proposal_queries.to_begin(view, agreements),
            "may_propose": bool(proposal_queries.kinds_for(view)),
            "crumbs": crumbs(view)[:2],
        },
    )


@require_safe
def kinds(request: HttpRequest, route_id: UUID) -> HttpResponse:
    view = get_route(
        person=person_of(request),
        route_id=route_id,
        now=now_of(request),
        permission=OnRoute.PROPOSE,
    )
    return page(
        request,
        "agreements/kinds.html",
        {
            "route": view.route,
            "kinds": [(kind.value, *ABOUT[kind]) for kind in proposal_queries.kinds_for(view)],
            "to_begin": proposal_queries.to_begin(view, queries.list_agreements(view=view)),
            "crumbs": crumbs(view),
        },
    )
