"""Feedback on a route: what somebody got, gave or was shown; one piece of it, and what one does."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.feedback import queries
from tussenstop.feedback.actions import receiving
from tussenstop.feedback.queries import FeedbackView, Side, Which
from tussenstop.feedback.rules import ReplyKind
from tussenstop.web.feedback.forms import ReplyForm
from tussenstop.web.feedback.shown import strengths_of, to_feedback, uuid_in
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.planning.crumbs import to_route


@require_safe
def overview(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """What waits, whom one can give or ask, and one of three lists (`list` in the address)."""
    person, now = person_of(request), now_of(request)
    view = queries.get_giving(person=person, route_id=route_id, now=now)
    asked = request.GET.get("list", "")
    default = Which.RECEIVED if view.can["GET_FEEDBACK"] else Which.GIVEN
    which = Which(asked) if asked in set(Which) else default
    return page(
        request,
        "feedback/overview.html",
        {
            "route": view.route,
            "can": view.can,
            "which": which,
            "rows": few_of(request, queries.listed(view=view, which=which)),
            "asked_of": queries.asked_of(view=view, now=now),
            "asked_by": queries.asked_by(view=view),
            "here": {one.person.pk for one in queries.partners(view.route, now=now)},
            "people": queries.receivers(view.route, now=now, but=person),
            "showing": queries.showing_strengths(view=view),
            "crumbs": to_route(view.route),
        },
    )


def _page(request: HttpRequest, seen: FeedbackView, form: ReplyForm) -> HttpResponse:
    feedback = seen.feedback
    return page(
        request,
        "feedback/one.html",
        {
            "seen": seen,
            "feedback": feedback,
            "route": seen.view.route,
            "receiving": seen.side == Side.RECEIVER,
            "giving": seen.side == Side.GIVER,
            "strengths": strengths_of(feedback),
            "topics": feedback.topics.all(),
            "possible": queries.possible_readers(seen=seen),
            "form": form,
            "kinds": [ReplyKind.QUESTION, ReplyKind.OTHERWISE],
            "crumbs": to_feedback(seen.view.route),
        },
        status=422 if form.errors else 200,
    )


def _seen(request: HttpRequest, feedback_id: UUID) -> FeedbackView:
    return queries.get_feedback(
        person=person_of(request), feedback_id=feedback_id, now=now_of(request)
    )


@require_safe
def show(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    return _page(request, _seen(request, feedback_id), ReplyForm())


@require_POST
def read(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Open the envelope."""
    seen = _seen(request, feedback_id)
    receiving.open_envelope(by=by_of(request), feedback=seen.feedback, now=now_of(request))
    return redirect("feedback_one", feedback_id)


@require_POST
def reply(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    seen = _seen(request, feedback_id)
    if seen.side == Side.READER:
        raise NotFound
    kind = request.POST.get("kind", "")
    if kind not in set(ReplyKind):
        raise NotFound
    form = ReplyForm(request.POST)
    if form.is_valid():

        def act() -> None:
            receiving.reply(
                by=by_of(request),
                feedback=seen.feedback,
                kind=ReplyKind(kind),
                now=now_of(request),
                **form.cleaned_data,
            )

        if saved(form, act):
            return done(request, _("Your words stand there."), "feedback_one", feedback_id)
    return _page(request, seen, form)


@require_POST
def readers(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Show it to somebody of the route, or no longer."""
    seen = _seen(request, feedback_id)
    wanted = uuid_in(request.POST.get("person", ""))
    person = _reader(seen, wanted)
    shown = request.POST.get("shown") == "yes"
    receiving.show(
        by=by_of(request), feedback=seen.feedback, person=person, shown=shown, now=now_of(request)
    )
    text = _("%(name)s can read it now.") if shown else _("%(name)s no longer reads it.")
    messages.success(request, text % {"name": person.name})
    return redirect("feedback_one", feedback_id)


def _reader(seen: FeedbackView, wanted: UUID) -> Any:
    people = [one.person for one, _shown in queries.possible_readers(seen=seen)] + seen.readers
    found = next((one for one in people if one.pk == wanted), None)
    if found is None or seen.side != Side.RECEIVER:
        raise NotFound
    return found


@require_POST
def remove(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Away with what came from outside."""
    seen = _seen(request, feedback_id)
    receiving.remove(by=by_of(request), feedback=seen.feedback, now=now_of(request))
    return done(request, _("Removed. Nobody reads it any more."), "feedback", seen.view.route.pk)
