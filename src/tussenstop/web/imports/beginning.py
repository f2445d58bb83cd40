"""Choosing what to bring in, an example file, and the upload."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.imports import actions, queries
from tussenstop.imports.columns import columns_of
from tussenstop.imports.rules import Kind
from tussenstop.web.imports.forms import FileForm
from tussenstop.web.imports.shown import counted, download
from tussenstop.web.page import by_of, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, to_institution

ABOUT = {
    Kind.STUDENTS: gettext_lazy(
        "Who begins a programme: they get the role of student, and a route each."
    ),
    Kind.PLACES: gettext_lazy("What organisations offer. They stay theirs to change and to open."),
    Kind.WISHES: gettext_lazy("Places that students told you they would like, in their own order."),
}
TITLES = {
    Kind.STUDENTS: gettext_lazy("Bring in students"),
    Kind.PLACES: gettext_lazy("Bring in places"),
    Kind.WISHES: gettext_lazy("Bring in favourites of students"),
}
ICONS = {Kind.STUDENTS: "users", Kind.PLACES: "briefcase", Kind.WISHES: "list-checks"}


def to_imports(institution: object) -> Crumbs:
    url = reverse("imports", args=[institution.pk])  # type: ignore[attr-defined]
    return [*to_institution(institution), (_("Bring in from a file"), url)]


def _kind(kind: str) -> Kind:
    if kind not in set(Kind):
        raise Http404
    return Kind(kind)


@require_safe
def imports(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """The three kinds, and what was brought in before."""
    institution = queries.to_import(
        person=person_of(request), institution_id=institution_id, now=now_of(request)
    )
    shown = slice_of(request, queries.imports_of(institution))
    return page(
        request,
        "imports/imports.html",
        {
            "institution": institution,
            "kinds": [(kind, ICONS[kind], TITLES[kind], ABOUT[kind]) for kind in Kind],
            "shown": shown,
            "rows": [(one, counted(one)) for one in shown.object_list],
            "crumbs": to_institution(institution),
        },
    )


def _instead(request: HttpRequest) -> UUID | None:
    """The file of before, of which this one will be the corrected version."""
    try:
        return UUID(request.GET.get("instead", ""))
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, institution_id: UUID, kind: str) -> HttpResponse:
    """Upload a file of one kind."""
    now = now_of(request)
    institution = queries.to_import(
        person=person_of(request), institution_id=institution_id, now=now
    )
    chosen = _kind(kind)
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        most=chosen.most,
        initial={"instead": _instead(request)},
    )
    if form.is_valid():
        key, file = form.cleaned_data["key"], form.cleaned_data["file"]

        def act() -> None:
            actions.begin(
                by=by_of(request),
                institution=institution,
                key=key,
                kind=chosen,
                file=file,
                name=file.name,
                instead=form.cleaned_data["instead"],
                now=now,
            )

        if saved(form, act):
            return redirect("import_columns", key)
    return page(
        request,
        "imports/begin.html",
        {
            "institution": institution,
            "kind": chosen,
            "title": TITLES[chosen],
            "about": ABOUT[chosen],
            "columns": columns_of(chosen),
            "form": form,
            "crumbs": to_imports(institution),
        },
        status=422 if form.errors else 200,
    )


@require_safe
def example(request: HttpRequest, institution_id: UUID, kind: str, ending: str) -> HttpResponse:
    """A file to begin from."""
    institution = queries.to_import(
        person=person_of(request), institution_id=institution_id, now=now_of(request)
    )
    chosen = _kind(kind)
    found = queries.example_of(institution, chosen)
    return download(found.header, [found.row], name=str(chosen.label), ending=ending)
