"""With whom somebody can share on a route."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.people.models import Person
from tussenstop.reflection.rules import WRITERS
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who could read; `at_work` when they work where this student works."""

    person: Person
    role: str
    at_work: bool = False


def readers_on(route: Route, owner: Person, *, now: datetime) -> list[Reader]:
    """Everybody who takes part and can be chosen; who has two roles stands there once."""
    found: dict[UUID, Reader] = {}
    parts = (
        Participation.objects.filter(checks.taking_part(now), route=route, role__in=WRITERS)
        .exclude(person=owner)
        .select_related("person")
        .order_by("accepted_at", "pk")
    )
    employed = route.context == Context.OWN_EMPLOYEE and route.student_id == owner.pk
    order = [role.value for role in WRITERS]
    for part in sorted(parts, key=lambda one: order.index(one.role)):
        at_work = employed and (part.placement_id is not None or part.is_manager)
        found.setdefault(part.person_id, Reader(part.person, part.role, at_work))
    return list(found.values())
