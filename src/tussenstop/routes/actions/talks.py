"""A talk that two sides agreed on becomes a stop. Their consent is the permission: called by the
package in which they agreed."""

from datetime import datetime

from tussenstop.routes import moves
from tussenstop.routes.models import Route, Stop

AFTER = "talent_matching"


def put_talk(*, route: Route, name: str, starts_at: datetime, minutes: int, where: str) -> Stop:
    """A new stop for a first talk, after the stop at which student and workplace find each other,
    or at the end of a route without it."""
    stops = list(Stop.objects.filter(route=route).order_by("position"))
    found = next((i for i, stop in enumerate(stops) if stop.kind == AFTER), len(stops) - 1)
    stop = Stop(
        route=route,
        own_name=name[:80],
        position=0,
        optional=True,
        lead="student",
        attends=["student", "mentor"],
        starts_at=starts_at,
        minutes=minutes,
        place=where,
    )
    stop.save(force_insert=True)
    stops.insert(found + 1, stop)
    for position, one in enumerate(stops):
        one.position = position
    Stop.objects.bulk_update(stops, ["position"])
    moves.rebuild(route)
    return stop


def end_talk(stop: Stop, *, held: bool, now: datetime) -> None:
    """The talk is over: it was held, or will not be."""
    rows = Stop.objects.filter(pk=stop.pk, done_at=None, skipped_at=None)
    rows.update(done_at=now) if held else rows.update(skipped_at=now)
    moves.rebuild(stop.route)
