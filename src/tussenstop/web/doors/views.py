"""Doors: the pages behind links in e-mails. Opening one changes nothing; only a tap does.

A door shows one thing to one person. It never signs anybody in; what is done behind it is recorded
as done by link.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_http_methods

from tussenstop.access.links import Purpose
from tussenstop.core.errors import NotFound
from tussenstop.web.doors import agreement, feedback, hours, log, moment, plan, role, talk
from tussenstop.web.doors.opened import Opened, opened_by, send_again
from tussenstop.web.page import now_of, page

DOORS: dict[str, Callable[[HttpRequest, Opened], HttpResponse]] = {
    Purpose.ROLE: role.door,
    Purpose.AGREEMENT: agreement.door,
    Purpose.MOMENT: moment.door,
    Purpose.HOURS: hours.door,
    Purpose.PLAN: plan.door,
    Purpose.LOG: log.door,
    Purpose.TALK: talk.door,
    Purpose.FEEDBACK: feedback.door,
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """One thing, for one person, by a link from a mail."""
    opened = opened_by(token, now=now_of(request))
    if opened is None:
        raise NotFound
    with translation.override(opened.by.person.language):
        request.looked_by = opened.by.person  # type: ignore[attr-defined]
        if opened.expired and request.user != opened.by.person:  # who is signed in needs no link
            return _expired(request, opened)
        response = DOORS[opened.purpose](request, opened)
        if hasattr(response, "render"):
            response.render()
        return response


def _expired(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A link that is too old: one tap sends a new mail to their address."""
    if request.method == "POST":
        send_again(opened, now=now_of(request))
        return page(request, "doors/sent.html", {"person": opened.by.person}).render()  # type: ignore[attr-defined,no-any-return]
    return page(request, "doors/expired.html", {"person": opened.by.person}).render()  # type: ignore[attr-defined,no-any-return]
