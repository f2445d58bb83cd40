"""A notice that may come at once also becomes a sign on each device of its receiver."""

from functools import partial

from django.conf import settings
from django.db import transaction

from tussenstop.core.letters import Letter
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import Way, is_named
from tussenstop.push import sending
from tussenstop.push.models import Device, Sign
from tussenstop.push.rules import SENTENCES


def noticed(notice: Notice, letter: Letter) -> None:
    """What comes together, or only on the page, gives no sign. When it may leave is looked at when
    it leaves."""
    if not settings.PUSH or notice.way != Way.AT_ONCE:
        return
    says = notice.kind if is_named(letter.template) and notice.kind in SENTENCES else ""
    devices = list(Device.objects.filter(person=notice.person_id).values_list("pk", flat=True))
    Sign.objects.bulk_create(
        Sign(device_id=device, notice=notice, says=says, leave_at=notice.at) for device in devices
    )
    for device in devices:
        transaction.on_commit(partial(sending.send_job.enqueue, str(device)))
