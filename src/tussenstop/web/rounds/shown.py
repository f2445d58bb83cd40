"""A round in words and steps, for its pages."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tussenstop.rounds.rules import Phase, Why

if TYPE_CHECKING:
    from tussenstop.rounds.models import Rehearsal, Round


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a round: its name, its day, and whether it is behind, now or ahead."""

    name: str
    day: date
    state: str


def steps_of(round_: "Round", phase: Phase) -> list[Step]:
    """The three steps of a round that goes on."""
    order = [Phase.WISHES, Phase.PREFERENCES, Phase.DECIDING]
    here = order.index(phase) if phase in order else len(order)
    texts = [
        (_("Students choose, until"), round_.wishes_until),
        (_("Organisations say what they prefer, until"), round_.preferences_until),
        (_("The result comes on"), round_.result_on),
    ]
    return [
        Step(name, day, "done" if n < here else "current" if n == here else "ahead")
        for n, (name, day) in enumerate(texts)
    ]


def notes_of(rehearsal: "Rehearsal") -> list[str]:
    """What a coordinator must know about how a result came about, in sentences."""
    figures: dict[str, Any] = rehearsal.figures
    told = []
    if "not_decided_in_time" in figures["notes"] or "not_proven_in_time" in figures["notes"]:
        told.append(
            _("There was no time to be sure that nothing places more students. It is stable.")
        )
    if "groups_not_searched" in figures["notes"]:
        told.append(_("The round is large: who wants to be together is so only by chance."))
    if count := figures["parted"]:
        told.append(
            ngettext(
                "%(count)s group could not stay together without harm to somebody.",
                "%(count)s groups could not stay together without harm to somebody.",
                count,
            )
            % {"count": count}
        )
    if count := figures["closed"]:
        told.append(
            ngettext(
                "%(count)s place would have too few students, and does not go on.",
                "%(count)s places would have too few students, and do not go on.",
                count,
            )
            % {"count": count}
        )
    if count := figures["at_limit"]:
        told.append(
            ngettext(
                "%(count)s organisation reached the most students it takes.",
                "%(count)s organisations reached the most students they take.",
                count,
            )
            % {"count": count}
        )
    if count := figures["lottery"]:
        told.append(
            ngettext(
                "For %(count)s student the lottery decided between truly equals.",
                "For %(count)s students the lottery decided between truly equals.",
                count,
            )
            % {"count": count}
        )
    return told


# In fewer students than this, a count would tell whose wish it was.
ENOUGH_TO_COUNT = 5


def not_counted_of(rehearsal: "Rehearsal") -> list[tuple[str, int]]:
    """What kept wishes from counting, and how often; never whose."""
    figures = rehearsal.figures
    if figures["students"] < ENOUGH_TO_COUNT:
        return []
    return [(str(Why(code).label), count) for code, count in figures["not_counted"].items()]


def cost_of(rehearsal: "Rehearsal") -> dict[str, Any]:
    """What stability costs beside the largest total, as shares of that total."""
    figures = rehearsal.figures
    largest = figures["largest_total"]
    share = round(100 * figures["total"] / largest, 1) if largest else 100.0
    return {
        "share": min(share, 100.0),
        "less": max(round(100 - share, 1), 0.0),
        "gap": round(100 * figures["largest_gap"], 2),
        "pairs": figures["largest_unhappy_pairs"],
        "placed": figures["largest_placed"],
    }
