"""Mail: written in the transaction of the change that causes it, sent by a job.

Never twice: a job claims a message (`sending_at`) before it hands it over. When a worker dies just
then nobody can know whether the server took it, so it is not tried again by itself: it is put with
what failed, for a person to decide. Its Message-ID stays the same, by which mail programs know it.
Never lost: what waits too long, because its job was lost in a crash, is picked up by `sweep`.
"""

import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime
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
from django.db import IntegrityError, transaction
from django.db.models import Q
from django_tasks import task

from tussenstop.core import clock
from tussenstop.core.models import OutgoingMail, Unreachable

ATTEMPTS = 6
JOB_LATE = clock.timedelta(minutes=5)  # by then its job was lost
INTERRUPTED_AFTER = clock.timedelta(minutes=15)
INTERRUPTED = "interrupted"  # the worker stopped in the middle: perhaps it left
SWEPT_AT_ONCE = 500

Told = Callable[[str, datetime], None]
_told_unreachable: list[Told] = []


def when_unreachable(told: Told) -> None:
    """Let a package act when an address turns out not to exist. Called once, at start-up."""
    if told not in _told_unreachable:
        _told_unreachable.append(told)


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
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    kind: str = "",
    leave_at: datetime | None = None,
) -> OutgoingMail:
    """Put one message in the queue; it leaves when the transaction around it has held, and not
    before `leave_at`."""
    mail = OutgoingMail.objects.create(
        created_at=clock.now(),
        leave_at=leave_at,
        kind=kind,
        to=to,
        subject=one_line(subject),
        text=text,
        html=html,
        headers=headers or {},
    )
    transaction.on_commit(partial(_enqueue, str(mail.id), leave_at))
    return mail


def one_line(subject: str) -> str:
    """A subject that can stand in a header."""
    return " ".join(subject.split())[:300]


def post_many(mails: Sequence[OutgoingMail]) -> None:
    """Put many messages in the queue, which one job sends in turn."""
    OutgoingMail.objects.bulk_create(mails)
    ids = [str(mail.id) for mail in mails]
    transaction.on_commit(partial(send_many_job.enqueue, ids))


def _enqueue(mail_id: str, leave_at: datetime | None) -> None:
    if leave_at is None or leave_at <= clock.now():
        send_mail_job.enqueue(mail_id)
    elif send_mail_job.get_backend().supports_defer:
        send_mail_job.using(run_after=leave_at).enqueue(mail_id)


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
    """Send a queued message once."""
    _send(mail_id)


@task(queue_name="mail")
def send_many_job(mail_ids: list[str]) -> None:
    """Send queued messages in turn, each once. What is left when this job dies is swept up."""
    for mail_id in mail_ids:
        _send(mail_id)


def _send(mail_id: str) -> None:
    """Claiming it by its attempt number keeps two workers apart."""
    now = clock.now()
    mail = OutgoingMail.objects.filter(id=UUID(mail_id)).first()
    if mail is None or (mail.leave_at and mail.leave_at > now and not mail.attempts):
        return
    claimed = OutgoingMail.objects.filter(
        id=mail.id, attempts=mail.attempts, sending_at=None, sent_at=None, failed_at=None
    ).update(attempts=mail.attempts + 1, sending_at=now)
    if not claimed:
        return
    try:
        deliver(mail)
    except (OSError, ValueError) as error:  # all of smtplib's are an OSError
        _failed(mail, error)
        return
    OutgoingMail.objects.filter(id=mail.id).update(sending_at=None, sent_at=clock.now(), error="")
    Unreachable.objects.filter(address=mail.to.lower()).delete()


def _failed(mail: OutgoingMail, error: Exception) -> None:
    """Later once more; or never, when the server said so for good or this was the last time."""
    now, attempts = clock.now(), mail.attempts + 1
    given_up = attempts >= ATTEMPTS or is_for_good(error)
    next_at = None if given_up else now + clock.timedelta(minutes=2**attempts)
    OutgoingMail.objects.filter(id=mail.id).update(
        error=str(error)[:500],
        failed_at=now if given_up else None,
        sending_at=None,
        leave_at=next_at or mail.leave_at,
    )
    if next_at:
        send_mail_job.using(run_after=next_at).enqueue(str(mail.id))
    elif nobody_is_there(error):
        _mark_unreachable(mail.to, str(error), now)


def _codes(error: Exception) -> list[tuple[int, str]]:
    """What the server answered about the address, or about the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [(code, str(text)) for code, text in error.recipients.values()]
    if isinstance(error, smtplib.SMTPDataError):
        return [(error.smtp_code, str(error.smtp_error))]
    return []


def is_for_good(error: Exception) -> bool:
    """A message that can't be made will never leave; a server says it with 5xx. A refused sender or
    password is a setting to mend: that is tried again."""
    codes = _codes(error)
    for_good = bool(codes) and all(500 <= code < 600 for code, _text in codes)
    return for_good or isinstance(error, ValueError)


def nobody_is_there(error: Exception) -> bool:
    """Whether it is the address: a 5xx about it, other than a policy of the server (5.7.x)."""
    return (
        isinstance(error, smtplib.SMTPRecipientsRefused)
        and is_for_good(error)
        and not any("5.7." in text for _code, text in _codes(error))
    )


def _mark_unreachable(address: str, error: str, now: datetime) -> None:
    try:
        with transaction.atomic():
            Unreachable.objects.create(address=address.lower(), at=now, error=error[:500])
            for told in _told_unreachable:
                told(address, now)
    except IntegrityError:
        return  # known already


def is_unreachable(address: str) -> bool:
    return Unreachable.objects.filter(address=address.lower()).exists()


def sweep(now: datetime) -> None:
    """What a crash left behind: interrupted messages are put with what failed; those whose job was
    lost get another."""
    OutgoingMail.objects.filter(
        sending_at__lt=now - INTERRUPTED_AFTER, sent_at=None, failed_at=None
    ).update(failed_at=now, sending_at=None, error=INTERRUPTED)
    late = (
        OutgoingMail.objects.filter(
            Q(leave_at__lte=now - JOB_LATE)
            | Q(leave_at=None, created_at__lte=now - JOB_LATE)
            | Q(leave_at__lte=now, attempts=0),
            sending_at=None,
            sent_at=None,
            failed_at=None,
        )
        .order_by("created_at")
        .values_list("pk", flat=True)[:SWEPT_AT_ONCE]
    )
    for pk in list(late):
        send_mail_job.enqueue(str(pk))


def let_go(now: datetime) -> None:
    """What waits for its moment leaves now."""
    held = list(
        OutgoingMail.objects.filter(leave_at__gt=now, attempts=0, sent_at=None, failed_at=None)
        .order_by("created_at")
        .values_list("pk", flat=True)[:SWEPT_AT_ONCE]
    )
    OutgoingMail.objects.filter(pk__in=held).update(leave_at=now)
    transaction.on_commit(partial(send_many_job.enqueue, [str(pk) for pk in held]))


def again(mail_id: UUID, *, now: datetime) -> bool:
    """Try a message that failed once more; False when that is no longer how it stands."""
    done = (
        OutgoingMail.objects.filter(pk=mail_id, sent_at=None)
        .exclude(failed_at=None)
        .update(failed_at=None, sending_at=None, attempts=0, error="", leave_at=now)
    )
    if done:
        transaction.on_commit(partial(send_mail_job.enqueue, str(mail_id)))
    return bool(done)


def mailbox(limit: int = 50) -> list[OutgoingMail]:
    """The newest messages of the installation, for the local mailbox of a demo."""
    return list(OutgoingMail.objects.order_by("-created_at")[:limit])


def in_mailbox(mail_id: UUID) -> OutgoingMail | None:
    return OutgoingMail.objects.filter(pk=mail_id).first()
