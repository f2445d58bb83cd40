"""Reports of mail servers, as they come in."""

from tussenstop.core import clock, mail_tokens
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail

UNKNOWN_USER = "smtp; 550 5.1.1 <mo@example.org>: user unknown\n in virtual mailbox table"


def left(to: str = "mo@example.org", **changes: object) -> OutgoingMail:
    """A letter that a server took."""
    now = clock.now()
    return OutgoingMail.objects.create(
        **{"created_at": now, "sent_at": now, "attempts": 1, "to": to, "subject": "Dag", **changes}
    )


def report(
    letter: OutgoingMail | None,
    *,
    to: str = "mail@school.example.org",
    action: str = "failed",
    status: str = "5.1.1",
    words: str = UNKNOWN_USER,
    message_id: str = "",
    headers_only: bool = False,
) -> bytes:
    """What a server sends that could not deliver a letter (RFC 3464), with the letter's head."""
    named = message_id or mail_tokens.message_id_of(letter.pk if letter else uuid7())
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    return f"""\
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 23 Nov 2026 09:00:00 +0000

Final-Recipient: rfc822; mo@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {words}

--b
Content-Type: {kind}

Message-ID: {named}
Subject: Een geheim woord
To: mo@example.org

Een geheim woord
--b--
""".encode()
