"""The student tells their starting position: an overview, a part at a time, and how it grew."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.routes.queries import get_route
from tussenstop.startposition import queries
from tussenstop.startposition.actions import telling
from tussenstop.startposition.actions.telling import ToldElsewhere
from tussenstop.startposition.queries import PartView, Position
from tussenstop.startposition.rules import audiences_for
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.startposition.forms import QuestionsForm
from tussenstop.web.startposition.sharing import show_shared
from tussenstop.web.stops.stop import Crumbs, to_route


def to_position(position: Position) -> Crumbs:
    """The way back to the overview."""
    route = position.view.route
    return [
        *to_route(position.view),
        (_("Starting position"), reverse("position", args=[route.pk])),
    ]


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """For the student the overview; for others what is shared with them."""
    person, now = person_of(request), now_of(request)
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.READ_POSITION)
    if RouteRole.STUDENT not in view.roles:
        return show_shared(request, route_id)
    position = queries.own_position(person=person, route_id=route_id, now=now)
    return page(
        request,
        "startposition/position.html",
        {
            "position": position,
            "route": view.route,
            "audiences": audiences_for(view.route.context),
            "crumbs": to_route(view),
        },
    )


@require_safe
def growth(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """What the student told on other days, beside what they tell now."""
    position = queries.own_position(
        person=person_of(request), route_id=route_id, now=now_of(request)
    )
    grown = queries.growth(person=person_of(request), route_id=route_id, now=now_of(request))
    return page(
        request,
        "startposition/growth.html",
        {"route": position.view.route, "grown": grown, "crumbs": to_position(position)},
    )


def _form(seen: PartView, position: Position, data: Any) -> QuestionsForm:
    programme = position.view.route.programme
    asks = any(question.kind == "competences" for question in seen.questions.values())
    row = seen.row
    return QuestionsForm(
        data,
        questions=seen.questions,
        answers=seen.answers,
        version=row.version if row else 0,
        competences=queries.competences_of(programme) if asks else (),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, route_id: UUID, key: str) -> HttpResponse:
    """One part: saved when the student says so, and by itself while they write."""
    position, seen = queries.own_part(
        person=person_of(request), route_id=route_id, key=key, now=now_of(request)
    )
    if request.method != "POST":
        return _page(request, position, seen, _form(seen, position, None))
    form = _form(seen, position, request.POST)
    quietly = bool(getattr(request, "htmx", False))
    if form.is_valid():
        try:
            row = telling.save_part(
                by=by_of(request),
                route=position.view.route,
                key=key,
                answers={**_of_other_contexts(seen), **form.values()},
                seen=form.cleaned_data["version"],
                now=now_of(request),
            )
        except ToldElsewhere as elsewhere:
            form.written_elsewhere(elsewhere.text, elsewhere.version)
        else:
            if quietly:
                return _saved(request, row.version)
            return _onward(request, position, seen)
    if quietly:
        return _saved(request, None)
    return _page(request, position, seen, form)


def _of_other_contexts(seen: PartView) -> dict[str, object]:
    """What was told when the context was another: it stays, though it is not asked now."""
    return {key: value for key, value in seen.answers.items() if key not in seen.questions}


def _saved(request: HttpRequest, version: int | None) -> HttpResponse:
    """The line under a form that saves itself; without a version it could not."""
    context = {"version": version, "at": localtime(now_of(request))}
    return render(request, "startposition/saved.html", context)


def _onward(request: HttpRequest, position: Position, seen: PartView) -> HttpResponse:
    route_id = position.view.route.pk
    place = position.parts.index(seen)
    if "later" in request.POST:
        return done(request, _("Saved. Come back whenever you like."), "position", route_id)
    if place + 1 < len(position.parts):
        following = position.parts[place + 1].part.key
        return done(request, _("Saved."), "position_part", route_id, following)
    if position.sharing is None:
        said = _("Saved. That was the last part. Who may read what?")
        return done(request, said, "position_sharing", route_id)
    return done(request, _("Saved."), "position", route_id)


def _page(
    request: HttpRequest, position: Position, seen: PartView, form: QuestionsForm
) -> HttpResponse:
    place = position.parts.index(seen)
    return page(
        request,
        "startposition/part.html",
        {
            "position": position,
            "route": position.view.route,
            "seen": seen,
            "form": form,
            "number": place + 1,
            "count": len(position.parts),
            "last": place + 1 == len(position.parts),
            "before": position.parts[place - 1] if place else None,
            "crumbs": to_position(position),
        },
        status=422 if form.errors else 200,
    )
