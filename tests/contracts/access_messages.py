"""Who gets what at the addresses of messages."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tests.contracts.access_rows import (
    NO_GET,
    OPEN,
    OUT_OF_THIN_AIR,
    SIGNED_IN,
    SIGNED_IN_POST,
    Answers,
    Case,
    Row,
    doing,
    only,
)
from tests.push.receiving import Browser, a_session
from tests.worlds import NOW
from tussenstop.core import clock
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import unsubscribing
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import Kind
from tussenstop.people.models import Person
from tussenstop.push.models import Device


def notice(case: Case) -> dict[str, Any]:
    found = Notice.objects.filter(person=case.world.student).order_by("pk").first()
    return {"notice_id": found.pk if found else OUT_OF_THIN_AIR}


def mail(case: Case) -> dict[str, Any]:
    found = OutgoingMail.objects.filter(error="refused").first() or OutgoingMail.objects.create(
        created_at=NOW, failed_at=NOW, to=case.world.mentor.email, error="refused"
    )
    return {"mail_id": found.pk}


def device(case: Case) -> dict[str, Any]:
    """The student's own."""
    student, until = case.world.student, clock.now() + clock.timedelta(days=9)
    return {
        "device_id": (Device.objects.filter(person=student).first() or _made(student, until)).pk
    }


def _made(student: Person, until: datetime) -> Device:
    return Device.objects.create(
        person=student,
        endpoint="https://fcm.googleapis.com/students",
        session=a_session(student, until),
        until=until,
        made_at=NOW,
    )


def subscription(case: Case, relation: str) -> dict[str, Any]:
    """That of a browser nobody used yet; what it has of the student's stays theirs."""
    device(case)
    given = Browser(f"https://fcm.googleapis.com/{relation}").subscription()
    return {**asdict(given), "was": "https://fcm.googleapis.com/students"}


def token(case: Case) -> dict[str, Any]:
    url = unsubscribing.address_of(case.world.student.pk, Kind.ASKS)
    return {"token": url.strip("/").rpartition("/")[2]}


MESSAGES: dict[str, Row] = {
    "notices": Row(SIGNED_IN),
    "notices_read": Row(NO_GET, SIGNED_IN_POST),
    "notice_preferences": Row(SIGNED_IN, SIGNED_IN_POST),
    "notice_open": Row(NO_GET, doing("student"), kwargs=notice),
    "mail_again": Row(NO_GET, SIGNED_IN_POST),
    "notice_go": Row(Answers({302: "student"}), kwargs=notice),
    "device_on": Row(NO_GET, SIGNED_IN_POST, data=subscription),
    "device_renew": Row(NO_GET, Answers({204: "student"}), data=subscription),
    "device_remove": Row(NO_GET, doing("student"), kwargs=device),
    "push_worker": Row(OPEN, Answers({}, rest=405, anonymous=405)),
    # Signed for one person and one kind; whoever holds it can do no more than that.
    "unsubscribe": Row(
        Answers({}, rest=200, anonymous=200),
        Answers({}, rest="done", anonymous="done"),
        kwargs=token,
    ),
    "delivery": Row(only("administrator")),
    "delivery_again": Row(NO_GET, doing("administrator"), kwargs=mail),
}
