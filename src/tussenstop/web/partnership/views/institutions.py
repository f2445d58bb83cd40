"""Institutions: their page, and how they are added and described."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access import partnership
from tussenstop.access import partnership_queries as queries
from tussenstop.access.matrix import InScope
from tussenstop.people.rules import Role
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.forms.places import AddInstitutionForm, InstitutionForm
from tussenstop.web.partnership.views._common import (
    columns_of,
    form_page,
    to_institution,
    to_partnership,
)

STAFF = (Role.PROGRAMME_COORDINATOR, Role.TEACHER, Role.COACH)


@require_safe
def institution(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    now = now_of(request)
    view = queries.get_institution(
        person=person_of(request), institution_id=institution_id, now=now
    )
    return page(
        request,
        "partnership/institution.html",
        {
            "institution": view.institution,
            "can": view.can,
            "programmes": slice_of(request, queries.programmes_of(view.institution)),
            "groups": queries.groups_in(view.institution, STAFF, now=now),
            "crumbs": to_partnership(),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    now = now_of(request)
    queries.may_add_institution(person=person_of(request), now=now)
    form = AddInstitutionForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]

        def act() -> None:
            partnership.add_institution(
                by=by_of(request),
                key=key,
                coordinator=form.invited(),
                now=now,
                **form.values(),
            )

        if saved(form, act):
            text = _("Added. The programme coordinator gets a mail.")
            return done(request, text, "institution", key)
    return form_page(
        request,
        form,
        title=_("Add an institution"),
        submit=_("Add the institution"),
        crumbs=to_partnership(),
        template="partnership/add_place.html",
        who=_("Who coordinates its programmes?"),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_institution(
        person=person_of(request),
        institution_id=institution_id,
        now=now,
        permission=InScope.EDIT_INSTITUTION,
    ).institution
    theirs = columns_of(row, "name", "short_name", "about", "website", "contact_email")
    form = InstitutionForm(request.POST or None, initial={**theirs, "version": row.version})
    if form.is_valid():
        seen = form.cleaned_data["version"]

        def act() -> None:
            partnership.edit_institution(
                by=by_of(request), institution=row, seen=seen, now=now, **form.values()
            )

        if saved(form, act, version=row.version, theirs=theirs):
            return done(request, _("Saved."), "institution", row.pk)
    return form_page(
        request,
        form,
        title=_("Describe the institution"),
        submit=_("Save"),
        crumbs=to_institution(row),
    )
