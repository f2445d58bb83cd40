"""Training leave on paper, for the employer."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tussenstop.core import pdf
from tussenstop.leave import queries
from tussenstop.leave.rules import What
from tussenstop.web.leave.views import reasons_of
from tussenstop.web.page import now_of, person_of


@require_safe
def paper(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """What somebody can reckon on, and what was taken."""
    now = now_of(request)
    found = queries.get_year(person=person_of(request), leave_id=leave_id, now=now)
    content = pdf.make("tussenstop.core", "overview.typ", _contents(found, now), at=now)
    name = f"{slugify(_('Training leave'))}-{slugify(found.leave.route.student.name)}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _hours(hours: Decimal | float) -> str:
    return number_format(hours, 2).rstrip("0").rstrip(",.")


def _contents(found: queries.Year, now: datetime) -> dict[str, object]:
    leave, budget = found.leave, found.budget
    made = date_format(timezone.localtime(now), "j F Y, H:i")
    figures = [
        (_("Hours to reckon on"), _hours(budget.hours)),
        (_("What the programme gives"), _hours(budget.programme)),
        (_("The most with this contract"), _hours(budget.cap)),
        (_("Taken"), _hours(found.used)),
        (_("Left"), _hours(found.left)),
        (_("Study points"), str(leave.points)),
        (_("Number of the programme"), leave.number or _("not known yet")),
        *((one.step.label, date_format(one.day, "j F Y")) for one, _done in found.days),
    ]
    rules = ", ".join(one.version for one in found.reckoned_with)
    return {
        "language": get_language() or "nl",
        "title": _("Training leave %(year)s of %(name)s")
        % {"year": f"{leave.year}-{leave.year + 1}", "name": leave.route.student.name},
        "under": " ".join(reasons_of(found)) or leave.route.programme.name,
        "figures": [{"name": str(name), "value": value} for name, value in figures],
        "widths": ["own", "own", "rest"],
        "header": [_("Day"), _("Hours"), _("What for")],
        "rows": [
            [
                date_format(row.day, "D j/n/Y"),
                _hours(row.hours),
                str(What(row.what).label)
                + (
                    f" ({_('outside the days of the programme')})" if found.outside(row.day) else ""
                ),
            ]
            for row in queries.taken(leave)
        ],
        "none": _("No leave was taken yet."),
        "foot": _(
            "Made by Tussenstop on %(moment)s, reckoned with %(rules)s. This is a help and no "
            "decision: check it on vlaanderen.be/vlaams-opleidingsverlof."
        )
        % {"moment": made, "rules": rules},
    }
