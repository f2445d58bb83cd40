"""Why a place fits a student, in words: their own answers beside what the place offers.

It is made for the student alone, of everything they told themselves, shared or not.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tussenstop.content import pack
from tussenstop.matching.models import Place
from tussenstop.matching.rules import weekdays_of
from tussenstop.people import towns
from tussenstop.people.rules import Weekday
from tussenstop.startposition.need import Need

LONG = 100  # minutes from which one rather says hours


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a place (`good`), or that one should know."""

    text: str
    good: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """How a place and a student go together. `score` only orders; `minutes` is an estimate."""

    score: float
    reasons: list[Reason]
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a place is compared, whether it came as a row or as values."""

    days: int
    postal_code: str
    city: str
    cultures: Collection[str]
    languages: Collection[str]


def facts_of(place: Place) -> Facts:
    workplace = place.workplace
    return Facts(
        place.days,
        workplace.postal_code,
        workplace.city,
        workplace.culture_types,
        place.languages,
    )


def _names(days: Collection[int]) -> str:
    return ", ".join(str(Weekday(day).label) for day in sorted(days))


def _days(facts: Facts, need: Need) -> tuple[float, list[Reason]]:
    if not need.rooms:
        return 0, []
    offered = weekdays_of(facts.days)
    free = [day for day in offered if need.rooms.get(day) == "free"]
    movable = [day for day in offered if need.rooms.get(day) == "movable"]
    taken = [day for day in offered if need.rooms.get(day) == "taken"]
    reasons = []
    if free:
        reasons.append(Reason(_("Free in your week: %(days)s") % {"days": _names(free)}, True))
    elif movable:
        reasons.append(Reason(_("Can be made free: %(days)s") % {"days": _names(movable)}, True))
    elif taken and len(taken) == len(offered):
        reasons.append(
            Reason(
                _("Your week is taken on all its days: %(days)s") % {"days": _names(taken)}, False
            )
        )
        return -4, reasons
    return min(len(free), 3) + min(len(movable), 2) * 0.5, reasons


def _travel(facts: Facts, need: Need) -> tuple[float, list[Reason], int | None]:
    there = towns.find(f"{facts.postal_code} {facts.city}")
    if need.town is None or there is None:
        return 0, [], None
    way, minutes = towns.quickest(towns.kilometres(need.town, there), need.ways)
    ways = pack().starting_position["time"].questions["transport"].options
    how = str(ways[way].text) if way in ways else ""
    about = _("About %(minutes)s minutes: %(how)s")
    if minutes >= LONG:
        about = _("About %(hours)s hours: %(how)s")
    text = about % {
        "minutes": minutes,
        "hours": round(minutes / 60),
        "how": how[:1].lower() + how[1:],
    }
    if need.most_minutes is None:
        return 2 - minutes / 30, [Reason(text, True)], minutes
    if minutes <= need.most_minutes:
        return 3 - minutes / max(need.most_minutes, 1), [Reason(text, True)], minutes
    text += " " + _("(you want %(most)s at most)") % {"most": need.most_minutes}
    return -2 - (minutes - need.most_minutes) / 30, [Reason(text, False)], minutes


def _culture(facts: Facts, need: Need) -> tuple[float, list[Reason]]:
    cultures = pack().cultures
    shared = [
        str(cultures[key].name) for key in cultures if key in need.cultures & set(facts.cultures)
    ]
    if not shared:
        return 0, []
    return len(shared), [
        Reason(_("A team as you like it: %(cultures)s") % {"cultures": ", ".join(shared)}, True)
    ]


def _languages(facts: Facts, need: Need) -> tuple[float, list[Reason]]:
    if not facts.languages or not need.languages:
        return 0, []
    options = pack().starting_position["talents"].questions["languages"].options
    missing = [key for key in facts.languages if key not in need.languages and key in options]
    if not missing:
        return 0.5, []
    names = ", ".join(str(options[key].text) for key in missing)
    text = _("They also work in: %(names)s") % {"names": names}
    return -1.0 * len(missing), [Reason(text, False)]


def fit_of(facts: Facts, need: Need) -> Fit:
    """How well a place fits, and why, what speaks for it first."""
    travel, by_travel, minutes = _travel(facts, need)
    parts = [
        _days(facts, need),
        (travel, by_travel),
        _culture(facts, need),
        _languages(facts, need),
    ]
    reasons = [reason for _score, some in parts for reason in some]
    return Fit(
        score=sum(score for score, _some in parts),
        reasons=sorted(reasons, key=lambda reason: not reason.good),
        minutes=minutes,
    )
