"""People and their roles in an institution, an organisation, or the partnership itself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access import partnership
from tussenstop.access import partnership_queries as queries
from tussenstop.people.actions import NoSuccessor
from tussenstop.people.queries import roles_in
from tussenstop.people.rules import Role
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.forms.members import RoleForm
from tussenstop.web.partnership.shown import period_of
from tussenstop.web.partnership.views._common import (
    Crumbs,
    form_page,
    to_institution,
    to_organisation,
    to_partnership,
)

LISTS = {
    "institution": "institution_people",
    "organisation": "organisation_people",
    "partnership": "administrators",
}


def _crumbs(view: queries.PlaceView) -> Crumbs:
    if view.kind == "institution":
        return to_institution(view.place)
    return to_organisation(view.place) if view.kind == "organisation" else to_partnership()


def _where(view: queries.PlaceView) -> list[Any]:
    return [view.place.pk] if view.place else []


@require_safe
def people(
    request: HttpRequest, institution_id: UUID | None = None, organisation_id: UUID | None = None
) -> HttpResponse:
    """Who holds which role here, now or before."""
    person, now = person_of(request), now_of(request)
    view = queries.get_place(
        person=person, now=now, institution_id=institution_id, organisation_id=organisation_id
    )
    wanted: dict[str, Any] = {
        "role": request.GET.get("role", ""),
        "words": request.GET.get("q", "").strip()[:80],
        "past": "past" in request.GET,
    }
    found = queries.list_members(person=person, scope=view.place, now=now, **wanted)
    found_page = slice_of(request, found.members)
    url = LISTS[view.kind]
    return page(
        request,
        "partnership/people.html",
        {
            **wanted,
            "place": view.place,
            "found": found_page,
            "rows": [(each, period_of(each, now)) for each in found_page],
            "roles": found.roles,
            "may_manage": found.may_manage,
            "here": reverse(url, args=_where(view)),
            "add_url": reverse(f"{url}_add", args=_where(view)),
            "crumbs": _crumbs(view),
        },
    )


@require_http_methods(["GET", "POST"])
def give(
    request: HttpRequest, institution_id: UUID | None = None, organisation_id: UUID | None = None
) -> HttpResponse:
    """Give somebody a role by name and address."""
    now = now_of(request)
    view = queries.get_place(
        person=person_of(request),
        now=now,
        institution_id=institution_id,
        organisation_id=organisation_id,
        manage=True,
    )
    form = RoleForm(
        request.POST or None,
        initial={"role": request.GET.get("role", "")},
        roles=roles_in(view.place),
        workplaces=queries.open_workplaces(view.place),
    )
    list_url = LISTS[view.kind]
    if form.is_valid():

        def act() -> None:
            partnership.give_role(
                by=by_of(request),
                to=form.invited(),
                scope=view.place,
                key=form.cleaned_data["key"],
                now=now,
                **form.values(today=timezone.localdate(now)),
            )

        if saved(form, act):
            return done(request, _("Done. They get a mail."), list_url, *_where(view))
    return form_page(
        request,
        form,
        title=_("Give somebody a role"),
        submit=_("Give the role"),
        crumbs=[*_crumbs(view), (_("People"), reverse(list_url, args=_where(view)))],
        lead=_("They get a mail and can sign in at once. No account has to be made."),
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Ask once more, then end a role."""
    now = now_of(request)
    row = queries.get_membership(person=person_of(request), membership_id=membership_id, now=now)
    place = row.institution or row.organisation
    kind = "institution" if row.institution else "organisation" if place else "partnership"
    view = queries.PlaceView(place, kind, {})
    here = reverse(LISTS[kind], args=_where(view))
    reason = ""
    if request.method == "POST":
        try:
            partnership.end_role(by=by_of(request), membership=row, now=now)
        except NoSuccessor as refusal:
            reason = str(refusal.text)
        else:
            mine = row.person_id == person_of(request).pk
            return done(
                request,
                _("The role has ended."),
                *(["partnership"] if mine else [LISTS[kind], *_where(view)]),
            )
    return page(
        request,
        "partnership/end_role.html",
        {
            "membership": row,
            "role": Role(row.role).label,
            "place": place,
            "reason": reason,
            "is_me": row.person_id == person_of(request).pk,
            "add_url": reverse(f"{LISTS[kind]}_add", args=_where(view)) + f"?role={row.role}",
            "here": here,
            "crumbs": [*_crumbs(view), (_("People"), here)],
        },
        status=409 if reason else 200,
    )
