"""What the views share: the way back, and one page for plain forms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tussenstop.web.page import page

Crumbs = list[tuple[str, str]]


def to_partnership() -> Crumbs:
    return [(_("Partnership"), reverse("partnership"))]


def to_institution(institution: Any) -> Crumbs:
    return [*to_partnership(), (institution.name, reverse("institution", args=[institution.pk]))]


def to_programme(programme: Any) -> Crumbs:
    return [
        *to_institution(programme.institution),
        (programme.name, reverse("programme", args=[programme.pk])),
    ]


def to_organisation(organisation: Any) -> Crumbs:
    return [
        *to_partnership(),
        (organisation.name, reverse("organisation", args=[organisation.pk])),
    ]


def to_workplace(workplace: Any) -> Crumbs:
    return [
        *to_organisation(workplace.organisation),
        (workplace.name, reverse("workplace", args=[workplace.pk])),
    ]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str | Promise,
    submit: str | Promise,
    crumbs: Crumbs,
    lead: str | Promise = "",
    template: str = "partnership/form.html",
    **more: Any,
) -> HttpResponse:
    """A page that is one form; leaving it leads to the last crumb."""
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "crumbs": crumbs,
        "lead": lead,
        "back": crumbs[-1][1],
        **more,
    }
    return page(request, template, context, status=422 if form.errors else 200)


def columns_of(row: Any, *names: str) -> dict[str, Any]:
    """The stored values that a form starts from, and compares with when somebody was first."""
    return {name: getattr(row, name) for name in names}


def seen_in(request: HttpRequest) -> int:
    """The version that was on the screen when a small button was pressed."""
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        return 0


def tell_stale(request: HttpRequest) -> None:
    messages.warning(request, _("This list changed meanwhile. Here is how it stands now."))
