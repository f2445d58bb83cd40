"""A letter becomes a notice, and a mail when its receiver wants one."""

from datetime import datetime, time
from typing import Any

import pytest

from tests.factories import PersonFactory
from tests.messages.letters import (
    EVENING,
    NEXT_MORNING,
    NOON,
    asks,
    at,
    be_calm,
    invites,
    tells,
)
from tussenstop.core import letters, mail
from tussenstop.core.models import OutgoingMail, Unreachable
from tussenstop.messages import actions, preferences
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import CALM, Kind, Quiet, Way
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection.notifications import reminder

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo(monkeypatch: pytest.MonkeyPatch) -> Person:
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    return PersonFactory(name="Mo Mentor", email="Mo.Mentor@example.org")


def prefers(person: Person, quiet: Quiet | None = None, **ways: str) -> None:
    seen = preferences.wanted_by(person)
    actions.choose(
        by=By(person),
        seen=seen.version,
        ways={**seen.ways, **ways},
        quiet=quiet or seen.quiet,
        now=NOON,
    )


def test_what_asks_something_is_mailed_and_stands_on_the_page(mo: Person) -> None:
    asks(mo)

    sent, notice = OutgoingMail.objects.get(), Notice.objects.get()
    assert (sent.leave_at, sent.kind) == (None, Kind.ASKS)
    assert (notice.person, notice.subject, notice.taken_by) == (mo, sent.subject, sent.pk)
    assert (notice.url, notice.read_at) == ("/", None)


def test_news_waits_for_the_mail_of_the_next_morning(mo: Person) -> None:
    tells(mo)

    assert not OutgoingMail.objects.exists()
    assert Notice.objects.get().due_at == NEXT_MORNING


def test_in_quiet_hours_a_mail_waits_but_the_page_does_not(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, EVENING)
    asks(mo)

    assert OutgoingMail.objects.get().leave_at == NEXT_MORNING
    assert Notice.objects.get().at == EVENING


def test_an_invitation_comes_at_any_hour_and_can_not_be_turned_off(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, EVENING)
    prefers(mo, **dict.fromkeys(CALM, Way.PAGE.value))
    invites(mo)

    sent = OutgoingMail.objects.get()
    assert sent.leave_at is None
    assert "List-Unsubscribe" not in sent.headers


def test_who_asked_for_a_reminder_in_the_evening_gets_it_in_the_evening(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, EVENING)
    reminder(mo)

    sent, notice = OutgoingMail.objects.get(), Notice.objects.get()
    assert (sent.leave_at, notice.due_at, notice.taken_by) == (None, None, sent.pk)
    assert "List-Unsubscribe" in sent.headers


def test_who_wants_reminders_only_on_the_page_gets_this_one_there_too(mo: Person) -> None:
    prefers(mo, reminders=Way.PAGE)
    reminder(mo)

    assert not OutgoingMail.objects.exists()
    assert Notice.objects.get().due_at is None


def test_every_other_letter_says_how_to_be_rid_of_it(mo: Person) -> None:
    asks(mo)

    sent = OutgoingMail.objects.get()
    address = sent.headers["List-Unsubscribe"].strip("<>")
    assert sent.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in sent.text
    assert f'href="{address}"' in sent.html


def test_what_somebody_wants_only_on_the_page_is_never_mailed(mo: Person) -> None:
    prefers(mo, asks=Way.PAGE)
    asks(mo)

    assert not OutgoingMail.objects.exists()
    assert Notice.objects.get().due_at is None


def test_somebody_can_want_everything_at_once(mo: Person) -> None:
    prefers(mo, agreements=Way.AT_ONCE)
    tells(mo)

    assert OutgoingMail.objects.get().leave_at is None


def test_own_quiet_hours_hold(mo: Person) -> None:
    prefers(mo, Quiet(time(8), time(13, 15), weekend=True))
    asks(mo)

    leave_at = OutgoingMail.objects.get().leave_at
    assert leave_at == datetime(2026, 11, 25, 12, 15, tzinfo=NOON.tzinfo)


def test_while_one_works_mail_waits_when_one_asked_for_it(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = NOON.replace(hour=13)
    monkeypatch.setattr(preferences, "_busy", [lambda person, start, end: [(start, until)]])
    asks(mo)
    prefers(mo, Quiet(busy=True))
    asks(mo)

    assert set(OutgoingMail.objects.values_list("leave_at", flat=True)) == {None, until}


def test_a_letter_to_somebody_we_do_not_know_is_mailed_as_it_is(mo: Person) -> None:
    letters.send(
        to="iemand@example.org",
        language="nl",
        template="access/link",
        context={"name": "Iemand", "purpose": "role", "action_url": "https://example.org/"},
    )

    assert OutgoingMail.objects.get().to == "iemand@example.org"
    assert not Notice.objects.exists()


def test_an_address_that_does_not_exist_is_not_mailed_except_to_sign_in(mo: Person) -> None:
    Unreachable.objects.create(address=mo.email.lower(), at=NOON)
    asks(mo)
    assert not OutgoingMail.objects.exists()

    invites(mo)

    assert OutgoingMail.objects.count() == 1
    assert Notice.objects.count() == 2


class Server:
    """A mail server that takes everything."""

    def __init__(self) -> None:
        self.took: list[Any] = []

    def send_messages(self, messages: list[Any]) -> int:
        self.took.extend(messages)
        return len(messages)


def test_held_mail_leaves_at_the_first_open_minute_once_however_many_workers_look(
    mo: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    server = Server()
    settings.MAIL_URL = "smtp://mail.example.org"
    monkeypatch.setattr(mail, "smtp", lambda url: server)
    at(monkeypatch, EVENING)
    asks(mo)
    held = str(OutgoingMail.objects.get().pk)

    mail.send_mail_job.call(held)
    mail.sweep(EVENING)
    assert server.took == []

    at(monkeypatch, NEXT_MORNING)
    for _worker in range(2):
        mail.sweep(NEXT_MORNING)
        mail.send_mail_job.call(held)

    assert len(server.took) == 1
