"""What happens to mail that a server refuses, or a worker drops."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest

from tests.core.test_mail import Server, _with
from tussenstop.core import clock, mail, mail_addresses
from tussenstop.core.models import OutgoingMail, Unreachable

pytestmark = pytest.mark.django_db
NOBODY = smtplib.SMTPRecipientsRefused({"mo@example.org": (550, b"5.1.1 unknown user")})
POLICY = smtplib.SMTPRecipientsRefused({"mo@example.org": (550, b"5.7.1 looks like spam")})
LATER = smtplib.SMTPRecipientsRefused({"mo@example.org": (451, b"4.7.1 greylisted")})
TOO_LARGE = smtplib.SMTPDataError(552, b"5.3.4 too large")
PASSWORD = smtplib.SMTPAuthenticationError(535, b"5.7.8 bad password")


class Refusing(Server):
    """A server that answers with this error."""

    def __init__(self, error: Exception | None) -> None:
        super().__init__()
        self.error = error

    def send_messages(self, messages: list[Any]) -> int:
        if self.error:
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Refusing:
    server = Refusing(None)
    settings.MAIL_URL = "smtp://mail.example.org"
    monkeypatch.setattr(mail, "smtp", lambda url: server)

    class Later:
        def using(self, *, run_after: Any) -> "Later":
            return self

        def enqueue(self, mail_id: str) -> None:
            pass

    monkeypatch.setattr(mail, "send_mail_job", _with(mail.send_mail_job, Later()))
    return server


def sent_with(server: Refusing, error: Exception | None) -> OutgoingMail:
    server.error = error
    posted = mail.post(to="mo@example.org", subject="Dag", text="Dag Mo")
    mail.send_mail_job.call(str(posted.pk))
    posted.refresh_from_db()
    return posted


@pytest.mark.parametrize("error", [NOBODY, POLICY, TOO_LARGE, ValueError("a line in a header")])
def test_what_the_server_refuses_for_good_is_not_tried_again(
    server: Refusing, error: Exception
) -> None:
    posted = sent_with(server, error)

    assert posted.failed_at is not None
    assert posted.error
    assert posted.sending_at is None


@pytest.mark.parametrize("error", [LATER, PASSWORD, smtplib.SMTPServerDisconnected("gone")])
def test_what_may_go_better_later_waits_for_its_next_time(
    server: Refusing, error: Exception
) -> None:
    posted = sent_with(server, error)

    assert posted.failed_at is None
    assert posted.leave_at is not None
    assert posted.leave_at > clock.now()


@pytest.mark.parametrize(
    ("error", "gone"), [(NOBODY, True), (POLICY, False), (LATER, False), (TOO_LARGE, False)]
)
def test_only_an_address_at_which_nobody_is_counts_as_unreachable(
    server: Refusing, error: Exception, *, gone: bool
) -> None:
    sent_with(server, error)

    assert mail_addresses.is_unreachable("Mo@example.org") is gone


def test_who_works_with_somebody_is_told_once_that_mail_does_not_arrive(
    server: Refusing, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(mail_addresses, "_told", [lambda address, now: told.append(address)])

    for _mail in range(2):
        sent_with(server, NOBODY)

    assert told == ["mo@example.org"]


def test_when_something_arrives_the_address_is_fine_again(server: Refusing) -> None:
    sent_with(server, NOBODY)
    sent_with(server, None)

    assert not Unreachable.objects.exists()


def test_a_mail_interrupted_while_it_was_handed_over_is_not_sent_again_by_itself(
    server: Refusing,
) -> None:
    posted = mail.post(to="mo@example.org", subject="Dag", text="Dag Mo")
    began = clock.now() - timedelta(hours=1)
    OutgoingMail.objects.update(attempts=1, sending_at=began, created_at=began)

    mail.sweep(clock.now())
    mail.send_mail_job.call(str(posted.pk))

    posted.refresh_from_db()
    assert (posted.sent_at, posted.error) == (None, mail.INTERRUPTED)
    assert posted.failed_at is not None
    assert server.took == []


def test_somebody_can_have_it_tried_again_and_then_it_leaves_once(server: Refusing) -> None:
    posted = sent_with(server, NOBODY)
    server.error = None

    assert mail.again(posted.pk, now=clock.now())
    assert not mail.again(posted.pk, now=clock.now())
    for _worker in range(2):
        mail.send_mail_job.call(str(posted.pk))

    assert len(server.took) == 1


def test_a_mail_whose_job_was_lost_in_a_crash_gets_another(
    server: Refusing, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted = mail.post(to="mo@example.org", subject="Dag", text="Dag Mo")
    jobs: list[str] = []
    monkeypatch.setattr(mail.send_mail_job, "enqueue", jobs.append)

    mail.sweep(clock.now())
    assert jobs == []

    OutgoingMail.objects.update(created_at=clock.now() - timedelta(minutes=6))
    mail.sweep(clock.now())

    assert jobs == [str(posted.pk)]


def test_many_mails_leave_by_one_job_each_once(server: Refusing) -> None:
    mails = [
        OutgoingMail(created_at=clock.now(), to=f"p{n}@example.org", subject="Dag", text="Dag")
        for n in range(3)
    ]
    mail.post_many(mails)

    for _worker in range(2):
        mail.send_many_job.call([str(one.pk) for one in mails])

    assert sorted(message.to[0] for message in server.took) == [one.to for one in mails]
