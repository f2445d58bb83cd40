"""Who gets what at the addresses of wellbeing: everybody their own, a coach what is shared."""

from typing import Any

from tests.contracts.access_rows import (
    NO_GET,
    OPEN,
    Answers,
    Case,
    Row,
    doing,
    institution,
    only,
)
from tests.wellbeing.telling import asks, opted_in, shares, tells_and_shares
from tests.worlds import NOW
from tussenstop.core.ids import uuid7
from tussenstop.wellbeing.models import CheckIn, Note, Promise, Question, Share

THEIR_OWN = "student mentor teacher coach other_student other_mentor other_teacher"


def everybody_in(case: Case) -> dict[str, Any]:
    for name in THEIR_OWN.split():
        opted_in(case.person(name))
    return {}


def check_in(case: Case) -> dict[str, Any]:
    found = CheckIn.objects.filter(person=case.world.student).first()
    return {"check_in_id": (found or tells_and_shares(case.world)).pk}


def share(case: Case) -> dict[str, Any]:
    check_in(case)
    return {"share_id": Share.objects.get(check_in__isnull=False).pk}


def the_coach(case: Case) -> dict[str, Any]:
    return {"coach_id": case.world.coach.pk}


def question(case: Case) -> dict[str, Any]:
    found = Question.objects.filter(person=case.world.student).first()
    return {"question_id": (found or asks(case.world.student, case.world.coach)).pk}


def person(case: Case) -> dict[str, Any]:
    check_in(case)
    question(case)
    if not Share.objects.filter(check_in=None).exists():
        shares(case.world.student, case.world.coach)
    return {"person_id": case.world.student.pk}


def promise(case: Case) -> dict[str, Any]:
    person(case)
    made = Promise.objects.create(
        person=case.world.student,
        coach=case.world.coach,
        what="Bellen",
        due_on=NOW.date(),
        made_at=NOW,
    )
    return {"promise_id": made.pk}


def note(case: Case) -> dict[str, Any]:
    person(case)
    made = Note.objects.create(
        person=case.world.student, coach=case.world.coach, text="Vragen hoe het gaat", at=NOW
    )
    return {"note_id": made.pk}


def says(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7()), "text": "Dag", "what": "Bellen", "due_on": "2026-12-01"}


WELLBEING: dict[str, Row] = {
    "talk": Row(OPEN, Answers({}, rest=405, anonymous=405)),
    "wellbeing": Row(only(THEIR_OWN)),
    "wellbeing_choose": Row(
        NO_GET, doing(THEIR_OWN), data=lambda case, relation: {"answer": "yes"}
    ),
    "wellbeing_check_in": Row(only(THEIR_OWN), doing(THEIR_OWN), kwargs=everybody_in),
    "wellbeing_rhythm": Row(
        NO_GET,
        doing(THEIR_OWN),
        kwargs=everybody_in,
        data=lambda case, relation: {"rhythm": "week"},
    ),
    "wellbeing_quiet": Row(NO_GET, doing(THEIR_OWN), kwargs=everybody_in),
    "wellbeing_withdraw": Row(only(THEIR_OWN), doing(THEIR_OWN)),
    "wellbeing_moment": Row(only("student"), kwargs=check_in),
    "wellbeing_remove": Row(NO_GET, doing("student"), kwargs=check_in),
    "wellbeing_share": Row(only(THEIR_OWN), doing(THEIR_OWN), kwargs=everybody_in),
    "wellbeing_share_stop": Row(NO_GET, doing("student"), kwargs=share),
    "wellbeing_share_stop_all": Row(NO_GET, doing(THEIR_OWN), kwargs=the_coach),
    "wellbeing_times": Row(only(THEIR_OWN), kwargs=everybody_in),
    "wellbeing_looks": Row(only(THEIR_OWN)),
    "wellbeing_ask": Row(only(THEIR_OWN), doing(THEIR_OWN)),
    "wellbeing_question": Row(only("student"), doing("student"), kwargs=question, data=says),
    "wellbeing_question_close": Row(NO_GET, doing("student"), kwargs=question),
    "wellbeing_take_back": Row(NO_GET, doing("student"), kwargs=question),
    "coach_desk": Row(only("coach")),
    "coach_person": Row(only("coach"), kwargs=person),
    "coach_promise": Row(NO_GET, doing("coach"), kwargs=person, data=says),
    "coach_note": Row(NO_GET, doing("coach"), kwargs=person, data=says),
    "coach_answer": Row(NO_GET, doing("coach"), kwargs=question, data=says),
    "coach_close": Row(NO_GET, doing("coach"), kwargs=question),
    "coach_kept": Row(NO_GET, doing("coach"), kwargs=promise),
    "coach_note_change": Row(only("coach"), doing("coach"), kwargs=note, data=says),
    "coach_note_remove": Row(NO_GET, doing("coach"), kwargs=note),
    "wellbeing_groups": Row(
        only("coach programme_coordinator", refused="student teacher administrator"),
        kwargs=institution,
    ),
    "coach_time": Row(only("coach"), doing("coach"), kwargs=institution),
}
