"""Who gets what at the addresses of places and favourites."""

from typing import Any

from tests.contracts.access_rows import (
    ELSEWHERE,
    NO_GET,
    ON_THE_ROUTE,
    Answers,
    Case,
    Row,
    doing,
    only,
    route,
    workplace,
)

BELONGS = " ".join(r for r in (*ON_THE_ROUTE, *ELSEWHERE) if r != "stranger")
AT_WORK = "mentor godparent administrator"
NOT_THE_STUDENT = "mentor teacher coach godparent organisation_coordinator programme_coordinator"


def place(case: Case) -> dict[str, Any]:
    return {"place_id": case.place.pk}


def favourite(case: Case) -> dict[str, Any]:
    return {**route(case), **place(case)}


def meeting(case: Case) -> dict[str, Any]:
    return {"acquaintance_id": case.acquaintance.pk}


BOTH_SIDES = "student organisation_coordinator"

PLACES: dict[str, Row] = {
    "places": Row(Answers({200: BELONGS})),
    "place": Row(only(BELONGS), kwargs=place),
    # Only who still looks for a workplace has favourites.
    "place_wish": Row(
        NO_GET,
        doing("student other_student"),
        kwargs=place,
        data=lambda case, relation: {"answer": "yes"},
    ),
    "place_edit": Row(
        only("organisation_coordinator", refused=AT_WORK),
        doing("organisation_coordinator", refused=AT_WORK),
        kwargs=place,
    ),
    "place_state": Row(
        NO_GET,
        doing("organisation_coordinator", refused=AT_WORK),
        kwargs=place,
        data=lambda case, relation: {"to": "published"},
    ),
    "place_interest": Row(only("organisation_coordinator", refused=AT_WORK), kwargs=place),
    # The student shows interest in the place by having asked to get acquainted.
    "place_prefer": Row(
        NO_GET,
        doing("organisation_coordinator", refused=AT_WORK),
        kwargs=favourite,
        data=lambda case, relation: {"grade": "1"},
    ),
    "place_add": Row(
        only("organisation_coordinator", refused=AT_WORK),
        doing("organisation_coordinator", refused=AT_WORK),
        kwargs=workplace,
    ),
    "favourites": Row(only("student", refused=NOT_THE_STUDENT), kwargs=route),
    "favourite_move": Row(
        NO_GET,
        doing("student", refused=NOT_THE_STUDENT),
        kwargs=favourite,
        data=lambda case, relation: {"to": "up"},
    ),
    "favourite_show": Row(
        NO_GET,
        doing("student", refused=NOT_THE_STUDENT),
        kwargs=favourite,
        data=lambda case, relation: {"answer": "no"},
    ),
    "meet_place": Row(
        only("student", refused=NOT_THE_STUDENT),
        doing("student", refused=NOT_THE_STUDENT),
        kwargs=favourite,
    ),
    # The student shows interest in the place by having asked.
    "meet_student": Row(
        only("organisation_coordinator", refused=AT_WORK),
        doing("organisation_coordinator", refused=AT_WORK),
        kwargs=favourite,
    ),
    "acquaintance": Row(only(BOTH_SIDES), kwargs=meeting),
    "acquaintance_suits": Row(NO_GET, doing(BOTH_SIDES), kwargs=meeting),
    "acquaintance_again": Row(only(BOTH_SIDES), doing(BOTH_SIDES), kwargs=meeting),
    "acquaintance_answer": Row(
        NO_GET,
        doing(BOTH_SIDES),
        kwargs=meeting,
        data=lambda case, relation: {"answer": "no"},
    ),
}
