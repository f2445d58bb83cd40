"""Months of time credit, counted against what a career allows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.leave.telling import told
from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.leave import actions, queries
from tussenstop.leave.models import Credit
from tussenstop.leave.reckoning import Career, begun, last_of
from tussenstop.people.acting import By
from tussenstop.policies import actions as policies
from tussenstop.policies.rules import Code

pytestmark = pytest.mark.django_db


def takes(world: World, starts_on: date, months: int, **changes: Any) -> None:
    values = {"by": By(world.student), "route": world.route, "key": uuid7(), "now": NOW}
    actions.take_credit(**{**values, "starts_on": starts_on, "months": months, **changes})


def career(world: World) -> Career:
    told(world)
    year = queries.get_year(person=world.student, leave_id=told(world).pk, now=NOW)
    return queries.career(year, NOW)[0]


def test_months_end_on_the_day_before_and_begin_one_by_one() -> None:
    assert last_of(date(2026, 9, 1), 12) == date(2027, 8, 31)
    assert last_of(date(2026, 1, 31), 1) == date(2026, 2, 27)
    assert [begun(date(2026, 9, 15), 3, date(2026, 9, day)) for day in (14, 15, 30)] == [0, 1, 1]
    assert begun(date(2026, 9, 15), 3, date(2030, 1, 1)) == 3


def test_what_is_taken_and_what_comes_goes_off_a_whole_career(world: World) -> None:
    assert career(world) == Career(Decimal(36), 0, 0)
    takes(world, date(2019, 9, 1), 10)
    takes(world, date(2026, 9, 1), 12)
    found = career(world)
    assert (found.taken, found.ahead, found.left) == (13, 9, 14)
    row = Credit.objects.get(months=12)
    for _twice in range(2):
        actions.credit_back(by=By(world.student), route=world.route, credit=row, now=NOW)
    assert career(world).left == 26


def test_more_than_there_is_can_be_written_down_and_shows(world: World) -> None:
    takes(world, date(2020, 1, 1), 40)
    assert career(world).left == -4


def test_an_own_value_of_the_school_is_reckoned_with(world: World) -> None:
    policies.set_own(
        by=By(world.programme_coordinator),
        institution=world.institution,
        code=Code.CREDIT_MONTHS,
        key=uuid7(),
        seen="",
        number=Decimal(30),
        valid_from=date(2026, 9, 1),
        why="CAO van de sector",
        now=NOW,
    )
    assert career(world).left == 30


def test_sent_twice_stands_there_once(world: World) -> None:
    key = uuid7()
    for _twice in range(2):
        takes(world, date(2024, 9, 1), 6, key=key)
    assert career(world).left == 30


@pytest.mark.parametrize(
    ("starts_on", "months", "field", "sentence"),
    [
        (date(2024, 9, 1), 0, "months", "from 1 to 60 months"),
        (date(2024, 9, 1), 61, "months", "from 1 to 60 months"),
        (date(1926, 9, 1), 6, "starts_on", "Look at the year"),
        (date(2062, 9, 1), 6, "starts_on", "Look at the year"),
        (date(2023, 9, 30), 1, "starts_on", "1 September 2023 until 31 August 2024"),
        (date(2023, 3, 1), 7, "starts_on", "1 September 2023 until 31 August 2024"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(
    world: World, starts_on: date, months: int, field: str, sentence: str
) -> None:
    takes(world, date(2023, 9, 1), 12)
    with pytest.raises(actions.CannotKeep) as refusal:
        takes(world, starts_on, months)
    assert refusal.value.field == field
    assert sentence in str(refusal.value.text)
    assert Credit.objects.count() == 1


def test_stretches_may_follow_each_other(world: World) -> None:
    takes(world, date(2023, 9, 1), 12)
    takes(world, date(2024, 9, 1), 2)
    takes(world, date(2023, 8, 1), 1)
    assert career(world).left == 21


def test_nobody_else_writes_reads_or_takes_out(world: World) -> None:
    takes(world, date(2023, 9, 1), 12)
    row = Credit.objects.get()
    with pytest.raises(Refused):
        takes(world, date(2024, 9, 1), 2, by=By(world.mentor))
    with pytest.raises(Refused):
        queries.get_credit(person=world.teacher, route_id=world.route.pk, credit_id=row.pk, now=NOW)
    with pytest.raises(Refused):
        actions.credit_back(by=By(world.mentor), route=world.route, credit=row, now=NOW)
    Credit.objects.update(student=world.other_student)
    with pytest.raises(NotFound):
        queries.get_credit(person=world.student, route_id=world.route.pk, credit_id=row.pk, now=NOW)
