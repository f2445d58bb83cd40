"""The local mailbox: every mail of an installation that has no mail server, for a demo."""

import re
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.core import mail
from tussenstop.messages import digests
from tussenstop.web.page import done, few_of, now_of, page

ONLY_STYLES = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def _must_be_open() -> None:
    if settings.MAIL_URL or not settings.MAILBOX:
        raise Http404


def _with_links(text: str) -> SafeString:
    """The text of a mail with its addresses clickable; everything else escaped."""
    escaped = escape(text)
    return mark_safe(  # noqa: S308 - escaped just above
        ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escaped)
    )


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    _must_be_open()
    return page(
        request,
        "mailbox/list.html",
        {"mails": few_of(request, mail.mailbox()), "now": now_of(request)},
    )


@login_not_required
@require_POST
def without_waiting(request: HttpRequest) -> HttpResponse:
    """In a demo nobody waits for the morning."""
    _must_be_open()
    digests.without_waiting(now_of(request))
    return done(request, _("What waited stands here now."), "mailbox")


@login_not_required
@require_safe
def message(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    _must_be_open()
    found = mail.in_mailbox(mail_id)
    if found is None:
        raise Http404
    return page(request, "mailbox/message.html", {"mail": found, "text": _with_links(found.text)})


@login_not_required
@require_safe
def letter(_request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """The mail as a mail program shows it: a page of its own, with styles and nothing else."""
    _must_be_open()
    found = mail.in_mailbox(mail_id)
    if found is None or not found.html:
        raise Http404
    return HttpResponse(found.html, headers={"Content-Security-Policy": ONLY_STYLES})
