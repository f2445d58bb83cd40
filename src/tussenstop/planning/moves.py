"""What is open about the calendar of a route: a proposal to answer, a day that would move."""

from collections.abc import Iterable

from tussenstop.access.rules import RouteRole
from tussenstop.planning.models import Plan, Shift
from tussenstop.planning.rules import PlanState
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import LIVE, MoveCode


def planning_open(route: Route) -> Iterable[Open]:
    """The mentor answers a proposed calendar; whoever did not propose a move answers that."""
    if route.state not in LIVE:
        return
    plan = Plan.objects.filter(route=route, state=PlanState.PROPOSED).first()
    shifts = list(
        Shift.objects.filter(
            block__plan__route=route, block__plan__state=PlanState.AGREED, answered_at=None
        )
    )
    if not plan and not shifts:
        return
    for part in open_parts(route):
        if not part.accepted_at:
            continue
        if plan and part.role == RouteRole.MENTOR:
            yield Open(
                MoveCode.ANSWER_PLAN,
                part.role,
                route.pk,
                plan.proposed_at,
                person_id=part.person_id,
            )
        asked = [one for one in shifts if one.proposed_role != part.role]
        if asked and part.role in {RouteRole.MENTOR, RouteRole.STUDENT}:
            yield Open(
                MoveCode.ANSWER_SHIFT,
                part.role,
                route.pk,
                min(one.proposed_at for one in asked),
                person_id=part.person_id,
            )
