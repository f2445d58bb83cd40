"""A reflection in turns: begun, written step by step, and read as a whole."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import Stale
from tussenstop.reflection import pair_queries
from tussenstop.reflection.actions import looping
from tussenstop.reflection.actions.looping import CannotLoop, StepElsewhere
from tussenstop.reflection.turns import steps
from tussenstop.routes.queries import get_route
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.reflection.forms import LoopForm, StepForm, see_both
from tussenstop.web.reflection.shown import to_reflection

WAYS = ("GET", "HEAD", "POST")


@require_http_methods(WAYS)
def begin(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The student chooses what it is about and who looks back with them."""
    person, now = person_of(request), now_of(request)
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.BEGIN_LOOP)
    found = pair_queries.company(view)
    form = LoopForm(request.POST or None, mentors=found.mentors, coaches=found.coaches)
    if form.is_valid():
        data = form.cleaned_data
        mentor = next(one for one in found.mentors if str(one.pk) == data["mentor"])
        coach = next(one.person for one in found.coaches if str(one.person_id) == data["coach"])

        def act() -> None:
            looping.begin(
                by=by_of(request),
                route=view.route,
                key=data["key"],
                about=data["about"],
                mentor=mentor,
                coach=coach,
                now=now,
            )

        if saved(form, act):
            return done(request, _("Begun. The first step is yours."), "loop", data["key"])
    return page(
        request,
        "reflection/loop_begin.html",
        {
            "form": form,
            "steps": steps(),
            "alone": not (found.mentors and found.coaches),
            "route": view.route,
            "crumbs": to_reflection(view),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(WAYS)
def show(request: HttpRequest, loop_id: UUID) -> HttpResponse:
    """The steps so far, and the open one for whose turn it is; at the end an overview."""
    found = pair_queries.get_loop(person=person_of(request), loop_id=loop_id, now=now_of(request))
    draft = found.draft
    initial = {
        "step": found.turn.step.key if found.turn else "",
        "text": draft.text if draft else "",
        "version": draft.version if draft else 0,
    }
    if request.method != "POST":
        return _page(request, found, StepForm(initial=initial))
    form, theirs = StepForm(request.POST), ""
    hand_on = "hand_on" in request.POST
    if form.is_valid():
        data = form.cleaned_data
        try:
            looping.write_step(
                by=by_of(request),
                loop=found.loop,
                step=data["step"],
                text=data["text"],
                seen=data["version"],
                hand_on=hand_on,
                now=now_of(request),
            )
        except StepElsewhere as elsewhere:
            theirs = elsewhere.theirs
            see_both(form, elsewhere.text, elsewhere.version)
        except Stale as stale:
            # The step was handed on in another window: what was typed here is shown, to copy.
            form.add_error(None, str(stale.text))
            return _page(request, found, form, late=data["text"], status=409)
        except CannotLoop as refusal:
            form.add_error("text", str(refusal.text))
        else:
            said = _("Handed on. Thank you.") if hand_on else _("Kept, only you see it so far.")
            return done(request, said, "loop", loop_id)
    return _page(request, found, form, theirs=theirs, status=422)


def _page(
    request: HttpRequest,
    found: Any,
    form: StepForm,
    *,
    theirs: str = "",
    late: str = "",
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "reflection/loop.html",
        {
            "found": found,
            "loop": found.loop,
            "route": found.view.route,
            "form": form,
            "theirs": theirs,
            "late": late,
            "count": len(found.steps) + 1,
            "may_end": found.view.may(OnRoute.BEGIN_LOOP) and found.turn,
            "crumbs": to_reflection(found.view),
        },
        status=status,
    )


@require_POST
def end(request: HttpRequest, loop_id: UUID) -> HttpResponse:
    found = pair_queries.get_loop(person=person_of(request), loop_id=loop_id, now=now_of(request))
    looping.end(by=by_of(request), loop=found.loop, now=now_of(request))
    return done(request, _("Ended here. What was written stays."), "loop", loop_id)
