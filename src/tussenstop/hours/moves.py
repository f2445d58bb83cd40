"""What is open about the hours of a route: a week to confirm, a question to answer."""

from collections.abc import Iterable

from tussenstop.access.rules import RouteRole
from tussenstop.hours.models import Entry
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import LIVE, MoveCode


def hours_open(route: Route) -> Iterable[Open]:
    """The mentor confirms; who did not speak last answers a question."""
    if route.state not in LIVE:
        return
    rows = list(
        Entry.objects.filter(route=route, removed_at=None, confirmed_at=None).values_list(
            "made_at", "asked_at", "asked_role"
        )
    )
    if not rows:
        return
    for part in open_parts(route):
        if not part.accepted_at or part.role not in {RouteRole.STUDENT, RouteRole.MENTOR}:
            continue
        questions = [asked for _made, asked, role in rows if asked and role != part.role]
        quiet = [made for made, asked, _role in rows if not asked]
        if questions:
            code, since = MoveCode.ANSWER_HOURS, min(questions)
        elif quiet and part.role == RouteRole.MENTOR:
            code, since = MoveCode.CONFIRM_HOURS, min(quiet)
        else:
            continue
        yield Open(code, part.role, route.pk, since, person_id=part.person_id)
