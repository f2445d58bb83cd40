"""Organisations: how they present themselves, and how they are added and described."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access import partnership
from tussenstop.access import partnership_queries as queries
from tussenstop.access.matrix import InScope
from tussenstop.people.rules import ORGANISATION_ROLES
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.forms.places import AddOrganisationForm, OrganisationForm
from tussenstop.web.partnership.shown import cultures_of
from tussenstop.web.partnership.views._common import (
    columns_of,
    form_page,
    to_organisation,
    to_partnership,
)


@require_safe
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Everybody who belongs to the partnership may read this; people only for its own."""
    now = now_of(request)
    view = queries.get_organisation(
        person=person_of(request), organisation_id=organisation_id, now=now
    )
    places = slice_of(request, queries.workplaces_of(view.organisation))
    groups = []
    if view.can["SEE_ORGANISATION"]:
        groups = queries.groups_in(view.organisation, ORGANISATION_ROLES, now=now)
    return page(
        request,
        "partnership/organisation.html",
        {
            "organisation": view.organisation,
            "can": view.can,
            "places": places,
            "workplaces": [(place, cultures_of(place)) for place in places],
            "groups": groups,
            "crumbs": to_partnership(),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    now = now_of(request)
    queries.may_add_organisation(person=person_of(request), now=now)
    form = AddOrganisationForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]

        def act() -> None:
            partnership.add_organisation(
                by=by_of(request), key=key, coordinator=form.invited(), now=now, **form.values()
            )

        if saved(form, act):
            text = _("Added. The organisation coordinator gets a mail.")
            return done(request, text, "organisation", key)
    return form_page(
        request,
        form,
        title=_("Add an organisation"),
        submit=_("Add the organisation"),
        crumbs=to_partnership(),
        template="partnership/add_place.html",
        who=_("Who coordinates it?"),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    now = now_of(request)
    row = queries.get_organisation(
        person=person_of(request),
        organisation_id=organisation_id,
        now=now,
        permission=InScope.EDIT_ORGANISATION,
    ).organisation
    theirs = columns_of(row, "name", "sector", "about", "website")
    form = OrganisationForm(request.POST or None, initial={**theirs, "version": row.version})
    if form.is_valid():
        seen = form.cleaned_data["version"]

        def act() -> None:
            partnership.edit_organisation(
                by=by_of(request), organisation=row, seen=seen, now=now, **form.values()
            )

        if saved(form, act, version=row.version, theirs=theirs):
            return done(request, _("Saved."), "organisation", row.pk)
    return form_page(
        request,
        form,
        title=_("Describe the organisation"),
        submit=_("Save"),
        crumbs=to_organisation(row),
    )
