"""The competences of a programme, one by one or pasted as lines."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access import partnership
from tussenstop.access import partnership_queries as queries
from tussenstop.access.matrix import InScope
from tussenstop.core.errors import Stale
from tussenstop.people.actions import HasParts, judge
from tussenstop.people.pasting import Change
from tussenstop.web.page import by_of, done, now_of, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.forms.programmes import CompetenceForm, PasteForm
from tussenstop.web.partnership.views._common import (
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


@require_http_methods(["GET", "POST"])
def competences(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """The whole list, and a form to add one."""
    view = _to_edit(request, programme_id)
    row = view.programme
    form = CompetenceForm(
        request.POST or None,
        initial={"version": row.version, "parent": request.GET.get("parent", "")},
        tops=view.competences,
    )
    if form.is_valid():

        def act() -> None:
            partnership.add_competence(
                by=by_of(request),
                programme=row,
                seen=form.cleaned_data["version"],
                now=now_of(request),
                **form.values(),
            )

        if saved(form, act, version=row.version):
            return done(request, _("Added."), "competences", row.pk)
    return form_page(
        request,
        form,
        title=_("Competences"),
        submit=_("Add the competence"),
        crumbs=to_programme(row),
        template="partnership/competences.html",
        programme=row,
        competences=view.competences,
    )


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Look at what the lines would do; then save them all, or none."""
    row = _to_edit(request, programme_id).programme
    form = PasteForm(request.POST or None, initial={"version": row.version})
    lines = []
    if form.is_valid():
        pasted = form.cleaned_data["pasted"]
        lines = judge(row, pasted)

        def act() -> None:
            partnership.paste_competences(
                by=by_of(request),
                programme=row,
                seen=form.cleaned_data["version"],
                pasted=pasted,
                now=now_of(request),
            )

        if "save" in request.POST and saved(form, act, version=row.version):
            return done(request, _("The competences are saved."), "competences", row.pk)
    wrong = [line for line in lines if line.change == Change.WRONG]
    return form_page(
        request,
        form,
        title=_("Paste competences"),
        submit=_("Look at the lines first"),
        crumbs=to_programme(row),
        template="partnership/paste.html",
        programme=row,
        lines=lines,
        wrong=wrong,
        useful=sum(line.change in {Change.NEW, Change.CHANGED} for line in lines),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, competence_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_competence(person=person_of(request), competence_id=competence_id, now=now)
    tops = [t for t in _to_edit(request, row.programme_id).competences if t.pk != row.pk]
    theirs = {**columns_of(row, "code", "text"), "parent": str(row.parent_id or "")}
    version = row.programme.version
    form = CompetenceForm(request.POST or None, initial={**theirs, "version": version}, tops=tops)
    if form.is_valid():

        def act() -> None:
            partnership.edit_competence(
                by=by_of(request),
                competence=row,
                seen=form.cleaned_data["version"],
                now=now,
                **form.values(),
            )

        if saved(form, act, version=version, theirs=theirs):
            return done(request, _("Saved."), "competences", row.programme_id)
    return form_page(
        request,
        form,
        title=_("Change a competence"),
        submit=_("Save"),
        crumbs=[
            *to_programme(row.programme),
            (_("Competences"), reverse("competences", args=[row.programme_id])),
        ],
    )


@require_POST
def move(request: HttpRequest, competence_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_competence(person=person_of(request), competence_id=competence_id, now=now)
    try:
        partnership.move_competence(
            by=by_of(request),
            competence=row,
            seen=seen_in(request),
            up="up" in request.POST,
            now=now,
        )
    except Stale:
        tell_stale(request)
    return redirect("competences", row.programme_id)


@require_POST
def remove(request: HttpRequest, competence_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_competence(person=person_of(request), competence_id=competence_id, now=now)
    try:
        partnership.remove_competence(
            by=by_of(request), competence=row, seen=seen_in(request), now=now
        )
    except Stale:
        tell_stale(request)
    except HasParts as refusal:
        messages.warning(request, str(refusal.text))
    else:
        return done(request, _("Removed."), "competences", row.programme_id)
    return redirect("competences", row.programme_id)
