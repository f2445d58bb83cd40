"""Letters that come together in one mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import PersonFactory
from tests.messages.letters import (
    MONDAY_MORNING,
    NEXT_MORNING,
    NOON,
    asks,
    at,
    be_calm,
    tells,
)
from tests.worlds import World, with_an_agreement
from tussenstop.access import links
from tussenstop.core.models import OutgoingMail, Unreachable
from tussenstop.messages import actions, digests, preferences
from tussenstop.messages.models import Notice, Preference
from tussenstop.messages.rules import NEVER_QUIET, Way
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo(monkeypatch: pytest.MonkeyPatch) -> Person:
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    return PersonFactory(name="Mo Mentor", email="mo@example.org")


def test_one_mail_tells_all_that_happened_and_only_once(mo: Person) -> None:
    tells(mo, "Startafspraak")
    tells(mo, "Minder dagen in maart")

    digests.write_what_is_due(NOON)
    assert not OutgoingMail.objects.exists()

    for _worker in range(2):
        digests.write_what_is_due(NEXT_MORNING)

    sent = OutgoingMail.objects.get()
    assert (sent.to, sent.kind) == ("mo@example.org", "digest")
    assert "Startafspraak" in sent.text
    assert "Minder dagen in maart" in sent.html


def test_it_is_written_in_the_language_of_its_reader(mo: Person) -> None:
    ann = PersonFactory(name="Ann Mentor", language="en")
    tells(mo)
    tells(ann)

    digests.write_what_is_due(NEXT_MORNING)

    english = OutgoingMail.objects.get(to=ann.email)
    dutch = OutgoingMail.objects.get(to=mo.email)
    assert "Hello Ann," in english.text
    assert 'lang="en"' in english.html
    assert "Dag Mo," in dutch.text
    assert 'lang="nl"' in dutch.html


def test_what_was_read_on_the_page_meanwhile_is_not_told_again(mo: Person) -> None:
    tells(mo, "Gelezen")
    actions.read(by=By(mo), notice=Notice.objects.get(), now=NOON)
    digests.write_what_is_due(NEXT_MORNING)
    assert not OutgoingMail.objects.exists()

    tells(mo, "Nog niet gelezen")
    digests.write_what_is_due(NEXT_MORNING)

    assert "Nog niet gelezen" in OutgoingMail.objects.get().text


def test_somebody_who_wants_it_weekly_gets_it_on_monday(mo: Person) -> None:
    wanted = preferences.wanted_by(mo)
    actions.choose(
        by=By(mo),
        seen=0,
        ways={**wanted.ways, "agreements": Way.WEEKLY},
        quiet=wanted.quiet,
        now=NOON,
    )
    tells(mo)

    digests.write_what_is_due(NEXT_MORNING)
    assert not OutgoingMail.objects.exists()

    digests.write_what_is_due(MONDAY_MORNING)
    assert OutgoingMail.objects.count() == 1


def test_another_choice_holds_for_what_still_waits(mo: Person) -> None:
    tells(mo)
    wanted = preferences.wanted_by(mo)
    actions.choose(
        by=By(mo),
        seen=0,
        ways={**wanted.ways, "agreements": Way.PAGE},
        quiet=wanted.quiet,
        now=NOON,
    )

    digests.write_what_is_due(MONDAY_MORNING)

    assert not OutgoingMail.objects.exists()
    assert Notice.objects.get().subject


def test_links_in_it_still_open_the_door_they_opened(
    world: World, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    with_an_agreement(world)

    digests.write_what_is_due(NEXT_MORNING)

    sent = OutgoingMail.objects.get(to=world.mentor.email, kind="digest")
    address = next(line for line in sent.text.splitlines() if "/d/" in line)
    assert links.find(address.strip("/").rpartition("/")[2]) is not None
    assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200


def test_it_says_how_much_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    Person.objects.update(language="en")
    world.student.refresh_from_db()
    tells(world.student)
    waits = digests._count_waiting([world.student.pk], NEXT_MORNING)[world.student.pk]

    digests.write_what_is_due(NEXT_MORNING)

    assert waits > 0
    assert f"{waits} thing" in OutgoingMail.objects.get(to=world.student.email, kind="digest").text


def test_many_people_take_as_many_reads_as_a_few(
    mo: Person, django_assert_num_queries: Any
) -> None:
    for count in (1, 3):
        for _one in range(count):
            tells(PersonFactory())
        with django_assert_num_queries(11):
            digests.write_what_is_due(NEXT_MORNING)


def test_batches_go_on_until_everybody_has_theirs(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "BATCH", 2)
    people = [PersonFactory() for _one in range(5)]
    for person in people:
        tells(person)

    digests.write_what_is_due(NEXT_MORNING)

    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {one.email for one in people}


def test_a_crash_halfway_loses_nothing_and_doubles_nothing(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "BATCH", 1)
    people = [PersonFactory() for _one in range(3)]
    for person in people:
        tells(person)
    compose, made = digests.composed, []

    def crashes(*args: Any) -> OutgoingMail:
        made.append(1)
        if len(made) == 2:
            raise MemoryError
        return compose(*args)

    monkeypatch.setattr(digests, "composed", crashes)
    with pytest.raises(MemoryError):
        digests.write_what_is_due(NEXT_MORNING)
    assert OutgoingMail.objects.count() == 1

    digests.write_what_is_due(NEXT_MORNING + timedelta(minutes=10))

    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(
        one.email for one in people
    )


def test_an_address_that_does_not_exist_gets_none_and_keeps_its_notices(mo: Person) -> None:
    tells(mo)
    Unreachable.objects.create(address=mo.email, at=NOON)

    digests.write_what_is_due(NEXT_MORNING)

    assert not OutgoingMail.objects.exists()
    assert Notice.objects.filter(person=mo, read_at=None).exists()


def test_when_no_worker_was_there_in_the_morning_the_night_stays_quiet(mo: Person) -> None:
    night, morning = NEXT_MORNING + timedelta(hours=14), NEXT_MORNING + timedelta(days=1)
    tells(mo, "Gelezen")
    read = Notice.objects.get()
    tells(mo, "Nog niet gelezen")

    digests.write_what_is_due(night)
    assert not OutgoingMail.objects.exists()
    actions.read(by=By(mo), notice=read, now=night)
    digests.write_what_is_due(morning)

    sent = OutgoingMail.objects.get()
    assert sent.leave_at is None
    assert "Nog niet gelezen" in sent.text
    assert "Gelezen" not in sent.text


def test_who_sleeps_keeps_nobody_else_waiting(mo: Person) -> None:
    ann = PersonFactory()
    actions.choose(
        by=By(ann),
        seen=0,
        ways=preferences.wanted_by(ann).ways,
        quiet=NEVER_QUIET,
        now=NOON,
    )
    tells(mo)
    tells(ann)

    digests.write_what_is_due(NEXT_MORNING + timedelta(hours=14))

    assert OutgoingMail.objects.get().to == ann.email


def test_in_a_demo_nobody_waits_not_even_at_night(mo: Person) -> None:
    tells(mo)

    digests.without_waiting(NEXT_MORNING + timedelta(hours=14))

    assert OutgoingMail.objects.get().leave_at is None


def test_two_workers_who_saw_the_same_people_write_to_each_once(mo: Person) -> None:
    tells(mo)
    seen = digests._people(NEXT_MORNING, digests.NOBODY)

    for _worker in range(2):
        digests._write(seen, NEXT_MORNING)

    assert OutgoingMail.objects.count() == 1


def test_what_already_left_by_itself_is_not_told_again(mo: Person) -> None:
    asks(mo)
    OutgoingMail.objects.all().delete()

    digests.write_what_is_due(MONDAY_MORNING)

    assert not OutgoingMail.objects.exists()


def test_a_lesson_that_came_meanwhile_holds_it_for_who_asked_so(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = (NEXT_MORNING - timedelta(hours=1), NEXT_MORNING + timedelta(hours=3))
    ann = PersonFactory(name="Ann Mentor", email="ann@example.org")
    Preference.objects.create(person=mo, quiet_busy=True)
    tells(mo)
    tells(ann)
    monkeypatch.setattr(preferences, "_busy", [lambda _person, _from, _until: [lesson]])

    digests.write_what_is_due(NEXT_MORNING)
    assert [one.to for one in OutgoingMail.objects.all()] == ["ann@example.org"]

    digests.write_what_is_due(lesson[1])
    assert OutgoingMail.objects.filter(to="mo@example.org").count() == 1


def test_choosing_anew_asks_as_much_for_many_letters_as_for_one(
    mo: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        tells(mo, f"Afspraak {number}")
    ways = {**preferences.wanted_by(mo).ways, "agreements": Way.WEEKLY.value}

    with django_assert_max_num_queries(8):
        actions.choose(by=By(mo), seen=0, ways=ways, quiet=NEVER_QUIET, now=NOON)

    assert set(Notice.objects.values_list("way", flat=True)) == {Way.WEEKLY.value}
