"""What the starting position knows is open on a route, and what it answers for on a checklist."""

from collections.abc import Iterable

from tussenstop.access.rules import RouteRole
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import BEFORE_AGREED, MoveCode
from tussenstop.startposition.answers import is_answered
from tussenstop.startposition.models import Part, Sharing, Side

SIDES = (RouteRole.MENTOR, RouteRole.TEACHER)


def position_open(route: Route) -> Iterable[Open]:
    """Until the start agreement holds: the student's own telling, and the sides beside it."""
    if route.state not in BEFORE_AGREED:
        return
    parts = [part for part in open_parts(route) if part.accepted_at]
    told = set(Side.objects.filter(route=route).values_list("person_id", "role"))
    for part in parts:
        since = part.accepted_at or route.created_at
        if part.role == RouteRole.STUDENT:
            if not Sharing.objects.filter(route=route).exists():
                yield Open(
                    MoveCode.TELL_POSITION,
                    part.role,
                    route.pk,
                    since,
                    person_id=part.person_id,
                )
        elif part.role in SIDES and (part.person_id, part.role) not in told:
            yield Open(MoveCode.TELL_SIDE, part.role, route.pk, since, person_id=part.person_id)


def _answered(route: Route, part: str, question: str) -> bool:
    row = Part.objects.filter(route=route, key=part).first()
    return row is not None and is_answered(row.answers.get(question))


KNOWN = {
    "week_sketched": lambda route: _answered(route, "time", "week"),
    "motives_named": lambda route: _answered(route, "motivation", "motives"),
    "sharing_chosen": lambda route: Sharing.objects.filter(route=route).exists(),
}
