"""Who gets what at the addresses of hours."""

from typing import Any

from tests.contracts.access_rows import NO_GET, OPEN, Answers, Case, Row, doing, only, route
from tests.hours.writing import FRIDAY, a_planned_day, writes
from tussenstop.core.ids import uuid7
from tussenstop.hours.models import Entry
from tussenstop.planning.models import PlannedBlock

READS = "student mentor teacher coach"
NOT_READING = "godparent organisation_coordinator programme_coordinator"
NOT_STUDENT = f"mentor teacher coach {NOT_READING}"


def entry(case: Case) -> dict[str, Any]:
    found = Entry.objects.filter(removed_at=None).first() or writes(case.world)
    return {"entry_id": found.pk}


def block(case: Case) -> dict[str, Any]:
    found = PlannedBlock.objects.filter(day=FRIDAY).first() or a_planned_day(case.world)
    return {"block_id": found.pk}


def says(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7()), "text": "Was dat tot 17 u?"}


HOURS: dict[str, Row] = {
    "hours": Row(only(READS, refused=NOT_READING), kwargs=route),
    "hours_add": Row(
        only("student", refused=NOT_STUDENT), doing("student", refused=NOT_STUDENT), kwargs=route
    ),
    "hours_confirm": Row(
        NO_GET,
        doing("mentor", refused=f"student teacher coach {NOT_READING}"),
        kwargs=route,
    ),
    "hours_excel": Row(only(READS, refused=NOT_READING), kwargs=route),
    "hours_pdf": Row(only(READS, refused=NOT_READING), kwargs=route),
    "hours_planned": Row(NO_GET, doing("student", refused=NOT_STUDENT), kwargs=block, data=says),
    "hours_entry": Row(
        only(READS, refused=NOT_READING), doing("student", refused=NOT_STUDENT), kwargs=entry
    ),
    "hours_say": Row(
        NO_GET,
        doing("student mentor", refused=f"teacher coach {NOT_READING}"),
        kwargs=entry,
        data=says,
    ),
    "hours_worker": Row(OPEN, Answers({}, rest=405, anonymous=405)),
    "hours_remove": Row(NO_GET, doing("student", refused=NOT_STUDENT), kwargs=entry),
}
