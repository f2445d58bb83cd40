"""Job and programme of the student in the world of a test."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.worlds import NOW, World
from tussenstop.leave import actions
from tussenstop.leave.models import Leave
from tussenstop.leave.reckoning import Facts
from tussenstop.leave.rules import Region, Sector
from tussenstop.people.acting import By

JOB = Facts(
    year=2026,
    region=Region.FLANDERS,
    sector=Sector.PRIVATE,
    percent=80,
    week_hours=Decimal("30.4"),
    points=30,
    contact_hours=0,
    number="ODB-1",
    enrolled_on=date(2026, 9, 14),
    with_year=True,
    starts_on=date(2026, 9, 21),
    ends_on=date(2027, 6, 30),
    credit=False,
)


def facts(**changes: Any) -> Facts:
    return Facts(**{name: getattr(JOB, name) for name in Facts.__slots__} | changes)


def told(world: World, **changes: Any) -> Leave:
    already = Leave.objects.filter(route=world.route, year=2026).first()
    return already or actions.keep(
        by=By(world.student), route=world.route, seen=0, facts=facts(**changes), now=NOW
    )
