"""What somebody can reckon on: hours of training leave in a school year, and last days. It helps,
and decides nothing: that is for the Flemish government. Rules: `policies`."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tussenstop.leave.rules import Reason, Region, Sector, Step
from tussenstop.policies.queries import Held
from tussenstop.policies.rules import Code, day_of_year


@dataclass(frozen=True, slots=True)
class Facts:
    """What a student tells of job and programme, in one school year.

    year        in which the school year begins
    percent     of full time
    week_hours  hours of the job in a week
    points      study points of the year; 0 where there are none, and then `contact_hours` count
    """

    year: int
    region: Region
    sector: Sector
    percent: int
    week_hours: Decimal
    points: int
    contact_hours: int
    number: str
    enrolled_on: date
    with_year: bool
    starts_on: date
    ends_on: date
    credit: bool


@dataclass(frozen=True, slots=True)
class Budget:
    """Hours of leave: what the programme gives, the most for this contract, and the least of both;
    with why there may be no right to it, and how that is with time credit."""

    programme: Decimal
    cap: Decimal
    reasons: tuple[tuple[Reason, Decimal], ...]
    opens_credit: bool
    versions: tuple[str, ...]

    @property
    def hours(self) -> Decimal:
        return Decimal(0) if self.reasons else min(self.programme, self.cap)


@dataclass(frozen=True, slots=True)
class Career:
    """Months of time credit in a whole career: the most there are, those that have begun, and
    those that were written down and still lie ahead."""

    most: Decimal
    taken: int
    ahead: int

    @property
    def left(self) -> Decimal:
        return self.most - self.taken - self.ahead


@dataclass(frozen=True, slots=True)
class LastDay:
    """`uid` stays the same for the same step of the same year."""

    step: Step
    uid: str
    day: date

    @property
    def asks(self) -> bool:
        """Whether the student has to give something in."""
        return self.step in {Step.ATTEST, Step.QUARTER}


def day_of_rules(facts: Facts) -> date:
    """The day whose rules hold for this school year."""
    return max(date(facts.year, 9, 1), facts.starts_on)


def budget(facts: Facts, held: Mapping[Code, Held]) -> Budget:
    """The hours of one school year."""
    given = facts.points * held[Code.LEAVE_POINT].number
    used = [Code.LEAVE_MOST, Code.LEAVE_POINT, Code.LEAVE_PERCENT, Code.LEAVE_WEEK]
    return Budget(
        programme=Decimal(given or facts.contact_hours),
        cap=(held[Code.LEAVE_MOST].number * facts.percent / 100).quantize(Decimal("0.01")),
        reasons=tuple(_reasons(facts, held)),
        opens_credit=facts.points >= held[Code.CREDIT_POINTS].number,
        versions=tuple(held[code].version for code in [*used, Code.CREDIT_POINTS]),
    )


def _reasons(facts: Facts, held: Mapping[Code, Held]) -> Iterator[tuple[Reason, Decimal]]:
    if facts.region != Region.FLANDERS:
        yield Reason.REGION, Decimal(0)
    if facts.sector != Sector.PRIVATE:
        yield Reason.SECTOR, Decimal(0)
    for reason, code, has in (
        (Reason.PERCENT, Code.LEAVE_PERCENT, facts.percent),
        (Reason.WEEK, Code.LEAVE_WEEK, facts.week_hours),
    ):
        if has < held[code].number:
            yield reason, held[code].number
    if not facts.points and not facts.contact_hours:
        yield Reason.NOTHING, Decimal(0)


def last_days(facts: Facts, held: Mapping[Code, Held]) -> list[LastDay]:
    """Soonest first."""
    return sorted(_last_days(facts, held), key=lambda one: (one.day, one.uid))


def _last_days(facts: Facts, held: Mapping[Code, Held]) -> Iterator[LastDay]:
    def days(code: Code) -> timedelta:
        return timedelta(days=int(held[code].number))

    attest = day_of_year(facts.year, held[Code.LEAVE_BY].number)
    if not facts.with_year:
        attest = facts.enrolled_on + days(Code.LEAVE_ATTEST)
    yield LastDay(Step.ATTEST, Step.ATTEST.value, attest)
    begin = day_of_rules(facts)
    yield LastDay(
        Step.REFUND, Step.REFUND.value, months_after(begin, int(held[Code.LEAVE_REFUND].number))
    )
    end = min(facts.ends_on, date(facts.year + 1, 8, 31))
    yield LastDay(Step.LAST, Step.LAST.value, end + days(Code.LEAVE_AFTER))
    if facts.credit:
        for closed in _quarters(begin, end):
            uid = f"{Step.QUARTER.value}-{closed:%Y-%m}"
            yield LastDay(Step.QUARTER, uid, closed + days(Code.CREDIT_ATTEST))


def leave_between(facts: Facts, held: Mapping[Code, Held]) -> tuple[date, date]:
    """The first and the last day on which leave can be taken."""
    first = day_of_rules(facts) - timedelta(days=int(held[Code.LEAVE_BEFORE].number))
    last = next(one.day for one in last_days(facts, held) if one.step == Step.LAST)
    return first, last


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that day is not in it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of(starts_on: date, months: int) -> date:
    """The last day of so many months."""
    return months_after(starts_on, months) - timedelta(days=1)


def begun(starts_on: date, months: int, today: date) -> int:
    """How many of these months have begun."""
    return sum(1 for number in range(months) if months_after(starts_on, number) <= today)


def _quarters(begin: date, end: date) -> Iterator[date]:
    """The last days of the quarters of the year that these days touch."""
    month = begin.month + (-begin.month) % 3
    closed = date(begin.year, month, monthrange(begin.year, month)[1])
    while True:
        yield closed
        if closed >= end:
            return
        after = months_after(closed.replace(day=1), 3)
        closed = after.replace(day=monthrange(after.year, after.month)[1])
