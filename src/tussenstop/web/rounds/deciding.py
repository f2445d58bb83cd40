"""Trying a round out, looking at what comes of it, publishing it, taking it along."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.core import sheets
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.rounds import queries
from tussenstop.rounds.actions import deciding
from tussenstop.rounds.rules import Phase, RoundState
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.rounds.leading import to_round
from tussenstop.web.rounds.shown import cost_of, not_counted_of, notes_of

if TYPE_CHECKING:
    from tussenstop.rounds.models import Rehearsal

EVERY = 2  # seconds between two looks at a rehearsal that runs
VIEWS = ("students", "without", "places")


@require_POST
def rehearse(request: HttpRequest, round_id: UUID) -> HttpResponse:
    now = now_of(request)
    round_ = queries.get_round(person=person_of(request), round_id=round_id, now=now)
    made = deciding.ask_rehearsal(by=by_of(request), round_=round_, now=now)
    return done(request, _("Trying it out."), "rehearsal", round_id, made.number)


@require_safe
def rehearsal(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """What a try comes to; while it runs, a page that looks again by itself."""
    return _page(request, round_id, number)


def _page(
    request: HttpRequest, round_id: UUID, number: int, refusal: str = "", status: int = 200
) -> HttpResponse:
    now = now_of(request)
    found = queries.get_rehearsal(
        person=person_of(request), round_id=round_id, number=number, now=now
    )
    round_ = found.round
    context = {
        "round": round_,
        "rehearsal": found,
        "is_result": round_.result_id == found.pk,
        "refusal": refusal,
        "crumbs": to_round(round_),
    }
    if found.finished_at is None or found.failed:
        response = page(request, "rounds/trying.html", context, status=status)
        if found.finished_at is None:
            response["Refresh"] = str(EVERY)
        return response
    view = request.GET.get("view", "")
    view = view if view in VIEWS else VIEWS[0]
    words = request.GET.get("q", "")[:80]
    if view == "places":
        shown = slice_of(request, queries.place_results_of(found))
    else:
        placed = False if view == "without" else None
        shown = slice_of(request, queries.results_of(found, words=words, placed=placed))
    return page(
        request,
        "rounds/rehearsal.html",
        {
            **context,
            "figures": found.figures,
            "cost": cost_of(found),
            "notes": notes_of(found),
            "not_counted": not_counted_of(found),
            "may_publish": round_.state == RoundState.OPEN
            and queries.phase_today(round_, now) == Phase.DECIDING,
            "too_early": round_.state == RoundState.OPEN
            and queries.phase_today(round_, now) != Phase.DECIDING,
            "view": view,
            "words": words,
            "shown": shown,
        },
        status=status,
    )


@require_POST
def publish(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    now = now_of(request)
    found = queries.get_rehearsal(
        person=person_of(request), round_id=round_id, number=number, now=now
    )
    try:
        deciding.publish(by=by_of(request), rehearsal=found, now=now)
    except (NotFound, Refused):
        raise
    except (Stale, DomainError) as refusal:
        return _page(request, round_id, number, refusal=str(refusal.text), status=409)
    return done(request, _("Published: everybody gets a mail."), "round", round_id)


def _rows(found: "Rehearsal") -> list[list[object]]:
    return [
        [
            one.student.route.student.name,
            one.student.route.student.email,
            one.student.route.programme.name,
            one.place.title if one.place else "",
            one.place.workplace.name if one.place else "",
            one.place.workplace.organisation.name if one.place else "",
            one.rank or "",
            _("yes") if one.lottery else _("no"),
        ]
        for one in queries.rows_to_export(found)
    ]


@require_safe
def export(request: HttpRequest, round_id: UUID, number: int, kind: str) -> HttpResponse:
    """The result as a file, CSV or Excel."""
    found = queries.get_rehearsal(
        person=person_of(request), round_id=round_id, number=number, now=now_of(request)
    )
    header = [
        _("Student"),
        _("E-mail"),
        _("Programme"),
        _("Place"),
        _("Workplace"),
        _("Organisation"),
        _("Which wish"),
        _("Decided by the lottery"),
    ]
    name = f"{slugify(found.round.name) or 'round'}-{found.number}.{kind}"
    if kind == "csv":
        content, content_type = sheets.csv_bytes(header, _rows(found)), "text/csv; charset=utf-8"
    else:
        content = sheets.xlsx_bytes(header, _rows(found), _("Result"))
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
