"""Which wishes count in a round: hard requirements, judged before anything is decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from tussenstop.matching.rules import weekdays_of
from tussenstop.people import towns
from tussenstop.people.towns import Town
from tussenstop.rounds.rules import Requirement, Why
from tussenstop.startposition.need import Need


@dataclass(frozen=True, slots=True)
class Offer:
    """What of a place is held against a wish."""

    programmes: frozenset[UUID]
    starts_on: date
    ends_on: date
    days: int
    languages: frozenset[str]
    town: Town | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a round asks of every wish."""

    starts_on: date
    ends_on: date
    requirements: frozenset[str]


find_town = cache(towns.find)


def hindrance(offer: Offer, need: Need, terms: Terms) -> Why | None:
    """What keeps this student from this place, or None. What a student did not tell, keeps them
    from nothing; days and minutes are their own words, travelling time is an estimate."""
    if need.programme_id not in offer.programmes:
        return Why.PROGRAMME
    if offer.starts_on > terms.ends_on or offer.ends_on < terms.starts_on:
        return Why.PERIOD
    if Requirement.DAYS in terms.requirements and _is_taken(offer.days, need):
        return Why.DAYS
    if Requirement.LANGUAGES in terms.requirements and _is_foreign(offer.languages, need):
        return Why.LANGUAGES
    if Requirement.TRAVEL in terms.requirements and _is_far(offer.town, need):
        return Why.TRAVEL
    return None


def _is_taken(days: int, need: Need) -> bool:
    offered = weekdays_of(days)
    return bool(offered) and all(need.rooms.get(day) == "taken" for day in offered)


def _is_foreign(languages: Collection[str], need: Need) -> bool:
    return bool(languages and need.languages) and need.languages.isdisjoint(languages)


def _is_far(there: Town | None, need: Need) -> bool:
    if need.town is None or there is None or need.most_minutes is None:
        return False
    _way, minutes = towns.quickest(towns.kilometres(need.town, there), need.ways)
    return minutes > need.most_minutes
