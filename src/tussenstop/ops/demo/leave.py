"""The training leave of one student of the demo: reckoned, a few days taken, proofs given in until
now, and time credit in this year and in an earlier one."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from tussenstop.core.ids import uuid7
from tussenstop.leave import actions, queries
from tussenstop.leave.reckoning import Facts
from tussenstop.leave.rules import Region, Sector, What
from tussenstop.people.acting import By
from tussenstop.policies.holidays import public_holidays, school_year_of
from tussenstop.routes.models import Route

WHO = "Sara Vandamme"
WEDNESDAY = 2
# Weeks ago, minutes, and what for.
TAKEN = (
    (1, 240, What.LESSON),
    (2, 240, What.LESSON),
    (4, 180, What.STUDY),
    (5, 450, What.EXAM),
    (7, 240, What.WORKPLACE),
)


def tell(*, now: datetime) -> None:
    """For the school year of this day."""
    route = Route.objects.select_related("student").get(student__name=WHO)
    today = timezone.localdate(now)
    facts = _facts(today)
    student = By(route.student)
    leave = actions.keep(by=student, route=route, seen=0, facts=facts, now=now)
    wednesday = today - timedelta(days=(today.weekday() - WEDNESDAY) % 7)
    for weeks, minutes, what in TAKEN:
        day = wednesday - timedelta(weeks=weeks)
        if day in public_holidays(day, day):
            day -= timedelta(days=1)
        if day >= facts.starts_on:
            actions.take(
                by=student, leave=leave, key=uuid7(), day=day, minutes=minutes, what=what, now=now
            )
    year = queries.get_year(person=route.student, leave_id=leave.pk, now=now)
    for one, _done in year.days:
        if one.asks and one.day < today:
            on = one.day - timedelta(days=4)
            actions.give_in(by=student, leave=leave, step=one.uid, known=year.known, on=on, now=now)
    for starts_on, months in ((date(facts.year - 3, 9, 1), 10), (date(facts.year, 9, 1), 12)):
        actions.take_credit(
            by=student, route=route, key=uuid7(), starts_on=starts_on, months=months, now=now
        )


def _facts(today: date) -> Facts:
    year = school_year_of(today)
    begin, end = date(year, 9, 14), date(year + 1, 6, 30)
    starts_on = begin if today >= begin else date(year, 9, 1)
    return Facts(
        year=year,
        region=Region.FLANDERS,
        sector=Sector.PRIVATE,
        percent=80,
        week_hours=Decimal("30.4"),
        points=30,
        contact_hours=0,
        number="ODB-1004217",
        enrolled_on=starts_on - timedelta(days=10),
        with_year=True,
        starts_on=starts_on,
        ends_on=end if today <= end else date(year + 1, 8, 31),
        credit=True,
    )
