"""When somebody works or studies, by their own calendar: who asked for it gets no mail then."""

from datetime import datetime

from django.utils import timezone

from tussenstop.calendars.queries import own_blocks
from tussenstop.calendars.rules import WORKPLACE, Kind
from tussenstop.people.models import Person

WORKING = frozenset({Kind.WORK, Kind.LESSON, Kind.EXAM, Kind.STUDY, WORKPLACE})


def stretches(person: Person, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """From when until when. A whole day says nothing about hours."""
    return [
        (block.starts_at, block.ends_at)
        for block in own_blocks(
            person=person, start=timezone.localdate(start), end=timezone.localdate(end), now=start
        )
        if block.kind in WORKING and block.takes_time and not block.all_day
    ]
