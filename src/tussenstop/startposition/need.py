"""What a student told that bears on where they can learn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tussenstop.people import towns
from tussenstop.people.models import Person
from tussenstop.people.towns import Town
from tussenstop.routes.models import Route
from tussenstop.startposition.models import Part
from tussenstop.startposition.queries import own_position

DAYTIME = ("morning", "afternoon")


@dataclass(frozen=True, slots=True)
class Need:
    """Empty parts count for nothing."""

    programme_id: UUID
    rooms: Mapping[int, str] = field(default_factory=dict)  # by weekday: free, movable or taken
    town: Town | None = None
    ways: tuple[str, ...] = ()
    most_minutes: int | None = None
    cultures: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


def _room(day: Mapping[str, str]) -> str:
    """How a whole day stands: free when a part of the daytime is, taken when all of it is."""
    rooms = [day.get(part, "") for part in DAYTIME]
    for room in ("free", "movable"):
        if room in rooms:
            return room
    return "taken" if all(room == "taken" for room in rooms) else ""


def _need(programme_id: UUID, told: Mapping[str, Any]) -> Need:
    week = told.get("week", {})
    return Need(
        programme_id=programme_id,
        rooms={int(day): room for day, kept in week.items() if (room := _room(kept))},
        town=towns.find(str(told.get("town", ""))) if told.get("town") else None,
        ways=tuple(told.get("transport", ())),
        most_minutes=told.get("travel"),
        cultures=frozenset(told.get("cultures", ())),
        languages=frozenset(told.get("languages", ())),
    )


def need_of(*, person: Person, route: Route, now: datetime) -> Need:
    """From the starting position of this student, read by themselves. Raises NotFound."""
    parts = own_position(person=person, route_id=route.pk, now=now).parts
    return _need(
        route.programme_id, {key: value for part in parts for key, value in part.answers.items()}
    )


def needs_of(routes: QuerySet[Route]) -> dict[UUID, Need]:
    """Of many routes, in two reads, for a job that judges wishes and shows nobody what was told:
    shared or not, it keeps a student from a place that they said can't be."""
    told: dict[UUID, dict[str, Any]] = {}
    parts = Part.objects.filter(route__in=routes).values_list("route_id", "answers")
    for route_id, answers in parts.iterator():
        told.setdefault(route_id, {}).update(answers)
    return {
        route_id: _need(programme_id, told.get(route_id, {}))
        for route_id, programme_id in routes.values_list("pk", "programme_id").iterator()
    }
