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
    loops = Loop.objects.filter(route=route, ended_at=None).select_related(
        "route__student", "mentor", "coach"
    )
    pages = TwoPage.objects.filter(route=route, accepted_at=None, declined_at=None, ended_at=None)
    waiting = [(loop, turn) for loop in loops if (turn := turn_of(loop))]
    asked = list(pages)
    if not waiting and not asked:
        return
    parts = [part for part in open_parts(route) if part.accepted_at]
    here = {part.person_id for part in parts}
    for loop, turn in waiting:
        if turn.person.pk in here:
            yield Open(
                MoveCode.WRITE_STEP,
                role_of(turn.step, turn.person, parts),
                loop.pk,
                loop.turn_since,
                person_id=turn.person.pk,
            )
    for page in asked:
        by_student = page.invited_by_id == route.student_id
        person_id = page.mentor_id if by_student else route.student_id
        if person_id in here:
            role = RouteRole.MENTOR if by_student else RouteRole.STUDENT
            yield Open(MoveCode.ANSWER_PAGE, role, page.pk, page.invited_at, person_id=person_id)
