"""Who gets what at the addresses of one's own calendar."""

from typing import Any

from tests.contracts.access_rows import (
    NO_GET,
    OPEN,
    SIGNED_IN,
    SIGNED_IN_POST,
    Answers,
    Case,
    Row,
    doing,
    only,
    route,
)
from tests.worlds import NOW
from tussenstop.calendars.models import Commitment, Feed, Link
from tussenstop.calendars.outgoing.queries import token_of
from tussenstop.calendars.rules import Kind

DAY = "2026-11-23"


def commitment(case: Case) -> dict[str, Any]:
    """Something in the calendar of the student."""
    one, _made = Commitment.objects.get_or_create(
        person=case.world.student,
        defaults={"kind": Kind.WORK, "first_on": DAY, "made_at": NOW},
    )
    return {"commitment_id": one.pk}


def feed(case: Case) -> dict[str, Any]:
    """A calendar from elsewhere that the student reads."""
    one, _made = Feed.objects.get_or_create(
        person=case.world.student,
        address="https://school.example/secret.ics",
        defaults={"kind": Kind.LESSON, "name": "Uurrooster", "made_at": NOW},
    )
    return {"feed_id": one.pk}


def file_feed(case: Case) -> dict[str, Any]:
    """A calendar out of a file that the student reads."""
    one, _made = Feed.objects.get_or_create(
        person=case.world.student,
        address="",
        defaults={"kind": Kind.WORK, "name": "De winkel", "made_at": NOW},
    )
    return {"feed_id": one.pk}


def link(case: Case) -> dict[str, Any]:
    """A link of the student."""
    one, _made = Link.objects.get_or_create(
        person=case.world.student, defaults={"name": "Telefoon", "holds": ["own"], "made_at": NOW}
    )
    return {"link_id": one.pk}


def address(case: Case) -> dict[str, Any]:
    """The secret of that link: who has it, reads."""
    link(case)
    return {"token": token_of(Link.objects.get(person=case.world.student))}


def on_a_day(_case: Case, _relation: str) -> dict[str, Any]:
    return {"day": DAY, "to": "out"}


NOT_BUSY = "godparent organisation_coordinator programme_coordinator"

CALENDARS: dict[str, Row] = {
    "busy": Row(only("student mentor teacher coach", refused=NOT_BUSY), kwargs=route),
    "busy_share": Row(
        NO_GET, doing("student", refused=f"mentor teacher coach {NOT_BUSY}"), kwargs=route
    ),
    "calendar": Row(SIGNED_IN),
    "calendar_term": Row(SIGNED_IN),
    "calendar_add": Row(SIGNED_IN, SIGNED_IN_POST),
    "calendar_limit": Row(NO_GET, SIGNED_IN_POST),
    "calendar_type_week": Row(SIGNED_IN, SIGNED_IN_POST),
    "calendar_feeds": Row(SIGNED_IN),
    "calendar_follow": Row(SIGNED_IN, SIGNED_IN_POST),
    "calendar_file": Row(SIGNED_IN, SIGNED_IN_POST),
    "calendar_feed": Row(only("student"), doing("student"), kwargs=feed),
    "calendar_feed_again": Row(NO_GET, doing("student"), kwargs=feed),
    "calendar_feed_file": Row(NO_GET, doing("student"), kwargs=file_feed),
    "calendar_feed_remove": Row(NO_GET, doing("student"), kwargs=feed),
    "calendar_links": Row(SIGNED_IN),
    "calendar_link_add": Row(SIGNED_IN, SIGNED_IN_POST),
    "calendar_link_revoke": Row(NO_GET, doing("student"), kwargs=link),
    "calendar_link_file": Row(OPEN, Answers({}, rest=405, anonymous=405), kwargs=address),
    "commitment": Row(only("student"), doing("student"), kwargs=commitment),
    "commitment_day": Row(NO_GET, doing("student"), kwargs=commitment, data=on_a_day),
    "commitment_move": Row(
        only("student"), doing("student"), kwargs=lambda case: {**commitment(case), "day": DAY}
    ),
    "commitment_remove": Row(NO_GET, doing("student"), kwargs=commitment),
}
