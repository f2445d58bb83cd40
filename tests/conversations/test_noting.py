"""We just talked: noted once, by who talked, for who may read it."""

from datetime import timedelta

import pytest

from tests.conversations.talks import TODAY, WORDS, YESTERDAY, fresh, notes, to_do
from tests.worlds import NOW, World
from tussenstop.conversations import queries
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.actions.talking import CommonStale, PartStale
from tussenstop.conversations.models import Conversation, Part, Point
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State as RouteState

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["student", "mentor", "teacher", "coach"])
def test_everybody_who_talks_notes_a_talk(world: World, who: str) -> None:
    other = world.mentor if who == "student" else world.student
    made = notes(world, by=getattr(world, who), to=[other], day=YESTERDAY)
    assert made.state == "held"
    assert made.day == YESTERDAY
    assert {one.person for one in made.attendees.all()} == {getattr(world, who), other}
    assert Part.objects.get().text == WORDS


@pytest.mark.parametrize("who", ["godparent", "organisation_coordinator", "programme_coordinator"])
def test_who_looks_on_notes_nothing(world: World, who: str) -> None:
    with pytest.raises(Refused):
        notes(world, by=getattr(world, who))
    with pytest.raises(NotFound):
        notes(world, by=world.other_mentor)
    assert not Conversation.objects.exists()


def test_a_double_tap_notes_once(world: World) -> None:
    key, point = uuid7(), to_do(world.student)
    assert notes(world, key=key, point=point) == notes(world, key=key, point=point)
    assert Conversation.objects.count() == Part.objects.count() == Point.objects.count() == 1


def test_the_id_of_somebody_elses_note_is_no_way_in(world: World) -> None:
    made = notes(world)
    with pytest.raises(NotFound):
        notes(world, by=world.teacher, key=made.pk)
    assert fresh(made).made_by == world.mentor


def test_that_one_talked_is_enough(world: World) -> None:
    notes(world, words="  ")
    assert Conversation.objects.get().held_at == NOW
    assert not Part.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"day": TODAY - timedelta(days=500)}, "day"),
        ({"to": []}, "who"),
        ({"kind": "gossip"}, "kind"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(CannotTalk) as refusal:
        notes(world, **changes)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert not Conversation.objects.exists()


def test_one_talks_with_people_of_the_route(world: World) -> None:
    for stranger in (world.godparent, world.other_student):
        with pytest.raises(CannotTalk):
            notes(world, to=[stranger])


def test_after_a_route_ended_its_conversations_stay_as_they_are(world: World) -> None:
    made = notes(world)
    Route.objects.filter(pk=world.route.pk).update(state=RouteState.COMPLETED)
    with pytest.raises(CannotTalk):
        notes(world)
    with pytest.raises(CannotTalk):
        talking.write(
            by=By(world.student), conversation=fresh(made), text="Ook ik", seen=0, now=NOW
        )


def test_with_the_coach_only_who_was_there_knows_of_it(world: World) -> None:
    closed = notes(world, by=world.coach)
    for person in (world.coach, world.student):
        assert queries.get_conversation(person=person, conversation_id=closed.pk, now=NOW)
    for person in (world.mentor, world.teacher):
        with pytest.raises(NotFound):
            queries.get_conversation(person=person, conversation_id=closed.pk, now=NOW)
        listed = queries.list_page(person=person, route_id=world.route.pk, now=NOW)
        assert list(listed.behind) == []
    assert not AuditEntry.objects.filter(route_id=world.route.pk, code="conversation.noted")
    notes(world)
    assert AuditEntry.objects.filter(route_id=world.route.pk, code="conversation.noted")


def test_two_can_keep_a_talk_to_themselves(world: World) -> None:
    closed = notes(world, closed=True)
    open_one = notes(world)
    listed = queries.list_page(person=world.teacher, route_id=world.route.pk, now=NOW)
    assert list(listed.behind) == [open_one]
    listed = queries.list_page(person=world.student, route_id=world.route.pk, now=NOW)
    assert set(listed.behind) == {open_one, closed}


def test_only_the_coach_mediates(world: World) -> None:
    with pytest.raises(Refused):
        notes(world, kind="mediation")
    made = notes(world, by=world.coach, to=[world.student, world.mentor], kind="mediation")
    assert made.closed


def test_the_other_side_adds_words_and_changes_nothing_of_the_first(world: World) -> None:
    made = notes(world)
    talking.write(
        by=By(world.student),
        conversation=made,
        text="Ik vond bellen nog lastig",
        differs=True,
        seen=0,
        now=NOW,
    )
    first, second = Part.objects.order_by("pk")
    assert (first.person, first.text) == (world.mentor, WORDS)
    assert (second.person, second.differs) == (world.student, True)
    with pytest.raises(Refused):
        talking.write(by=By(world.teacher), conversation=made, text="En ik", seen=0, now=NOW)
    with pytest.raises(CannotTalk):
        talking.write(
            by=By(world.mentor), conversation=notes(world, words=""), text=" ", seen=0, now=NOW
        )


def test_who_was_not_at_a_closed_talk_finds_nothing_to_write_in(world: World) -> None:
    made = notes(world, closed=True)
    with pytest.raises(NotFound):
        talking.write(by=By(world.teacher), conversation=made, text="En ik", seen=0, now=NOW)


def test_own_words_saved_in_two_windows_are_never_lost(world: World) -> None:
    made = notes(world)

    def save(text: str, seen: int) -> Part:
        return talking.write(by=By(world.mentor), conversation=made, text=text, seen=seen, now=NOW)

    save("Tweede", 1)
    save("Tweede", 1)  # the same form sent twice
    with pytest.raises(PartStale) as stale:
        save("Derde", 1)
    assert (stale.value.theirs, stale.value.version) == ("Tweede", 2)
    save("Derde", stale.value.version)
    assert Part.objects.get().text == "Derde"


def test_the_common_text_shows_the_loser_both(world: World) -> None:
    made = notes(world)
    for who, text in ((world.mentor, "We bellen samen"), (world.mentor, "We bellen samen")):
        talking.write_together(by=By(who), conversation=made, text=text, seen=0, now=NOW)
    with pytest.raises(CommonStale) as stale:
        talking.write_together(
            by=By(world.student), conversation=made, text="Ik bel alleen", seen=0, now=NOW
        )
    assert stale.value.theirs == "We bellen samen"
    assert world.mentor.name in str(stale.value.text)
    assert fresh(made).common == "We bellen samen"
    with pytest.raises(Refused):
        talking.write_together(
            by=By(world.teacher), conversation=made, text="Ik ook", seen=1, now=NOW
        )
