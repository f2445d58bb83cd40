"""What a device may keep for somebody: the pages to write hours down, and hours that wait for a
connection. See static/js/kept.js and hours/worker.js."""

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from tussenstop.core.errors import NotFound
from tussenstop.web.page import person_of

if TYPE_CHECKING:
    from tussenstop.people.models import Person

KEEP_FOR = "Keep-For"


def kept_for(person: "Person") -> str:
    """Whose it is, for a device: always the same for one person, and telling nothing."""
    return sha256(f"kept for {person.pk}".encode()).hexdigest()[:20]


def may_be_kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """This page may be kept for who is signed in."""
    response[KEEP_FOR] = kept_for(person_of(request))
    return response


def was_kept(request: HttpRequest) -> bool:
    """Whether a device kept this until now. Raises NotFound when it was kept for somebody else."""
    whose = request.POST.get("for", "")
    if whose and whose != kept_for(person_of(request)):
        raise NotFound
    return bool(whose)


class NothingStaysMiddleware:
    """After signing out nothing stays on the device, also when no script ran."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.method == "POST" and SESSION_KEY in request.session
        response = self.get_response(request)
        if before and SESSION_KEY not in request.session:
            response["Clear-Site-Data"] = '"storage"'
        return response
