"""The days without work or school, against dates that were published."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.worlds import NOW, World
from tussenstop.core.errors import Refused
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.policies import holiday_actions as actions
from tussenstop.policies.holidays import SCHOOL_VERSION, HolidayName, school_holidays
from tussenstop.policies.models import OwnHoliday
from tussenstop.policies.queries import get_holiday, holidays_between, school_year

PUBLISHED = {
    2023: (
        "30/10/2023-05/11/2023 25/12/2023-07/01/2024 12/02/2024-18/02/2024 "
        "01/04/2024-14/04/2024 01/07/2024-31/08/2024"
    ),
    2024: (
        "28/10/2024-03/11/2024 23/12/2024-05/01/2025 03/03/2025-09/03/2025 "
        "07/04/2025-20/04/2025 01/07/2025-31/08/2025"
    ),
    2025: (
        "27/10/2025-02/11/2025 22/12/2025-04/01/2026 16/02/2026-22/02/2026 "
        "06/04/2026-19/04/2026 01/07/2026-31/08/2026"
    ),
    2026: (
        "02/11/2026-08/11/2026 21/12/2026-03/01/2027 08/02/2027-14/02/2027 "
        "29/03/2027-11/04/2027 01/07/2027-31/08/2027"
    ),
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_rule_gives_the_published_holidays(year: int) -> None:
    found = [f"{one.first_on:%d/%m/%Y}-{one.last_on:%d/%m/%Y}" for one in school_holidays(year)]
    assert " ".join(found) == PUBLISHED[year]


@pytest.mark.parametrize("year", range(2000, 2060))
def test_every_year_they_begin_on_a_monday_and_follow_each_other(year: int) -> None:
    found = school_holidays(year)
    assert [one.name for one in found] == list(HolidayName)
    assert all(one.first_on.weekday() == 0 for one in found[:-1])
    assert all(a.last_on < b.first_on for a, b in pairwise(found))
    assert found[1].has(date(year + 1, 1, 1))


@pytest.fixture
def own(world: World) -> dict[str, Any]:
    return {
        "by": By(world.programme_coordinator),
        "institution": world.institution,
        "year": 2026,
        "now": NOW,
    }


def free_week(key: Any = None) -> dict[str, Any]:
    first = date(2027, 2, 1)
    return {
        "key": key or uuid7(),
        "name": "Lesvrije week",
        "first_on": first,
        "last_on": first + timedelta(days=4),
    }


@pytest.mark.django_db
def test_an_own_holiday_stands_beside_the_usual_ones_in_its_own_year_only(
    world: World, own: dict[str, Any]
) -> None:
    typed = free_week()
    for _twice in range(2):
        actions.add(**own, **typed)
    found = school_year(2026, world.institution)
    assert found.own
    assert [one.label for one in found.holidays].count("Lesvrije week") == 1
    assert len(found.holidays) == 6
    assert not school_year(2027, world.institution).own
    assert not school_year(2026, None).own


@pytest.mark.django_db
def test_the_version_tells_whether_the_days_are_the_same(world: World, own: dict[str, Any]) -> None:
    actions.begin_own(**own)
    first = school_year(2026, world.institution).version
    assert first != SCHOOL_VERSION
    typed = free_week()
    actions.add(**own, **typed)
    assert school_year(2026, world.institution).version != first
    actions.remove(by=own["by"], holiday=get_holiday(world.institution, typed["key"]), now=NOW)
    assert school_year(2026, world.institution).version == first
    actions.back_to_usual(**own)
    assert school_year(2026, world.institution).version == SCHOOL_VERSION
    assert OwnHoliday.objects.exclude(removed_at=None).count() == 6


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_on": date(2027, 1, 1)}, "last_on"),
        ({"last_on": date(2027, 12, 1)}, "last_on"),
        ({"first_on": date(2026, 8, 31), "last_on": date(2026, 9, 3)}, "first_on"),
    ],
)
def test_what_cannot_be_a_holiday_is_told_at_its_field(
    own: dict[str, Any], changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(actions.CannotHaveHoliday) as refusal:
        actions.add(**own, **{**free_week(), **changes})
    assert refusal.value.field == field
    assert not OwnHoliday.objects.exists()


@pytest.mark.django_db
def test_a_teacher_does_not_change_the_holidays(world: World, own: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        actions.begin_own(**{**own, "by": By(world.teacher)})


@pytest.mark.django_db
def test_what_touches_the_days_is_found_over_school_years(world: World) -> None:
    found, versions = holidays_between(date(2027, 8, 30), date(2027, 11, 2), world.institution)
    assert [one.name for one in found] == [HolidayName.SUMMER, HolidayName.AUTUMN]
    assert versions == [SCHOOL_VERSION]
