"""Mail: written in the transaction of the change that causes it, sent by a job.

Never twice: a job claims a message (`sending_at`) before it hands it over. When a worker dies just
then, or the connection breaks before the answer, nobody can know whether the server took it, so it
is not tried again by itself: it is put with what failed, for a person to decide. Its Message-ID
stays the same, by which mail programs know it.
Never lost: what waits too long, because its job was lost in a crash, is picked up by `sweep`.
"""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import task

from tussenstop.core import clock, mail_addresses
from tussenstop.core.mail_smtp import Uncertain, in_words, is_for_good, nobody_is_there, smtp
from tussenstop.core.mail_tokens import envelope_of, message_id_of
from tussenstop.core.models import OutgoingMail

ATTEMPTS = 6
JOB_LATE = clock.timedelta(minutes=5)  # by then its job was lost
INTERRUPTED_AFTER = clock.timedelta(minutes=15)
INTERRUPTED = "interrupted"  # the worker stopped in the middle: perhaps it left
SWEPT_AT_ONCE = 500


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
    """A queue that can't wait leaves what comes later to `sweep`."""
    if leave_at is None or leave_at <= clock.now():
        send_mail_job.enqueue(mail_id)
    elif send_mail_job.get_backend().supports_defer:
        send_mail_job.using(run_after=leave_at).enqueue(mail_id)


def deliver(mail: OutgoingMail) -> None:
    """Send one message, or keep it in the local mailbox when no mail server is set."""
    if settings.MAIL_URL:
        message = EmailMultiAlternatives(
            subject=mail.subject,
            body=mail.text,
            from_email=envelope_of(mail.id),
            to=[mail.to],
            headers={
                "From": settings.DEFAULT_FROM_EMAIL,
                "Message-ID": message_id_of(mail.id),
                **mail.headers,
            },
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
        id=mail.id,
        to=mail.to,
        attempts=mail.attempts,
        sending_at=None,
        sent_at=None,
        failed_at=None,
    ).update(attempts=mail.attempts + 1, sending_at=now)
    if not claimed:
        return
    try:
        deliver(mail)
    except Uncertain:
        _interrupted(OutgoingMail.objects.filter(id=mail.id), clock.now())
        return
    except (OSError, ValueError) as error:  # all of smtplib's are an OSError
        _failed(mail, error)
        return
    OutgoingMail.objects.filter(id=mail.id).update(sending_at=None, sent_at=clock.now(), error="")
    mail_addresses.taken_over(mail.to)


def _failed(mail: OutgoingMail, error: Exception) -> None:
    """Later once more; or never, when the server said so for good or this was the last time."""
    now, attempts = clock.now(), mail.attempts + 1
    given_up = attempts >= ATTEMPTS or is_for_good(error)
    next_at = None if given_up else now + clock.timedelta(minutes=2**attempts)
    OutgoingMail.objects.filter(id=mail.id).update(
        error=in_words(error)[:500],
        failed_at=now if given_up else None,
        sending_at=None,
        leave_at=next_at or mail.leave_at,
    )
    if next_at:
        _enqueue(str(mail.id), next_at)
    elif nobody_is_there(error):
        mail_addresses.nobody_there(mail.to, in_words(error), now)


def _interrupted(rows: QuerySet[OutgoingMail], now: datetime) -> None:
    """Perhaps these left, perhaps not: put with what failed, for a person to decide."""
    rows.filter(sent_at=None, failed_at=None).update(
        failed_at=now, sending_at=None, error=INTERRUPTED
    )


def sweep(now: datetime) -> None:
    """What a crash left behind: interrupted messages are put with what failed; those whose job was
    lost get another."""
    _interrupted(OutgoingMail.objects.filter(sending_at__lt=now - INTERRUPTED_AFTER), now)
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


@transaction.atomic
def again(mail_id: UUID, *, now: datetime) -> bool:
    """Try a message that failed or came back once more, and with it the address; False when that is
    no longer how it stands."""
    rows = OutgoingMail.objects.filter(
        Q(sent_at=None, failed_at__isnull=False) | Q(returned_at__isnull=False), pk=mail_id
    )
    done = rows.update(
        failed_at=None,
        returned_at=None,
        sent_at=None,
        sending_at=None,
        attempts=0,
        error="",
        leave_at=now,
    )
    if done:
        mail_addresses.try_again(OutgoingMail.objects.values_list("to", flat=True).get(pk=mail_id))
        transaction.on_commit(partial(send_mail_job.enqueue, str(mail_id)))
    return bool(done)


def withdraw(mail_ids: Sequence[UUID], *, now: datetime) -> None:
    """What waits for its moment need not leave any more. What a worker just claimed does."""
    OutgoingMail.objects.filter(
        pk__in=mail_ids, leave_at__gt=now, sending_at=None, sent_at=None, failed_at=None
    ).delete()


def follow(was: str, to: str) -> None:
    """Somebody has another address: what did not reach them yet goes there, also what failed or
    came back and is tried again. Neither address carries what was known of it before."""
    not_arrived = Q(sent_at=None) | Q(returned_at__isnull=False)
    OutgoingMail.objects.filter(not_arrived, to=was, sending_at=None).update(to=to)
    mail_addresses.try_again(was)
    mail_addresses.try_again(to)


def mailbox() -> QuerySet[OutgoingMail]:
    """The messages of the installation, newest first, for the local mailbox of a demo."""
    return OutgoingMail.objects.order_by("-created_at", "-pk")


def in_mailbox(mail_id: UUID) -> OutgoingMail | None:
    return OutgoingMail.objects.filter(pk=mail_id).first()
