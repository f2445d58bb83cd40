"""Signs on their way: a job for each device takes along everything that is due there, as one sign.

Never twice: signs are claimed before they are handed over. When a worker dies just then, or the line
breaks before there was an answer, nobody can know whether it was taken; it is not tried again, for
the page and the mail tell the same. Never lost: what waits too long is picked up by `sweep`.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import F
from django.templatetags.static import static
from django.utils import timezone, translation
from django_tasks import task

from tussenstop.core import clock
from tussenstop.core.ids import uuid7
from tussenstop.messages import preferences
from tussenstop.messages.rules import Way
from tussenstop.push import keys, posting, rules, webpush
from tussenstop.push.models import Device, Sign, Untaken
from tussenstop.push.posting import Answer, Became
from tussenstop.push.sessions import Standing, lasts_until, standing_of

JOB_LATE = timedelta(minutes=5)  # by then its job was lost
INTERRUPTED_AFTER = timedelta(minutes=15)
SWEPT_AT_ONCE = 500

Post = Callable[..., Answer]
log = structlog.get_logger()


@task(queue_name="mail")
def send_job(device_id: str) -> None:
    """Send what is due on a device, once."""
    send(UUID(device_id), now=clock.now())


def _later(device_id: UUID, moment: datetime) -> None:
    """A job at that moment; where jobs can't wait, `sweep` sees to it."""
    if send_job.get_backend().supports_defer:
        send_job.using(run_after=moment).enqueue(str(device_id))


def send(device_id: UUID, *, now: datetime, post: Post = posting.post) -> None:
    """Claim what is due, leave out what need not be sent any more, and send the rest as one sign."""
    claim = uuid7()
    due = Sign.objects.filter(device_id=device_id, claim=None, leave_at__lte=now)
    if not settings.PUSH or not due.update(claim=claim, claimed_at=now):
        return
    mine = Sign.objects.filter(claim=claim)
    device = Device.objects.select_related("person").filter(pk=device_id).first()
    if device is None:  # it was removed, and its signs with it
        return
    key = keys.by_mark(device.key)
    standing = standing_of([device], now)[device.pk]
    allowed = rules.is_allowed(device.endpoint, settings.PUSH_HOSTS)
    if standing == Standing.GONE or key is None or not device.person.is_active or not allowed:
        device.delete()
        return
    if standing == Standing.ASLEEP:
        mine.delete()
        return
    wanted = preferences.wanted_by(device.person)
    left = []
    for sign in mine.select_related("notice").order_by("notice__at", "pk"):
        if sign.notice.read_at or wanted.way(sign.notice.kind) != Way.AT_ONCE:
            mine.filter(pk=sign.pk).delete()
        else:
            left.append(sign)
    if not left:
        return
    welcome = preferences.welcome_from(device.person, wanted, now)
    if welcome > now:
        mine.update(claim=None, claimed_at=None, leave_at=welcome)
        _later(device.pk, welcome)
        return
    answer = post(
        device.endpoint,
        webpush.encrypt(
            body_of(device, left),
            p256dh=rules.bytes_of(device.p256dh) or b"",
            auth=rules.bytes_of(device.auth) or b"",
        ),
        webpush.authorization(device.endpoint, key, subject=keys.subject(), now=now),
        now=now,
    )
    _answered(device, claim, left, answer, now)


def body_of(device: Device, signs: Sequence[Sign]) -> bytes:
    """What the worker in the browser shows: a sentence, in the language of who gets it, and the
    address to go on from. Never a name, and no address that lets somebody in without signing in."""
    with translation.override(device.person.language):
        several = {"title": str(rules.SEVERAL), "url": "/notices/"}
        one = {
            "title": str(rules.sentence([signs[0].says])),
            "url": f"/notices/{signs[0].notice_id}/go/",
        }
        body = {
            **(one if len(signs) == 1 else several),
            "several": several,
            "lang": device.person.language,
            "icon": static("img/icon-192.png"),
            "badge": static("img/badge-96.png"),
        }
    return json.dumps(body, ensure_ascii=False).encode()


def _answered(
    device: Device, claim: UUID, signs: Sequence[Sign], answer: Answer, now: datetime
) -> None:
    mine = Sign.objects.filter(claim=claim)
    if answer.became == Became.GONE:
        device.delete()
        return
    if answer.became == Became.LATER:
        tried = max(sign.attempts for sign in signs) + 1
        if mine.filter(attempts__gte=rules.ATTEMPTS - 1).delete()[0]:
            _not_taken(device, answer, now)
        moment = now + max(timedelta(minutes=2**tried), answer.wait)
        if mine.update(claim=None, claimed_at=None, leave_at=moment, attempts=F("attempts") + 1):
            _later(device.pk, moment)
        return
    mine.delete()
    if answer.became == Became.TAKEN:
        until = lasts_until([device], now).get(device.pk, device.until)
        Device.objects.filter(pk=device.pk).update(used_at=now, until=until)
    else:
        _not_taken(device, answer, now)


def _not_taken(device: Device, answer: Answer, now: datetime) -> None:
    """For administrators: which push service, and never which device."""
    host = urlsplit(device.endpoint).hostname or ""
    log.warning("sign not taken", host=host, status=answer.status, became=answer.became)
    row, _made = Untaken.objects.get_or_create(
        day=timezone.localdate(now), host=host, became=answer.became, status=answer.status
    )
    Untaken.objects.filter(pk=row.pk).update(count=F("count") + 1)


def sweep(now: datetime) -> None:
    """What a crash left behind: claimed signs perhaps arrived, and go; those whose job was lost get
    another."""
    Sign.objects.filter(claimed_at__lt=now - INTERRUPTED_AFTER).exclude(claim=None).delete()
    if not settings.PUSH:
        return
    late = Sign.objects.filter(claim=None, leave_at__lte=now - JOB_LATE).order_by("device_id")
    for device_id in list(late.values_list("device_id", flat=True).distinct()[:SWEPT_AT_ONCE]):
        send_job.enqueue(str(device_id))
