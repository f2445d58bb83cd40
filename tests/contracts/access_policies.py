"""Who gets what at the addresses of an institution's rules of time."""

from typing import Any

from tests.contracts.access_rows import NO_GET, Case, Row, doing, institution, only
from tussenstop.core.ids import uuid7
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


POLICIES: dict[str, Row] = {
    "policies": Row(only(f"programme_coordinator {SEES}"), kwargs=institution),
    "policy": Row(
        only("programme_coordinator", refused=SEES),
        doing("programme_coordinator", refused=SEES),
        kwargs=rule,
        data=value,
    ),
    "policy_withdraw": Row(NO_GET, doing("programme_coordinator", refused=SEES), kwargs=rule),
}
