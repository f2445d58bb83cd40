"""What every template may know of the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tussenstop.web.kept import kept_for
from tussenstop.web.messages.devices import ON


def _kept_for(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return kept_for(user) if user and user.is_authenticated else ""


def _push_on(request: HttpRequest) -> bool:
    """Whether signs come on the device of this session, as far as the session knows."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and request.session.get(ON))


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "mailbox_open": settings.MAILBOX and not settings.MAIL_URL,
        "languages": settings.LANGUAGES,
        "kept_for": _kept_for(request),
        "push_on": _push_on(request),
    }
