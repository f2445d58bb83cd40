"""Mentor and teacher tell their side; for the start conversation all sides lie beside each other."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.startposition import queries
from tussenstop.startposition.actions import telling
from tussenstop.startposition.actions.telling import ToldElsewhere
from tussenstop.startposition.beside import side_by_side
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.startposition.forms import QuestionsForm
from tussenstop.web.stops.stop import to_route


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Five minutes from one's own side."""
    now = now_of(request)
    side = queries.own_side(person=person_of(request), route_id=route_id, now=now)
    form = QuestionsForm(
        request.POST or None,
        questions=side.counterpart.questions,
        answers=side.row.answers if side.row else {},
        version=side.row.version if side.row else 0,
    )
    if request.method == "POST" and form.is_valid():
        try:
            telling.save_side(
                by=by_of(request),
                route=side.view.route,
                role=side.role,
                answers=form.values(),
                seen=form.cleaned_data["version"],
                now=now,
            )
        except ToldElsewhere as elsewhere:
            form.written_elsewhere(elsewhere.text, elsewhere.version)
        else:
            return done(request, _("Thank you. The others can read it now."), "sides", route_id)
    return page(
        request,
        "startposition/side.html",
        {"side": side, "route": side.view.route, "form": form, "crumbs": to_route(side.view)},
        status=422 if form.errors else 200,
    )


@require_safe
def beside(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """All sides, with the differences marked: agenda points rather than problems."""
    found = side_by_side(person=person_of(request), route_id=route_id, now=now_of(request))
    request.looked_at = found.view.route  # type: ignore[attr-defined]
    return page(
        request,
        "startposition/sides.html",
        {
            "found": found,
            "route": found.view.route,
            "may_tell": found.view.may(OnRoute.TELL_SIDE),
            "crumbs": to_route(found.view),
        },
    )
