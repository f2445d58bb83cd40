"""Fewer mails, by one tap and without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tussenstop.core.errors import NotFound
from tussenstop.messages import actions, unsubscribing
from tussenstop.messages.rules import DIGEST, Kind
from tussenstop.people.acting import By
from tussenstop.web.page import now_of, page


# A mail program posts here by itself (RFC 8058): it has no page of ours and so no token. The signed
# address is what it knows, and this is the only thing that can be done with it.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it shows a button and changes nothing; a POST does it. Raises NotFound."""
    found = unsubscribing.find(token)
    if found is None:
        raise NotFound
    person, what = found
    if request.method == "POST":
        actions.no_more_mail(by=By(person, means="link"), what=what, now=now_of(request))
    with translation.override(person.language):
        response = page(
            request,
            "messages/unsubscribe.html",
            {
                "done": request.method == "POST",
                "digest": what == DIGEST,
                "kind": "" if what == DIGEST else str(Kind(what).label),
            },
        )
        response.render()  # type: ignore[attr-defined]
        return response
