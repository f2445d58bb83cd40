"""What an agreement changes on its route, the moment everybody has agreed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tussenstop.agreements.models import Agreement
from tussenstop.agreements.rules import Kind
from tussenstop.routes.actions import changes
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

Effect = Callable[[Route, Mapping[str, Any], str, datetime], None]


def _start(route: Route, data: Mapping[str, Any], text: str, now: datetime) -> None:  # noqa: ARG001
    changes.agree(route, now=now)


def _period(route: Route, data: Mapping[str, Any], text: str, now: datetime) -> None:  # noqa: ARG001
    changes.change_period(
        route,
        placement_id=UUID(data["placement"]),
        starts_on=date.fromisoformat(data["starts_on"]),
        ends_on=date.fromisoformat(data["ends_on"]),
        hours_target=data["hours_target"],
        now=now,
    )


def _pause(route: Route, data: Mapping[str, Any], text: str, now: datetime) -> None:
    back = data.get("back_on")
    changes.pause(
        route,
        starts_on=date.fromisoformat(data["starts_on"]),
        back_on=date.fromisoformat(back) if back else None,
        why=text,
        now=now,
    )


def _resume(route: Route, data: Mapping[str, Any], text: str, now: datetime) -> None:  # noqa: ARG001
    changes.resume(route, on=date.fromisoformat(data["on"]), now=now)


def _stops(route: Route, data: Mapping[str, Any], text: str, now: datetime) -> None:  # noqa: ARG001
    changes.change_stops(route, data["operations"], now=now)


def _closing(route: Route, data: Mapping[str, Any], text: str, now: datetime) -> None:  # noqa: ARG001
    changes.close(route, to=State.COMPLETED, learned=text, now=now)


def _stopping(route: Route, data: Mapping[str, Any], text: str, now: datetime) -> None:  # noqa: ARG001
    changes.close(route, to=State.STOPPED, learned=text, now=now)


EFFECTS: dict[str, Effect] = {
    Kind.START: _start,
    Kind.PERIOD: _period,
    Kind.PAUSE: _pause,
    Kind.RESUME: _resume,
    Kind.STOPS: _stops,
    Kind.CLOSING: _closing,
    Kind.STOPPING: _stopping,
}


def apply(agreement: Agreement, body: Mapping[str, Any], *, now: datetime) -> None:
    """Let the agreement take effect. A free agreement binds people, and changes nothing here."""
    effect = EFFECTS.get(agreement.kind)
    if effect is None:
        return
    text = next((s["fields"][0]["value"] for s in body["sections"] if s["key"] == "text"), "")
    effect(Route.objects.get(pk=agreement.route_id), body["data"], text, now)
