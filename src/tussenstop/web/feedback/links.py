"""Links by which somebody without an account gives feedback: made, passed on, closed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.feedback import outside_queries as queries
from tussenstop.feedback.actions import outside as actions
from tussenstop.feedback.rules import Standing
from tussenstop.feedback.tokens import link_address
from tussenstop.web.feedback.forms import LinkForm
from tussenstop.web.feedback.shown import to_feedback
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, form_page


@require_safe
def overview(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The links somebody made, and how they stand."""
    now = now_of(request)
    view = queries.get_asking_outside(person=person_of(request), route_id=route_id, now=now)
    rows = few_of(request, queries.own_links(view=view))
    return page(
        request,
        "feedback/links.html",
        {
            "route": view.route,
            "rows": rows,
            "links": [(one, queries.standing_of(one, now=now)) for one in rows.object_list],
            "crumbs": to_feedback(view.route),
        },
    )


def _to_links(route: object) -> Crumbs:
    address = reverse("feedback_links", args=[route.pk])  # type: ignore[attr-defined]
    return [*to_feedback(route), (_("By a link"), address)]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, route_id: UUID) -> HttpResponse:
    now = now_of(request)
    view = queries.get_asking_outside(person=person_of(request), route_id=route_id, now=now)
    form = LinkForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            actions.invite(by=by_of(request), route=view.route, now=now, **form.cleaned_data)

        if saved(form, act):
            if form.cleaned_data["email"]:
                return done(request, _("The mail is on its way."), "feedback_links", route_id)
            return redirect("feedback_link", form.cleaned_data["key"])
    return form_page(
        request,
        form,
        title=_("Ask a colleague for feedback"),
        lead=_(
            "For who has no account here: a colleague, your godparent, a client. They answer by a "
            "link, on their phone, and you alone read it."
        ),
        submit=_("Make the link"),
        crumbs=to_feedback(view.route),
    )


@require_safe
def show(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """A link to pass on."""
    now = now_of(request)
    invitation, view = queries.get_link(
        person=person_of(request), invitation_id=invitation_id, now=now
    )
    standing = queries.standing_of(invitation, now=now)
    return page(
        request,
        "feedback/link.html",
        {
            "invitation": invitation,
            "standing": standing,
            "open": standing == Standing.OPEN,
            "answer": queries.answer_by(invitation=invitation),
            "address": link_address(invitation),
            "crumbs": _to_links(view.route),
        },
    )


@require_POST
def close(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    now = now_of(request)
    invitation, view = queries.get_link(
        person=person_of(request), invitation_id=invitation_id, now=now
    )
    actions.close(by=by_of(request), invitation=invitation, now=now)
    return done(request, _("The link is closed."), "feedback_links", view.route.pk)
