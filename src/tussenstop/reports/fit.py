"""Why a place fits a student, in words: their own answers beside what the place offers.

It is made for the student alone, of everything they told themselves, shared or not.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from tussenstop.content import pack
from tussenstop.matching.catalogue import Facts
from tussenstop.matching.models import Place
from tussenstop.matching.rules import weekdays_of
from tussenstop.people import towns
from tussenstop.people.rules import Weekday
from tussenstop.people.towns import Town
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


def facts_of(place: Place) -> Facts:
    workplace = place.workplace
    return Facts(
        place.pk,
        place.days,
        workplace.postal_code,
        workplace.city,
        tuple(workplace.culture_types),
        tuple(place.languages),
    )


def _names(days: Collection[int]) -> str:
    return ", ".join(str(Weekday(day).label) for day in sorted(days))


class _Week:
    """The days of a place beside the week of a student."""

    def __init__(self, facts: Facts, need: Need) -> None:
        self.offered = weekdays_of(facts.days) if need.rooms else []
        rooms = [(day, need.rooms.get(day)) for day in self.offered]
        self.free = [day for day, room in rooms if room == "free"]
        self.movable = [day for day, room in rooms if room == "movable"]
        self.taken = [day for day, room in rooms if room == "taken"]

    @property
    def is_taken(self) -> bool:
        return bool(self.taken) and len(self.taken) == len(self.offered)

    @property
    def score(self) -> float:
        return -4 if self.is_taken else min(len(self.free), 3) + min(len(self.movable), 2) * 0.5

    def said(self) -> Iterator[Reason]:
        if self.free:
            yield Reason(_("Free in your week: %(days)s") % {"days": _names(self.free)}, True)
        elif self.movable:
            yield Reason(_("Can be made free: %(days)s") % {"days": _names(self.movable)}, True)
        elif self.is_taken:
            yield Reason(
                _("Your week is taken on all its days: %(days)s") % {"days": _names(self.taken)},
                False,
            )


@lru_cache(maxsize=50_000)
def _trip(home: Town, postal_code: str, city: str, ways: tuple[str, ...]) -> tuple[str, int] | None:
    """The quickest way to a town and its minutes; None when we don't know the town."""
    there = towns.find(f"{postal_code} {city}")
    return towns.quickest(towns.kilometres(home, there), ways) if there else None


def _trip_of(facts: Facts, need: Need) -> tuple[str, int] | None:
    return _trip(need.town, facts.postal_code, facts.city, need.ways) if need.town else None


def _travel_score(minutes: int, most: int | None) -> float:
    if most is None:
        return 2 - minutes / 30
    if minutes <= most:
        return 3 - minutes / max(most, 1)
    return -2 - (minutes - most) / 30


def _travel_said(way: str, minutes: int, most: int | None) -> Reason:
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
    if most is None or minutes <= most:
        return Reason(text, True)
    return Reason(text + " " + _("(you want %(most)s at most)") % {"most": most}, False)


def _cultures(facts: Facts, need: Need) -> frozenset[str]:
    return need.cultures.intersection(facts.cultures)


def _cultures_said(shared: Collection[str]) -> Reason:
    names = [str(one.name) for key, one in pack().cultures.items() if key in shared]
    return Reason(_("A team as you like it: %(cultures)s") % {"cultures": ", ".join(names)}, True)


def _foreign(facts: Facts, need: Need) -> list[str]:
    """Languages of the place that the student did not name."""
    if not need.languages:
        return []
    return [key for key in facts.languages if key not in need.languages]


def _foreign_said(missing: Collection[str]) -> Reason:
    options = pack().starting_position["talents"].questions["languages"].options
    names = ", ".join(str(options[key].text) for key in missing if key in options)
    return Reason(_("They also work in: %(names)s") % {"names": names}, False)


def score_of(facts: Facts, need: Need) -> float:
    """How well a place fits, as a number that only orders; quick, for lists of thousands."""
    score = _Week(facts, need).score + len(_cultures(facts, need))
    if trip := _trip_of(facts, need):
        score += _travel_score(trip[1], need.most_minutes)
    if facts.languages and need.languages:
        score += -len(_foreign(facts, need)) or 0.5
    return score


def fit_of(facts: Facts, need: Need) -> Fit:
    """How well a place fits, and why, what speaks for it first."""
    reasons = list(_Week(facts, need).said())
    trip = _trip_of(facts, need)
    if trip:
        reasons.append(_travel_said(*trip, need.most_minutes))
    if shared := _cultures(facts, need):
        reasons.append(_cultures_said(shared))
    if missing := _foreign(facts, need):
        reasons.append(_foreign_said(missing))
    return Fit(
        score=score_of(facts, need),
        reasons=sorted(reasons, key=lambda reason: not reason.good),
        minutes=trip[1] if trip else None,
    )
