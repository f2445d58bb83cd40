"""Letters are not kept for ever: what they told stands on the route itself."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from tussenstop.core import mail_addresses
from tussenstop.core.models import OutgoingMail
from tussenstop.messages.models import Notice
from tussenstop.people.models import AddressChange

MAIL_DAYS = 180  # a mail that left: its text holds names and working links
NOTICE_DAYS = 365  # a notice that was read
AT_ONCE = 1_000


def tidy(now: datetime) -> None:
    """Every day what is too old, a piece at a time. What failed or was not read stays."""
    mail_addresses.forget_old(now)
    AddressChange.objects.filter(asked_at__lt=now - timedelta(days=1)).delete()
    _delete(OutgoingMail.objects.filter(sent_at__lt=now - timedelta(days=MAIL_DAYS)))
    _delete(Notice.objects.filter(at__lt=now - timedelta(days=NOTICE_DAYS), read_at__isnull=False))


def _delete(rows: QuerySet[Any]) -> None:
    while ids := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        rows.model._default_manager.filter(pk__in=ids).delete()
