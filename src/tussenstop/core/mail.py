"""Mail: written in the transaction of the change that causes it, sent by a job, never twice."""

from collections.abc import Sequence
from email.utils import parseaddr
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django_tasks import task

from tussenstop.core import clock
from tussenstop.core.models import OutgoingMail

ATTEMPTS = 6


class QueueBackend(BaseEmailBackend):
    """Django's door for mail: keeps each message and lets a job send it after the commit."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = next(
                (
                    str(a.content)
                    for a in getattr(message, "alternatives", [])
                    if a.mimetype == "text/html"
                ),
                "",
            )
            for address in message.to:
                post(
                    to=parseaddr(address)[1],
                    subject=str(message.subject),
                    text=str(message.body),
                    html=html,
                    headers={k: str(v) for k, v in (message.extra_headers or {}).items()},
                )
        return len(email_messages)


def post(
    *, to: str, subject: str, text: str, html: str = "", headers: dict[str, str] | None = None
) -> OutgoingMail:
    """Put one message in the queue; it leaves when the transaction around it has held."""
    mail = OutgoingMail.objects.create(
        created_at=clock.now(),
        to=to,
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        headers=headers or {},
    )
    transaction.on_commit(partial(send_mail_job.enqueue, str(mail.id)))
    return mail


def smtp(url: str) -> SmtpBackend:
    """The connection of a URL such as smtp+tls://user:password@mail.example.be:587."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return SmtpBackend(
        host=parts.hostname or "localhost",
        port=parts.port
        or (465 if parts.scheme == "smtps" else 587 if "tls" in parts.scheme else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
        timeout=int(options.get("timeout", 20)),
    )


def deliver(mail: OutgoingMail) -> None:
    """Send one message, or keep it in the local mailbox when no mail server is set."""
    if settings.MAIL_URL:
        message = EmailMultiAlternatives(
            subject=mail.subject,
            body=mail.text,
            to=[mail.to],
            headers={"Message-ID": f"<{mail.id}@tussenstop>", **mail.headers},
            connection=smtp(settings.MAIL_URL),
        )
        if mail.html:
            message.attach_alternative(mail.html, "text/html")
        message.send()


@task(queue_name="mail")
def send_mail_job(mail_id: str) -> None:
    """Send a queued message once. Claiming it by its attempt number keeps two workers apart."""
    mail = OutgoingMail.objects.get(id=UUID(mail_id))
    claimed = OutgoingMail.objects.filter(
        id=mail.id, attempts=mail.attempts, sent_at=None, failed_at=None
    ).update(attempts=mail.attempts + 1)
    if not claimed:
        return
    try:
        deliver(mail)
    except OSError as error:
        failed = clock.now() if mail.attempts + 1 >= ATTEMPTS else None
        OutgoingMail.objects.filter(id=mail.id).update(error=str(error)[:500], failed_at=failed)
        if failed is None:
            wait = clock.timedelta(minutes=2 ** (mail.attempts + 1))
            send_mail_job.using(run_after=clock.now() + wait).enqueue(mail_id)
        return
    OutgoingMail.objects.filter(id=mail.id).update(sent_at=clock.now(), error="")


def mailbox(limit: int = 50) -> list[OutgoingMail]:
    """The newest messages of the installation, for the local mailbox of a demo."""
    return list(OutgoingMail.objects.order_by("-created_at")[:limit])


def in_mailbox(mail_id: UUID) -> OutgoingMail | None:
    return OutgoingMail.objects.filter(pk=mail_id).first()
