"""Rules of law that calendars reckon with, as data: each value with the days on which it holds,
where it comes from, and when we last looked. An institution can put its own value beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

CHECKED_ON = date(2026, 11, 23)


class Code(models.TextChoices):
    """A rule. Codes are stored: never rename one."""

    DAY = "working-time.day", _("most hours of work on a day")
    WEEK = "working-time.week", _("most hours of work in a week")
    REST = "working-time.rest", _("hours of rest between two working days")
    WEEKLY_REST = "working-time.weekly-rest", _("hours of rest on end in every week")


class Unit(models.TextChoices):
    HOURS = "hours", _("hours")


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule says from one day up to and including another (open: still holds)."""

    number: Decimal
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A built-in rule: its values, soonest first, and its source."""

    code: Code
    unit: Unit
    values: tuple[Value, ...]
    source: str
    url: str
    least: int
    most: int

    def on(self, day: date) -> Value:
        """What holds on a day; before the first day that we know, the first."""
        known = [value for value in self.values if value.valid_from <= day]
        return known[-1] if known else self.values[0]


LABOUR_URL = "https://werk.belgie.be/nl/themas/arbeidsreglementering/arbeidsduur-en-rusttijden"
START = date(2000, 1, 1)


def _hours(code: Code, number: str, article: str, least: int, most: int) -> Rule:
    values = (Value(Decimal(number), START),)
    source = f"Arbeidswet 16 maart 1971, {article}"
    return Rule(code, Unit.HOURS, values, source, LABOUR_URL, least, most)


BUILT_IN: dict[Code, Rule] = {
    rule.code: rule
    for rule in (
        _hours(Code.DAY, "9", "art. 19, 20", 4, 12),
        _hours(Code.WEEK, "40", "art. 19", 20, 60),
        _hours(Code.REST, "11", "art. 38ter", 8, 16),
        _hours(Code.WEEKLY_REST, "35", "art. 38ter", 24, 72),
    )
}
