"""The first pages: what waits today, and whether the installation is ready."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tussenstop.messages.delivery import trouble_of
from tussenstop.reports.today import today_for
from tussenstop.routes.start_queries import ways_of
from tussenstop.web.conversations.shown import dues_of, points_of, week_of
from tussenstop.web.lines import line_of
from tussenstop.web.moves import show
from tussenstop.web.page import now_of, page, person_of
from tussenstop.web.wellbeing.own_line import line_for


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Where am I on the route, whose move is it, what can I do now."""
    person, now = person_of(request), now_of(request)
    found = today_for(person=person, now=now)
    own = [j for j in found.journeys if j.route.student_id == person.pk]
    alone = own[0] if len(own) == 1 and len(found.journeys) == 1 else None
    return page(
        request,
        "home/today.html",
        {
            "moves": [
                show(move, subjects=found.subjects, person=person, now=now) for move in found.moves
            ],
            "acquaintances": found.acquaintances,
            "turns": found.turns,
            "matches": found.matches,
            "to_decide": found.to_decide,
            "something_else": bool(
                found.acquaintances or found.matches or found.to_decide or found.talks.points
            ),
            "week": week_of(found),
            "talks": found.talks,
            "dues": dues_of(found.talks.dues),
            "points": points_of(found.talks.points, now=now),
            "alone": (alone, line_of(alone, now=now, linked=True)) if alone else None,
            "lines": [(j, line_of(j, now=now)) for j in found.journeys] if not alone else [],
            "more_routes": found.more_routes,
            "can_start": not found.journeys and bool(ways_of(person=person, now=now)),
            "mail_trouble": trouble_of(person),
            "line_of_own": line_for(person, now),
            "now": now,
        },
    )


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
