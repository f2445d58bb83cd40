"""Letters are not kept for ever."""

from datetime import timedelta

import pytest

from tests.factories import PersonFactory
from tests.messages.letters import NOON
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import tidying
from tussenstop.messages.models import Notice
from tussenstop.people.models import AddressChange

pytestmark = pytest.mark.django_db
LONG_AGO, LATELY = NOON - timedelta(days=400), NOON - timedelta(days=30)


def test_mail_that_left_long_ago_goes_and_what_failed_or_is_recent_stays() -> None:
    for subject, sent_at in (("oud", LONG_AGO), ("nieuw", LATELY), ("mislukt", None)):
        OutgoingMail.objects.create(
            created_at=LONG_AGO,
            to="mo@example.org",
            subject=subject,
            sent_at=sent_at,
            failed_at=None if sent_at else LONG_AGO,
        )

    tidying.tidy(NOON)

    assert set(OutgoingMail.objects.values_list("subject", flat=True)) == {"nieuw", "mislukt"}


def test_a_notice_goes_when_it_is_old_and_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "AT_ONCE", 2)
    mo = PersonFactory()
    for number in range(5):
        Notice.objects.create(
            person=mo, kind="asks", way="page", at=LONG_AGO, subject=str(number), read_at=LONG_AGO
        )
    for subject, at, read_at in (("niet gelezen", LONG_AGO, None), ("pas gelezen", LATELY, LATELY)):
        Notice.objects.create(
            person=mo, kind="asks", way="page", at=at, subject=subject, read_at=read_at
        )

    tidying.tidy(NOON)

    assert set(Notice.objects.values_list("subject", flat=True)) == {"niet gelezen", "pas gelezen"}


def test_an_address_that_nobody_proved_is_forgotten() -> None:
    for asked_at in (NOON - timedelta(days=2), NOON - timedelta(hours=1)):
        AddressChange.objects.create(
            person=PersonFactory(), email="new@example.org", code="", asked_at=asked_at
        )

    tidying.tidy(NOON)

    assert AddressChange.objects.get().asked_at == NOON - timedelta(hours=1)
