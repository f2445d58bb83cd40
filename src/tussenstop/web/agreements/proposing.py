"""Proposing something that binds the partners, and proposing a changed text of it."""

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tussenstop.access.matrix import OnRoute
from tussenstop.agreements import proposal_queries, queries
from tussenstop.agreements.actions import proposing
from tussenstop.agreements.queries import AgreementView
from tussenstop.agreements.rules import Kind
from tussenstop.conversations import queries as conversations
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.routes.queries import get_route
from tussenstop.web.agreements.forms import show_refusal, typed
from tussenstop.web.agreements.lists import ABOUT, crumbs
from tussenstop.web.agreements.proposal_forms import FORMS, ProposalForm, one_time, proposal_form
from tussenstop.web.agreements.shown import ShownSection, sections_of
from tussenstop.web.page import by_of, done, now_of, page, person_of


def _succeeded(request: HttpRequest, kind: Kind) -> AgreementView | None:
    """The agreement whose place the new one takes, when the address names one."""
    wanted = request.POST.get("succeeds") or request.GET.get("succeeds")
    if not wanted:
        return None
    try:
        agreement_id = UUID(wanted)
    except ValueError as error:
        raise NotFound from error
    view = queries.get_agreement(
        person=person_of(request),
        agreement_id=agreement_id,
        now=now_of(request),
        permission=OnRoute.PROPOSE,
    )
    if view.agreement.kind != kind:
        raise NotFound
    return view


def _fill_in(form: ProposalForm, address: QueryDict) -> None:
    """Days that another page already knows stand in the form; what is no day is left out."""
    for name in ("starts_on", "ends_on", "back_on"):
        if name in form.fields and name in address:
            with suppress(ValueError):
                form.initial[name] = date.fromisoformat(str(address[name]))


def _from_conversation(request: HttpRequest, form: ProposalForm) -> None:
    """What was talked about stands in the form, for who takes part in that conversation."""
    asked = request.GET.get("conversation")
    if not asked or form.kind != Kind.FREE:
        return
    try:
        conversation_id = UUID(asked)
    except ValueError as error:
        raise NotFound from error
    form.initial.update(
        conversations.as_agreement(
            person=person_of(request), conversation_id=conversation_id, now=now_of(request)
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, route_id: UUID, kind: str) -> HttpResponse:
    view = get_route(
        person=person_of(request),
        route_id=route_id,
        now=now_of(request),
        permission=OnRoute.PROPOSE,
    )
    if kind not in FORMS:
        raise NotFound
    wanted = Kind(kind)
    succeeds = _succeeded(request, wanted)
    form = proposal_form(
        wanted,
        typed(request),
        route=view.route,
        stops=proposal_queries.stop_choices(view.route) if wanted == Kind.STOPS else [],
        before=proposal_queries.proposal_of(succeeds) if succeeds else None,
    )
    if request.method != "POST":
        _fill_in(form, request.GET)
        _from_conversation(request, form)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            agreement = proposing.propose_change(
                by=by_of(request),
                route=view.route,
                kind=wanted,
                key=one_time(form),
                title=form.wanted_title(),
                text=form.wanted_text(),
                data=form.wanted(),
                succeeds=succeeds.agreement if succeeds else None,
                now=now_of(request),
            )
        except DomainError as refusal:
            show_refusal(form, refusal)
            status = 409
        else:
            return done(
                request,
                _("Proposed. Everybody it names gets a mail, and you agreed by proposing it."),
                "agreement",
                agreement.pk,
            )
    title, about, _icon = ABOUT[wanted]
    context: dict[str, Any] = {
        "route": view.route,
        "form": form,
        "kind": wanted.value,
        "title": title,
        "about": about,
        "succeeds": succeeds,
        "waiting": None if succeeds else proposal_queries.waiting_of_kind(view, wanted),
        "fits": wanted in proposal_queries.kinds_for(view),
        "crumbs": crumbs(
            view, (str(_("Propose something")), reverse("agreement_kinds", args=[route_id]))
        ),
    }
    return page(request, "agreements/new.html", context, status=status)


def _changing(view: AgreementView, data: QueryDict | None) -> ProposalForm:
    """The form of a later text, with the newest one in it."""
    kind, route = Kind(view.agreement.kind), view.roles.route
    form = proposal_form(
        kind,
        data,
        route=route,
        stops=proposal_queries.stop_choices(route) if kind == Kind.STOPS else [],
        before=proposal_queries.proposal_of(view),
    )
    form.again(view.revision.number if view.revision else 0)
    return form


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """A changed text of an agreement; a start agreement is changed part by part."""

    def fetch() -> AgreementView:
        return queries.get_agreement(
            person=person_of(request),
            agreement_id=agreement_id,
            now=now_of(request),
            permission=OnRoute.PROPOSE,
        )

    view = fetch()
    if view.is_start:
        return redirect("agreement_parts", agreement_id)
    if not view.is_open or view.revision is None:
        return redirect("agreement", agreement_id)
    form = _changing(view, typed(request))
    newer: list[ShownSection] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            proposing.propose_again(
                by=by_of(request),
                agreement=view.agreement,
                text=form.wanted_text(),
                data=form.wanted(),
                seen=form.cleaned_data["seen"],
                why=form.cleaned_data["why"],
                now=now_of(request),
            )
        except Stale as refusal:
            # Show the newer text and keep what was typed, now as a change of that one.
            view = fetch()
            kept = request.POST.copy()
            if view.revision:
                kept["seen"] = str(view.revision.number)
                newer = sections_of(view.revision)
            form = _changing(view, kept)
            show_refusal(form, refusal)
            status = 409
        except DomainError as refusal:
            show_refusal(form, refusal)
            status = 409
        else:
            return done(request, _("Proposed. Everybody is asked anew."), "agreement", agreement_id)
    return page(
        request,
        "agreements/change.html",
        {
            "view": view,
            "agreement": view.agreement,
            "form": form,
            "kind": view.agreement.kind,
            "sections": newer,
            "crumbs": crumbs(
                view.roles,
                (view.agreement.title, reverse("agreement", args=[agreement_id])),
            ),
        },
        status=status,
    )
