"""The page of one route: where it is, whose move it is, what was agreed, who travels along."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.queries import list_agreements
from tussenstop.content import pack
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.reports import asks
from tussenstop.reports.today import subjects_of
from tussenstop.routes import queries
from tussenstop.routes.actions import state as actions
from tussenstop.routes.queries import RouteView
from tussenstop.routes.rules import BEFORE_AGREED, ENDED, Context, State
from tussenstop.web.lines import line_of
from tussenstop.web.moves import show as show_move
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.routes.forms import StopForm

if TYPE_CHECKING:
    from tussenstop.routes.models import Move


def steps_of(view: RouteView) -> list[tuple[State, str, list[str]]]:
    """The next states a partner may take alone: which, what it is called, what is missing."""
    if not view.may(OnRoute.MOVE_ON):
        return []
    return [
        (to, str(transition.label), actions.missing_for(view.route, to))
        for to, transition in actions.steps_alone(view.route)
    ]


def may_stop(view: RouteView) -> bool:
    if view.route.state in ENDED:
        return False
    before = view.route.state in BEFORE_AGREED and view.may(OnRoute.MOVE_ON)
    return before or view.may(OnRoute.STOP_WITHOUT_ANSWER)


def manager_warning(view: RouteView) -> bool:
    """For an own employee, mentor and manager should be two people."""
    return view.route.context == Context.OWN_EMPLOYEE and any(
        part.role == RouteRole.MENTOR and part.is_manager
        for part in view.route.participations.all()
    )


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    view = queries.get_route(person=person, route_id=route_id, now=now)
    route = view.route
    journey = queries.journeys([route])[route.pk]
    moves = queries.moves_on(route=route, person=person, now=now)
    # What an agreement or a stop is called may tell more than somebody may know.
    subjects = subjects_of(moves) if view.may(OnRoute.SEE_AGREEMENTS) else {}
    shown = [
        show_move(
            move, subjects=subjects, person=person, now=now, mine=move in mine_of(view, moves)
        )
        for move in moves
    ]
    request.looked_at = route  # type: ignore[attr-defined]
    full = view.may(OnRoute.SEE_STOPS)
    return page(
        request,
        "routes/route.html",
        {
            "route": route,
            "can": view.can,
            "roles": sorted(view.roles),
            "mine": next((p for p in route.participations.all() if p.person_id == person.pk), None),
            "line": line_of(journey, now=now, linked=full),
            "moves": [m for m in shown if m.mine] + [m for m in shown if not m.mine],
            "context": pack().contexts[route.context],
            "forms": {form.key: str(form.name) for form in pack().forms.values()},
            "agreements": list_agreements(view=view)[:5],
            "steps": steps_of(view),
            "may_stop": may_stop(view),
            "manager_warning": manager_warning(view) and full,
            "full": full,
            "week": asks.on_route(view, now=now) if full else None,
            "seeking": route.state in BEFORE_AGREED and route.context != Context.OWN_EMPLOYEE,
            "crumbs": [(_("Routes"), "/routes/")],
        },
    )


def mine_of(view: RouteView, moves: "list[Move]") -> "list[Move]":
    """The moves that are this person's: by name, or by a role they hold."""
    return [
        move
        for move in moves
        if move.person_id == view.person.pk or (move.person_id is None and move.role in view.roles)
    ]


@require_POST
def move_on(request: HttpRequest, route_id: UUID) -> HttpResponse:
    view = queries.get_route(
        person=person_of(request),
        route_id=route_id,
        now=now_of(request),
        permission=OnRoute.MOVE_ON,
    )
    wanted = request.POST.get("to", "")
    if wanted not in set(State):
        raise NotFound
    actions.move_on(by=by_of(request), route=view.route, to=State(wanted), now=now_of(request))
    return done(request, _("The route moved on."), "route", route_id)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Stop a route: with a word on what was learned."""
    view = queries.get_route(person=person_of(request), route_id=route_id, now=now_of(request))
    actions.check_may_stop(by=by_of(request), route=view.route, now=now_of(request))
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.stop_route(
                by=by_of(request),
                route=view.route,
                learned=form.cleaned_data["learned"],
                now=now_of(request),
            )
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal.text))
        else:
            return done(
                request, _("The route was stopped. Thank you for the words."), "route", route_id
            )
    return page(
        request,
        "routes/stop.html",
        {"route": view.route, "form": form},
        status=422 if form.errors else 200,
    )
