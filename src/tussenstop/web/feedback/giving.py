"""Giving feedback: to somebody on the route, or because it was asked; and taking it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.core.errors import NotFound
from tussenstop.feedback import queries
from tussenstop.feedback.actions import giving
from tussenstop.feedback.actions.words import CannotGive
from tussenstop.feedback.queries import Partner
from tussenstop.people.acting import By
from tussenstop.routes.queries import RouteView
from tussenstop.web.feedback.forms import GiveForm
from tussenstop.web.feedback.shown import to_feedback, typed_of
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved

WAYS = ("GET", "HEAD", "POST")


def receiver_on(view: RouteView, person_id: UUID, *, now: datetime) -> Partner | None:
    """Somebody whom this person can give feedback; None for who does not travel along (any more)."""
    people = queries.receivers(view.route, now=now, but=view.person)
    return next((one for one in people if one.person.pk == person_id), None)


def form_for(
    data: Any, view: RouteView, receiver: Partner, initial: dict[str, Any] | None = None
) -> GiveForm:
    return GiveForm(
        data,
        role=receiver.role,
        competences=queries.competences_of(view.route),
        initial=initial,
    )


def gave(
    form: GiveForm, *, by: By, view: RouteView, to: Partner, now: datetime, asking: Any = None
) -> bool:
    """Whether it was given; if not the form says why."""
    if not form.is_valid():
        return False

    def act() -> None:
        giving.give(
            by=by,
            route=view.route,
            to=to.person,
            words=form.words,
            key=form.cleaned_data["key"],
            now=now,
            asking=asking,
        )

    return saved(form, act)


def _page(
    request: HttpRequest, view: RouteView, form: GiveForm, to: Partner, asking: Any = None
) -> HttpResponse:
    address = (
        reverse("feedback_asked", args=[asking.pk])
        if asking
        else reverse("feedback_give", args=[view.route.pk, to.person.pk])
    )
    crumbs = to_feedback(view.route)
    return page(
        request,
        "feedback/give.html",
        {
            "form": form,
            "to": to,
            "asking": asking,
            "address": address,
            "crumbs": crumbs,
            "back": crumbs[-1][1],
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(WAYS)
def give(request: HttpRequest, route_id: UUID, person_id: UUID) -> HttpResponse:
    """Without being asked."""
    person, now = person_of(request), now_of(request)
    view = queries.get_giving(person=person, route_id=route_id, now=now)
    to = receiver_on(view, person_id, now=now)
    if to is None:
        raise NotFound
    form = form_for(request.POST or None, view, to)
    if request.method == "POST" and gave(form, by=by_of(request), view=view, to=to, now=now):
        return done(request, told(to), "feedback", route_id)
    return _page(request, view, form, to)


def told(to: Partner) -> str:
    return _("Given. %(name)s knows that it is there.") % {"name": to.person.first_name}


@require_http_methods(WAYS)
def asked(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    """Because somebody asked."""
    person, now = person_of(request), now_of(request)
    asking, view = queries.get_asking(person=person, asking_id=asking_id, now=now)
    to = receiver_on(view, asking.receiver_id, now=now)
    if to is None or (asking.closed_at and request.method != "POST"):
        return page(
            request,
            "feedback/closed.html",
            {
                "asking": asking,
                "given": queries.given_for(asking),
                "route": view.route,
                "crumbs": to_feedback(view.route),
            },
        )
    form = form_for(request.POST or None, view, to)
    if request.method == "POST" and gave(
        form, by=by_of(request), view=view, to=to, now=now, asking=asking
    ):
        return done(request, told(to), "feedback", view.route.pk)
    return _page(request, view, form, to, asking)


@require_POST
def take_back(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Before it was read. The words stay in the form, to give them differently or not at all."""
    person, now = person_of(request), now_of(request)
    seen = queries.get_feedback(person=person, feedback_id=feedback_id, now=now)
    one, asking = seen.feedback, seen.feedback.asking
    initial = typed_of(one)
    if seen.gone:
        return done(request, _("It was taken back already."), "feedback", seen.view.route.pk)
    try:
        giving.take_back(by=by_of(request), feedback=one, now=now)
    except CannotGive as refusal:
        messages.warning(request, str(refusal.text))
        return redirect("feedback_one", feedback_id)
    to = receiver_on(seen.view, one.receiver_id, now=now)
    if to is None:
        return done(request, _("Taken back."), "feedback", seen.view.route.pk)
    messages.success(
        request, _("Taken back. Your words still stand here; you can give them differently.")
    )
    return _page(request, seen.view, form_for(None, seen.view, to, initial), to, asking)
