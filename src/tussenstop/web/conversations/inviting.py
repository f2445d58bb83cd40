"""Planning a conversation: with whom, and moments found in the calendars that may be read."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.conversations import finding, queries
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.actions.inviting import Invitation
from tussenstop.conversations.names import kind_name, kind_of
from tussenstop.conversations.poll_queries import poll_of
from tussenstop.conversations.rules import HOW_IS_IT, THREE_WAY
from tussenstop.routes.queries import RouteView
from tussenstop.routes.rules import ENDED
from tussenstop.web.conversations.plan_forms import (
    InviteForm,
    OtherMomentsForm,
    PlanForm,
    read_ids,
)
from tussenstop.web.conversations.shown import id_in, to_conversation, to_list, usual_other
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved

WAYS = ("GET", "HEAD", "POST")


def _plan_form(request: HttpRequest, view: RouteView, talkers: list[Any], data: Any) -> PlanForm:
    others = [part for part in talkers if part.person_id != view.person.pk]
    asked = request.GET.get("kind", "")
    kind = asked if kind_of(asked) else HOW_IS_IT
    everybody = [str(part.person_id) for part in others if part.role != "coach"]
    return PlanForm(
        data,
        talkers=talkers,
        me=view.person,
        mediates=view.may(OnRoute.MEDIATE),
        initial={
            "kind": kind,
            "who": everybody if kind == THREE_WAY else usual_other(view, others),
        },
    )


@require_safe
def plan(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """With whom, and what kind; `kind` and `stop` in the address fill it in."""
    person, now = person_of(request), now_of(request)
    view = queries.get_talking(person=person, route_id=route_id, now=now)
    stop = queries.stop_for(
        person=person, stop_id=id_in(request, "stop"), route_id=route_id, now=now
    )
    talkers = queries.talkers(view.route, now=now)
    # Sent here by the next page when something was missing.
    form = _plan_form(request, view, talkers, request.GET if "again" in request.GET else None)
    return page(
        request,
        "conversations/plan.html",
        {
            "form": form,
            "route": view.route,
            "stop": stop,
            "alone": len(talkers) < 2,
            "ended": view.route.state in ENDED,
            "crumbs": to_list(view),
        },
    )


@require_http_methods(WAYS)
def invite(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Moments for the talk that the address describes; sent, everybody is asked."""
    person, now = person_of(request), now_of(request)
    view = queries.get_talking(person=person, route_id=route_id, now=now)
    stop = queries.stop_for(
        person=person, stop_id=id_in(request, "stop"), route_id=route_id, now=now
    )
    talkers = queries.talkers(view.route, now=now)
    asked = _plan_form(request, view, talkers, request.GET)
    if not asked.is_valid():
        way = reverse("conversation_plan", args=[route_id])
        return redirect(f"{way}?{request.GET.urlencode()}&again=1")
    kind, minutes = asked.cleaned_data["kind"], asked.length
    parts = [p for p in talkers if p.person_id in asked.people or p.person_id == person.pk]
    found = finding.moments_for(
        view=view,
        people=[part.person for part in parts],
        roles={part.role for part in parts},
        minutes=minutes,
        now=now,
    )
    form = InviteForm(request.POST or None, found=found.moments)
    if form.is_valid():
        typed = form.cleaned_data

        def act() -> None:
            inviting.invite(
                by=by_of(request),
                route=view.route,
                key=typed["key"],
                invitation=Invitation(
                    kind=kind,
                    who=asked.people,
                    starts=form.starts,
                    minutes=minutes,
                    place=typed["place"],
                    about=typed["about"],
                    others=typed["others"],
                    closed=typed["closed"],
                ),
                stop=stop,
                now=now,
            )

        if saved(form, act):
            return done(request, _("Everybody was asked."), "conversation", typed["key"])
    way = reverse("conversation_plan", args=[route_id])
    return page(
        request,
        "conversations/invite.html",
        {
            "form": form,
            "found": found,
            "name": kind_name(kind),
            "minutes": minutes,
            "people": [part.person for part in parts if part.person_id != person.pk],
            "first": True,
            "closed_anyway": any(part.role == "coach" for part in parts),
            "back": f"{way}?{request.GET.urlencode()}&again=1",
            "crumbs": to_list(view),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(WAYS)
def moments(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Other moments for a conversation ahead."""
    person, now = person_of(request), now_of(request)
    talk, view = queries.get_conversation(
        person=person, conversation_id=conversation_id, now=now, taking_part=True
    )
    here = list(queries.there_still(talk, now=now).select_related("person").order_by("pk"))
    found = finding.moments_for(
        view=view,
        people=[one.person for one in here],
        roles={one.role for one in here},
        minutes=talk.minutes,
        now=now,
    )
    poll = poll_of(talk, person, now=now)
    form = OtherMomentsForm(
        request.POST or None, found=found.moments, initial={"seen": poll.seen if poll else ""}
    )
    if form.is_valid():

        def act() -> None:
            inviting.propose(
                by=by_of(request),
                conversation=talk,
                starts=form.starts,
                seen=read_ids(form.cleaned_data["seen"]),
                now=now,
            )

        if saved(form, act):
            return done(request, _("Everybody was asked."), "conversation", talk.pk)
        poll = poll_of(talk, person, now=now)
        form.look_at(poll.seen if poll else "")
    crumbs = to_conversation(view, talk)
    return page(
        request,
        "conversations/invite.html",
        {
            "form": form,
            "found": found,
            "name": kind_name(talk.kind),
            "minutes": talk.minutes,
            "first": False,
            "on_table": poll.choices if poll else [],
            "people": [one.person for one in here if one.person_id != person.pk],
            "back": crumbs[-1][1],
            "crumbs": crumbs,
        },
        status=422 if form.errors else 200,
    )
