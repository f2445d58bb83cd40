"""Who gets what at the addresses of a route's log."""

from typing import Any

from tests.contracts.access_rows import NO_GET, Case, Row, doing, only, route
from tests.routelog.test_log import writes
from tussenstop.core import clock
from tussenstop.routelog.models import Word

READS = "student mentor teacher coach"
NOT_READING = "godparent organisation_coordinator programme_coordinator"


def word(case: Case) -> dict[str, Any]:
    found = Word.objects.first() or writes(case.world, case.world.student, now=clock.now())
    return {"word_id": found.pk}


ROUTE_LOG: dict[str, Row] = {
    "route_log": Row(
        only(READS, refused=NOT_READING), doing(READS, refused=NOT_READING), kwargs=route
    ),
    # Of those who write there, only who wrote these words: for the others there is nothing to undo.
    "route_log_take_back": Row(NO_GET, doing("student", refused=NOT_READING), kwargs=word),
}
