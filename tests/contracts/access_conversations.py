"""Who gets what at the addresses of conversations."""

from datetime import timedelta
from typing import Any

from tests.contracts.access_rows import NO_GET, Answers, Case, Row, doing, only, route
from tests.conversations.talks import invites, notes, to_do
from tussenstop.conversations.models import Conversation, Point, Slot
from tussenstop.core import clock
from tussenstop.core.ids import uuid7

SOON = clock.now() + timedelta(days=4)
TALK = "student mentor teacher coach"
LOOK_ON = "godparent organisation_coordinator programme_coordinator"
WITH_ONE_ROUTE = f"{TALK} other_student other_mentor other_teacher"
NOT_THERE = f"teacher coach {LOOK_ON}"


def conversation(case: Case) -> dict[str, Any]:
    """A talk of student and mentor, which teacher and coach read."""
    found = Conversation.objects.first() or notes(case.world)
    return {"conversation_id": found.pk}


def point(case: Case) -> dict[str, Any]:
    if not Point.objects.exists():
        notes(case.world, point=to_do(case.world.student))
    return {"point_id": Point.objects.get().pk}


def asked_of(case: Case) -> dict[str, Any]:
    """A talk of student and mentor for which a moment is looked for."""
    found = Conversation.objects.filter(held_at=None).first()
    return {"conversation_id": (found or invites(case.world, SOON)).pk}


def slot(case: Case, _relation: str) -> dict[str, Any]:
    return {"slot": str(Slot.objects.get().pk)}


def noted(case: Case, relation: str) -> dict[str, Any]:
    other = case.world.mentor if relation == "student" else case.world.student
    return {"key": str(uuid7()), "kind": "unplanned", "who": [str(other.pk)], "day": "2026-11-23"}


def again(_case: Case, _relation: str) -> dict[str, Any]:
    """What the mentor noted, as it was."""
    talk = Conversation.objects.get()
    others = talk.attendees.exclude(person=talk.made_by_id).values_list("person_id", flat=True)
    return {"kind": "feedback", "who": [str(pk) for pk in others], "day": str(talk.day)}


def takes_part(*, get: bool = True, **more: Any) -> Row:
    """What only who takes part does; who may read it is refused."""
    return Row(
        only("student mentor", refused=NOT_THERE) if get else NO_GET,
        doing("student mentor", refused=NOT_THERE),
        **{"kwargs": conversation, **more},
    )


CONVERSATIONS: dict[str, Row] = {
    # With one route there is nothing to choose: the note itself.
    "conversation_which": Row(Answers({302: WITH_ONE_ROUTE}, rest=200)),
    "conversations": Row(only(TALK, refused=LOOK_ON), kwargs=route),
    "conversation_note": Row(
        only(TALK, refused=LOOK_ON), doing(TALK, refused=LOOK_ON), kwargs=route, data=noted
    ),
    "conversation": Row(only(TALK, refused=LOOK_ON), kwargs=conversation),
    "conversation_words": takes_part(),
    "conversation_common": takes_part(),
    "conversation_prepare": takes_part(),
    # Who noted it (the mentor) puts it right; others who take part may not.
    "conversation_mend": Row(
        only("mentor", refused=f"student {NOT_THERE}"),
        doing("mentor", refused=f"student {NOT_THERE}"),
        kwargs=conversation,
        data=again,
    ),
    "conversation_held": takes_part(get=False),
    "conversation_plan": Row(only(TALK, refused=LOOK_ON), kwargs=route),
    # Without a word on whom one would like to talk with, it leads back to where that is asked.
    "conversation_invite": Row(
        Answers({302: TALK, 403: LOOK_ON}), doing(TALK, refused=LOOK_ON), kwargs=route
    ),
    "conversation_moments": takes_part(kwargs=asked_of),
    "conversation_answer": takes_part(get=False, kwargs=asked_of),
    "conversation_choose": Row(
        NO_GET,
        doing("mentor", refused=f"student {NOT_THERE}"),
        kwargs=asked_of,
        data=slot,
    ),
    "conversation_call_off": takes_part(kwargs=asked_of),
    "conversation_point_add": takes_part(get=False),
    "conversation_point": Row(
        NO_GET,
        doing("student", refused=f"mentor {NOT_THERE}"),
        kwargs=point,
        data=lambda case, relation: {"what": "done"},
    ),
}
