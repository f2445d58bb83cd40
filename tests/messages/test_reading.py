"""What somebody read on the page needs no mail any more."""

from datetime import timedelta

import pytest

from tests.factories import PersonFactory
from tests.messages.letters import EVENING, NEXT_MORNING, NOON, asks, at, be_calm, invites
from tussenstop.core import mail
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import actions, digests
from tussenstop.messages.models import Notice
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo(monkeypatch: pytest.MonkeyPatch) -> Person:
    be_calm(monkeypatch)
    at(monkeypatch, EVENING)
    return PersonFactory(name="Mo Mentor", email="mo@example.org")


def reads(person: Person, notice: Notice) -> None:
    actions.read(by=By(person), notice=notice, now=EVENING)


def test_a_mail_that_waits_for_the_morning_stays_away_when_its_notice_was_read(mo: Person) -> None:
    asks(mo)
    held = OutgoingMail.objects.get()
    assert held.leave_at == NEXT_MORNING

    reads(mo, Notice.objects.get())
    mail.sweep(NEXT_MORNING + timedelta(hours=1))
    digests.write_what_is_due(NEXT_MORNING)

    assert not OutgoingMail.objects.exists()
    assert Notice.objects.get().read_at == EVENING


def test_the_others_still_leave(mo: Person) -> None:
    ann = PersonFactory()
    asks(mo)
    read = Notice.objects.get()
    asks(mo)
    asks(ann)

    reads(mo, read)
    reads(ann, Notice.objects.filter(person=mo, read_at=None).get())  # not hers

    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(
        [mo.email, ann.email]
    )


def test_all_read_at_once_none_of_them_leaves(mo: Person) -> None:
    for _letter in range(3):
        asks(mo)
    seen = Notice.objects.order_by("-pk")[1]

    actions.read_all(by=By(mo), up_to=seen.pk, now=EVENING)

    assert OutgoingMail.objects.count() == 1


def test_what_a_worker_is_handing_over_is_not_touched(mo: Person) -> None:
    asks(mo)
    OutgoingMail.objects.update(sending_at=EVENING)

    reads(mo, Notice.objects.get())

    assert OutgoingMail.objects.count() == 1


def test_what_left_or_leaves_at_once_stays_as_it_was(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, NOON)
    asks(mo)
    invites(mo)
    OutgoingMail.objects.filter(kind="asks").update(sent_at=NOON)

    actions.read_all(by=By(mo), up_to=Notice.objects.latest("pk").pk, now=NOON)

    assert OutgoingMail.objects.count() == 2
