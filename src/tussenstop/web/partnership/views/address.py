"""The address of somebody whose roles one looks after: corrected before they came, theirs after."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.access import partnership_queries as queries
from tussenstop.core.errors import NotFound
from tussenstop.messages import addresses, delivery
from tussenstop.web.me.forms import AddressForm
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """What is wrong with it, and how it is put right."""
    now = now_of(request)
    row = queries.get_membership(person=person_of(request), membership_id=membership_id, now=now)
    if row.until and row.until <= now:
        raise NotFound
    form = AddressForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            addresses.correct(
                by=by_of(request), membership=row, email=form.cleaned_data["email"], now=now
            )

        if saved(form, act):
            text = _("Done. %(name)s gets an invitation at %(email)s.")
            words = {"name": row.person.name, "email": row.person.email}
            return done(request, text % words, "role_address", row.pk)
    return page(
        request,
        "partnership/address.html",
        {
            "membership": row,
            "form": form,
            "never_came": addresses.never_came(row.person),
            "trouble": delivery.trouble_of(row.person),
            "url": settings.BASE_URL + reverse("account_email"),
            "crumbs": [(_("Partnership"), reverse("partnership"))],
        },
        status=422 if form.errors else 200,
    )
