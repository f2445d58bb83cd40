"""Who reads what of a starting position, what they then see, and the summary on one page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core.errors import Stale
from tussenstop.startposition import queries
from tussenstop.startposition.actions import sharing
from tussenstop.startposition.queries import Shared
from tussenstop.startposition.rules import Audience, audiences_for, proposed
from tussenstop.startposition.summary import render, summary_of
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.startposition.forms import SharingForm
from tussenstop.web.stops.stop import Crumbs, to_route


def _crumbs(shared: Shared) -> Crumbs:
    route = shared.view.route
    return [*to_route(shared.view), (_("Starting position"), reverse("position", args=[route.pk]))]


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The switches: every part, every audience."""
    now = now_of(request)
    position = queries.own_position(person=person_of(request), route_id=route_id, now=now)
    route, chosen = position.view.route, position.sharing
    form = SharingForm(
        request.POST or None,
        shared=chosen.shared if chosen else proposed(pack(), route.context),
        audiences=audiences_for(route.context),
        version=chosen.version if chosen else 0,
    )
    if request.method == "POST" and form.is_valid():
        try:
            sharing.choose_sharing(
                by=by_of(request),
                route=route,
                shared=form.shared,
                seen=form.cleaned_data["version"],
                now=now,
            )
        except Stale as stale:
            fresh = queries.own_position(person=person_of(request), route_id=route_id, now=now)
            form.written_elsewhere(stale.text, fresh.sharing.version if fresh.sharing else 0)
        else:
            return done(request, _("Done. It holds from now on."), "position", route_id)
    return page(
        request,
        "startposition/sharing.html",
        {
            "form": form,
            "rows": [(part, form[key]) for key, part in pack().starting_position.items()],
            "route": route,
            "first": chosen is None,
            "audiences": audiences_for(route.context),
            "crumbs": [
                *to_route(position.view),
                (_("Starting position"), reverse("position", args=[route.pk])),
            ],
        },
        status=422 if form.errors else 200,
    )


def _read(request: HttpRequest, route_id: UUID, as_if: str = "") -> Shared:
    shared = queries.shared_position(
        person=person_of(request), route_id=route_id, now=now_of(request), as_if=as_if
    )
    request.looked_at = shared.view.route  # type: ignore[attr-defined]
    return shared


def show_shared(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """What somebody else may read."""
    shared = _read(request, route_id)
    return page(
        request,
        "startposition/shared.html",
        {"shared": shared, "route": shared.view.route, "crumbs": to_route(shared.view)},
    )


@require_safe
def as_if(request: HttpRequest, route_id: UUID, audience: str) -> HttpResponse:
    """For the student: what this audience sees."""
    position = queries.own_position(
        person=person_of(request), route_id=route_id, now=now_of(request)
    )
    shared = _read(request, position.view.route.pk, as_if=audience)
    return page(
        request,
        "startposition/shared.html",
        {
            "shared": shared,
            "route": shared.view.route,
            "as_if": Audience(audience),
            "crumbs": _crumbs(shared),
        },
    )


def _asked_as(request: HttpRequest, route_id: UUID) -> Shared:
    """The summary for whoever asks; the student asks for it as their mentor reads it, or another."""
    asked = request.GET.get("as", Audience.MENTOR.value)
    return _read(request, route_id, as_if=asked)


@require_safe
def summary(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Who is your working student, on one page."""
    shared = _asked_as(request, route_id)
    mine = RouteRole.STUDENT in shared.view.roles
    return page(
        request,
        "startposition/summary.html",
        {
            "summary": summary_of(shared),
            "shared": shared,
            "route": shared.view.route,
            "mine": mine,
            "audience": next(iter(shared.audiences), None) if mine else None,
            "audiences": audiences_for(shared.view.route.context),
            "crumbs": _crumbs(shared),
        },
    )


@require_safe
def pdf(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The same page, to print or to hand over."""
    shared = _asked_as(request, route_id)
    name = f"{slugify(_('starting position'))}-{slugify(shared.view.route.student.name)}.pdf"
    made = render(summary_of(shared), now=now_of(request))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
