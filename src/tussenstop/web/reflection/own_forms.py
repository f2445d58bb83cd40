"""Forms to look back with that an institution makes itself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.reflection import queries, shapes
from tussenstop.reflection.actions import shapes as actions
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, to_institution
from tussenstop.web.reflection.forms import OwnFormForm

WAYS = ("GET", "HEAD", "POST")


def _crumbs(institution: Any) -> Crumbs:
    url = reverse("own_forms", args=[institution.pk])
    return [*to_institution(institution), (_("Forms to look back with"), url)]


@require_safe
def show(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    institution = queries.get_institution(
        person=person_of(request), institution_id=institution_id, now=now_of(request)
    )
    rows = queries.forms_of(institution)
    return page(
        request,
        "reflection/own_forms.html",
        {
            "institution": institution,
            "rows": [(row, shapes.own(row)) for row in rows],
            "known": [shapes.known(key) for key in shapes.known_keys()],
            "crumbs": to_institution(institution),
        },
    )


@require_http_methods(WAYS)
def add(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    institution = queries.get_institution(
        person=person_of(request), institution_id=institution_id, now=now_of(request)
    )
    return _form(request, institution, None)


@require_http_methods(WAYS)
def change(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """What was written with the form as it was, keeps it."""
    row = queries.get_form(person=person_of(request), form_id=form_id, now=now_of(request))
    return _form(request, row.institution, row)


def _form(request: HttpRequest, institution: Any, row: Any) -> HttpResponse:
    form = OwnFormForm(request.POST or None, row=row)
    if form.is_valid():

        def act() -> None:
            actions.keep(
                by=by_of(request),
                institution=institution,
                key=form.cleaned_data["key"],
                instead_of=row,
                now=now_of(request),
                **form.values(),
            )

        if saved(form, act):
            return done(
                request, _("Saved. It can be chosen from now on."), "own_forms", institution.pk
            )
    crumbs = _crumbs(institution)
    return page(
        request,
        "reflection/own_form.html",
        {
            "form": form,
            "row": row,
            "submit": _("Save"),
            "crumbs": crumbs,
            "back": crumbs[-1][1],
        },
        status=422 if form.errors else 200,
    )


@require_POST
def retire(request: HttpRequest, form_id: UUID) -> HttpResponse:
    row = queries.get_form(person=person_of(request), form_id=form_id, now=now_of(request))
    actions.retire(by=by_of(request), form=row, now=now_of(request))
    return done(
        request, _("Put away. What was written with it stays."), "own_forms", row.institution_id
    )
