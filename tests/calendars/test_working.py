"""Who asked for it gets no mail while they work or study."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from tests.factories import PersonFactory
from tests.messages.letters import NOON, asks, at, be_calm
from tussenstop.calendars.models import Commitment
from tussenstop.calendars.rules import Kind
from tussenstop.calendars.working import stretches
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import actions, preferences
from tussenstop.messages.rules import Quiet
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def has(person: Person, kind: Kind, starts_at: time | None, minutes: int) -> UUID:
    return Commitment.objects.create(
        person=person,
        kind=kind,
        first_on=TODAY,
        starts_at=starts_at,
        minutes=minutes,
        made_at=NOON,
    ).pk


@pytest.fixture
def sara(monkeypatch: pytest.MonkeyPatch) -> Person:
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    return PersonFactory()


def around(person: Person) -> list[tuple[datetime, datetime]]:
    return stretches(person, NOON, NOON + timedelta(days=1))


def test_work_and_lessons_count_and_rest_does_not(sara: Person) -> None:
    has(sara, Kind.LESSON, time(11), 180)
    has(sara, Kind.REST, time(15), 60)
    has(sara, Kind.WORK, None, 1440)
    has(PersonFactory(), Kind.WORK, time(9), 600)

    assert around(sara) == [(NOON - timedelta(hours=1), NOON + timedelta(hours=2))]


def test_a_mail_waits_for_the_end_of_the_lesson(sara: Person) -> None:
    has(sara, Kind.LESSON, time(11), 180)
    wanted = preferences.wanted_by(sara)
    actions.choose(by=By(sara), seen=0, ways=wanted.ways, quiet=Quiet(busy=True), now=NOON)

    asks(sara)

    assert OutgoingMail.objects.get().leave_at == NOON + timedelta(hours=2)
