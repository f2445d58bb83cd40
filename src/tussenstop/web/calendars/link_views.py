"""Links at which one's own calendar program reads one's days."""

import hashlib
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.calendars.outgoing import actions, queries
from tussenstop.calendars.outgoing.rules import MOST_LINKS, Holds
from tussenstop.calendars.outgoing.writing import calendar_file
from tussenstop.web.calendars.views import to_calendar
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import KeyForm, saved
from tussenstop.web.partnership.views._common import form_page


class LinkForm(KeyForm):
    """A new link."""

    name = forms.CharField(
        label=gettext_lazy("Where will you use it?"),
        max_length=80,
        help_text=gettext_lazy("For instance: my phone."),
    )
    holds = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What does it hold?"),
        choices=Holds.choices,
        coerce=Holds,
        initial=[Holds.STOPS, Holds.WORKPLACE, Holds.DEADLINES],
        widget=forms.CheckboxSelectMultiple,
    )


def _to_links() -> list[tuple[str, str]]:
    return [*to_calendar(), (_("In your own calendar program"), reverse("calendar_links"))]


def _shown(link: Any) -> dict[str, Any]:
    path = reverse("calendar_link_file", args=[queries.token_of(link)])
    address = f"{settings.BASE_URL}{path}"
    return {
        "link": link,
        "address": address,
        "webcal": "webcal://" + address.partition("://")[2],
        "holds": [Holds(code).label for code in link.holds],
    }


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """The links that work. At most five, so one page."""
    found = [_shown(link) for link in queries.links(person_of(request))]
    return page(
        request,
        "calendars/links.html",
        {"links": found, "full": len(found) >= MOST_LINKS, "crumbs": to_calendar()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = LinkForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            actions.make_link(by=by_of(request), now=now_of(request), **form.cleaned_data)

        if saved(form, act):
            return done(request, _("Your link is ready."), "calendar_links")
    return form_page(
        request, form, title=_("A new link"), submit=_("Make the link"), crumbs=_to_links()
    )


@require_POST
def revoke(request: HttpRequest, link_id: UUID) -> HttpResponse:
    link = queries.get_link(person=person_of(request), link_id=link_id)
    actions.revoke(by=by_of(request), link=link, now=now_of(request))
    return done(request, _("Revoked. Nobody reads anything there any more."), "calendar_links")


@login_not_required
@require_safe
def file(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads. The address is the key, so nobody signs in."""
    opened = queries.open_link(token)
    if opened.sent is None:
        return HttpResponse(status=410)
    with translation.override(opened.link.person.language):
        body = calendar_file(_("Tussenstop: my days"), opened.sent, _address)
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in asked or "*" in asked:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="tussenstop.ics"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(opened.changed_at.timestamp())
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response


def _address(name: str, ids: list[str]) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=ids)}"
