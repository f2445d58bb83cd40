"""Letters that come back: only what really left, each once, and nobody says it of another's."""

from datetime import timedelta

import pytest
from django.conf import settings

from tests.core.returning import left, report
from tussenstop.core import clock, mail, mail_addresses, mail_returns, mail_tokens
from tussenstop.core.ids import uuid7
from tussenstop.core.mail_returns import Outcome
from tussenstop.core.models import MOST_RETURNS, OutgoingMail, Unreachable
from tussenstop.messages import tidying
from tussenstop.settings import returns_to

pytestmark = pytest.mark.django_db
NOW = clock.now()


def comes_in(raw: bytes, to: str = "") -> Outcome:
    return mail_returns.take(raw, to=to, now=clock.now())


def returned(letter: OutgoingMail) -> bool:
    letter.refresh_from_db()
    return letter.returned_at is not None


@pytest.mark.parametrize("headers_only", [False, True])
def test_a_letter_is_known_again_by_what_is_given_back(*, headers_only: bool) -> None:
    letter, other = left(), left("sara@example.org")

    assert comes_in(report(letter, headers_only=headers_only)) == Outcome.RETURNED

    assert returned(letter)
    assert not returned(other)
    assert letter.error == "550 5.1.1 <mo@example.org>: user unknown in virtual mailbox table"


def test_a_letter_is_known_again_by_the_address_it_came_back_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "MAIL_BOUNCES", "terug@school.example.org")
    letter, other = left(), left()
    envelope = mail_tokens.envelope_of(letter.pk)

    assert comes_in(report(None, to=envelope.upper())) == Outcome.RETURNED
    assert comes_in(report(None), to=mail_tokens.envelope_of(other.pk)) == Outcome.RETURNED

    assert returned(letter)
    assert returned(other)


def test_a_made_up_report_marks_nothing() -> None:
    letter = left()
    signed = mail_tokens.token_of(letter.pk)
    other = mail_tokens.token_of(uuid7())
    tokens = ["", letter.pk.hex, f"<{letter.pk}@tussenstop>", signed[:26] + other[26:], "a" * 42]

    for made_up in tokens:
        assert comes_in(report(None, to=made_up, message_id=made_up or "<x@y>")) == Outcome.UNKNOWN

    assert not returned(letter)
    assert not Unreachable.objects.exists()


def test_a_name_signed_with_an_earlier_secret_still_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter = left()
    raw = report(letter)
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])
    monkeypatch.setattr(settings, "SECRET_KEY", "another-secret-" + "y" * 40)

    assert comes_in(raw) == Outcome.RETURNED

    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", [])
    assert comes_in(raw) == Outcome.UNKNOWN


def test_what_is_only_late_or_arrived_is_nothing() -> None:
    letter = left()

    for action in ("delayed", "delivered", "relayed"):
        assert comes_in(report(letter, action=action, status="4.4.7")) == Outcome.NOTHING

    assert not returned(letter)


def test_given_up_after_days_it_came_back_but_the_address_is_not_to_blame() -> None:
    letter = left()

    assert comes_in(report(letter, status="4.4.7", words="smtp; 421 4.4.7 timed out"))

    assert returned(letter)
    assert not Unreachable.objects.exists()


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.2.2", True),
        ("5.4.4", True),
        ("5.0.0", True),
        ("5.2.3", False),
        ("5.3.4", False),
        ("5.6.0", False),
        ("5.7.1", False),
        ("nonsense", False),
    ],
)
def test_only_what_concerns_the_address_counts_for_it(status: str, *, counts: bool) -> None:
    letter = left()

    comes_in(report(letter, status=status, words="smtp; no"))

    assert returned(letter)
    assert Unreachable.objects.exists() is counts


def test_the_same_report_twice_counts_once() -> None:
    letter = left()

    assert comes_in(report(letter)) == Outcome.RETURNED
    assert comes_in(report(letter)) == Outcome.NOTHING

    assert Unreachable.objects.get().returns == 1


def test_a_letter_that_never_left_can_not_come_back() -> None:
    waits = left(sent_at=None, attempts=0)

    assert comes_in(report(waits)) == Outcome.NOTHING
    assert not returned(waits)


def test_a_letter_of_which_nobody_knew_whether_it_left_did_when_it_comes_back() -> None:
    letter = left(sent_at=None, failed_at=NOW, error=mail.INTERRUPTED)

    assert comes_in(report(letter)) == Outcome.RETURNED

    letter.refresh_from_db()
    assert letter.sent_at
    assert letter.failed_at is None


def test_a_letter_that_is_forgotten_is_nothing_to_do() -> None:
    letter = left()
    raw = report(letter)
    letter.delete()

    assert comes_in(raw) == Outcome.NOTHING


def test_an_absence_is_taken_and_a_person_learns_that_nobody_reads_this() -> None:
    letter = left()
    head = f"To: x@example.org\nIn-Reply-To: {mail_tokens.message_id_of(letter.pk)}\n"

    assert comes_in(f"{head}Auto-Submitted: auto-replied\n\nIk ben er niet".encode()) == (
        Outcome.NOTHING
    )
    assert comes_in(f"{head}\nDank je!".encode()) == Outcome.UNKNOWN
    assert not returned(letter)


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe", b"Content-Type: multipart/report\n\n--"])
def test_rubbish_breaks_nothing(raw: bytes) -> None:
    assert comes_in(raw) in {Outcome.UNKNOWN, Outcome.NOTHING}


def test_words_that_a_screen_or_a_database_would_stumble_over_are_left_out() -> None:
    letter = left()

    comes_in(report(letter, words="smtp; 550 no\x00\x1b[31m " + "x" * 900))

    letter.refresh_from_db()
    assert letter.error.startswith("550 no[31m xxx")
    assert len(letter.error) <= 300


def test_after_some_that_came_back_no_more_leave_and_whoever_is_to_hear_it_does_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(mail_addresses, "_told", [lambda address, now: told.append(address)])

    stopped = []
    for _letter in range(MOST_RETURNS):
        comes_in(report(left("Mo@Example.org")))
        stopped.append(mail_addresses.is_unreachable("mo@example.org"))

    assert stopped == [False] * (MOST_RETURNS - 1) + [True]
    assert mail_addresses.unreachable_among(["MO@example.org", "sara@example.org"]) == {
        "mo@example.org"
    }
    assert told == ["Mo@Example.org"]


def test_that_a_server_took_a_letter_says_nothing_of_those_that_came_back_later() -> None:
    for _letter in range(MOST_RETURNS):
        comes_in(report(left()))

    mail_addresses.taken_over("mo@example.org")
    assert mail_addresses.is_unreachable("mo@example.org")

    mail_addresses.try_again("MO@example.org")
    assert not mail_addresses.is_unreachable("mo@example.org")


def test_what_came_back_long_ago_is_forgotten_but_an_address_that_rests_goes_on_resting() -> None:
    for times, address in ((2, "mo@example.org"), (MOST_RETURNS, "sara@example.org")):
        for _letter in range(times):
            comes_in(report(left(address)))

    mail_addresses.forget_old(clock.now() + timedelta(days=59))
    assert Unreachable.objects.count() == 2

    tidying.tidy(clock.now() + timedelta(days=61))
    assert Unreachable.objects.get().address == "sara@example.org"


def test_when_a_server_says_that_nobody_is_there_no_more_need_come_back() -> None:
    comes_in(report(left()))
    assert not mail_addresses.is_unreachable("mo@example.org")

    mail_addresses.nobody_there("mo@example.org", "550 5.1.1", clock.now())
    comes_in(report(left()))

    assert mail_addresses.is_unreachable("mo@example.org")


def test_trying_again_sends_the_letter_once_more_and_lets_the_address_begin_anew() -> None:
    letter = left()
    comes_in(report(letter))

    assert mail.again(letter.pk, now=clock.now())
    assert not mail.again(letter.pk, now=clock.now())
    mail.send_mail_job.call(str(letter.pk))

    letter.refresh_from_db()
    assert letter.sent_at
    assert letter.returned_at is None
    assert not Unreachable.objects.exists()


@pytest.mark.parametrize("address", ["bounces", "@example.org", "x" * 22 + "@example.org"])
def test_an_address_in_which_no_name_of_a_letter_fits_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(ValueError, match="TUSSENSTOP_MAIL_BOUNCES"):
        returns_to(address)


@pytest.mark.parametrize("address", ["", "x" * 21 + "@example.org"])
def test_without_such_an_address_or_with_one_that_fits_it_starts(address: str) -> None:
    assert returns_to(address) == address
