"""The days of agreed calendars, as they stand in the calendar of the student."""

from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tussenstop.calendars.rules import WORKPLACE, Kind
from tussenstop.calendars.sources import Given
from tussenstop.people.models import Person
from tussenstop.planning.models import PlannedBlock
from tussenstop.planning.rules import Activity, PlanState


def holding() -> QuerySet[PlannedBlock]:
    """The blocks that hold: of the agreed calendar, and of an earlier one up to its last day."""
    return PlannedBlock.objects.filter(
        Q(plan__state=PlanState.AGREED)
        | Q(plan__state=PlanState.ENDED, day__lt=F("plan__ended_on")),
        cancelled_at=None,
    )


def begins(block: PlannedBlock) -> datetime:
    """The moment a block begins, on the clock of the place."""
    return datetime.combine(block.day, block.starts_at, timezone.get_default_timezone())


def ends(block: PlannedBlock) -> datetime:
    """The moment it ends: hours on the clock, also on the day the clock changes."""
    end = datetime.combine(block.day, block.starts_at) + timedelta(minutes=block.minutes)
    return end.replace(tzinfo=timezone.get_default_timezone())


def own_days(person: Person, start: date, end: date) -> list[Given]:
    """What the calendars of one's own routes put in one's calendar."""
    blocks = (
        holding()
        .filter(plan__route__student=person, day__gte=start, day__lte=end)
        .select_related("plan")
    )
    return [
        Given(
            begins(block),
            ends(block),
            WORKPLACE if block.activity == Activity.WORKPLACE else Kind.STUDY.value,
            ("planning", block.plan.route_id),
        )
        for block in blocks
    ]
