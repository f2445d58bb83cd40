"""Who gets what at the addresses of the starting position."""

from typing import Any

from tests.contracts.access_rows import PARTNERS, Answers, Case, Row, doing, only, route

READERS = f"{PARTNERS} coach organisation_coordinator programme_coordinator"
NOT_THE_STUDENT = "mentor teacher coach godparent organisation_coordinator programme_coordinator"
NOT_A_SIDE = "student coach godparent organisation_coordinator programme_coordinator"


def time(case: Case) -> dict[str, Any]:
    return {**route(case), "key": "time"}


POSITIONS: dict[str, Row] = {
    "position": Row(only(READERS, refused="godparent"), kwargs=route),
    "position_part": Row(
        only("student", refused=NOT_THE_STUDENT),
        doing("student", refused=NOT_THE_STUDENT),
        kwargs=time,
    ),
    "position_sharing": Row(
        only("student", refused=NOT_THE_STUDENT),
        doing("student", refused=NOT_THE_STUDENT),
        kwargs=route,
    ),
    "position_growth": Row(only("student", refused=NOT_THE_STUDENT), kwargs=route),
    "position_as": Row(
        only("student", refused=NOT_THE_STUDENT),
        kwargs=lambda case: {**route(case), "audience": "mentor"},
    ),
    "position_summary": Row(only(READERS, refused="godparent"), kwargs=route),
    "position_pdf": Row(only(READERS, refused="godparent"), kwargs=route),
    "side": Row(
        only("mentor teacher", refused=NOT_A_SIDE),
        doing("mentor teacher", refused=NOT_A_SIDE),
        kwargs=route,
    ),
    "sides": Row(
        Answers(
            {
                200: f"{PARTNERS} coach",
                403: "godparent organisation_coordinator programme_coordinator",
            }
        ),
        kwargs=route,
    ),
}
