"""The documents of a route: what is needed, who sees to it, and how it stands."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.core import files
from tussenstop.core.errors import Refused
from tussenstop.documents import queries
from tussenstop.documents.actions import papers
from tussenstop.documents.queries import Documents, Line
from tussenstop.web.documents.forms import GiveForm, OpenForm
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.stops.stop import to_route


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    found = queries.documents_of(person=person_of(request), route_id=route_id, now=now_of(request))
    request.looked_at = found.view.route  # type: ignore[attr-defined]
    several = len({line.shown.placement.pk for line in found.lines}) > 1
    return page(
        request,
        "documents/documents.html",
        {
            "found": found,
            "several": several,
            "route": found.view.route,
            "crumbs": to_route(found.view),
        },
    )


def _line(
    request: HttpRequest, route_id: UUID, placement_id: UUID, key: str
) -> tuple[Documents, Line]:
    return queries.get_line(
        person=person_of(request),
        route_id=route_id,
        placement_id=placement_id,
        key=key,
        now=now_of(request),
    )


def _form_page(
    request: HttpRequest, found: Documents, line: Line, form: forms.Form, template: str
) -> HttpResponse:
    route = found.view.route
    return page(
        request,
        template,
        {
            "form": form,
            "line": line,
            "shown": line.shown,
            "route": route,
            "back": reverse("documents", args=[route.pk]),
            "crumbs": [
                *to_route(found.view),
                (_("Documents"), reverse("documents", args=[route.pk])),
            ],
        },
        status=422 if form.errors else 200,
    )


def _seen(line: Line) -> str:
    """Which paper was on the screen: a second click on the same form changes nothing."""
    return str(line.shown.paper.pk) if line.shown.paper else ""


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, route_id: UUID, placement_id: UUID, key: str) -> HttpResponse:
    """See to one document."""
    found, line = _line(request, route_id, placement_id, key)
    if not line.may_give:
        raise Refused(_("see to this document"))
    posted: Any = request.POST if request.method == "POST" else None
    form = GiveForm(
        posted,
        request.FILES or None,
        proof=line.shown.required.proof,
        initial={"seen": _seen(line)},
    )
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        if data["seen"] != _seen(line):
            return done(request, _("This was seen to meanwhile."), "documents", route_id)
        file = data.get("file")

        def act() -> None:
            papers.give(
                by=by_of(request),
                route=found.view.route,
                shown=line.shown,
                on=data["on"],
                may_start=data.get("may_start"),
                file=file,
                name=file.name if file else "",
                now=now_of(request),
            )

        if saved(form, act):
            return done(request, _("Thank you, that is kept."), "documents", route_id)
    return _form_page(request, found, line, form, "documents/give.html")


@require_http_methods(["GET", "HEAD", "POST"])
def open_without(
    request: HttpRequest, route_id: UUID, placement_id: UUID, key: str
) -> HttpResponse:
    """Open the gate without this document, with a reason."""
    found, line = _line(request, route_id, placement_id, key)
    if not line.may_open:
        raise Refused(_("open a gate"))
    form = OpenForm(request.POST or None, initial={"seen": _seen(line)})
    if form.is_valid():
        if form.cleaned_data["seen"] != _seen(line):
            return done(request, _("This was seen to meanwhile."), "documents", route_id)

        def act() -> None:
            papers.open_without(
                by=by_of(request),
                route=found.view.route,
                shown=line.shown,
                reason=form.cleaned_data["reason"],
                now=now_of(request),
            )

        if saved(form, act):
            return done(request, _("Opened, with your reason."), "documents", route_id)
    return _form_page(request, found, line, form, "documents/open.html")


@require_safe
def download(request: HttpRequest, route_id: UUID, paper_id: UUID) -> FileResponse:
    """The uploaded document."""
    stored = queries.file_of(
        person=person_of(request), route_id=route_id, paper_id=paper_id, now=now_of(request)
    )
    ending = {files.PDF: ".pdf", files.WEBP: ".webp"}[stored.content_type]
    return FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=f"{stored.name.rpartition('.')[0] or stored.name}{ending}",
        content_type=stored.content_type,
    )
