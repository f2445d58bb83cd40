"""Rules of law that we reckon with, as data: each value with the days on which it holds,
where it comes from, and when we last looked. An institution can put its own value beside it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

CHECKED_ON = date(2026, 11, 23)


class Code(models.TextChoices):
    """A rule. Codes are stored: never rename one."""

    DAY = "working-time.day", _("most hours of work on a day")
    WEEK = "working-time.week", _("most hours of work in a week")
    REST = "working-time.rest", _("hours of rest between two working days")
    WEEKLY_REST = "working-time.weekly-rest", _("hours of rest on end in every week")
    LEAVE_MOST = "training-leave.most", _("most hours of leave in a school year, working full time")
    LEAVE_POINT = "training-leave.per-point", _("hours of leave for a study point")
    LEAVE_PERCENT = "training-leave.percent", _("how much one has to work at least")
    LEAVE_WEEK = "training-leave.week", _("how many hours a week one has to work at least")
    LEAVE_BY = (
        "training-leave.by",
        _("last day to give in the proof of enrolment, when a programme goes with the school year"),
    )
    LEAVE_ATTEST = (
        "training-leave.attest",
        _("days to give in the proof of enrolment, during a year"),
    )
    LEAVE_REFUND = "training-leave.refund", _("months in which an employer asks the money back")
    LEAVE_BEFORE = "training-leave.before", _("days before the first one, on which leave may begin")
    LEAVE_AFTER = "training-leave.after", _("days after the last one, on which leave still may be")
    LEAVE_KEEP = "training-leave.keep", _("years to keep the proofs")
    CREDIT_POINTS = "time-credit.points", _("study points a year that open time credit")
    CREDIT_MONTHS = "time-credit.months", _("most months of time credit for training")
    CREDIT_ATTEST = (
        "time-credit.attest",
        _("days after a quarter to give in the proof of attendance"),
    )

    @property
    def group(self) -> "Group":
        return Group(self.value.partition(".")[0])


class Group(models.TextChoices):
    """What rules are about: the first part of their codes."""

    WORKING_TIME = "working-time", _("Working time")
    LEAVE = "training-leave", _("Flemish training leave")
    CREDIT = "time-credit", _("Time credit for training")


class Unit(models.TextChoices):
    HOURS = "hours", _("hours")
    PERCENT = "percent", _("percent")
    POINTS = "points", _("study points")
    DAYS = "days", _("days")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")
    DAY = "day", _("day of the school year")  # counted from its first day on


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

    def words(self, number: Decimal) -> str:
        """A value as people say it: 40 hours, 31 October."""
        if self.unit == Unit.DAY:
            return date_format(day_of_year(2026, number), "j F")
        return f"{number_format(Decimal(f'{number.normalize():f}'))} {self.unit.label}"


def day_of_year(year: int, number: Decimal) -> date:
    """The day so many days after the first of the school year that begins in `year`. Rules stay
    before March, so that it is the same day in every year."""
    return date(year, 9, 1) + timedelta(days=int(number))


LABOUR_URL = "https://werk.belgie.be/nl/themas/arbeidsreglementering/arbeidsduur-en-rusttijden"
START = date(2000, 1, 1)


def _hours(code: Code, number: str, article: str, least: int, most: int) -> Rule:
    values = (Value(Decimal(number), START),)
    source = f"Arbeidswet 16 maart 1971, {article}"
    return Rule(code, Unit.HOURS, values, source, LABOUR_URL, least, most)


LEAVE_URL = "https://www.vlaanderen.be/vlaams-opleidingsverlof"
LEAVE_SOURCE = "Vlaams opleidingsverlof, Departement Werk en Sociale Economie"
LEAVE_START = date(2019, 9, 1)
BEFORE_MARCH = 180
STRICTER = date(2025, 9, 1)  # Flemish government, 25 April 2025
CREDIT_URL = "https://www.rva.be/burgers/loopbaanonderbreking-en-tijdskrediet"
CREDIT_SOURCE = "CAO nr. 103, tijdskrediet met motief opleiding"
CREDIT_START = date(2012, 9, 1)


def _leave(
    code: Code, unit: Unit, number: str, most: int, *, least: int = 0, later: str = ""
) -> Rule:
    values: tuple[Value, ...] = (Value(Decimal(number), LEAVE_START),)
    if later:
        before = Value(Decimal(number), LEAVE_START, STRICTER - timedelta(days=1))
        values = (before, Value(Decimal(later), STRICTER))
    return Rule(code, unit, values, LEAVE_SOURCE, LEAVE_URL, least, most)


def _credit(code: Code, unit: Unit, number: str, most: int) -> Rule:
    values = (Value(Decimal(number), CREDIT_START),)
    return Rule(code, unit, values, CREDIT_SOURCE, CREDIT_URL, 1, most)


BUILT_IN: dict[Code, Rule] = {
    rule.code: rule
    for rule in (
        _hours(Code.DAY, "9", "art. 19, 20", 4, 12),
        _hours(Code.WEEK, "40", "art. 19", 20, 60),
        _hours(Code.REST, "11", "art. 38ter", 8, 16),
        _hours(Code.WEEKLY_REST, "35", "art. 38ter", 24, 72),
        _leave(Code.LEAVE_MOST, Unit.HOURS, "125", 500),
        _leave(Code.LEAVE_POINT, Unit.HOURS, "4", 30),
        _leave(Code.LEAVE_PERCENT, Unit.PERCENT, "50", 100, later="80"),
        _leave(Code.LEAVE_WEEK, Unit.HOURS, "0", 40, later="28"),
        _leave(Code.LEAVE_BY, Unit.DAY, "60", BEFORE_MARCH),  # 31 October
        _leave(Code.LEAVE_ATTEST, Unit.DAYS, "15", 90, least=1),
        _leave(Code.LEAVE_REFUND, Unit.MONTHS, "3", 12, least=1),
        _leave(Code.LEAVE_BEFORE, Unit.DAYS, "1", 30),
        _leave(Code.LEAVE_AFTER, Unit.DAYS, "2", 30),
        _leave(Code.LEAVE_KEEP, Unit.YEARS, "3", 10, least=1),
        _credit(Code.CREDIT_POINTS, Unit.POINTS, "27", 60),
        _credit(Code.CREDIT_MONTHS, Unit.MONTHS, "36", 60),
        _credit(Code.CREDIT_ATTEST, Unit.DAYS, "20", 90),
    )
}
