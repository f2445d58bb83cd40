"""What is open in a shared reflection: a step of a loop, an invitation to a page of two."""

from collections.abc import Iterable

from tussenstop.access.rules import RouteRole
from tussenstop.reflection.models import Loop, TwoPage
from tussenstop.reflection.turns import role_of, turn_of
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import MoveCode


def reflection_open(route: Route) -> Iterable[Open]:
    """At their own pace: nobody else is told that it waits for somebody."""
    loops = list(
        Loop.objects.filter(route=route, ended_at=None).select_related(
            "route__student", "mentor", "coach"
        )
    )
    asked = list(
        TwoPage.objects.filter(route=route, accepted_at=None, declined_at=None, ended_at=None)
    )
    if not loops and not asked:
        return
    parts = [part for part in open_parts(route) if part.accepted_at]
    here = {part.person_id for part in parts}
    for loop in loops:
        turn = turn_of(loop, parts)
        if turn is None or turn.person.pk not in here:
            continue
        if turn.vacant:
            code, role = MoveCode.FILL_PLACE, RouteRole.STUDENT.value
        else:
            code, role = MoveCode.WRITE_STEP, role_of(turn.step, turn.person, parts)
        yield Open(code, role, loop.pk, loop.turn_since, person_id=turn.person.pk)
    for page in asked:
        by_student = page.invited_by_id == route.student_id
        person_id = page.mentor_id if by_student else route.student_id
        if {person_id, page.invited_by_id} <= here:
            role = RouteRole.MENTOR if by_student else RouteRole.STUDENT
            yield Open(MoveCode.ANSWER_PAGE, role, page.pk, page.invited_at, person_id=person_id)
