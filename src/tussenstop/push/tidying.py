"""A device on which its owner did not sign in again for a long time is forgotten."""

from datetime import datetime, timedelta

from tussenstop.push.models import Device, Untaken
from tussenstop.push.rules import ASLEEP_DAYS
from tussenstop.push.sessions import lasts_until

AT_ONCE = 500
COUNTED_DAYS = 60  # so long it is kept what push services did not take


def tidy(now: datetime) -> None:
    """Every day, a piece at a time. A session that was lengthened meanwhile keeps its device."""
    asleep = Device.objects.select_related("person").filter(until__lte=now).order_by("pk")
    last = None
    while found := list((asleep.filter(pk__gt=last) if last else asleep)[:AT_ONCE]):
        lasting = lasts_until(found, now)
        for pk, until in lasting.items():
            Device.objects.filter(pk=pk).update(until=until)
        last = found[-1].pk
    Untaken.objects.filter(day__lt=(now - timedelta(days=COUNTED_DAYS)).date()).delete()
    Device.objects.filter(until__lte=now - timedelta(days=ASLEEP_DAYS)).delete()
