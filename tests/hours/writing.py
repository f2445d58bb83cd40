"""Hours written down in the world of a test."""

from datetime import date, time, timedelta
from typing import Any

from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.hours import actions
from tussenstop.hours.actions import Hours
from tussenstop.hours.models import Entry
from tussenstop.people.acting import By
from tussenstop.planning.models import Plan, PlannedBlock
from tussenstop.planning.rules import Activity, PlanState

FRIDAY = NOW.date() - timedelta(days=3)


def hours(**changes: Any) -> Hours:
    typed: dict[str, Any] = {
        "day": FRIDAY,
        "starts_at": time(9),
        "ends_at": time(17),
        "pause": 30,
        "done": "Kasten gevuld",
    }
    return Hours(**{**typed, **changes})


def writes(world: World, **changes: Any) -> Entry:
    key = changes.pop("key", uuid7())
    return actions.write(
        by=By(world.student), route=world.route, key=key, hours=hours(**changes), now=NOW
    )


def a_planned_day(world: World, day: date = FRIDAY) -> PlannedBlock:
    """A day at the workplace as agreed."""
    plan, _made = Plan.objects.get_or_create(
        route=world.route,
        state=PlanState.AGREED,
        defaults={
            "from_on": day,
            "flavour": "even",
            "proposed_by": world.student,
            "proposed_at": NOW,
        },
    )
    return PlannedBlock.objects.create(
        plan=plan,
        activity=Activity.WORKPLACE,
        day=day,
        starts_at=time(8),
        minutes=240,
        changed_at=NOW,
    )
