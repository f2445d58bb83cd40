"""Mail leaves after the change that caused it has held, is tried again, and is never sent twice."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from tussenstop.core import clock, mail
from tussenstop.core.models import OutgoingMail


class Server:
    """A mail server that is down as often as told, and remembers what it took."""

    def __init__(self) -> None:
        self.down = 0
        self.took: list[EmailMessage] = []

    def send_messages(self, messages: list[EmailMessage]) -> int:
        if self.down:
            self.down -= 1
            raise ConnectionRefusedError("the server is away")
        self.took.extend(messages)
        return len(messages)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr(settings, "MAIL_URL", "smtp://mail.example.org")
    monkeypatch.setattr(mail, "smtp", lambda url: server)
    return server


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """When the next attempts would be made, counted from now."""
    waits: list[timedelta] = []

    class Queue:
        def using(self, *, run_after: Any) -> "Queue":
            waits.append(run_after - clock.now())
            return self

        def enqueue(self, mail_id: str) -> None:
            pass

    monkeypatch.setattr(mail, "send_mail_job", _with(mail.send_mail_job, Queue()))
    return waits


def _with(task: Any, queue: Any) -> Any:
    """The job itself, whose next attempt goes to this queue."""

    class Job:
        call = staticmethod(task.call)
        enqueue = staticmethod(lambda mail_id: None)
        get_backend = staticmethod(lambda: SimpleNamespace(supports_defer=True))
        using = queue.using

    return Job()


def letter() -> OutgoingMail:
    return mail.post(
        to="mo@example.org", subject="Reis  je\nmee?", text="Dag Mo", html="<p>Dag</p>"
    )


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_when_the_change_does_not_hold(server: Server) -> None:
    def a_change_that_fails() -> None:
        with transaction.atomic():
            letter()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        a_change_that_fails()

    assert server.took == []
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_mail_leaves_once_the_change_holds(server: Server) -> None:
    with transaction.atomic():
        letter()
        assert server.took == []

    (sent,) = server.took
    assert (sent.to, sent.subject) == (["mo@example.org"], "Reis je mee?")
    assert OutgoingMail.objects.get().sent_at is not None


@pytest.mark.django_db
def test_a_mail_that_was_sent_is_not_sent_again(server: Server) -> None:
    posted = letter()

    for _worker in range(3):
        mail.send_mail_job.call(str(posted.pk))

    assert len(server.took) == 1


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_again_ever_later_and_then_left(
    server: Server, later: list[timedelta]
) -> None:
    posted, server.down = letter(), 99

    for _attempt in range(mail.ATTEMPTS + 2):
        mail.send_mail_job.call(str(posted.pk))

    posted.refresh_from_db()
    assert posted.attempts == mail.ATTEMPTS
    assert posted.failed_at is not None
    assert posted.error == "the server is away"
    assert len(later) == mail.ATTEMPTS - 1
    assert later == sorted(later)


@pytest.mark.django_db
def test_after_a_failure_the_mail_still_arrives(server: Server, later: list[timedelta]) -> None:
    posted, server.down = letter(), 1

    for _attempt in range(2):
        mail.send_mail_job.call(str(posted.pk))

    posted.refresh_from_db()
    assert len(server.took) == 1
    assert (posted.error, posted.failed_at) == ("", None)
    assert posted.sent_at is not None


@pytest.mark.django_db
def test_mail_of_libraries_goes_through_the_same_queue() -> None:
    mail.QueueBackend().send_messages(
        [EmailMessage("Je code", "ABC", to=["Mo <mo@example.org>", "sara@example.org"])]
    )

    assert set(OutgoingMail.objects.values_list("to", "subject")) == {
        ("mo@example.org", "Je code"),
        ("sara@example.org", "Je code"),
    }


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://me:p%40ss@mail.example.org", 587, True, False),
        ("smtps://me:p%40ss@mail.example.org", 465, False, True),
        ("smtp+tls://me:p%40ss@mail.example.org:2525", 2525, True, False),
    ],
)
def test_a_mail_server_is_named_by_one_address(
    url: str, port: int, *, tls: bool, ssl: bool
) -> None:
    found = mail.smtp(url)

    assert (found.host, found.port) == ("mail.example.org", port)
    assert (found.use_tls, found.use_ssl) == (tls, ssl)
    assert found.password == ("p@ss" if "@mail" in url else "")
