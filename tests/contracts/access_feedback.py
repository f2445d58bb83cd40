"""Who gets what at the addresses of feedback."""

from typing import Any

from tests.contracts.access_rows import NO_GET, OPEN, OPEN_POST, Case, Row, doing, only, route
from tests.feedback.giving import a_link, asks, gives, read
from tussenstop.access.models import Participation
from tussenstop.core.ids import uuid7
from tussenstop.feedback.actions import receiving
from tussenstop.feedback.actions.strengths import show_strength
from tussenstop.feedback.models import Asking, Feedback, Invitation
from tussenstop.feedback.tokens import token_of
from tussenstop.people.acting import By

GIVE = "student mentor teacher coach godparent"
GET = "student mentor teacher coach"
PARTNERS = "student mentor teacher"
COORDINATORS = "organisation_coordinator programme_coordinator"


def given(case: Case) -> dict[str, Any]:
    """From the mentor to the student, read, and shown to the teacher."""
    found = Feedback.objects.first()
    if found is None:
        found = read(gives(case.world, strengths=["calm"]))
        receiving.show(
            by=By(case.world.student),
            feedback=found,
            person=case.world.teacher,
            shown=True,
            now=case.world.now,
        )
    return {"feedback_id": found.pk}


def asked(case: Case) -> dict[str, Any]:
    """By the student, of the mentor."""
    found = Asking.objects.first() or asks(case.world)
    return {"asking_id": found.pk}


def a_made_link(case: Case) -> Invitation:
    return Invitation.objects.first() or a_link(case.world)


def link(case: Case) -> dict[str, Any]:
    return {"invitation_id": a_made_link(case).pk}


def to_the_coach(case: Case) -> dict[str, Any]:
    return {**route(case), "person_id": case.world.coach.pk}


def shown_strength(case: Case) -> dict[str, Any]:
    """What others see in the student, shown to the teacher."""
    given(case)
    assert Participation.objects.filter(person=case.world.teacher).exists()
    show_strength(
        by=By(case.world.student),
        route=case.world.route,
        code="calm",
        people={case.world.teacher.pk},
        now=case.world.now,
    )
    return {**route(case), "owner_id": case.world.student.pk}


def strength(case: Case, _relation: str) -> dict[str, Any]:
    given(case)
    return {"strength": "calm", "person": [str(case.world.teacher.pk)]}


def says(_case: Case, _relation: str) -> dict[str, Any]:
    return {"key": str(uuid7()), "kind": "thanks", "text": "Bedankt."}


def reader(case: Case, _relation: str) -> dict[str, Any]:
    return {"person": str(case.world.teacher.pk), "shown": "yes"}


FEEDBACK: dict[str, Row] = {
    "feedback": Row(only(GIVE, refused=COORDINATORS), kwargs=route),
    # Nobody gives feedback to oneself.
    "feedback_give": Row(
        only("student mentor teacher godparent", refused=COORDINATORS),
        doing("student mentor teacher godparent", refused=COORDINATORS),
        kwargs=to_the_coach,
    ),
    "feedback_ask": Row(
        only(GET, refused=f"godparent {COORDINATORS}"),
        doing(GET, refused=f"godparent {COORDINATORS}"),
        kwargs=route,
    ),
    "feedback_links": Row(only(PARTNERS, refused=f"coach godparent {COORDINATORS}"), kwargs=route),
    "feedback_link_add": Row(
        only(PARTNERS, refused=f"coach godparent {COORDINATORS}"),
        doing(PARTNERS, refused=f"coach godparent {COORDINATORS}"),
        kwargs=route,
    ),
    "feedback_link": Row(only("student"), kwargs=link),
    "feedback_link_close": Row(NO_GET, doing("student"), kwargs=link),
    "strengths": Row(only(GET, refused=f"godparent {COORDINATORS}"), kwargs=route),
    # Only who was recognised has something to show.
    "strength_show": Row(
        NO_GET,
        doing("student", refused=f"godparent {COORDINATORS}"),
        kwargs=route,
        data=strength,
    ),
    "strengths_of": Row(only("teacher", refused=COORDINATORS), kwargs=shown_strength),
    "feedback_asked": Row(only("mentor"), doing("mentor"), kwargs=asked),
    "feedback_decline": Row(NO_GET, doing("mentor"), kwargs=asked),
    "feedback_withdraw": Row(NO_GET, doing("student"), kwargs=asked),
    "feedback_one": Row(only("student mentor teacher"), kwargs=given),
    "feedback_read": Row(NO_GET, doing("student"), kwargs=given),
    # The giver has nothing to answer here, so the form says so.
    "feedback_reply": Row(NO_GET, doing("student mentor"), kwargs=given, data=says),
    "feedback_readers": Row(NO_GET, doing("student"), kwargs=given, data=reader),
    "feedback_take_back": Row(NO_GET, doing("mentor"), kwargs=given),
    # What somebody of the route gave is not removed; a link from outside has its own test.
    "feedback_remove": Row(NO_GET, doing(""), kwargs=given),
    # A link opens for whoever holds it.
    "feedback_outside": Row(
        OPEN, OPEN_POST, kwargs=lambda case: {"token": token_of(a_made_link(case))}
    ),
}
