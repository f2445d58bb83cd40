"""A letter two weeks before something has to be given in; once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format

from tussenstop.core import letters
from tussenstop.leave.models import Done, Leave
from tussenstop.leave.queries import asked, going_on
from tussenstop.leave.reckoning import LastDay
from tussenstop.leave.rules import REMIND_DAYS


def remind(now: datetime) -> None:
    """To every student with something to give in soon."""
    until = timezone.localdate(now) + timedelta(days=REMIND_DAYS)
    for leave in going_on().filter(route__student__is_active=True).iterator(chunk_size=200):
        for one in asked(leave, now):
            if one.day <= until:
                _once(leave, one, now)


@transaction.atomic
def _once(leave: Leave, one: LastDay, now: datetime) -> None:
    Leave.objects.select_for_update().get(pk=leave.pk)
    row, _made = Done.objects.get_or_create(leave=leave, step=one.uid)
    if row.reminded_at:
        return
    Done.objects.filter(pk=row.pk).update(reminded_at=now)
    student = leave.route.student
    with translation.override(student.language):
        day, step = date_format(one.day, "j F Y"), str(one.step.label)
    letters.send(
        to=student.email,
        language=student.language,
        template="leave/last_day",
        context={
            "name": student.first_name,
            "day": day,
            "step": step,
            "action_url": letters.address("leave", leave.route_id) + f"?year={leave.year}",
        },
    )
