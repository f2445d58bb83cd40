"""Who gets what at the addresses of messages."""

from typing import Any

from tests.contracts.access_rows import (
    NO_GET,
    OUT_OF_THIN_AIR,
    SIGNED_IN,
    SIGNED_IN_POST,
    Answers,
    Case,
    Row,
    doing,
    only,
)
from tests.worlds import NOW
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import unsubscribing
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import Kind


def notice(case: Case) -> dict[str, Any]:
    found = Notice.objects.filter(person=case.world.student).order_by("pk").first()
    return {"notice_id": found.pk if found else OUT_OF_THIN_AIR}


def mail(case: Case) -> dict[str, Any]:
    found = OutgoingMail.objects.filter(error="refused").first() or OutgoingMail.objects.create(
        created_at=NOW, failed_at=NOW, to=case.world.mentor.email, error="refused"
    )
    return {"mail_id": found.pk}


def token(case: Case) -> dict[str, Any]:
    url = unsubscribing.address_of(case.world.student.pk, Kind.ASKS)
    return {"token": url.strip("/").rpartition("/")[2]}


MESSAGES: dict[str, Row] = {
    "notices": Row(SIGNED_IN),
    "notices_read": Row(NO_GET, SIGNED_IN_POST),
    "notice_preferences": Row(SIGNED_IN, SIGNED_IN_POST),
    "notice_open": Row(NO_GET, doing("student"), kwargs=notice),
    "mail_again": Row(NO_GET, SIGNED_IN_POST),
    # Signed for one person and one kind; whoever holds it can do no more than that.
    "unsubscribe": Row(
        Answers({}, rest=200, anonymous=200),
        Answers({}, rest="done", anonymous="done"),
        kwargs=token,
    ),
    "delivery": Row(only("administrator")),
    "delivery_again": Row(NO_GET, doing("administrator"), kwargs=mail),
}
