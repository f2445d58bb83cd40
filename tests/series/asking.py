"""Series of conversations looked for in the world of a test."""

from datetime import date, time, timedelta
from typing import Any

from tests.factories import MembershipFactory, PersonFactory
from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World
from tussenstop.access.models import Participation
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.people.rules import Role
from tussenstop.routes.actions import start
from tussenstop.routes.models import Route, Stop
from tussenstop.routes.rules import Context
from tussenstop.series import actions
from tussenstop.series.actions import Wanted
from tussenstop.series.looking import look_for
from tussenstop.series.models import Series, Talk
from tussenstop.series.rules import Where

TUESDAY = date(2027, 1, 19)  # within the placement; no holiday near


def wanted(**changes: Any) -> Wanted:
    """One Tuesday from nine to twelve: three moments of 45 minutes, unless asked otherwise."""
    values: dict[str, Any] = {
        "kind": "onboarding",
        "programme_id": None,
        "from_on": TUESDAY,
        "until_on": TUESDAY,
        "weekdays": [1, 2, 3, 4, 5],
        "starts_at": time(9),
        "ends_at": time(12),
        "minutes": 45,
        "between": 15,
        "rooms": 1,
        "where": Where.ONLINE,
        "place": "",
        "holidays_free": True,
    }
    return Wanted(**{**values, **changes})


def aimed(world: World, day: date = TUESDAY, kind: str = "onboarding") -> Stop:
    stop = world.stop(kind)
    Stop.objects.filter(pk=stop.pk).update(aimed_on=day)
    return stop


def searched(world: World, person: Person | None = None, **changes: Any) -> Series:
    """Asked and looked for."""
    asked = wanted(**changes)
    Stop.objects.filter(kind=asked.kind, aimed_on__gt=TUESDAY + timedelta(days=14)).update(
        aimed_on=TUESDAY
    )
    series = actions.ask(by=By(person or world.mentor), key=uuid7(), wanted=asked, now=NOW)
    look_for(Series.objects.select_related("person").get(pk=series.pk))
    series.refresh_from_db()
    return series


def the_talk(series: Series) -> Talk:
    return Talk.objects.select_related("stop__route__student").get(series=series)


def another_route(
    world: World, *, mentor: Person | None = None, teacher: Person | None = None
) -> Route:
    """A route of somebody else in the same programme, at the same workplace."""
    student = PersonFactory()
    MembershipFactory(person=student, role=Role.STUDENT, institution=world.institution)
    mentor, teacher = mentor or world.mentor, teacher or world.teacher
    route = start.start_for_student(
        by=By(world.programme_coordinator),
        key=uuid7(),
        student=student,
        programme=world.programme,
        context=Context.WORKPLACE_STUDENT,
        place=start.Place(world.workplace, FIRST_DAY, LAST_DAY, "internship_agreement"),
        mentors=[start.Mentor(mentor)],
        teacher=teacher,
        now=NOW,
    )
    Participation.objects.filter(route=route).update(accepted_at=NOW)
    return route
