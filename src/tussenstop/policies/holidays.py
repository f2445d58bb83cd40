"""The days on which there is no work or no school in Flanders, for any year, as their rules say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

PUBLIC_VERSION = "public-holidays@1974-01-04"
PUBLIC_SOURCE = "Wet van 4 januari 1974 betreffende de feestdagen"
SCHOOL_VERSION = "school-holidays@1991-04-17"
SCHOOL_SOURCE = "Besluit van de Vlaamse Regering van 17 april 1991, art. 2"
SCHOOL_URL = "https://onderwijs.vlaanderen.be/nl/schoolvakanties"
FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
SCHOOL_YEAR_BEGINS = 9  # the month
SATURDAY, SUNDAY = 5, 6


class HolidayName(models.TextChoices):
    """The holidays of schools. Codes are stored: never rename one."""

    AUTUMN = "autumn", _("autumn holiday")
    CHRISTMAS = "christmas", _("Christmas holiday")
    SPRING = "spring", _("spring half-term")
    EASTER = "easter", _("Easter holiday")
    SUMMER = "summer", _("summer holiday")


@dataclass(frozen=True, slots=True)
class Holiday:
    """From one day up to and including another. Its name is a code of HolidayName, or what an
    institution typed, and then `pk` says which row."""

    name: str
    first_on: date
    last_on: date
    pk: UUID | None = None

    @property
    def label(self) -> str:
        known = self.name in HolidayName.values
        return str(HolidayName(self.name).label) if known else self.name

    def has(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def easter(year: int) -> date:
    """Easter Sunday of a year, by the anonymous Gregorian rule (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def public_holidays(start: date, end: date) -> frozenset[date]:
    """Those from one day up to and including another."""
    found: set[date] = set()
    for year in range(start.year, end.year + 1):
        found |= {date(year, month, day) for month, day in FIXED}
        found |= {easter(year) + timedelta(days=days) for days in AFTER_EASTER}
    return frozenset(day for day in found if start <= day <= end)


def school_year_of(day: date) -> int:
    """The year in which the school year of a day began."""
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def school_years(start: date, end: date) -> range:
    """The school years from one day up to and including another."""
    return range(school_year_of(start), school_year_of(end) + 1)


def school_holidays(year: int) -> tuple[Holiday, ...]:
    """Those of the school year that begins in `year`, soonest first, as in compulsory education."""
    return tuple(Holiday(*one) for one in _school_holidays(year))


def _school_holidays(year: int) -> Iterator[tuple[str, date, date]]:
    saints = date(year, 11, 1)
    autumn = _monday(saints) + timedelta(days=7 if saints.weekday() == SUNDAY else 0)
    yield HolidayName.AUTUMN, autumn, autumn + timedelta(days=6)
    christmas = date(year, 12, 25)
    winter = _monday(christmas) + timedelta(days=7 if christmas.weekday() >= SATURDAY else 0)
    yield HolidayName.CHRISTMAS, winter, winter + timedelta(days=13)
    sunday = easter(year + 1)
    spring = sunday - timedelta(days=48)  # the seventh Monday before it
    yield HolidayName.SPRING, spring, spring + timedelta(days=6)
    paschal = _easter_holiday(sunday)
    yield HolidayName.EASTER, paschal, paschal + timedelta(days=13)
    yield HolidayName.SUMMER, date(year + 1, 7, 1), date(year + 1, 8, 31)


def _easter_holiday(sunday: date) -> date:
    """The first Monday of April; the day after Easter when that falls in March; the second Monday
    before Easter when that falls after the fifteenth of April."""
    if sunday.month == 3:
        return sunday + timedelta(days=1)
    if sunday > date(sunday.year, 4, 15):
        return sunday - timedelta(days=13)
    april = date(sunday.year, 4, 1)
    return april + timedelta(days=-april.weekday() % 7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
