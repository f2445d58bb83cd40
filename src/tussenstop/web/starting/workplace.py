"""Choosing a workplace for a route that has begun."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.routes import start_queries
from tussenstop.routes.actions import workplace as actions
from tussenstop.routes.queries import get_placement, get_route
from tussenstop.routes.rules import BEFORE_AGREED
from tussenstop.web.page import by_of, done, now_of, person_of
from tussenstop.web.starting.forms import PlaceForm
from tussenstop.web.starting.picking import address, id_in, pick, workplace_choice
from tussenstop.web.starting.start import mentors_of, place_of, refuse, show_place
from tussenstop.web.stops.stop import to_route


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """First the workplace, from a list; then the period and the mentor."""
    person, now = person_of(request), now_of(request)
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.CHANGE_PLACEMENT)
    route, crumbs = view.route, to_route(view)
    current = [p for p in route.placements.all() if p.ended_at is None]
    title = _("Add a workplace") if current else _("Choose a workplace")
    workplace_id = id_in(request, "workplace")
    if workplace_id is None:
        return pick(
            request,
            start_queries.open_workplaces(
                now=now, words=request.GET.get("q", ""), first=route.student
            ),
            shown=lambda row: workplace_choice(row, address(request, workplace=row.pk)),
            carried={},
            title=title,
            lead=_("From now on this organisation sees the route, as long as the placement lasts."),
            label=_("Name, town or sector"),
            crumbs=crumbs,
            current=current,
            may_leave=route.state in BEFORE_AGREED,
            route=route,
        )
    workplace = start_queries.get_open_workplace(workplace_id=workplace_id, now=now)
    form = PlaceForm(
        request.POST or None,
        context=route.context,
        weeks=route.programme.weeks,
        today=timezone.localdate(now),
    )
    if form.is_valid() and not form.needs_warning:
        try:
            actions.choose_workplace(
                by=by_of(request),
                route=route,
                key=form.cleaned_data["key"],
                place=place_of(form, workplace),
                mentors=mentors_of(form),
                now=now,
            )
        except (NotFound, Refused):
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            said = _("The workplace is chosen: %(workplace)s.") % {"workplace": workplace.name}
            return done(request, said, "route", route.pk)
    where = f"{workplace.name}, {workplace.organisation.name}"
    return show_place(
        request,
        form,
        title=title,
        summary=[(_("Workplace"), where, request.path)],
        submit=_("Choose this workplace"),
        crumbs=crumbs,
    )


@require_POST
def leave(request: HttpRequest, route_id: UUID, placement_id: UUID) -> HttpResponse:
    """This was not it: look further."""
    view, placement = get_placement(
        person=person_of(request),
        placement_id=placement_id,
        now=now_of(request),
        permission=OnRoute.CHANGE_PLACEMENT,
    )
    if view.route.pk != route_id:
        raise NotFound
    actions.leave_workplace(
        by=by_of(request), route=view.route, placement=placement, now=now_of(request)
    )
    said = _("%(workplace)s is no longer the workplace of this route. Who was asked there is told.")
    return done(
        request, said % {"workplace": placement.workplace.name}, "route_workplace", route_id
    )
