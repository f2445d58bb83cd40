"""Letters: mails to one person, in their language, with one thing to do.

A letter is written once, as plain text: `templates/letters/<name>.txt`, its first line the subject.
The page that mail programs show is made from that text, with `action_url` as one button.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tussenstop.core import mail
from tussenstop.core.models import OutgoingMail

# RFC 3834: lets absence notices stay silent.
HEADERS = {"Auto-Submitted": "auto-generated"}


def address(name: str, *args: UUID | str) -> str:
    """The full address of a page, for use in a letter."""
    return settings.BASE_URL + reverse(name, args=args)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was written, before it becomes a mail."""

    to: str
    language: str
    template: str
    subject: str
    text: str
    action_url: str


Desk = Callable[[Letter], bool]
_desks: list[Desk] = []


def hand_to(desk: Desk) -> None:
    """Let a package decide how a letter reaches somebody it knows: it answers whether it took care
    of the letter. Called once, at start-up."""
    if desk not in _desks:
        _desks.append(desk)


def send(*, to: str, language: str, template: str, context: dict[str, Any]) -> None:
    """Write a letter to one address, in that person's language, and see that it gets there."""
    with translation.override(language):
        text = render_to_string(f"letters/{template}.txt", context).strip()
    subject, _rest, body = text.partition("\n")
    letter = Letter(
        to=to,
        language=language,
        template=template,
        subject=mail.one_line(subject),
        text=body.strip(),
        action_url=context.get("action_url", ""),
    )
    if not any(desk(letter) for desk in _desks):
        post(letter)


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands under a letter that one can do without: addresses with their words."""

    links: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)


NO_FOOTER = Footer()


def post(
    letter: Letter,
    *,
    footer: Footer = NO_FOOTER,
    kind: str = "",
    leave_at: datetime | None = None,
) -> OutgoingMail:
    """Make a letter a mail, that leaves now or at a given moment."""
    under = "".join(f"\n\n{words}: {url}" for words, url in footer.links)
    return mail.post(
        to=letter.to,
        subject=letter.subject,
        text=letter.text + (f"\n\n--{under}" if under else "") + "\n",
        html=page_of(letter, footer),
        headers={**HEADERS, **footer.headers},
        kind=kind,
        leave_at=leave_at,
    )


def page_of(letter: Letter, footer: Footer = NO_FOOTER) -> str:
    """The page that mail programs show."""
    with translation.override(letter.language):
        return render_to_string(
            "letters/base.html",
            {
                "language": letter.language,
                "subject": letter.subject,
                "paragraphs": _paragraphs(letter.text, letter.action_url),
                "home": settings.BASE_URL,
                "links": footer.links,
            },
        )


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
