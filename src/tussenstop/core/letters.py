"""Letters: mails to one person, in their language, with one thing to do.

A letter is written once, as plain text: `templates/letters/<name>.txt`, its first line the subject.
The page that mail programs show is made from that text, with `action_url` as one button.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tussenstop.core import mail

# RFC 3834: lets absence notices stay silent.
HEADERS = {"Auto-Submitted": "auto-generated"}


def address(name: str, *args: UUID | str) -> str:
    """The full address of a page, for use in a letter."""
    return settings.BASE_URL + reverse(name, args=args)


def send(*, to: str, language: str, template: str, context: dict[str, Any]) -> None:
    """Send a letter to one address, in that person's language."""
    with translation.override(language):
        text = render_to_string(f"letters/{template}.txt", context).strip()
        subject, _rest, body = text.partition("\n")
        body = body.strip()
        html = render_to_string(
            "letters/base.html",
            {
                "language": language,
                "subject": subject,
                "paragraphs": _paragraphs(body, context.get("action_url", "")),
                "home": settings.BASE_URL,
            },
        )
    mail.post(to=to, subject=subject, text=body + "\n", html=html, headers=HEADERS)


def _paragraphs(body: str, action_url: str) -> list[dict[str, str]]:
    """The text in pieces: each a paragraph, or the address of the one thing to do."""
    pieces: list[dict[str, str]] = []
    for block in body.split("\n\n"):
        before, found, after = block.partition(action_url) if action_url else (block, "", "")
        if before.strip():
            pieces.append({"text": before.strip()})
        if found:
            pieces.append({"url": action_url})
        if after.strip():
            pieces.append({"text": after.strip()})
    return pieces
