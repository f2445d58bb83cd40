"""The page behind a link for who has no account. Opening it changes nothing.

A link may be passed on, so it shows what was given only in the browser in which it was given, or
by the second address that its giver gets by mail.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.core.errors import NotFound
from tussenstop.feedback import outside_queries as queries
from tussenstop.feedback.actions import outside as actions
from tussenstop.feedback.actions.words import CannotGive
from tussenstop.feedback.outside_queries import OutsideView
from tussenstop.feedback.rules import Standing
from tussenstop.web.feedback.forms import CorrectForm, OutsideForm, ReplyForm
from tussenstop.web.feedback.shown import strengths_of, typed_of
from tussenstop.web.limits import too_often, visitor
from tussenstop.web.page import now_of, page
from tussenstop.web.partnership.forms.base import saved

PER_LINK, PER_VISITOR = 20, 40  # tries within an hour


def _gave_key(invitation: Any) -> str:
    return f"feedback-{invitation.pk.hex}"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    invitation, is_giver = queries.by_token(token)
    gave = is_giver or _gave_key(invitation) in request.session
    view = queries.opened(invitation=invitation, gave=gave, now=now_of(request))
    if request.method != "POST":
        return _page(request, view)
    if _too_often(request, invitation):
        messages.warning(request, _("That was a lot of tries. Wait a while; what you typed stays."))
        return _page(request, view, **_typed(request, view), status=429)
    if "correct" in request.POST:
        return _correct(request, view)
    if "answer" in request.POST:
        return _answer(request, view)
    return _give(request, view)


def _too_often(request: HttpRequest, invitation: Any) -> bool:
    often = [
        too_often(f"feedback-link:{invitation.pk.hex}", PER_LINK),
        too_often(f"feedback-visitor:{visitor(request)}", PER_VISITOR),
    ]
    return any(often)


def _typed(request: HttpRequest, view: OutsideView) -> dict[str, Any]:
    role = view.invitation.receiver_role
    if "correct" in request.POST:
        return {"correcting": CorrectForm(request.POST, role=role)}
    if "answer" in request.POST:
        return {"answering": ReplyForm(request.POST)}
    return {"form": OutsideForm(request.POST, role=role)}


def _page(
    request: HttpRequest,
    view: OutsideView,
    *,
    form: OutsideForm | None = None,
    correcting: CorrectForm | None = None,
    answering: ReplyForm | None = None,
    status: int = 0,
) -> HttpResponse:
    invitation, one = view.invitation, view.feedback
    role = invitation.receiver_role
    context: dict[str, Any] = {
        "view": view,
        "invitation": invitation,
        "receiver": invitation.receiver,
        "open": view.standing == Standing.OPEN,
        "answered": view.standing == Standing.ANSWERED,
        "feedback": one,
        "form": form or OutsideForm(role=role),
    }
    if one and not view.removed:
        context["strengths"] = strengths_of(one)
        context["readers"] = queries.readers_by_role(one, now=view.now)
        if view.may_correct:
            context["correcting"] = correcting or CorrectForm(
                role=role, initial={**typed_of(one), "version": one.version}
            )
        if view.asked:
            context["answering"] = answering or ReplyForm()
    wrong = any(each is not None and each.errors for each in (form, correcting, answering))
    response = page(
        request, "feedback/outside.html", context, status=status or (422 if wrong else 200)
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _give(request: HttpRequest, view: OutsideView) -> HttpResponse:
    form = OutsideForm(request.POST, role=view.invitation.receiver_role)
    if view.standing != Standing.OPEN and view.feedback is None:
        return _page(request, view, form=form, status=409)
    if form.is_valid():

        def act() -> None:
            actions.answer(
                invitation=view.invitation,
                name=form.cleaned_data["name"],
                how=form.cleaned_data["how"],
                words=form.words,
                key=form.cleaned_data["key"],
                now=now_of(request),
            )

        if saved(form, act):
            request.session[_gave_key(view.invitation)] = True
            return HttpResponseRedirect(request.path)
    return _page(request, view, form=form)


def _correct(request: HttpRequest, view: OutsideView) -> HttpResponse:
    if view.feedback is None:
        raise NotFound
    form = CorrectForm(request.POST, role=view.invitation.receiver_role)
    if form.is_valid():
        try:
            actions.correct(
                invitation=view.invitation,
                seen=form.cleaned_data["version"],
                words=form.words,
                now=now_of(request),
            )
        except actions.LinkClosed as refusal:
            messages.warning(request, str(refusal.text))
            return HttpResponseRedirect(request.path)
        except CannotGive as refusal:
            form.add_error(refusal.field, str(refusal.text))
        else:
            messages.success(request, _("Corrected."))
            return HttpResponseRedirect(request.path)
    return _page(request, view, correcting=form)


def _answer(request: HttpRequest, view: OutsideView) -> HttpResponse:
    if view.feedback is None:
        raise NotFound
    form = ReplyForm(request.POST)
    if form.is_valid():

        def act() -> None:
            actions.answer_question(
                invitation=view.invitation, now=now_of(request), **form.cleaned_data
            )

        if saved(form, act):
            messages.success(request, _("Your words stand there."))
            return HttpResponseRedirect(request.path)
    return _page(request, view, answering=form)
