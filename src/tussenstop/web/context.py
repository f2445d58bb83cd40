"""What every template may know of the installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - Django passes it
    return {
        "demo": settings.DEMO,
        "mailbox_open": settings.MAILBOX and not settings.MAIL_URL,
        "languages": settings.LANGUAGES,
    }
