"""What every template may know of the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from tussenstop.web.kept import kept_for


def _kept_for(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return kept_for(user) if user and user.is_authenticated else ""


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "demo": settings.DEMO,
        "mailbox_open": settings.MAILBOX and not settings.MAIL_URL,
        "languages": settings.LANGUAGES,
        "kept_for": _kept_for(request),
    }
