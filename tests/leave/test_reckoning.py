"""Hours of leave and last days, worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.leave.telling import facts
from tussenstop.leave.reckoning import budget, last_days, leave_between, months_after
from tussenstop.leave.rules import Reason, Region, Sector
from tussenstop.policies.models import OwnValue
from tussenstop.policies.queries import Held
from tussenstop.policies.rules import BEFORE_MARCH, BUILT_IN, Code, day_of_year


def rules(day: date = date(2026, 9, 21)) -> dict[Code, Held]:
    return {code: Held(rule, rule.on(day), None) for code, rule in BUILT_IN.items()}


@pytest.mark.parametrize(
    ("told", "hours"),
    [
        ({"percent": 100, "week_hours": Decimal(38)}, 120),  # 30 points at 4 hours
        ({}, 100),  # 80 percent of 125 hours is the most
        ({"points": 12}, 48),
        ({"points": 0, "contact_hours": 60}, 60),
        ({"points": 0, "contact_hours": 400}, 100),
    ],
)
def test_the_least_of_what_the_programme_gives_and_the_contract_allows(
    told: dict[str, Any], hours: int
) -> None:
    assert budget(facts(**told), rules()).hours == hours


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        ({"region": Region.BRUSSELS}, [Reason.REGION]),
        ({"sector": Sector.PUBLIC}, [Reason.SECTOR]),
        ({"percent": 79}, [Reason.PERCENT]),
        ({"week_hours": Decimal("27.75")}, [Reason.WEEK]),
        ({"percent": 50, "week_hours": Decimal(19)}, [Reason.PERCENT, Reason.WEEK]),
        ({"points": 0}, [Reason.NOTHING]),
    ],
)
def test_without_a_right_there_is_nothing_and_it_is_told_why(
    told: dict[str, Any], reasons: list[Reason]
) -> None:
    found = budget(facts(**told), rules())
    assert [reason for reason, _number in found.reasons] == reasons
    assert found.hours == 0


def test_half_time_was_enough_until_the_rule_changed() -> None:
    half = facts(
        year=2024, percent=50, week_hours=Decimal(19), starts_on=date(2024, 9, 16), points=10
    )
    found = budget(half, rules(date(2024, 9, 16)))
    assert found.hours == 40
    assert "training-leave.percent@2019-09-01" in found.versions
    assert "training-leave.percent@2025-09-01" in budget(facts(), rules()).versions


def test_last_days_follow_from_programme_and_enrolment() -> None:
    days = {one.uid: one.day for one in last_days(facts(), rules())}
    assert days == {
        "attest": date(2026, 10, 31),
        "refund": date(2026, 12, 21),
        "last": date(2027, 7, 2),
    }
    later = facts(with_year=False, enrolled_on=date(2027, 1, 20), starts_on=date(2027, 2, 1))
    assert {one.uid: one.day for one in last_days(later, rules())}["attest"] == date(2027, 2, 4)


def test_the_last_day_of_the_proof_is_a_rule_that_a_school_can_replace() -> None:
    held = rules()
    assert held[Code.LEAVE_BY].words == "31 October"
    own = OwnValue(code=Code.LEAVE_BY, number=Decimal(75))
    held[Code.LEAVE_BY] = Held(BUILT_IN[Code.LEAVE_BY], held[Code.LEAVE_BY].value, own)
    days = {one.uid: one.day for one in last_days(facts(), held)}
    assert days["attest"] == date(2026, 11, 15)
    assert days["refund"] == date(2026, 12, 21)


@given(year=st.integers(2019, 2100), number=st.integers(0, BEFORE_MARCH))
def test_a_day_of_the_school_year_is_the_same_day_every_year(year: int, number: int) -> None:
    first, other = (day_of_year(one, Decimal(number)) for one in (2026, year))
    assert (first.day, first.month) == (other.day, other.month)


def test_time_credit_asks_a_proof_after_every_quarter() -> None:
    found = last_days(facts(credit=True), rules())
    assert [(one.uid, one.day) for one in found if one.uid.startswith("quarter")] == [
        ("quarter-2026-09", date(2026, 10, 20)),
        ("quarter-2026-12", date(2027, 1, 20)),
        ("quarter-2027-03", date(2027, 4, 20)),
        ("quarter-2027-06", date(2027, 7, 20)),
    ]


def test_time_credit_opens_from_enough_points_on() -> None:
    assert budget(facts(points=27), rules()).opens_credit
    assert not budget(facts(points=26), rules()).opens_credit


def test_leave_is_taken_from_the_day_before_until_two_days_after() -> None:
    assert leave_between(facts(), rules()) == (date(2026, 9, 20), date(2027, 7, 2))


def test_months_end_where_the_month_ends() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_after(date(2026, 10, 15), 2) == date(2026, 12, 15)


@given(
    percent=st.integers(80, 100),
    points=st.integers(0, 90),
    begins=st.dates(date(2026, 9, 1), date(2027, 6, 1)),
    lasts=st.integers(0, 700),
)
def test_never_more_than_the_programme_or_the_contract_and_days_in_order(
    percent: int, points: int, begins: date, lasts: int
) -> None:
    told = facts(
        percent=percent,
        points=points,
        starts_on=begins,
        ends_on=begins + timedelta(days=lasts),
        credit=True,
    )
    found = budget(told, rules())
    assert 0 <= found.hours <= min(4 * points, Decimal(125) * percent / 100)
    days = last_days(told, rules())
    assert [one.day for one in days] == sorted(one.day for one in days)
    assert len({one.uid for one in days}) == len(days)
