"""Routes on which a talk was long ago."""

from datetime import datetime, timedelta

from tests.worlds import NOW, World
from tussenstop.conversations import reminders
from tussenstop.core.models import OutgoingMail
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

BEGUN = NOW - timedelta(days=20)  # a how-is-it is due, feedback is not


def goes_on(route: Route, *, since: datetime = BEGUN) -> None:
    Route.objects.filter(pk=route.pk).update(state=State.UNDER_WAY, state_since=since)


def reminded_on(world: World, moment: datetime) -> list[str]:
    """Who gets a letter when the routes are looked at now."""
    OutgoingMail.objects.all().delete()
    reminders.remind(reminders.next_routes(reminders.FIRST), moment)
    return sorted(OutgoingMail.objects.values_list("to", flat=True))
