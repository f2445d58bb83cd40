"""The page of one agreement: its text, who answered what, and what one can do."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.agreements import queries
from tussenstop.agreements.actions import consent, proposing
from tussenstop.agreements.compare import changes
from tussenstop.agreements.evidence import grouped
from tussenstop.agreements.queries import AgreementView
from tussenstop.agreements.rules import Answer, Status
from tussenstop.core.errors import DomainError, Refused, Stale
from tussenstop.web.agreements import draft
from tussenstop.web.agreements.forms import AskForm, ReasonForm, show_refusal, typed
from tussenstop.web.agreements.lists import crumbs
from tussenstop.web.agreements.shown import evidence_of, how_it_stands, sections_of
from tussenstop.web.page import by_of, done, now_of, page, person_of

if TYPE_CHECKING:
    from tussenstop.agreements.models import Revision


def fetch(request: HttpRequest, agreement_id: UUID) -> AgreementView:
    """The agreement, if this person may read it; the student will see that they looked."""
    view = queries.get_agreement(
        person=person_of(request), agreement_id=agreement_id, now=now_of(request)
    )
    request.looked_at = view.roles.route  # type: ignore[attr-defined]
    return view


def _page(request: HttpRequest, view: AgreementView, *, status: int = 200) -> HttpResponse:
    revision = view.revision
    if revision is None:
        return draft.parts_page(request, view)
    return page(
        request,
        "agreements/agreement.html",
        {
            "view": view,
            "agreement": view.agreement,
            "revision": revision,
            "stands": how_it_stands(view),
            "sections": sections_of(revision, view.objections),
            "evidence": evidence_of(view, revision),
            "earlier": view.revisions[1:],
            "digest": grouped(view.seal.digest) if view.seal else [],
            "crumbs": crumbs(view.roles),
        },
        status=status,
    )


@require_safe
def show(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    return _page(request, fetch(request, agreement_id))


def _text_answered(view: AgreementView, revision_id: str | UUID) -> "Revision | None":
    """The exact text that somebody had before them; None for what is no text of this agreement."""
    return next((r for r in view.revisions if str(r.pk) == str(revision_id)), None)


@require_POST
def agree(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One tap: yes to the text one has read."""
    view = fetch(request, agreement_id)
    if view.mine is None:
        raise Refused(_("Your answer is not asked on this text."))
    revision = _text_answered(view, request.POST.get("revision", ""))
    try:
        if revision is None:
            raise Stale(_("The text was changed meanwhile. Read the new one, then answer that."))
        consent.answer(by=by_of(request), revision=revision, answer=Answer.YES, now=now_of(request))
    except DomainError as refusal:
        messages.warning(request, str(refusal.text))
        return _page(request, fetch(request, agreement_id), status=409)
    now_stands = fetch(request, agreement_id).status
    return done(
        request,
        _("Everybody agreed: it holds.") if now_stands == Status.ACCEPTED else _("You agreed."),
        "agreement",
        agreement_id,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Ask for a change to one part."""
    view = fetch(request, agreement_id)
    if view.mine is None or view.revision is None:
        raise Refused(_("Your answer is not asked on this text."))
    form = AskForm(typed(request), revision=view.revision, wanted=request.GET.get("part", ""))
    if form.is_valid():
        return _object(request, view, form, Answer.CHANGE)
    return _object_page(request, view, form, Answer.CHANGE)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Say no, with a reason."""
    view = fetch(request, agreement_id)
    if view.mine is None or view.revision is None:
        raise Refused(_("Your answer is not asked on this text."))
    form = ReasonForm(typed(request), initial={"revision": view.revision.pk})
    if form.is_valid():
        return _object(request, view, form, Answer.NO)
    return _object_page(request, view, form, Answer.NO)


def _object(
    request: HttpRequest, view: AgreementView, form: AskForm | ReasonForm, answer: Answer
) -> HttpResponse:
    revision = _text_answered(view, form.cleaned_data["revision"])
    try:
        if revision is None:
            raise Stale(_("The text was changed meanwhile. Read the new one, then answer that."))
        consent.answer(
            by=by_of(request),
            revision=revision,
            answer=answer,
            section=form.cleaned_data.get("section", ""),
            reason=form.cleaned_data["reason"],
            now=now_of(request),
        )
    except Stale as refusal:
        # Show the new text and keep what was written, now as an answer to that one.
        view = fetch(request, view.agreement.pk)
        kept = request.POST.copy()
        if view.revision:
            kept["revision"] = str(view.revision.pk)
            again: AskForm | ReasonForm = (
                AskForm(kept, revision=view.revision)
                if isinstance(form, AskForm)
                else ReasonForm(kept)
            )
            again.add_error(None, str(refusal.text))
            return _object_page(request, view, again, answer, text=True, status=409)
        raise
    except DomainError as refusal:
        show_refusal(form, refusal)
        return _object_page(request, view, form, answer, status=409)
    return done(
        request,
        _("Thank you. Everybody knows what you would like to see changed.")
        if answer == Answer.CHANGE
        else _("Everybody knows that you do not agree, and why."),
        "agreement",
        view.agreement.pk,
    )


def _object_page(
    request: HttpRequest,
    view: AgreementView,
    form: AskForm | ReasonForm,
    answer: Answer,
    *,
    text: bool = False,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "agreements/object.html",
        {
            "view": view,
            "agreement": view.agreement,
            "form": form,
            "asks": answer == Answer.CHANGE,
            "sections": sections_of(view.revision) if text and view.revision else [],
            "revision": view.revision,
            "crumbs": crumbs(
                view.roles, (view.agreement.title, f"/agreements/{view.agreement.pk}/")
            ),
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Take a proposal off the table: asked once more first."""
    view = queries.get_agreement(
        person=person_of(request),
        agreement_id=agreement_id,
        now=now_of(request),
        permission=OnRoute.PROPOSE,
    )
    if request.method == "POST":
        proposing.withdraw(by=by_of(request), agreement=view.agreement, now=now_of(request))
        return done(request, _("Withdrawn."), "agreement_list", view.agreement.route_id)
    return page(
        request,
        "agreements/withdraw.html",
        {
            "view": view,
            "agreement": view.agreement,
            "crumbs": crumbs(view.roles, (view.agreement.title, f"/agreements/{agreement_id}/")),
        },
    )


@require_safe
def text(request: HttpRequest, agreement_id: UUID, number: int) -> HttpResponse:
    """An earlier text, as it was put before everybody."""
    view = fetch(request, agreement_id)
    revision = view.text(number)
    return page(
        request,
        "agreements/text.html",
        {
            "view": view,
            "agreement": view.agreement,
            "revision": revision,
            "sections": sections_of(
                revision,
                [
                    p
                    for p in revision.parties.all()
                    if hasattr(p, "consent") and p.consent.answer != Answer.YES
                ],
            ),
            "evidence": evidence_of(view, revision),
            "newest": view.revision,
            "crumbs": crumbs(view.roles, (view.agreement.title, f"/agreements/{agreement_id}/")),
        },
    )


@require_safe
def compare(request: HttpRequest, agreement_id: UUID, before: int, after: int) -> HttpResponse:
    """What changed between two texts."""
    view = fetch(request, agreement_id)
    old, new = view.text(before), view.text(after)
    return page(
        request,
        "agreements/compare.html",
        {
            "view": view,
            "agreement": view.agreement,
            "old": old,
            "new": new,
            "changes": changes(old.body, new.body),
            "crumbs": crumbs(view.roles, (view.agreement.title, f"/agreements/{agreement_id}/")),
        },
    )
