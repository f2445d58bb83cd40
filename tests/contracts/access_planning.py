"""Who gets what at the addresses of the calendar of a route."""

from typing import Any

from tests.contracts.access_rows import NO_GET, Case, Row, doing, only, route
from tests.planning.searching import agreed_plan, an_option, proposed_plan
from tests.worlds import NOW
from tussenstop.core.ids import uuid7
from tussenstop.planning.models import Plan, Search, Shift
from tussenstop.planning.rules import Activity, PlanState

OTHERS = "mentor teacher coach godparent organisation_coordinator programme_coordinator"
READS = "student mentor teacher coach"
NOT_READING = "godparent organisation_coordinator programme_coordinator"


def option(case: Case) -> dict[str, Any]:
    return {"option_id": an_option(case.world).pk}


def search(case: Case) -> dict[str, Any]:
    return {"search_id": an_option(case.world).search_id}


def running(case: Case) -> dict[str, Any]:
    found = an_option(case.world).search
    Search.objects.filter(pk=found.pk).update(finished_at=None)
    return {"search_id": found.pk}


def to_answer(case: Case) -> dict[str, Any]:
    if not Plan.objects.filter(state=PlanState.PROPOSED).exists():
        proposed_plan(case.world)
    return route(case)


def no_word(_case: Case, relation: str) -> dict[str, Any]:
    answer = "back" if relation == "student" else "no"
    return {"version": 1, "answer": answer, "word": "Liever op dinsdag."}


def block(case: Case) -> dict[str, Any]:
    return {"block_id": agreed_plan(case.world).blocks.filter(activity=Activity.WORKPLACE)[0].pk}


def shift(case: Case) -> dict[str, Any]:
    one = agreed_plan(case.world).blocks.filter(activity=Activity.WORKPLACE)[0]
    made, _fresh = Shift.objects.get_or_create(
        block=one,
        answered_at=None,
        defaults={
            "proposed_by": case.world.student,
            "proposed_role": "student",
            "proposed_at": NOW,
        },
    )
    return {"shift_id": made.pk}


def key(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7())}


def says_no(_case: Case, _relation: str) -> dict[str, Any]:
    return {"answer": "no"}


def presence(case: Case) -> dict[str, Any]:
    return {"placement_id": case.world.placement.pk}


PLANNING: dict[str, Row] = {
    "planning": Row(only(READS, refused=NOT_READING), kwargs=route),
    "planning_terms": Row(
        only("student", refused=OTHERS), doing("student", refused=OTHERS), kwargs=route
    ),
    "planning_mend": Row(NO_GET, doing("student", refused=OTHERS), kwargs=route),
    "planning_answer": Row(
        NO_GET,
        doing("student mentor", refused=f"teacher coach {NOT_READING}"),
        kwargs=to_answer,
        data=no_word,
    ),
    "plan_search": Row(only("student"), kwargs=search),
    "plan_search_stop": Row(NO_GET, doing("student"), kwargs=running),
    "plan_option": Row(only("student"), kwargs=option),
    "plan_around": Row(NO_GET, doing("student"), kwargs=option),
    "plan_propose": Row(NO_GET, doing("student"), kwargs=option, data=key),
    "planned_block": Row(
        only("student mentor", refused=f"teacher coach {NOT_READING}"),
        doing("student mentor", refused=f"teacher coach {NOT_READING}"),
        kwargs=block,
        data=key,
    ),
    "plan_shift": Row(
        NO_GET,
        doing("student mentor", refused=f"teacher coach {NOT_READING}"),
        kwargs=shift,
        data=says_no,
    ),
    "presence": Row(
        only("mentor", refused=f"student teacher coach {NOT_READING}"),
        doing("mentor", refused=f"student teacher coach {NOT_READING}"),
        kwargs=presence,
    ),
}
