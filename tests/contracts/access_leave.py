"""Who gets what at the addresses of training leave: the student, and nobody else."""

from typing import Any

from tests.contracts.access_rows import NO_GET, Case, Row, doing, only, route
from tests.leave.telling import told
from tests.worlds import NOW
from tussenstop.core.ids import uuid7
from tussenstop.leave.models import Credit, Taken

NOT_STUDENT = "mentor teacher coach godparent organisation_coordinator programme_coordinator"


def year(case: Case) -> dict[str, Any]:
    return {**route(case), "year": 2026}


def leave(case: Case) -> dict[str, Any]:
    return {"leave_id": told(case.world).pk}


def route_told(case: Case) -> dict[str, Any]:
    told(case.world)
    return route(case)


def taken(case: Case) -> dict[str, Any]:
    made = Taken.objects.create(
        leave=told(case.world), day=NOW.date(), minutes=60, what="lesson", made_at=NOW
    )
    return {"taken_id": made.pk}


def tells(_case: Case, _relation: str) -> dict[str, Any]:
    return {
        "version": "0",
        "region": "flanders",
        "sector": "private",
        "percent": "80",
        "week_hours": "30.5",
        "points": "30",
        "contact_hours": "0",
        "enrolled_on": "2026-09-14",
        "with_year": "on",
        "starts_on": "2026-09-21",
        "ends_on": "2027-06-30",
    }


def takes(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7()), "day": "2026-11-20", "hours": "4", "what": "lesson"}


def gives(_case: Case, _relation: str) -> dict[str, Any]:
    return {"step": "attest"}


def credit(case: Case) -> dict[str, Any]:
    made = Credit.objects.create(
        student=case.world.student, starts_on=NOW.date(), months=3, made_at=NOW
    )
    return {**route(case), "credit_id": made.pk}


def credits_(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7()), "starts_on": "2024-09-01", "months": "10"}


LEAVE: dict[str, Row] = {
    "leave": Row(only("student", refused=NOT_STUDENT), kwargs=route_told),
    "leave_facts": Row(
        only("student", refused=NOT_STUDENT),
        doing("student", refused=NOT_STUDENT),
        kwargs=year,
        data=tells,
    ),
    "leave_take": Row(
        only("student", refused=NOT_STUDENT),
        doing("student", refused=NOT_STUDENT),
        kwargs=leave,
        data=takes,
    ),
    "leave_given": Row(NO_GET, doing("student", refused=NOT_STUDENT), kwargs=leave, data=gives),
    "leave_pdf": Row(only("student", refused=NOT_STUDENT), kwargs=leave),
    "leave_credit": Row(
        only("student", refused=NOT_STUDENT),
        doing("student", refused=NOT_STUDENT),
        kwargs=route_told,
        data=credits_,
    ),
    "leave_credit_back": Row(NO_GET, doing("student", refused=NOT_STUDENT), kwargs=credit),
    "leave_take_back": Row(NO_GET, doing("student", refused=NOT_STUDENT), kwargs=taken),
}
