"""The shared log: short words, for whom they are meant, and one letter at a time."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import Kind
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routelog import actions, queries
from tussenstop.routelog.models import Mention, Word
from tussenstop.routelog.rules import named_in


def writes(
    world: World,
    who: Person,
    text: str = "Morgen ben ik er een uur later.",
    *,
    to: tuple[Person, ...] = (),
    key: UUID | None = None,
    now: datetime = NOW,
) -> Word:
    return actions.write(
        by=By(who),
        route=world.fresh(),
        key=key or uuid7(),
        text=text,
        mentions=[one.pk for one in to],
        now=now,
    )


def told(person: Person) -> list[str]:
    return list(
        Notice.objects.filter(person=person, kind=Kind.LOG).values_list("subject", flat=True)
    )


@pytest.fixture
def quiet_world(world: World) -> World:
    Notice.objects.all().delete()
    OutgoingMail.objects.all().delete()
    return world


def test_a_word_sent_twice_stands_there_once(world: World) -> None:
    key = uuid7()

    first, second = (writes(world, world.student, key=key) for _tap in range(2))

    assert first.pk == second.pk
    assert Word.objects.count() == 1


def test_a_key_of_another_word_reveals_nothing(world: World) -> None:
    theirs = writes(world, world.student)

    with pytest.raises(NotFound):
        writes(world, world.mentor, key=theirs.pk)


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_word_is_short_and_not_empty(world: World, text: str) -> None:
    with pytest.raises(actions.CannotWrite) as refusal:
        writes(world, world.student, text)

    assert refusal.value.field == "text"


@pytest.mark.parametrize("who", ["student", "mentor", "teacher", "coach"])
def test_each_partner_and_the_coach_reads_and_writes(world: World, who: str) -> None:
    word = writes(world, getattr(world, who))
    found = queries.log_of(person=world.student, route_id=world.route.pk, now=NOW)

    assert list(found.words) == [word]
    assert word.role == who


@pytest.mark.parametrize("who", ["godparent", "organisation_coordinator", "programme_coordinator"])
def test_who_is_no_partner_neither_reads_nor_writes(world: World, who: str) -> None:
    writes(world, world.student)

    with pytest.raises(Refused):
        queries.log_of(person=getattr(world, who), route_id=world.route.pk, now=NOW)
    with pytest.raises(Refused):
        writes(world, getattr(world, who))


def test_another_student_does_not_know_of_it(world: World) -> None:
    writes(world, world.student)

    with pytest.raises(NotFound):
        queries.log_of(person=world.other_student, route_id=world.route.pk, now=NOW)


def test_who_is_named_is_asked_and_the_others_only_told(quiet_world: World) -> None:
    writes(quiet_world, quiet_world.student, to=(quiet_world.mentor,))

    asked = Notice.objects.get(person=quiet_world.mentor)
    assert asked.kind == Kind.ASKS
    assert told(quiet_world.teacher)
    assert told(quiet_world.coach)
    assert not Notice.objects.filter(person=quiet_world.student).exists()
    assert not Notice.objects.filter(person=quiet_world.godparent).exists()


def test_somebody_can_be_named_in_the_text_itself(world: World) -> None:
    word = writes(world, world.student, "Dank je, @mo en @Tine Docent!")

    assert {one.person for one in Mention.objects.filter(word=word)} == {
        world.mentor,
        world.teacher,
    }


def test_who_is_not_on_the_route_can_not_be_named(world: World) -> None:
    word = writes(world, world.student, to=(world.other_mentor, world.godparent))

    assert not Mention.objects.filter(word=word).exists()


def test_a_first_name_of_two_people_names_neither() -> None:
    names = [(1, "Mo Mentor"), (2, "Mo Meester"), (3, "Tine Docent")]

    assert named_in("Dag @Mo en @Tine", names) == {3}
    assert named_in("Dag @Mo Mentor", names) == {1}
    assert named_in("mo@tine.be @Timo", names) == {3}


def test_who_did_not_look_since_is_told_only_once(quiet_world: World) -> None:
    world = quiet_world
    for number in range(3):
        writes(world, world.student, f"Nog iets {number}")
    assert len(told(world.teacher)) == 1

    later = NOW + timedelta(hours=1)
    actions.saw(by=By(world.teacher), route=world.fresh(), now=later)
    writes(world, world.student, now=later + timedelta(hours=1))

    assert len(told(world.teacher)) == 2


def test_a_letter_does_not_repeat_the_words(quiet_world: World) -> None:
    writes(quiet_world, quiet_world.student, "Iets van ons", to=(quiet_world.mentor,))

    assert OutgoingMail.objects.exists()
    assert not any("Iets van ons" in mail.text for mail in OutgoingMail.objects.all())


def test_ones_own_words_can_be_taken_back_for_some_minutes(world: World) -> None:
    word = writes(world, world.student, "Oeps", to=(world.mentor,))
    word.route = world.fresh()

    for _tap in range(2):
        actions.take_back(by=By(world.student), word=word, now=NOW + timedelta(minutes=9))

    assert Word.objects.get().text == ""
    assert not Mention.objects.exists()
    assert not queries.words_of(world.route).exists()


def test_after_that_they_stay(world: World) -> None:
    word = writes(world, world.student)
    word.route = world.fresh()

    with pytest.raises(actions.TooLate):
        actions.take_back(by=By(world.student), word=word, now=NOW + timedelta(minutes=10))

    assert Word.objects.get().text


def test_another_can_not_take_them_back(world: World) -> None:
    word = writes(world, world.student)
    word.route = world.fresh()

    with pytest.raises(NotFound):
        actions.take_back(by=By(world.mentor), word=word, now=NOW)

    assert Word.objects.get().text


def heard(person: Person) -> int:
    """Of how many words, by name or with the others."""
    return Notice.objects.filter(person=person).count()


def test_a_word_taken_back_is_told_to_nobody_any_more_and_the_next_one_is(
    quiet_world: World,
) -> None:
    world = quiet_world
    word = writes(world, world.student, to=(world.mentor,))
    assert (heard(world.mentor), heard(world.teacher)) == (1, 1)

    actions.take_back(by=By(world.student), word=word, now=NOW + timedelta(minutes=1))
    assert (heard(world.mentor), heard(world.teacher)) == (0, 0)

    writes(world, world.student, now=NOW + timedelta(minutes=2))
    assert (heard(world.mentor), heard(world.teacher)) == (1, 1)


def test_what_still_stands_beside_it_is_told_all_the_same(quiet_world: World) -> None:
    world = quiet_world
    writes(world, world.teacher)
    word = writes(world, world.student, to=(world.mentor,))

    actions.take_back(by=By(world.student), word=word, now=NOW + timedelta(minutes=1))

    assert heard(world.mentor) == 2
