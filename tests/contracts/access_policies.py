"""Who gets what at the addresses of an institution's rules of time."""

from datetime import date
from typing import Any

from django.utils import timezone

from tests.contracts.access_rows import NO_GET, Case, Row, doing, institution, only
from tussenstop.core.ids import uuid7
from tussenstop.policies.models import OwnHoliday
from tussenstop.policies.rules import Code

SEES = "student teacher coach administrator"


def rule(case: Case) -> dict[str, Any]:
    return {**institution(case), "code": Code.WEEK.value}


def value(_case: Case, _relation: str) -> dict[str, Any]:
    return {
        "key": str(uuid7()),
        "seen": "",
        "number": "38",
        "valid_from": "2026-11-23",
        "why": "CAO",
    }


def year(case: Case) -> dict[str, Any]:
    return {**institution(case), "year": 2026}


def holiday(_case: Case, _relation: str) -> dict[str, Any]:
    return {
        "key": str(uuid7()),
        "name": "Lesvrije week",
        "first_on": "2027-02-01",
        "last_on": "2027-02-05",
    }


def own_holiday(case: Case) -> dict[str, Any]:
    made = OwnHoliday.objects.create(
        institution=case.world.institution,
        name="Lesvrije week",
        first_on=date(2027, 2, 1),
        last_on=date(2027, 2, 5),
        made_by=case.world.programme_coordinator,
        made_at=timezone.now(),
    )
    return {**institution(case), "holiday_id": made.pk}


POLICIES: dict[str, Row] = {
    "policies": Row(only(f"programme_coordinator {SEES}"), kwargs=institution),
    "policy": Row(
        only("programme_coordinator", refused=SEES),
        doing("programme_coordinator", refused=SEES),
        kwargs=rule,
        data=value,
    ),
    "policy_withdraw": Row(NO_GET, doing("programme_coordinator", refused=SEES), kwargs=rule),
    "holidays": Row(only(f"programme_coordinator {SEES}"), kwargs=year),
    "holidays_own": Row(NO_GET, doing("programme_coordinator", refused=SEES), kwargs=year),
    "holidays_usual": Row(NO_GET, doing("programme_coordinator", refused=SEES), kwargs=year),
    "holiday_add": Row(
        only("programme_coordinator", refused=SEES),
        doing("programme_coordinator", refused=SEES),
        kwargs=year,
        data=holiday,
    ),
    "holiday_remove": Row(NO_GET, doing("programme_coordinator", refused=SEES), kwargs=own_holiday),
}
