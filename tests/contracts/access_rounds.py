"""Who gets what at the addresses of rounds."""

from typing import Any

from tests.contracts.access_places import BOTH_SIDES, NOT_THE_STUDENT
from tests.contracts.access_rows import NO_GET, Case, Row, doing, institution, only, route
from tests.rounds.choosing import open_round, rehearse
from tests.worlds import NOW
from tussenstop.rounds.models import Match, Rehearsal, Round, RoundPlace, RoundStudent

LEADS = "programme_coordinator"
OF_THE_SCHOOL = "student teacher coach administrator"


def _round(case: Case) -> Round:
    """A round with the student and the place of the case, tried out, with a match."""
    if already := Round.objects.first():
        return already
    made = open_round(case.world)
    RoundStudent.objects.create(round=made, route=case.world.route, added_at=NOW)
    rehearse(case.world, made, now=NOW)
    Match.objects.create(round=made, route=case.world.route, place=case.place, made_at=NOW)
    return made


def one_round(case: Case) -> dict[str, Any]:
    return {"round_id": _round(case).pk}


def a_student(case: Case) -> dict[str, Any]:
    return {**one_round(case), "row_id": RoundStudent.objects.get(route=case.world.route).pk}


def a_place(case: Case) -> dict[str, Any]:
    return {**one_round(case), "row_id": RoundPlace.objects.get(place=case.place).pk}


def a_rehearsal(case: Case) -> dict[str, Any]:
    return {**one_round(case), "number": Rehearsal.objects.get(round=_round(case)).number}


def my_round(case: Case) -> dict[str, Any]:
    return {**route(case), **one_round(case)}


def our_round(case: Case) -> dict[str, Any]:
    return {"organisation_id": case.world.organisation.pk, **one_round(case)}


def a_match(case: Case) -> dict[str, Any]:
    _round(case)
    return {"match_id": Match.objects.get().pk}


def leading(kwargs: Any) -> Row:
    return Row(only(LEADS, refused=OF_THE_SCHOOL), kwargs=kwargs)


def leading_form(kwargs: Any) -> Row:
    return Row(
        only(LEADS, refused=OF_THE_SCHOOL), doing(LEADS, refused=OF_THE_SCHOOL), kwargs=kwargs
    )


def leading_deed(kwargs: Any, **data: str) -> Row:
    return Row(
        NO_GET,
        doing(LEADS, refused=OF_THE_SCHOOL),
        kwargs=kwargs,
        data=lambda case, relation: data,
    )


ROUNDS: dict[str, Row] = {
    "rounds": leading(institution),
    "round_open": leading_form(institution),
    "round": leading(one_round),
    "round_change": leading_form(one_round),
    "round_cancel": leading_deed(one_round),
    "round_students": leading(one_round),
    "round_student": leading(a_student),
    "round_student_put": leading_deed(a_student, answer="no"),
    "round_together": leading_deed(a_student),
    "round_places": leading(one_round),
    "round_place": leading_form(a_place),
    "rehearse": leading_deed(one_round),
    "rehearsal": leading(a_rehearsal),
    "rehearsal_publish": leading_deed(a_rehearsal),
    "rehearsal_csv": leading(a_rehearsal),
    "rehearsal_xlsx": leading(a_rehearsal),
    "own_round": Row(only("student", refused=NOT_THE_STUDENT), kwargs=my_round),
    "own_round_leave": Row(NO_GET, doing("student", refused=NOT_THE_STUDENT), kwargs=my_round),
    "organisation_round": Row(
        only("organisation_coordinator", refused="mentor godparent administrator"),
        kwargs=our_round,
    ),
    "match": Row(only(BOTH_SIDES), kwargs=a_match),
    "match_answer": Row(
        NO_GET, doing(BOTH_SIDES), kwargs=a_match, data=lambda case, relation: {"answer": "no"}
    ),
}
