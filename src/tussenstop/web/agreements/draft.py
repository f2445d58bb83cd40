"""Writing a start agreement together, part by part, and putting it before everybody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.agreements import proposal_queries, queries
from tussenstop.agreements.actions import drafts, proposing
from tussenstop.agreements.actions.drafts import SectionStale
from tussenstop.agreements.proposal_queries import Part
from tussenstop.agreements.queries import AgreementView
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.people.actions import find_or_create_person
from tussenstop.routes.queries import get_placement
from tussenstop.web.agreements.forms import PartForm, SignatoryForm, WhyForm, show_refusal, typed
from tussenstop.web.agreements.lists import crumbs
from tussenstop.web.agreements.shown import ShownField, how_it_stands, shown_field
from tussenstop.web.page import by_of, done, now_of, page, person_of


def _writable(request: HttpRequest, agreement_id: UUID) -> AgreementView:
    """A start agreement this person may work on."""
    view = queries.get_agreement(
        person=person_of(request),
        agreement_id=agreement_id,
        now=now_of(request),
        permission=OnRoute.PROPOSE,
    )
    if not view.is_start:
        raise NotFound
    return view


def _back(view: AgreementView) -> list[tuple[str, str]]:
    return crumbs(
        view.roles,
        (view.agreement.title, reverse("agreement_parts", args=[view.agreement.pk])),
    )


def written(part: Part) -> list[ShownField]:
    """What stands in a part, empty questions left out."""
    return [
        shown_field(
            str(question.label),
            value,
            [(column.key, str(column.label)) for column in question.columns.values()],
        )
        for question, value in part.fields
        if value
    ]


def parts_page(request: HttpRequest, view: AgreementView) -> HttpResponse:
    """The working text: the three expectations side by side, then what is written together."""
    parts = proposal_queries.parts_of(view)
    shown = [(part, written(part)) for part in parts]
    empty = [part for part in parts if part.draft.owner_role and not part.filled]
    mine = next((part for part in empty if part.can_write), None)
    return page(
        request,
        "agreements/parts.html",
        {
            "view": view,
            "agreement": view.agreement,
            "stands": how_it_stands(view),
            "sides": [both for both in shown if both[0].draft.owner_role],
            "together": [both for both in shown if not both[0].draft.owner_role],
            "empty": empty,
            "mine": mine,
            "signatories": view.agreement.signatories.all(),
            "objections": view.objections,
            "crumbs": crumbs(view.roles),
        },
    )


@require_POST
def begin(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    view, placement = get_placement(
        person=person_of(request),
        placement_id=placement_id,
        now=now_of(request),
        permission=OnRoute.PROPOSE,
    )
    agreement = drafts.begin_start_agreement(
        by=by_of(request), route=view.route, placement=placement, now=now_of(request)
    )
    return redirect("agreement", agreement.pk)


@require_POST
def succeed(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Begin a later agreement that takes the place of one that holds."""
    view = queries.get_agreement(
        person=person_of(request),
        agreement_id=agreement_id,
        now=now_of(request),
        permission=OnRoute.PROPOSE,
    )
    if not view.is_start:
        return HttpResponseRedirect(
            reverse("agreement_new", args=[view.agreement.route_id, view.agreement.kind])
            + f"?succeeds={agreement_id}"
        )
    successor = drafts.begin_successor(
        by=by_of(request), agreement=view.agreement, now=now_of(request)
    )
    return done(
        request,
        _("This is the text that holds now. Change what should change, then propose it."),
        "agreement",
        successor.pk,
    )


@require_safe
def parts(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """The working text, also when an earlier text was proposed already."""
    view = queries.get_agreement(
        person=person_of(request), agreement_id=agreement_id, now=now_of(request)
    )
    if not view.is_start:
        raise NotFound
    if not view.is_open:
        return redirect("agreement", agreement_id)
    request.looked_at = view.roles.route  # type: ignore[attr-defined]
    return parts_page(request, view)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, agreement_id: UUID, key: str) -> HttpResponse:
    """The form of one part. Two who write at once see each other's words."""
    view = _writable(request, agreement_id)
    wanted = proposal_queries.part_of(view, key)
    if not wanted.can_write and view.is_open:
        raise Refused(_("This part is for somebody else to write."))
    form = PartForm(wanted, typed(request))
    theirs: list[ShownField] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            drafts.save_section(
                by=by_of(request),
                agreement=view.agreement,
                key=key,
                values=form.values(),
                seen=form.cleaned_data["version"],
                now=now_of(request),
            )
        except SectionStale as conflict:
            wanted = proposal_queries.part_of(view, key)
            theirs = written(wanted)
            form = PartForm(wanted, request.POST, version=conflict.version)
            form.add_error(None, str(conflict.text))
            status = 409
        except DomainError as refusal:
            show_refusal(form, refusal)
            status = 409
        else:
            if "more" in request.POST:
                return redirect(request.path)
            return done(request, _("Saved."), "agreement_parts", agreement_id)
    return page(
        request,
        "agreements/part.html",
        {
            "view": view,
            "agreement": view.agreement,
            "part": wanted,
            "form": form,
            "theirs": theirs,
            "crumbs": _back(view),
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Put the working text before everybody; who does so agrees to it."""
    view = _writable(request, agreement_id)
    seen = view.revision.number if view.revision else 0
    form = WhyForm(typed(request), seen=seen)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            proposing.propose_start(
                by=by_of(request),
                agreement=view.agreement,
                seen=form.cleaned_data["seen"],
                why=form.cleaned_data.get("why", ""),
                now=now_of(request),
            )
        except Stale as refusal:
            # Now as a text that follows the newer one, which the page points to.
            view = _writable(request, agreement_id)
            seen = view.revision.number if view.revision else 0
            kept = request.POST.copy()
            kept["seen"] = str(seen)
            form = WhyForm(kept, seen=seen)
            show_refusal(form, refusal)
            status = 409
        except DomainError as refusal:
            show_refusal(form, refusal)
            status = 409
        else:
            return done(
                request,
                _("Proposed. Everybody gets a mail, and you agreed by proposing it."),
                "agreement",
                agreement_id,
            )
    named = proposing.parties_of(view.agreement, now_of(request))
    return page(
        request,
        "agreements/propose.html",
        {
            "view": view,
            "agreement": view.agreement,
            "form": form,
            "named": named,
            "empty": [
                part
                for part in proposal_queries.parts_of(view)
                if part.draft.owner_role and not part.filled
            ],
            "crumbs": _back(view),
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def signatory(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Ask somebody beside the partners to agree too."""
    view = _writable(request, agreement_id)
    form = SignatoryForm(typed(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            drafts.add_signatory(
                by=by_of(request),
                agreement=view.agreement,
                person=find_or_create_person(
                    email=found["email"],
                    name=found["name"],
                    language=view.agreement.language,
                    now=now_of(request),
                ),
                capacity=found["capacity"],
                now=now_of(request),
            )
        except DomainError as refusal:
            show_refusal(form, refusal)
            status = 409
        else:
            return done(
                request,
                _("%(name)s is asked to agree too, from the next text on.")
                % {"name": found["name"]},
                "agreement_parts",
                agreement_id,
            )
    return page(
        request,
        "agreements/signatory.html",
        {"view": view, "agreement": view.agreement, "form": form, "crumbs": _back(view)},
        status=status,
    )


@require_POST
def signatory_remove(request: HttpRequest, agreement_id: UUID, signatory_id: UUID) -> HttpResponse:
    view = _writable(request, agreement_id)
    drafts.remove_signatory(
        by=by_of(request),
        agreement=view.agreement,
        signatory_id=signatory_id,
        now=now_of(request),
    )
    return done(request, _("Removed."), "agreement_parts", agreement_id)
