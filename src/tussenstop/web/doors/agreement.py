"""The door of an agreement: write one's own part while it is a draft, answer it once proposed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tussenstop.agreements.actions import consent, drafts
from tussenstop.agreements.proposal_queries import Part, parts_of
from tussenstop.agreements.queries import AgreementView, get_agreement
from tussenstop.agreements.rules import Answer
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.web.agreements.shown import sections_of
from tussenstop.web.doors.opened import Opened
from tussenstop.web.page import now_of, page

LONGEST = 4_000  # characters in one answer


def own_parts(view: AgreementView) -> list[Part]:
    """The parts that this person alone writes."""
    return [part for part in parts_of(view) if part.can_write and part.draft.owner_role]


def _written(request: HttpRequest, part: Part) -> dict[str, Any]:
    """What was typed in a part; rows, which a door does not show, stay as they are."""
    return {
        field.key: value if field.columns else request.POST.get(field.key, "").strip()[:LONGEST]
        for field, value in part.fields
    }


def _save(request: HttpRequest, opened: Opened, view: AgreementView) -> None:
    part = next((p for p in own_parts(view) if p.draft.key == request.POST.get("part")), None)
    if part is None:
        raise NotFound
    seen = request.POST.get("seen", "")
    drafts.save_section(
        by=opened.by,
        agreement=view.agreement,
        key=part.draft.key,
        values=_written(request, part),
        seen=int(seen) if seen.isdecimal() else 0,
        now=now_of(request),
    )


def _answer(request: HttpRequest, opened: Opened, view: AgreementView) -> None:
    answer = request.POST.get("answer", "")
    number = request.POST.get("number", "")
    if answer not in set(Answer) or not number.isdecimal():
        raise NotFound
    consent.answer(
        by=opened.by,
        revision=view.text(int(number)),
        answer=Answer(answer),
        section=request.POST.get("section", "")[:40],
        reason=request.POST.get("reason", "")[:2_000],
        now=now_of(request),
    )


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    view = get_agreement(
        person=opened.by.person, agreement_id=opened.subject_id, now=now_of(request)
    )
    refusal = ""
    if request.method == "POST":
        try:
            if view.revision is None or "part" in request.POST:
                _save(request, opened, view)
            else:
                _answer(request, opened, view)
        except NotFound:
            raise
        except DomainError as error:
            # How things stand now, with what was typed still there.
            refusal = str(error.text)
            view = get_agreement(
                person=opened.by.person, agreement_id=opened.subject_id, now=now_of(request)
            )
        else:
            return HttpResponseRedirect(request.path)
    return page(
        request,
        "doors/agreement.html",
        {
            "view": view,
            "agreement": view.agreement,
            "revision": view.revision,
            "sections": sections_of(view.revision, view.objections) if view.revision else [],
            "parts": own_parts(view) if view.revision is None else [],
            "refusal": refusal,
            "typed": request.POST,
        },
        status=409 if refusal else 200,
    )
