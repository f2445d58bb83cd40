"""Programmes: their page, and how they are added and described."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access import partnership
from tussenstop.access import partnership_queries as queries
from tussenstop.access.matrix import InScope
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.forms.programmes import AddProgrammeForm, ProgrammeForm
from tussenstop.web.partnership.shown import line_of, stop_rows
from tussenstop.web.partnership.views._common import (
    columns_of,
    form_page,
    to_institution,
    to_programme,
)


@require_safe
def programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    view = queries.get_programme(
        person=person_of(request), programme_id=programme_id, now=now_of(request)
    )
    return page(
        request,
        "partnership/programme.html",
        {
            "programme": view.programme,
            "can": view.can,
            "competences": view.competences,
            "stops": stop_rows(view.stops),
            "route": line_of(view.programme.name, view.stops),
            "crumbs": to_institution(view.programme.institution),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    now = now_of(request)
    institution = queries.get_institution(
        person=person_of(request),
        institution_id=institution_id,
        now=now,
        permission=InScope.EDIT_INSTITUTION,
    ).institution
    teachers = queries.teachers_of(institution, now=now)
    form = AddProgrammeForm(request.POST or None, teachers=teachers)
    if form.is_valid():
        key = form.cleaned_data["key"]

        def act() -> None:
            partnership.add_programme(
                by=by_of(request),
                institution=institution,
                key=key,
                outline=form.outline(),
                now=now,
            )

        if saved(form, act):
            text = _("Added, with the built-in route. Now write down its competences.")
            return done(request, text, "programme", key)
    return form_page(
        request,
        form,
        title=_("Add a programme"),
        submit=_("Add the programme"),
        crumbs=to_institution(institution),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_programme(
        person=person_of(request),
        programme_id=programme_id,
        now=now,
        permission=InScope.EDIT_INSTITUTION,
    ).programme
    names = (
        "name",
        "code",
        "about",
        "hours_target",
        "weeks",
        "lesson_hours",
        "study_hours",
        "self_start",
    )
    theirs = columns_of(row, *names)
    theirs["default_teacher"] = str(row.default_teacher_id or "")
    form = ProgrammeForm(
        request.POST or None,
        initial={**theirs, "version": row.version},
        teachers=queries.teachers_of(row.institution, now=now),
    )
    if form.is_valid():
        seen = form.cleaned_data["version"]

        def act() -> None:
            partnership.edit_programme(
                by=by_of(request), programme=row, seen=seen, outline=form.outline(), now=now
            )

        if saved(form, act, version=row.version, theirs=theirs):
            return done(request, _("Saved."), "programme", row.pk)
    return form_page(
        request,
        form,
        title=_("Describe the programme"),
        submit=_("Save"),
        crumbs=to_programme(row),
        lead=_("Routes that run already keep the hours that were agreed."),
    )


@require_POST
def close(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Close for new students, or open again."""
    by, now = by_of(request), now_of(request)
    row = queries.get_programme(
        person=by.person,
        programme_id=programme_id,
        now=now,
        permission=InScope.EDIT_INSTITUTION,
    ).programme
    if request.POST.get("closed") == "1":
        partnership.close_programme(by=by, programme=row, now=now)
        text = _("Closed: it takes no new students. Routes that run go on.")
        return done(request, text, "programme", row.pk)
    partnership.reopen_programme(by=by, programme=row, now=now)
    return done(request, _("Open again for students."), "programme", row.pk)
