"""The starting positions of the demo people, told through the real actions."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.people.acting import By
from tussenstop.routes.models import Route
from tussenstop.startposition.actions import sharing, telling

SIDES = (RouteRole.MENTOR, RouteRole.TEACHER)
Later = Callable[[], datetime]


def tell(route: Route, texts: dict[str, Any], *, number: int, later: Later) -> None:
    """The student tells all parts and chooses who reads them; mentor and teacher tell their side."""
    by = By(route.student)
    for key in pack().starting_position:
        options = texts[key][route.context] if key == "context" else texts[key]
        answers = options[number % len(options)]
        telling.save_part(by=by, route=route, key=key, answers=answers, seen=0, now=later())
    shared = texts["shared"][number % len(texts["shared"])]
    sharing.choose_sharing(by=by, route=route, shared=shared, seen=0, now=later())
    sides = Participation.objects.filter(
        route=route, role__in=SIDES, accepted_at__isnull=False, ended_at=None
    )
    for part in sides.select_related("person").order_by("role", "person__name"):
        told = texts[part.role][number % len(texts[part.role])]
        telling.save_side(
            by=By(part.person), route=route, role=part.role, answers=told, seen=0, now=later()
        )


def change_of_mind(route: Route, *, now: datetime) -> None:
    """Some months on, the student's reason has become another."""
    telling.save_part(
        by=By(route.student),
        route=route,
        key="motivation",
        answers={
            "motives": {"cards": {"craft": "strong", "meaning": "strong"}, "own": []},
            "why_now": "Ik begon voor het papier. Nu blijf ik voor de mensen.",
        },
        seen=1,
        now=now,
    )
