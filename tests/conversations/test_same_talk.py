"""The same talk noted by two, the text of all, and colleagues who are not on the route."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conversations.talks import TODAY, WORDS, YESTERDAY, fresh, notes, to_do
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.conversations import queries
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.actions.talking import AlreadyNoted, CommonStale, Noted
from tussenstop.conversations.models import Conversation, Part
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


def together(talk: Conversation, person: Person, text: str, seen: int) -> None:
    talking.write_together(by=By(person), conversation=fresh(talk), text=text, seen=seen, now=NOW)


def test_who_notes_the_same_talk_is_asked_whether_it_is_the_same(world: World) -> None:
    talk = notes(world)
    with pytest.raises(AlreadyNoted) as asked:
        notes(world, by=world.student, to=[world.mentor], kind="how_is_it", words="Mijn kant")
    assert asked.value.twin == talk
    assert Conversation.objects.count() == 1
    notes(world, by=world.student, to=[world.mentor], another=True)
    assert Conversation.objects.count() == 2


def test_the_same_one_holds_the_words_of_both(world: World) -> None:
    talk = notes(world)
    mine = Noted(
        kind="unplanned", day=TODAY, who={world.mentor.pk}, words="Mijn kant", others="de dokter"
    )
    point = to_do(world.student)
    for _twice in range(2):
        talking.note_beside(
            by=By(world.student), conversation=fresh(talk), noted=mine, point=point, now=NOW
        )
    assert set(Part.objects.values_list("text", flat=True)) == {WORDS, "Mijn kant"}
    assert fresh(talk).points.count() == 1
    assert fresh(talk).others == "de dokter"
    more = replace(mine, others="de poetsploeg")
    talking.note_beside(
        by=By(world.student), conversation=fresh(talk), noted=more, point=None, now=NOW
    )
    assert fresh(talk).others == "de dokter, de poetsploeg"
    with pytest.raises(CannotTalk):
        talking.note_beside(
            by=By(world.student),
            conversation=fresh(talk),
            noted=replace(mine, others="x" * 120),
            point=None,
            now=NOW,
        )


@pytest.mark.parametrize(
    "other",
    [
        {"day": YESTERDAY},
        {"kind": "feedback"},
        {"closed": True},
    ],
)
def test_what_differs_is_another_talk(world: World, other: dict[str, object]) -> None:
    notes(world)
    notes(world, by=world.student, to=[world.mentor], **other)
    assert Conversation.objects.count() == 2


def test_with_other_people_and_after_one_s_own_words_it_is_another_talk(world: World) -> None:
    talk = notes(world)
    notes(world)  # a second one of the same person
    notes(world, by=world.student, to=[world.mentor, world.teacher])
    for one in Conversation.objects.filter(made_by=world.mentor):
        talking.write(by=By(world.student), conversation=fresh(one), text="Ook ik", seen=0, now=NOW)
    notes(world, by=world.student, to=[world.mentor])
    assert Conversation.objects.filter(made_by=world.student).count() == 2
    assert talk.parts.count() == 2


def test_nobody_writes_the_words_of_another_away(world: World) -> None:
    """Who sees both texts and saves only their own, or wipes the page, still loses nothing."""
    talk = notes(world)
    together(talk, world.mentor, "De drukte op vrijdag", 0)
    with pytest.raises(CommonStale) as stale:
        together(talk, world.student, "Mijn versie", 0)
    together(talk, world.student, "Mijn versie", stale.value.version)
    together(talk, world.mentor, "", 2)
    found = fresh(talk)
    assert found.common == ""
    assert [(one.by, one.text) for one in queries.before_of(found)] == [
        (world.student.name, "Mijn versie"),
        (world.mentor.name, "De drukte op vrijdag"),
    ]


def test_saved_twice_stands_once(world: World) -> None:
    talk = notes(world)
    for _twice in range(2):
        together(talk, world.mentor, "De drukte op vrijdag", 0)
    assert fresh(talk).common_version == 1


def test_a_talk_of_the_team_names_colleagues_in_words(world: World) -> None:
    talk = notes(world, by=world.student, to=[], kind="team", others=" de  vroege ploeg ")
    assert talk.others == "de vroege ploeg"
    assert [one.person for one in talk.attendees.all()] == [world.student]
    with pytest.raises(CannotTalk):
        notes(world, by=world.student, to=[], kind="team")
    with pytest.raises(CannotTalk):
        notes(world, by=world.student, to=[], kind="feedback", others="de vroege ploeg")


def test_a_team_talk_with_other_colleagues_is_asked_about_too(world: World) -> None:
    notes(world, kind="team", others="de vroege ploeg", day=TODAY - timedelta(days=1))
    with pytest.raises(AlreadyNoted):
        notes(
            world,
            by=world.student,
            to=[world.mentor],
            kind="team",
            others="de late ploeg",
            day=TODAY - timedelta(days=1),
        )
