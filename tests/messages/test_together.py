"""Several workers, and people who read, at the same moment."""

from datetime import timedelta

import pytest

from tests.factories import PersonFactory
from tests.messages.letters import EVENING, NEXT_MORNING, NOON, asks, at, be_calm, tells
from tests.together import a_database_for_threads, together
from tussenstop.core import mail
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import actions, digests
from tussenstop.messages.models import Notice
from tussenstop.people.acting import By
from tussenstop.people.models import Person

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch, a_database_for_threads: None) -> list[Person]:
    """Seven people, each with two pieces of news, in batches of three."""
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    monkeypatch.setattr(digests, "BATCH", 3)
    found = [PersonFactory() for _one in range(7)]
    for person in found:
        tells(person, "Startafspraak")
        tells(person, "Minder dagen in maart")
    return found


def test_workers_who_begin_together_write_to_everybody_once_and_lose_nothing(
    people: list[Person],
) -> None:
    results = together(*[lambda: digests.write_what_is_due(NEXT_MORNING)] * 3)

    assert results == [None] * 3
    sent = OutgoingMail.objects.all()
    assert sorted(one.to for one in sent) == sorted(one.email for one in people)
    for one in sent:
        assert one.text.count("Startafspraak") == 1
        assert one.text.count("Minder dagen in maart") == 1
    assert not Notice.objects.filter(taken_by=None).exists()


def test_what_comes_in_meanwhile_is_in_this_mail_or_in_the_next(people: list[Person]) -> None:
    late = people[0]
    together(
        lambda: digests.write_what_is_due(NEXT_MORNING),
        lambda: tells(late, "Op de valreep"),
        lambda: digests.write_what_is_due(NEXT_MORNING),
    )

    digests.write_what_is_due(NEXT_MORNING + timedelta(days=1))

    texts = OutgoingMail.objects.filter(to=late.email).values_list("text", flat=True)
    assert "".join(texts).count("Op de valreep") == 1


def test_at_night_two_workers_put_it_off_once(people: list[Person]) -> None:
    night = NEXT_MORNING + timedelta(hours=14)
    together(*[lambda: digests.write_what_is_due(night)] * 2)
    assert not OutgoingMail.objects.exists()

    together(*[lambda: digests.write_what_is_due(NEXT_MORNING + timedelta(days=1))] * 2)
    assert OutgoingMail.objects.count() == len(people)


def test_a_mail_is_read_about_or_leaves_but_is_never_half_gone(
    monkeypatch: pytest.MonkeyPatch, a_database_for_threads: None
) -> None:
    be_calm(monkeypatch)
    at(monkeypatch, EVENING)
    mo = PersonFactory()
    asks(mo)
    held, notice = OutgoingMail.objects.get(), Notice.objects.get()
    left: list[str] = []
    monkeypatch.setattr(mail, "deliver", lambda one: left.append(one.to))
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NEXT_MORNING)

    together(
        lambda: actions.read(by=By(mo), notice=notice, now=EVENING),
        lambda: mail.send_mail_job.call(str(held.pk)),
    )

    assert OutgoingMail.objects.exclude(sent_at=None).count() == len(left)
    assert OutgoingMail.objects.filter(sent_at=None).count() == 0
