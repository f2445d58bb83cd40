"""All hours of a route on paper or in a spreadsheet, for school and employer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tussenstop.core import pdf, sheets
from tussenstop.hours import queries
from tussenstop.web.hours.shown import in_words
from tussenstop.web.page import now_of, person_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _found(request: HttpRequest, route_id: UUID) -> Any:
    return queries.all_written(person=person_of(request), route_id=route_id, now=now_of(request))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _name(route: Any, ending: str) -> str:
    return f"{slugify(_('Hours'))}-{slugify(route.student.name)}.{ending}"


def _confirmed(entry: Any) -> str:
    if entry.confirmed_at is None:
        return _("not confirmed yet")
    return _("%(who)s, %(day)s") % {
        "who": entry.confirmed_by.name,
        "day": date_format(timezone.localtime(entry.confirmed_at), "j F Y"),
    }


@require_safe
def excel(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """One line for each stretch, with the hours as a number that can be summed."""
    view, entries, _figures = _found(request, route_id)
    header = [
        _("Day"),
        _("Week"),
        _("From"),
        _("Until"),
        _("Pause, in minutes"),
        _("Hours"),
        _("What was done"),
        _("Confirmed"),
    ]
    rows = [
        [
            entry.day.isoformat(),
            entry.day.isocalendar().week,
            f"{entry.starts_at:%H:%M}",
            f"{entry.ends_at:%H:%M}",
            entry.pause,
            round(entry.worked / 60, 2),
            entry.done,
            _confirmed(entry),
        ]
        for entry in entries
    ]
    content = sheets.xlsx_bytes(header, rows, _("Hours"))
    return _file(content, EXCEL, _name(view.route, "xlsx"))


@require_safe
def paper(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The same to print and to sign for."""
    view, entries, figures = _found(request, route_id)
    content = _paper(view.route, entries, figures, now_of(request))
    return _file(content, "application/pdf", _name(view.route, "pdf"))


def _paper(route: Any, entries: list[Any], figures: queries.Figures, now: datetime) -> bytes:
    made = date_format(timezone.localtime(now), "j F Y, H:i")
    data = {
        "language": get_language() or "nl",
        "title": _("Hours at the workplace of %(name)s") % {"name": route.student.name},
        "under": route.programme.name,
        "figures": [
            {"name": name, "value": in_words(minutes)}
            for name, minutes in (
                (_("Asked"), figures.target),
                (_("Done"), figures.done),
                (_("Of which confirmed"), figures.confirmed),
                (_("Planned"), figures.planned),
                (_("Not planned yet"), figures.missing),
            )
        ],
        "widths": ["own", "own", "own", "own", "rest", "own"],
        "header": [
            _("Day"),
            _("Hours"),
            _("Pause"),
            _("Worked"),
            _("What was done"),
            _("Confirmed"),
        ],
        "rows": [
            [
                date_format(entry.day, "D j/n/Y"),
                f"{entry.starts_at:%H:%M}-{entry.ends_at:%H:%M}",
                str(entry.pause or ""),
                in_words(entry.worked),
                entry.done,
                _confirmed(entry),
            ]
            for entry in entries
        ],
        "none": _("No hours were written down yet."),
        "foot": _("Made by Tussenstop on %(moment)s.") % {"moment": made},
    }
    return pdf.make("tussenstop.core", "overview.typ", data, at=now)
