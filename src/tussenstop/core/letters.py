"""Letters: mails to one person, in their language, with one thing to do."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tussenstop.core import mail


def address(name: str, *args: UUID | str) -> str:
    """The full address of a page, for use in a letter."""
    return settings.BASE_URL + reverse(name, args=args)


def send(*, to: str, language: str, template: str, context: dict[str, Any]) -> None:
    """Send the letter of `templates/letters/<template>.txt`; its first line is the subject.
    With `action_url` in the context the letter ends in one button."""
    with translation.override(language):
        subject, _blank, body = render_to_string(f"letters/{template}.txt", context).partition("\n")
    mail.post(to=to, subject=subject, text=body.strip() + "\n")
