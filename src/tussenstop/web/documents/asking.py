"""What a programme asks to be in order: switched on and off, and documents of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.rules import RouteRole
from tussenstop.documents import queries
from tussenstop.documents.actions import asking
from tussenstop.documents.queries import Asked
from tussenstop.documents.rules import Gate
from tussenstop.web.documents.forms import AskForm
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import form_page, to_programme


def _load(request: HttpRequest, programme_id: UUID) -> Asked:
    return queries.asked_by(
        person=person_of(request), programme_id=programme_id, now=now_of(request)
    )


@require_safe
def show(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    asked = _load(request, programme_id)
    return page(
        request,
        "documents/asked.html",
        {
            "asked": asked,
            "programme": asked.programme,
            "built_in": [
                (one, on, RouteRole(one.provider).label, Gate(one.gate).label)
                for one, on in asked.built_in
            ],
            "own": [
                (row, RouteRole(row.provider).label, Gate(row.gate).label) for row in asked.own
            ],
            "crumbs": to_programme(asked.programme),
        },
    )


@require_POST
def switch(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    asked = _load(request, programme_id)
    on = request.POST.get("on") == "yes"
    asking.switch(
        by=by_of(request),
        programme=asked.programme,
        key=request.POST.get("key", ""),
        on=on,
        now=now_of(request),
    )
    said = _("Asked from now on.") if on else _("No longer asked.")
    return done(request, said, "programme_documents", programme_id)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    asked = _load(request, programme_id)
    form = AskForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            asking.add_own(
                by=by_of(request),
                programme=asked.programme,
                now=now_of(request),
                **form.cleaned_data,
            )

        if saved(form, act):
            return done(request, _("Asked from now on."), "programme_documents", programme_id)
    here = reverse("programme_documents", args=[programme_id])
    return form_page(
        request,
        form,
        title=_("Ask for a document of your own"),
        submit=_("Ask for it"),
        crumbs=[*to_programme(asked.programme), (_("Documents"), here)],
    )


@require_POST
def end(request: HttpRequest, programme_id: UUID, requirement_id: UUID) -> HttpResponse:
    asked = _load(request, programme_id)
    asking.end_own(
        by=by_of(request),
        programme=asked.programme,
        requirement_id=requirement_id,
        now=now_of(request),
    )
    return done(request, _("No longer asked."), "programme_documents", programme_id)
