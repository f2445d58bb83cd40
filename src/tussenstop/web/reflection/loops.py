"""A reflection in turns: begun, written step by step, and read as a whole."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.reflection import pair_queries
from tussenstop.reflection.actions import looping
from tussenstop.reflection.actions.looping import CannotLoop, StepElsewhere
from tussenstop.reflection.turns import Seat, steps
from tussenstop.routes.queries import get_route
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.reflection.forms import LoopForm, PlaceForm, StepForm, see_both
from tussenstop.web.reflection.shown import to_reflection

WAYS = ("GET", "HEAD", "POST")


@require_http_methods(WAYS)
def begin(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The student chooses what it is about and who looks back with them."""
    person, now = person_of(request), now_of(request)
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.BEGIN_LOOP)
    found = pair_queries.company(view.route, now=now)
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
    if request.method != "POST":
        return _page(request, found, _step_form(found))
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
    wrong: PlaceForm | None = None,
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
            "places": _places(found, wrong),
            "newcomers": found.newcomers if found.view.may(OnRoute.BEGIN_LOOP) else [],
            "crumbs": to_reflection(found.view),
        },
        status=status,
    )


def _places(found: Any, wrong: PlaceForm | None) -> list[tuple[Any, PlaceForm]]:
    """The places to fill, for the student; one whose form was sent wrong keeps what was chosen."""
    if found.turn is None or not found.view.may(OnRoute.BEGIN_LOOP):
        return []
    return [
        (one, wrong if wrong and wrong.prefix == one.seat else PlaceForm(empty=one))
        for one in found.empty
    ]


def _step_form(found: Any) -> StepForm:
    draft = found.draft
    return StepForm(
        initial={
            "step": found.turn.step.key if found.turn else "",
            "text": draft.text if draft else "",
            "version": draft.version if draft else 0,
        }
    )


def _of_student(request: HttpRequest, loop_id: UUID) -> tuple[Any, Seat]:
    """The loop and the place that the form is about, for its student. Raises NotFound, Refused."""
    found = pair_queries.get_loop(person=person_of(request), loop_id=loop_id, now=now_of(request))
    if not found.view.may(OnRoute.BEGIN_LOOP):
        raise Refused(OnRoute.BEGIN_LOOP.label)
    asked = request.POST.get("seat", "")
    if asked not in set(Seat):
        raise NotFound
    return found, Seat(asked)


@require_POST
def fill_place(request: HttpRequest, loop_id: UUID) -> HttpResponse:
    """Somebody left: who goes on, and what they read."""
    found, seat = _of_student(request, loop_id)
    empty = next((one for one in found.empty if one.seat == seat), None)
    if empty is None:
        return redirect("loop", loop_id)
    form = PlaceForm(request.POST, empty=empty)
    if form.is_valid():
        chosen = form.cleaned_data
        person = next(p.person for p in empty.candidates if str(p.person_id) == chosen["person"])

        def act() -> None:
            looping.fill_place(
                by=by_of(request),
                loop=found.loop,
                seat=seat,
                person=person,
                reads_before=chosen["before"] == "yes",
                now=now_of(request),
            )

        if saved(form, act):
            text = _("%(name)s goes on with you.") % {"name": person.first_name}
            return done(request, text, "loop", loop_id)
    return _page(request, found, _step_form(found), wrong=form, status=422)


@require_POST
def show_before(request: HttpRequest, loop_id: UUID) -> HttpResponse:
    """Who came later reads what was handed on before, after all."""
    found, seat = _of_student(request, loop_id)
    looping.show_before(by=by_of(request), loop=found.loop, seat=seat, now=now_of(request))
    return done(request, _("Done. It holds from now on."), "loop", loop_id)


@require_POST
def end(request: HttpRequest, loop_id: UUID) -> HttpResponse:
    found = pair_queries.get_loop(person=person_of(request), loop_id=loop_id, now=now_of(request))
    looping.end(by=by_of(request), loop=found.loop, now=now_of(request))
    return done(request, _("Ended here. What was written stays."), "loop", loop_id)
