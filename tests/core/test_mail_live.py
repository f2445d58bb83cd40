"""Letters that really leave, to a mail server on the loopback."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from tests.core.mail_server import MailServer, a_mail_server
from tests.factories import PersonFactory
from tests.messages.letters import asks, invites
from tussenstop.core import clock, mail, mail_addresses, mail_tokens
from tussenstop.core.models import OutgoingMail

pytestmark = pytest.mark.django_db
WORDS = "Proficiat, Zoë! Één façade is te zien, überhaupt niet slecht, kost € 5"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with a_mail_server() as server:
        monkeypatch.setattr(settings, "MAIL_URL", server.url)
        monkeypatch.setattr(settings, "DEFAULT_FROM_EMAIL", "Tussenstop <mail@school.example.org>")
        yield server


def posted(text: str = "Dag Mo", html: str = "<p>Dag Mo</p>") -> OutgoingMail:
    return mail.post(to="mo@example.org", subject=WORDS, text=text, html=html)


def header(message: EmailMessage, name: str) -> str:
    """Unfolded: a long one begins on the line after its name."""
    return str(message[name]).strip()


def tried(one: OutgoingMail, *, times: int = 1) -> OutgoingMail:
    """Handed over as often as a worker would, each time at the moment it is due."""
    for _time in range(times):
        OutgoingMail.objects.filter(pk=one.pk).update(leave_at=None)
        mail.send_mail_job.call(str(one.pk))
    one.refresh_from_db()
    return one


def test_a_letter_arrives_with_both_forms_and_every_accent(server: MailServer) -> None:
    body = f"Dag Mo,\n\n{WORDS}.\n.een punt vooraan\n"
    one = tried(posted(text=body, html=f"<p>{WORDS}</p>"))

    (message,) = server.messages
    assert one.sent_at
    assert header(message, "Subject") == WORDS
    assert message["From"] == "Tussenstop <mail@school.example.org>"
    assert message["To"] == "mo@example.org"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    assert plain.get_content().splitlines() == body.splitlines()
    assert WORDS in html.get_content()


def test_a_letter_can_be_unsubscribed_from_and_tells_that_a_machine_wrote_it(
    server: MailServer, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asks(PersonFactory(name="Mo Mentor", email="mo@example.org"))

    (message,) = server.messages
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert header(message, "List-Unsubscribe").startswith(f"<{settings.BASE_URL}/unsubscribe/")
    assert "\n" not in header(message, "List-Unsubscribe")


def test_an_invitation_can_not_be_unsubscribed_from(
    server: MailServer, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invites(PersonFactory(email="mo@example.org"))

    (message,) = server.messages
    assert message["List-Unsubscribe"] is None


def test_it_leaves_under_a_name_of_its_own_to_which_it_can_come_back(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_BOUNCES", "terug@school.example.org")
    one = tried(posted())

    (envelope,), (message,) = server.envelopes, server.messages
    assert envelope.mail_from
    assert envelope.mail_from.startswith("terug+")
    assert len(envelope.mail_from.partition("@")[0]) <= 64
    for named in (envelope.mail_from, message["Message-ID"]):
        assert list(mail_tokens.found_in(named)) == [one.pk]
    assert message["From"] == settings.DEFAULT_FROM_EMAIL


def test_without_such_an_address_it_comes_back_to_its_sender(server: MailServer) -> None:
    tried(posted())

    assert server.envelopes[0].mail_from == parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def test_a_server_that_says_later_gets_it_later_and_once(server: MailServer) -> None:
    server.to_address = ["451 4.7.1 greylisted"]
    one = tried(posted())
    assert (one.sent_at, one.failed_at) == (None, None)
    assert one.error == "451 4.7.1 greylisted"
    assert one.leave_at
    assert one.leave_at > clock.now()

    one = tried(one, times=3)

    assert one.sent_at
    assert one.attempts == 2
    assert len(server.envelopes) == 1


def test_a_message_that_is_put_off_arrives_once_too(server: MailServer) -> None:
    server.to_message = ["452 4.2.2 no room for now"]
    one = tried(posted(), times=3)

    assert one.sent_at
    assert len(server.envelopes) == 1


def test_an_address_that_does_not_exist_is_said_in_the_words_of_the_server(
    server: MailServer,
) -> None:
    server.to_address = ["550 5.1.1 unknown user"]
    one = tried(posted(), times=2)

    assert one.failed_at
    assert one.error == "550 5.1.1 unknown user"
    assert one.attempts == 1
    assert mail_addresses.is_unreachable("mo@example.org")
    assert server.envelopes == []


def test_a_message_that_is_refused_fails_and_leaves_the_address_alone(server: MailServer) -> None:
    server.to_message = ["554 5.7.1 looks like spam"]
    one = tried(posted(), times=2)

    assert one.failed_at
    assert not mail_addresses.is_unreachable("mo@example.org")


def test_a_connection_that_breaks_after_the_last_word_is_left_to_a_person(
    server: MailServer,
) -> None:
    """The server has it, or has it not: nobody can know, so it is not sent a second time."""
    server.to_message = [None]
    one = tried(posted(), times=3)

    assert (one.sent_at, one.error) == (None, mail.INTERRUPTED)
    assert one.failed_at
    assert one.attempts == 1
    assert len(server.envelopes) == 1

    assert mail.again(one.pk, now=clock.now())
    assert tried(one).sent_at
    assert len({message["Message-ID"] for message in server.messages}) == 1


def test_a_connection_that_breaks_before_it_is_tried_again(server: MailServer) -> None:
    server.to_address = ["421 4.3.2 closing down"]
    one = tried(posted())
    assert (one.sent_at, one.failed_at) == (None, None)

    assert tried(one).sent_at
    assert len(server.envelopes) == 1


def test_a_server_that_is_not_there_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with a_mail_server() as gone:
        monkeypatch.setattr(settings, "MAIL_URL", gone.url)
    one = tried(posted())

    assert (one.sent_at, one.failed_at) == (None, None)
    assert one.error


def a_certificate(folder: Path) -> ssl.SSLContext:
    """For the loopback, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context


def test_it_travels_encrypted_and_only_to_the_server_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = a_certificate(tmp_path)
    with a_mail_server(tls_context=context, require_starttls=True) as server:
        url = f"smtp+tls://localhost:{server.port}?timeout=5"
        monkeypatch.setattr(settings, "MAIL_URL", url)
        one = tried(posted())
        assert "certificate" in one.error
        assert not one.failed_at

        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
        assert (tried(one).error, server.encrypted) == ("", [True])
