"""From the columns of a file to what it brought: choose, look, bring in."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.imports import actions, queries
from tussenstop.imports.lines import shown as values_of
from tussenstop.imports.rules import ImportState, Kind
from tussenstop.web.imports.beginning import TITLES, to_imports
from tussenstop.web.imports.forms import ColumnsForm
from tussenstop.web.imports.shown import counted, download
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import seen_in

if TYPE_CHECKING:
    from tussenstop.imports.models import Import

EVERY = 2  # seconds between two looks at what is being brought in


def _load(request: HttpRequest, import_id: UUID) -> "Import":
    return queries.get_import(person=person_of(request), import_id=import_id, now=now_of(request))


def _waiting(request: HttpRequest, import_id: UUID) -> "Import":
    return queries.get_waiting(person=person_of(request), import_id=import_id, now=now_of(request))


def _context(one: "Import") -> dict[str, object]:
    return {"one": one, "title": TITLES[Kind(one.kind)], "crumbs": to_imports(one.institution)}


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Say which column holds what."""
    one = _load(request, import_id)
    if not queries.is_waiting(one, now=now_of(request)):
        return redirect("import", one.pk)
    initial = {key: str(place) for key, place in one.mapping.items()}
    form = ColumnsForm(
        request.POST or None,
        one=one,
        samples=queries.samples_of(one),
        initial={**initial, "version": one.version},
    )
    if form.is_valid():

        def act() -> None:
            actions.choose_columns(
                by=by_of(request),
                one=one,
                seen=form.cleaned_data["version"],
                mapping=form.mapping,
                now=now_of(request),
            )

        if saved(form, act, version=one.version, theirs=initial):
            return redirect("import", one.pk)
    return page(
        request,
        "imports/columns.html",
        {**_context(one), "form": form, "fields": list(form.shown())},
        status=422 if form.errors else 200,
    )


def _preview(
    request: HttpRequest, one: "Import", *, refusal: str = "", status: int = 200
) -> HttpResponse:
    found = queries.preview(one, person=person_of(request), now=now_of(request))
    shown = slice_of(request, found.lines)
    return page(
        request,
        "imports/preview.html",
        {
            **_context(one),
            "preview": found,
            "shown": shown,
            "lines": [(line, values_of(one.kind, line)) for line in shown.object_list],
            "refusal": refusal or one.trouble,
        },
        status=status,
    )


@require_safe
def show(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What the rows would do; afterwards, what they did."""
    one = _load(request, import_id)
    if not queries.is_waiting(one, now=now_of(request)):
        busy = one.state == ImportState.BUSY
        response = page(
            request,
            "imports/busy.html" if busy else "imports/done.html",
            {**_context(one), "counted": counted(one)},
        )
        if busy:
            response["Refresh"] = str(EVERY)
        return response
    if not queries.is_mapped(one):
        return redirect("import_columns", one.pk)
    return _preview(request, one)


@require_POST
def bring_in(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Everything, or nothing."""
    one = _load(request, import_id)
    try:
        actions.bring_in(
            by=by_of(request),
            one=one,
            seen=seen_in(request),
            opened="opened" in request.POST,
            now=now_of(request),
        )
    except (NotFound, Refused):
        raise
    except DomainError as refusal:
        one = _load(request, import_id)
        if not queries.is_waiting(one, now=now_of(request)) or not queries.is_mapped(one):
            return redirect("import", one.pk)
        return _preview(request, one, refusal=str(refusal.text), status=409)
    return redirect("import", one.pk)


@require_safe
def problems(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The rows that need another look, to correct in a spreadsheet."""
    one = _waiting(request, import_id)
    found = queries.preview(one, person=person_of(request), now=now_of(request))
    header, rows = queries.problem_rows(one, found)
    return download(header, rows, name=_("Rows that need another look"), ending="csv")


@require_POST
def drop(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Not bring it in after all."""
    one = _load(request, import_id)
    actions.drop(by=by_of(request), one=one, now=now_of(request))
    return done(
        request, _("Forgotten: nothing of this file was kept."), "imports", one.institution_id
    )
