"""Time credit: stretches of it, counted against what a career allows."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.leave import actions, queries
from tussenstop.web.leave.forms import CreditForm
from tussenstop.web.leave.views import to_leave, to_year, year_in
from tussenstop.web.page import by_of, now_of, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import form_page


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Write a stretch down."""
    now, year = now_of(request), year_in(request)
    view, _found = queries.year_of(person=person_of(request), route_id=route_id, year=year, now=now)
    form = CreditForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            actions.take_credit(by=by_of(request), route=view.route, now=now, **form.cleaned_data)

        if saved(form, act):
            return to_year(request, _("Written down."), route_id, year)
    return form_page(
        request,
        form,
        title=_("Write time credit down"),
        lead=_(
            "Also what you took before, at another employer: together it may be so many months in "
            "your whole career. Only you see it."
        ),
        submit=_("Keep"),
        crumbs=to_leave(view.route, year),
    )


@require_POST
def back(request: HttpRequest, route_id: UUID, credit_id: UUID) -> HttpResponse:
    """Take a stretch out."""
    now = now_of(request)
    view, found = queries.get_credit(
        person=person_of(request), route_id=route_id, credit_id=credit_id, now=now
    )
    actions.credit_back(by=by_of(request), route=view.route, credit=found, now=now)
    return to_year(request, _("Taken out."), route_id, year_in(request))
