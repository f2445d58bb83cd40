"""What an agreement changes on a route once everybody agreed. Called by agreements only: the
consent of all is the permission, so nothing here asks for another."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from tussenstop.core import audit
from tussenstop.core.audit import SYSTEM
from tussenstop.routes.actions.people import extend_sight
from tussenstop.routes.actions.start import aim_stops, fill_stop
from tussenstop.routes.actions.state import set_state
from tussenstop.routes.models import AgendaPoint, ChecklistItem, Pause, Placement, Route, Stop
from tussenstop.routes.names import kept_name
from tussenstop.routes.rules import BEFORE_AGREED, State


def agree(route: Route, *, now: datetime) -> None:
    """The start agreement holds: the route becomes agreed, by way of the states between. During a
    pause the route rests on, and is agreed when it goes on."""
    if route.state == State.PAUSED and route.state_before_pause in BEFORE_AGREED:
        Route.objects.filter(pk=route.pk).update(
            state_before_pause=State.AGREED, agreed_at=now, version=F("version") + 1
        )
        return
    if route.state in {State.PREPARING, State.SEEKING}:
        set_state(route, State.ACQUAINTING, actor=SYSTEM, now=now)
    if route.state == State.ACQUAINTING:
        set_state(route, State.AGREED, actor=SYSTEM, now=now)


def change_period(
    route: Route,
    *,
    placement_id: UUID,
    starts_on: date,
    ends_on: date,
    hours_target: int,
    now: datetime,
) -> None:
    """A new period for a placement, and the hours to reach."""
    placement = Placement.objects.get(pk=placement_id, route=route)
    moved_start = placement.starts_on != starts_on
    if (placement.starts_on, placement.ends_on) != (starts_on, ends_on):
        placement.starts_on, placement.ends_on = starts_on, ends_on
        Placement.objects.filter(pk=placement.pk).update(
            starts_on=starts_on, ends_on=ends_on, version=F("version") + 1
        )
        extend_sight(route=route, placement=placement, now=now)
        if moved_start:
            aim_stops(route, starts_on, timezone.localdate(now))
        audit.record(
            "period.changed",
            actor=SYSTEM,
            now=now,
            route_id=route.pk,
            subject_id=placement.pk,
            start=starts_on.isoformat(),
            end=ends_on.isoformat(),
        )
    if route.hours_target != hours_target:
        Route.objects.filter(pk=route.pk).update(hours_target=hours_target)
        audit.record(
            "hours.changed",
            actor=SYSTEM,
            now=now,
            route_id=route.pk,
            subject_id=route.pk,
            hours=hours_target,
        )


def pause(route: Route, *, starts_on: date, back_on: date | None, why: str, now: datetime) -> None:
    set_state(route, State.PAUSED, actor=SYSTEM, now=now, why=why)
    Pause.objects.create(route=route, starts_on=starts_on, back_on=back_on)


def resume(route: Route, *, on: date, now: datetime) -> None:
    """Go on where the route was before its pause."""
    set_state(route, State(route.state_before_pause), actor=SYSTEM, now=now)
    Pause.objects.filter(route=route, ended_on=None).update(ended_on=on)


def close(route: Route, *, to: State, learned: str, now: datetime) -> None:
    """Complete the route, or stop it earlier; its placements end with it."""
    set_state(route, to, actor=SYSTEM, now=now, why=learned, learned=learned)
    Placement.objects.filter(route=route, ended_at=None).update(ended_at=now)


def change_stops(route: Route, operations: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Add, skip or move stops. Operations are {"do": "add", "name", "purpose", "kind", "after"},
    {"do": "skip", "stop"}, {"do": "move", "stop", "after"}; "after" is a stop's id, or None for
    the beginning."""
    stops = list(Stop.objects.filter(route=route).order_by("position"))

    def place_after(stop: Stop, after: str | None) -> None:
        if stop in stops:
            stops.remove(stop)
        where = next((i for i, s in enumerate(stops) if str(s.pk) == after), None)
        stops.insert(0 if where is None else where + 1, stop)

    for operation in operations:
        if operation["do"] == "add":
            stop = Stop(
                route=route,
                kind=operation.get("kind", ""),
                own_name=operation.get("name", ""),
                own_purpose=operation.get("purpose", ""),
                position=0,
                lead="student",
                attends=["student", "mentor", "teacher"],
            )
            stop.save(force_insert=True)
            agenda, items = fill_stop(stop)
            AgendaPoint.objects.bulk_create(agenda)
            ChecklistItem.objects.bulk_create(items)
            place_after(stop, operation.get("after"))
            code = "stop.added"
        else:
            found = next((s for s in stops if str(s.pk) == operation["stop"]), None)
            if found is None or found.done_at:
                continue
            stop = found
            if operation["do"] == "skip":
                stop.skipped_at = now
                code = "stop.skipped"
            else:
                place_after(stop, operation.get("after"))
                code = "stop.moved"
        audit.record(
            code, actor=SYSTEM, now=now, route_id=route.pk, subject_id=stop.pk, stop=kept_name(stop)
        )
    for position, stop in enumerate(stops):
        stop.position = position
    Stop.objects.bulk_update(stops, ["position", "skipped_at"])
