"""The page of one stop, and what its small parts have in common."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from tussenstop.access.matrix import OnRoute
from tussenstop.conversations.queries import at_stop
from tussenstop.conversations.rhythm import due_on
from tussenstop.core.errors import DomainError
from tussenstop.routes import preparation_queries, stop_queries
from tussenstop.routes.actions import stops
from tussenstop.routes.actions.stops import CannotWork
from tussenstop.routes.names import name_of
from tussenstop.routes.queries import RouteView
from tussenstop.routes.rules import ENDED
from tussenstop.routes.stop_queries import StopPage
from tussenstop.web.conversations.shown import dues_of, title_of
from tussenstop.web.lines import line_of
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.stops.forms import ItemForm, PointForm

Crumbs = list[tuple[str, str]]


def to_route(view: RouteView) -> Crumbs:
    """The way back to the route."""
    route = view.route
    title = _("The route of %(student)s") % {"student": route.student.name}
    if route.student_id == view.person.pk:
        title = _("My route")
    return [(title, reverse("route", args=[route.pk]))]


def to_stop(view: RouteView, stop_id: UUID, name: str) -> Crumbs:
    return [*to_route(view), (name, reverse("stop", args=[stop_id]))]


# Pages that belong to a kind of stop: the permission to open it, its address, its name, an icon.
ROOMS: dict[str, list[tuple[OnRoute, str, Promise, str]]] = {
    "starting_position": [
        (OnRoute.READ_POSITION, "position", gettext_lazy("The starting position"), "user"),
    ],
    "start_conversation": [
        (OnRoute.READ_SIDES, "sides", gettext_lazy("Expectations side by side"), "users"),
        (OnRoute.READ_POSITION, "position", gettext_lazy("The starting position"), "user"),
        (OnRoute.SEE_DOCUMENTS, "documents", gettext_lazy("Documents"), "shield-check"),
    ],
    "reflection": [
        (OnRoute.READ_REFLECTION, "route_reflection", gettext_lazy("Looking back"), "sprout"),
    ],
}


def rooms_of(seen: StopPage) -> list[tuple[str, str, str]]:
    """The pages of this stop that this person may open: name, address, icon."""
    return [
        (str(name), reverse(address, args=[seen.view.route.pk]), icon)
        for permission, address, name, icon in ROOMS.get(seen.stop.kind, [])
        if seen.view.may(permission)
    ]


def context_of(seen: StopPage, **more: Any) -> dict[str, Any]:
    """Everything the template of a stop shows."""
    stops_on_line = seen.journey.stops
    return {
        "seen": seen,
        "stop": seen.stop,
        "line": line_of(seen.journey, now=seen.now, linked=True),
        "number": next(i for i, s in enumerate(stops_on_line, 1) if s.pk == seen.stop.pk),
        "count": len(stops_on_line),
        "rooms": rooms_of(seen),
        "people": preparation_queries.attending_parts(seen.view, seen.stop),
        "point_form": PointForm(auto_id="point_%s"),
        "item_form": ItemForm(roles=seen.stop.attends, auto_id="item_%s"),
        "before_name": name_of(seen.before) if seen.before else "",
        "after_name": name_of(seen.after) if seen.after else "",
        **talks_at(seen),
        "crumbs": to_route(seen.view),
        **more,
    }


def talks_at(seen: StopPage) -> dict[str, Any]:
    """The conversations of this stop, and what was long ago when this is where the route is."""
    view = seen.view
    if not view.may(OnRoute.SEE_CONVERSATIONS):
        return {"talks": [], "dues": [], "may_talk": False}
    dues = due_on([view.route], roles={view.route.pk: view.roles}, now=seen.now)
    here = at_stop(person=view.person, stop=seen.stop)
    return {
        "talks": [(talk, title_of(talk)) for talk in here],
        "dues": [] if seen.is_closed else dues_of(dues),
        "may_talk": view.may(OnRoute.CONVERSE) and view.route.state not in ENDED,
    }


def load(request: HttpRequest, stop_id: UUID) -> StopPage:
    return stop_queries.stop_page(person=person_of(request), stop_id=stop_id, now=now_of(request))


@require_safe
def show(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    seen = load(request, stop_id)
    request.looked_at = seen.view.route  # type: ignore[attr-defined]
    changing = request.GET.get("change") == "agenda" and seen.may_work
    return page(request, "stops/stop.html", context_of(seen, changing=changing))


def told(request: HttpRequest, stop_id: UUID, refusal: DomainError) -> HttpResponse:
    """What could not be done is said on the stop itself, where one sees how things stand now."""
    messages.warning(request, str(refusal.text))
    here = reverse("stop", args=[stop_id])
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(here)
    return HttpResponseRedirect(here)


@require_POST
def close(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    view, stop = stop_queries.working_on(
        person=person_of(request), stop_id=stop_id, now=now_of(request)
    )
    try:
        stops.close_stop(by=by_of(request), stop=stop, now=now_of(request))
    except CannotWork as refusal:
        return told(request, stop_id, refusal)
    return done(request, _("This stop is behind you. On to the next."), "route", view.route.pk)


def back_to(stop_id: UUID, part: str) -> HttpResponseRedirect:
    """After a small change without JavaScript: to the same place on the page."""
    return HttpResponseRedirect(f"{reverse('stop', args=[stop_id])}#{part}")


def small_change(
    request: HttpRequest,
    stop_id: UUID,
    *,
    part: str,
    act: Callable[[], object],
    form: forms.Form | None = None,
    form_name: str = "",
) -> HttpResponse:
    """Do a small thing and show that part of the page again: in place with htmx, else by going
    back to it. What is refused is said beside the field."""
    if form is None or form.is_valid():
        try:
            act()
        except CannotWork as refusal:
            if form is None or refusal.field not in form.fields:
                return told(request, stop_id, refusal)
            form.add_error(refusal.field, str(refusal.text))
    in_place = bool(getattr(request, "htmx", False))
    if form is not None and form.errors:
        context = context_of(load(request, stop_id), changing=False, **{form_name: form})
        return page(request, "stops/stop.html", context, part=part, status=200 if in_place else 422)
    if in_place:
        context = context_of(load(request, stop_id), changing=False)
        return page(request, "stops/stop.html", context, part=part)
    return back_to(stop_id, part)
