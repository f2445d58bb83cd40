"""Letters: one text, a page made from it, one button."""

import pytest
from django.test import override_settings

from tussenstop.core import letters, mail
from tussenstop.core.models import OutgoingMail

pytestmark = pytest.mark.django_db

CONTEXT = {"name": "<b>Mo</b>", "purpose": "role", "action_url": "https://example.org/d/abc/"}


def sent() -> OutgoingMail:
    letters.send(to="mo@example.org", language="nl", template="access/link", context=CONTEXT)
    return OutgoingMail.objects.get()


def test_the_subject_is_the_first_line_and_not_repeated() -> None:
    letter = sent()
    assert "\n" not in letter.subject
    assert letter.subject not in letter.text


def test_the_page_holds_the_address_once_as_a_button_and_once_to_read() -> None:
    letter = sent()
    assert letter.html.count('href="https://example.org/d/abc/"') == 1
    assert letter.html.count(">https://example.org/d/abc/<") == 1
    assert CONTEXT["action_url"] in letter.text


def test_what_people_wrote_is_never_markup_in_a_letter() -> None:
    assert "<b>Mo</b>" not in sent().html
    assert "&lt;b&gt;Mo" in OutgoingMail.objects.get().html


def test_a_letter_without_a_mail_server_stays_in_the_mailbox() -> None:
    letter = sent()
    assert letter in mail.mailbox()


@override_settings(
    MAIL_URL="smtp://127.0.0.1:9",
    TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": ["mail"]}},
)
def test_a_letter_that_could_not_leave_is_kept_with_the_reason() -> None:
    letter = mail.post(to="mo@example.org", subject="Dag", text="Hallo")
    mail.send_mail_job.func(str(letter.pk))
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert letter.attempts == 1
    assert letter.error


def test_a_letter_is_sent_once_however_often_the_job_runs() -> None:
    letter = mail.post(to="mo@example.org", subject="Dag", text="Hallo")
    mail.send_mail_job.func(str(letter.pk))
    letter.refresh_from_db()
    first = letter.sent_at
    mail.send_mail_job.func(str(letter.pk))
    letter.refresh_from_db()
    assert first is not None
    assert (letter.sent_at, letter.attempts) == (first, 1)
