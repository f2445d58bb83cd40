"""“Who is your working student?” on one page: what was shared, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tussenstop.content import Context, pack
from tussenstop.core import pdf
from tussenstop.startposition.answers import Said, advice_from
from tussenstop.startposition.queries import PartView, Shared
from tussenstop.startposition.rules import Audience

# The audiences as a third person names them.
READERS = {
    Audience.MENTOR: gettext_lazy("the mentor"),
    Audience.TEACHER: gettext_lazy("the teacher"),
    Audience.COACH: gettext_lazy("the competence coach"),
    Audience.WORKPLACES: gettext_lazy("workplaces that might suit"),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything on the page. It is made of a `Shared`, so nothing unshared can reach it."""

    shared: Shared
    context: Context
    parts: list[PartView]
    communication: list[str]
    practical: list[str]

    @property
    def addressed(self) -> str:
        return str(self.shared.answers("expectations").get("addressed") or "")


def summary_of(shared: Shared) -> Summary:
    """What follows from the shared answers stands before what follows from the context, which
    holds for everybody in it."""
    context = pack().contexts[shared.view.route.context]
    advice = [one for part in shared.parts for one in advice_from(part.questions, part.answers)]
    return Summary(
        shared=shared,
        context=context,
        parts=shared.parts,
        communication=[
            *(str(one.text) for one in advice if one.kind == "communication"),
            *(str(line.text) for line in context.communication_advice.values()),
        ],
        practical=[
            *(str(one.text) for one in advice if one.kind == "practical"),
            *(str(line.text) for line in context.practical_advice.values()),
        ],
    )


def _line(one: Said) -> dict[str, Any]:
    return {
        "label": one.label,
        "text": "\n".join(one.lines) if one.prose else "; ".join(one.lines),
        "week": [
            {"day": day[:2], "parts": [room for room, _word in parts]} for day, parts in one.week
        ],
    }


def contents(summary: Summary, *, now: datetime) -> dict[str, Any]:
    """What the PDF shows, in the active language."""
    route = summary.shared.view.route
    readers = ", ".join(sorted(str(READERS[a]) for a in summary.shared.audiences))
    return {
        "language": get_language() or "nl",
        "title": _("Who is your working student?"),
        "student": route.student.name,
        "programme": f"{route.programme.name}, {route.institution.name}",
        "context": str(summary.context.name),
        "context_short": str(summary.context.description),
        "need": str(summary.context.first_need),
        "perspective": str(summary.context.perspective),
        "parts": [
            {"name": str(part.part.name), "lines": [_line(one) for one in part.said]}
            for part in summary.parts
        ],
        "communication": summary.communication,
        "practical": summary.practical,
        "words": {
            "need": _("What comes first"),
            "communication": _("How you talk with each other"),
            "practical": _("What you arrange"),
            "perspective": _("Afterwards"),
            "nothing": _("Nothing was shared yet. What stands here holds for the context."),
            "made": _("Only what %(student)s shares with %(readers)s, as it stood on %(day)s.")
            % {
                "student": route.student.name,
                "readers": readers,
                "day": date_format(localtime(now), "j F Y"),
            },
            "taken": _("taken"),
            "movable": _("can move"),
            "free": _("free"),
        },
    }


def render(summary: Summary, *, now: datetime) -> bytes:
    """The page as PDF."""
    return pdf.make("tussenstop.startposition", "summary.typ", contents(summary, now=now), at=now)
