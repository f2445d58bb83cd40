"""The local mailbox: every mail, as long as there is no mail server, and never otherwise."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import PersonFactory
from tests.messages.letters import EVENING, asks, at, be_calm, tells
from tussenstop.core import mail
from tussenstop.core.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter() -> OutgoingMail:
    mail.post(
        to="mo@example.org",
        subject="Reis je mee?",
        text="Dag <Mo>,\n\nhttp://127.0.0.1:8000/d/abc/\n",
        html="",
        headers={},
    )
    return OutgoingMail.objects.get()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAILBOX", True)


def test_an_empty_mailbox_says_how_mail_comes_into_it(opened: None, client: Client) -> None:
    assert 'class="empty' in client.get(reverse("mailbox")).content.decode()


def test_a_mail_is_read_with_its_link_to_tap_and_nothing_else_as_markup(
    opened: None, letter: OutgoingMail, client: Client
) -> None:
    assert "Reis je mee?" in client.get(reverse("mailbox")).content.decode()

    page = client.get(reverse("mailbox_message", args=[letter.pk])).content.decode()

    assert 'href="http://127.0.0.1:8000/d/abc/"' in page
    assert "Dag &lt;Mo&gt;" in page


def test_a_letter_is_seen_as_a_mail_program_shows_it_and_runs_nothing(
    opened: None, letter: OutgoingMail, client: Client
) -> None:
    address = reverse("mailbox_letter", args=[letter.pk])
    assert address not in client.get(reverse("mailbox_message", args=[letter.pk])).text
    assert client.get(address).status_code == 404  # this mail has only text

    OutgoingMail.objects.update(html="<p>Dag Mo</p>")

    assert address in client.get(reverse("mailbox_message", args=[letter.pk])).text
    shown = client.get(address)
    assert shown.text == "<p>Dag Mo</p>"
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(("mailbox", "server"), [(False, ""), (True, "smtp://mail.example")])
def test_with_a_mail_server_or_outside_of_a_demo_it_does_not_exist(
    letter: OutgoingMail,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    server: str,
    *,
    mailbox: bool,
) -> None:
    monkeypatch.setattr(settings, "MAILBOX", mailbox)
    monkeypatch.setattr(settings, "MAIL_URL", server)

    assert client.get(reverse("mailbox")).status_code == 404
    assert client.get(reverse("mailbox_message", args=[letter.pk])).status_code == 404
    OutgoingMail.objects.update(html="<p>Dag Mo</p>")
    assert client.get(reverse("mailbox_letter", args=[letter.pk])).status_code == 404


def test_what_waits_for_the_morning_can_be_read_at_once(
    opened: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_calm(monkeypatch)
    at(monkeypatch, EVENING)
    mo = PersonFactory(language="en")
    asks(mo)
    tells(mo)
    assert "vertrekt op" in client.get(reverse("mailbox")).content.decode()

    client.post(reverse("mailbox_now"))

    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"asks", "digest"}
    assert not OutgoingMail.objects.filter(leave_at__gt=EVENING).exists()


def test_elsewhere_nobody_makes_mail_leave(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    be_calm(monkeypatch)
    at(monkeypatch, EVENING)
    asks(PersonFactory())

    assert client.post(reverse("mailbox_now")).status_code == 404
    assert OutgoingMail.objects.filter(leave_at__gt=EVENING).exists()


def test_older_mail_stands_on_a_next_page(opened: None, client: Client) -> None:
    for number in range(26):
        mail.post(to="mo@example.org", subject=f"Mail {number:02}", text="Dag")

    first, second = (
        client.get(reverse("mailbox"), {"page": number}).content.decode() for number in (1, 2)
    )

    assert "Mail 25" in first
    assert "Mail 00" not in first
    assert "Mail 00" in second
