"""What others see in somebody: their own overview, and what they show of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.feedback import queries as reading
from tussenstop.feedback import strength_queries as queries
from tussenstop.feedback.actions.strengths import show_strength
from tussenstop.web.feedback.shown import to_feedback, uuid_in
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of


@require_safe
def own(request: HttpRequest, route_id: UUID) -> HttpResponse:
    found = queries.own_strengths(person=person_of(request), route_id=route_id, now=now_of(request))
    rows = slice_of(request, found.strengths)
    return page(
        request,
        "feedback/strengths.html",
        {
            "route": found.view.route,
            "rows": rows,
            "strengths": [
                (one, [(each, each.person.pk in one.shown_to) for each in found.partners])
                for one in rows
            ],
            "crumbs": to_feedback(found.view.route),
        },
    )


@require_POST
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Who sees one strength."""
    now = now_of(request)
    view = reading.get_getting(person=person_of(request), route_id=route_id, now=now)
    people = {uuid_in(one) for one in request.POST.getlist("person")}
    show_strength(
        by=by_of(request),
        route=view.route,
        code=request.POST.get("strength", ""),
        people=people,
        now=now,
    )
    text = _("Shown as you chose.") if people else _("Now it is yours alone.")
    return done(request, text, "strengths", route_id)


@require_safe
def shown(request: HttpRequest, route_id: UUID, owner_id: UUID) -> HttpResponse:
    """What somebody shows to this person."""
    view, owner, strengths = queries.shown_strengths(
        person=person_of(request), route_id=route_id, owner_id=owner_id, now=now_of(request)
    )
    return page(
        request,
        "feedback/strengths_of.html",
        {
            "owner": owner,
            "rows": slice_of(request, strengths),
            "crumbs": to_feedback(view.route),
        },
    )
