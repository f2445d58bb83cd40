"""Which value of a rule holds: on a day, for an institution."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from tussenstop.core.errors import NotFound
from tussenstop.people.models import Institution
from tussenstop.policies.holidays import (
    SCHOOL_VERSION,
    Holiday,
    school_holidays,
    school_year_of,
    school_years,
)
from tussenstop.policies.models import OwnHoliday, OwnValue
from tussenstop.policies.rules import BUILT_IN, Code, Rule, Value


@dataclass(frozen=True, slots=True)
class Held:
    """What holds. `own` is the institution's own value when that is it; `version` is short and
    always means the same value."""

    rule: Rule
    value: Value
    own: OwnValue | None

    @property
    def number(self) -> Decimal:
        return self.own.number if self.own else self.value.number

    @property
    def words(self) -> str:
        return self.rule.words(self.number)

    @property
    def built_in(self) -> str:
        return self.rule.words(self.value.number)

    @property
    def version(self) -> str:
        if self.own:
            return f"{self.rule.code}@{self.own.pk}"
        return f"{self.rule.code}@{self.value.valid_from.isoformat()}"


def held(*, on: date, institution: Institution | None) -> dict[Code, Held]:
    """Every rule as it holds on a day."""
    own: dict[str, OwnValue] = {}
    if institution:
        rows = OwnValue.objects.filter(
            institution=institution, replaced_at=None, valid_from__lte=on
        )
        own = {row.code: row for row in rows}
    return {code: Held(rule, rule.on(on), own.get(code)) for code, rule in BUILT_IN.items()}


def history(institution: Institution, code: Code) -> QuerySet[OwnValue]:
    """The own values that were, newest first."""
    return (
        OwnValue.objects.filter(institution=institution, code=code)
        .select_related("made_by")
        .order_by("-made_at", "-pk")
    )


def current(institution: Institution, code: Code) -> OwnValue | None:
    """The own value that holds now or from some day on."""
    return history(institution, code).filter(replaced_at=None).first()


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The holidays of one school year; `own` when the institution typed them itself."""

    year: int
    holidays: list[Holiday]
    own: bool
    version: str

    @property
    def first_day(self) -> date:
        return date(self.year, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.year + 1, 8, 31)


def school_year(year: int, institution: Institution | None) -> SchoolYear:
    """The holidays that hold in the school year that begins in `year`."""
    return _school_years(range(year, year + 1), institution)[0]


def holidays_between(
    start: date, end: date, institution: Institution | None
) -> tuple[list[Holiday], list[str]]:
    """The school holidays that touch these days, soonest first, and the versions they come from."""
    years = _school_years(school_years(start, end), institution)
    found = [
        one
        for year in years
        for one in year.holidays
        if one.first_on <= end and one.last_on >= start
    ]
    return found, sorted({year.version for year in years})


def _school_years(years: range, institution: Institution | None) -> list[SchoolYear]:
    rows: list[OwnHoliday] = []
    if institution:
        first, after = date(years[0], 9, 1), date(years[-1] + 1, 9, 1)
        rows = list(
            OwnHoliday.objects.filter(
                institution=institution,
                removed_at=None,
                first_on__gte=first,
                first_on__lt=after,
            ).order_by("first_on", "pk")
        )
    found = []
    for year in years:
        own = [
            Holiday(row.name, row.first_on, row.last_on, row.pk)
            for row in rows
            if school_year_of(row.first_on) == year
        ]
        version = _version(own) if own else SCHOOL_VERSION
        found.append(SchoolYear(year, own or list(school_holidays(year)), bool(own), version))
    return found


def _version(own: list[Holiday]) -> str:
    """Short, and the same for the same days only."""
    days = ";".join(f"{row.first_on}/{row.last_on}" for row in own)
    return f"school-holidays@{sha256(days.encode()).hexdigest()[:12]}"


def get_holiday(institution: Institution, holiday_id: UUID) -> OwnHoliday:
    """An own holiday that holds. Raises NotFound."""
    rows = OwnHoliday.objects.filter(institution=institution, removed_at=None)
    found = rows.filter(pk=holiday_id).first()
    if found is None:
        raise NotFound
    return found
