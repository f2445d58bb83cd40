"""The route template of a programme: its stops, in order."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access import partnership
from tussenstop.access import partnership_queries as queries
from tussenstop.access.matrix import InScope
from tussenstop.content import pack
from tussenstop.core.errors import Stale
from tussenstop.people.actions import LastStop
from tussenstop.routes.names import name_of, purpose_of
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import VersionForm, saved
from tussenstop.web.partnership.forms.programmes import AddStopForm, StopForm
from tussenstop.web.partnership.shown import line_of, stop_rows
from tussenstop.web.partnership.views._common import (
    Crumbs,
    columns_of,
    form_page,
    seen_in,
    tell_stale,
    to_programme,
)


def _to_edit(request: HttpRequest, programme_id: UUID) -> queries.ProgrammeView:
    return queries.get_programme(
        person=person_of(request),
        programme_id=programme_id,
        now=now_of(request),
        permission=InScope.EDIT_INSTITUTION,
    )


def _back(programme: object) -> Crumbs:
    url = reverse("template", args=[programme.pk])  # type: ignore[attr-defined]
    return [*to_programme(programme), (_("Route"), url)]


@require_safe
def template(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    view = _to_edit(request, programme_id)
    return page(
        request,
        "partnership/template.html",
        {
            "programme": view.programme,
            "stops": stop_rows(view.stops),
            "route": line_of(view.programme.name, view.stops),
            "crumbs": to_programme(view.programme),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    view = _to_edit(request, programme_id)
    row = view.programme
    form = AddStopForm(
        request.POST or None,
        initial={"version": row.version},
        stops=[(stop, name_of(stop)) for stop in view.stops],
    )
    if form.is_valid():

        def act() -> None:
            partnership.add_template_stop(
                by=by_of(request),
                programme=row,
                seen=form.cleaned_data["version"],
                after=form.after_stop(),
                key=form.cleaned_data["key"],
                now=now_of(request),
                **form.values(),
            )

        if saved(form, act, version=row.version):
            return done(request, _("The stop is on the route."), "template", row.pk)
    return form_page(
        request,
        form,
        title=_("Add a stop"),
        submit=_("Add the stop"),
        crumbs=_back(row),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_template_stop(person=person_of(request), stop_id=stop_id, now=now)
    theirs = {
        "name": row.own_name,
        "purpose": row.own_purpose,
        **columns_of(row, "week", "optional"),
    }
    version = row.programme.version
    form = StopForm(
        request.POST or None,
        initial={**theirs, "version": version},
        usual_name=str(pack().stops[row.kind].name) if row.kind else "",
    )
    if form.is_valid():

        def act() -> None:
            partnership.edit_template_stop(
                by=by_of(request),
                stop=row,
                seen=form.cleaned_data["version"],
                now=now,
                **form.values(),
            )

        if saved(form, act, version=version, theirs=theirs):
            return done(request, _("Saved."), "template", row.programme_id)
    return form_page(
        request,
        form,
        title=name_of(row),
        submit=_("Save"),
        crumbs=_back(row.programme),
        lead=purpose_of(row) if row.kind else "",
    )


@require_POST
def move(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_template_stop(person=person_of(request), stop_id=stop_id, now=now)
    up = "up" in request.POST
    try:
        partnership.move_template_stop(
            by=by_of(request), stop=row, seen=seen_in(request), up=up, now=now
        )
    except Stale:
        tell_stale(request)
    return redirect("template", row.programme_id)


@require_POST
def remove(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_template_stop(person=person_of(request), stop_id=stop_id, now=now)
    try:
        partnership.remove_template_stop(
            by=by_of(request), stop=row, seen=seen_in(request), now=now
        )
    except Stale:
        tell_stale(request)
    except LastStop as refusal:
        messages.warning(request, str(refusal.text))
    else:
        return done(request, _("Removed."), "template", row.programme_id)
    return redirect("template", row.programme_id)


@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    row = _to_edit(request, programme_id).programme
    form = VersionForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():

        def act() -> None:
            partnership.reset_template(
                by=by_of(request),
                programme=row,
                seen=form.cleaned_data["version"],
                now=now_of(request),
            )

        if saved(form, act, version=row.version):
            return done(request, _("The built-in route is back."), "template", row.pk)
    return form_page(
        request,
        form,
        title=_("Back to the built-in route?"),
        submit=_("Put the built-in route back"),
        crumbs=_back(row),
        lead=_(
            "The stops you added here, and what you changed of the others, are lost. "
            "Routes that run already keep their stops."
        ),
        danger=True,
    )
