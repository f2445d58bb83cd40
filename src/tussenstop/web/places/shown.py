"""A place in words, for its page and for lists."""

from typing import TYPE_CHECKING

from tussenstop.content import pack
from tussenstop.people.rules import Weekday
from tussenstop.web.partnership.shown import cultures_of

if TYPE_CHECKING:
    from tussenstop.matching.models import Place


def days_of(place: "Place") -> str:
    """Its days by name."""
    return ", ".join(str(Weekday(day).label) for day in place.weekdays)


def languages_of(place: "Place") -> list[str]:
    options = pack().starting_position["talents"].questions["languages"].options
    return [str(options[key].text) for key in place.languages if key in options]


__all__ = ["cultures_of", "days_of", "languages_of"]
