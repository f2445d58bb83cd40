"""What a calendar passes of the rules on working time, put beside it before anybody chooses."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tussenstop.people.models import Institution
from tussenstop.planning.asking import Asked
from tussenstop.policies.queries import held
from tussenstop.policies.working_time import check

if TYPE_CHECKING:
    from tussenstop.planning.engine.problem import Block


def warned(
    asked: Asked, blocks: "tuple[Block, ...]", school: Institution
) -> list[tuple[str, int, str, str]]:
    """Each rule that is passed with the job and these days together: its version, in how many
    weeks, the first Monday of them, and that rule's number."""
    from tussenstop.planning.engine.problem import Activity  # noqa: PLC0415 - only for jobs

    work = [(one.day, one.start, one.end) for one in asked.problem.commitments if one.duty]
    work += [(one.day, one.start, one.end) for one in blocks if one.activity == Activity.WORKPLACE]
    stretches = [
        (_moment(asked.monday, day, start), _moment(asked.monday, day, end))
        for day, start, end in work
    ]
    weeks: dict[str, list[date]] = {}
    numbers: dict[str, str] = {}
    for week in range(asked.problem.weeks):
        monday = asked.monday + timedelta(weeks=week)
        for one in check(
            stretches,
            monday=monday,
            midnight=_moment(monday, 0, 0),
            held=held(on=monday, institution=school),
        ):
            mondays = weeks.setdefault(one.held.version, [])
            numbers[one.held.version] = f"{one.held.number.normalize():f}"
            if monday not in mondays:
                mondays.append(monday)
    return [
        (version, len(mondays), mondays[0].isoformat(), numbers[version])
        for version, mondays in weeks.items()
    ]


def _moment(monday: date, day: int, minutes: int) -> datetime:
    """On the clock of the place; minutes may lie past midnight."""
    plain = datetime.combine(monday, time.min) + timedelta(days=day, minutes=minutes)
    return plain.replace(tzinfo=timezone.get_default_timezone())
