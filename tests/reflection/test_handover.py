"""The mentor or coach of a reflection in turns leaves: the student chooses who goes on."""

import pytest

from tests.factories import PersonFactory
from tests.reflection.writing import CANARY, begins_loop, fresh_loop, hands_on
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection import pair_queries
from tussenstop.reflection.actions import looping
from tussenstop.reflection.models import Loop, LoopText
from tussenstop.reflection.pair_queries import LoopView
from tussenstop.reflection.turns import Seat
from tussenstop.routes.actions import people
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db
ONLY_MINE = "nooit-doorgegeven"


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


def leaves(world: World, person: Person) -> None:
    people.end_role(by=By(person), route=world.fresh(), part=world.part(person), now=NOW)


def a_new_mentor(world: World) -> Person:
    person = PersonFactory(name="Nele Nieuw", language="en")
    people.invite(
        by=By(world.programme_coordinator),
        route=world.fresh(),
        person=person,
        role=RouteRole.MENTOR,
        placement=world.placement,
        now=NOW,
    )
    people.answer_invitation(by=By(person), part=world.part(person), takes_part=True, now=NOW)
    return person


def waits_for(person: Person) -> set[str]:
    loops = (MoveCode.WRITE_STEP, MoveCode.FILL_PLACE)
    return set(Move.objects.filter(person=person, code__in=loops).values_list("code", flat=True))


def fills(
    loop: Loop, world: World, person: Person, *, seat: Seat = Seat.MENTOR, before: bool = False
) -> None:
    looping.fill_place(
        by=By(world.student),
        loop=fresh_loop(loop),
        seat=seat,
        person=person,
        reads_before=before,
        now=NOW,
    )


def seen_by(person: Person, loop: Loop) -> LoopView:
    return pair_queries.get_loop(person=person, loop_id=loop.pk, now=NOW)


def texts_of(view: LoopView) -> list[str]:
    return [one.text.text for one in view.steps if one.text]


@pytest.fixture
def loop(world: World) -> Loop:
    """The student handed the first step on; the mentor began the second."""
    found = begins_loop(world)
    hands_on(found, world.student, "look_back", CANARY)
    hands_on(found, world.mentor, "mentor_saw", ONLY_MINE, hand_on=False)
    return found


def test_when_the_mentor_leaves_it_is_the_students_turn_to_choose(world: World, loop: Loop) -> None:
    leaves(world, world.mentor)
    assert waits_for(world.student) == {MoveCode.FILL_PLACE}
    view = seen_by(world.student, loop)
    assert view.turn
    assert view.turn.vacant == Seat.MENTOR
    assert not view.my_turn
    assert [(one.seat, one.person, one.candidates) for one in view.empty] == [
        (Seat.MENTOR, world.mentor, [])
    ]
    with pytest.raises(NotFound):
        seen_by(world.mentor, loop)


def test_nobody_new_reads_it_before_the_student_chose(world: World, loop: Loop) -> None:
    leaves(world, world.mentor)
    new = a_new_mentor(world)
    with pytest.raises(NotFound):
        seen_by(new, loop)
    assert waits_for(new) == set()


def test_the_new_mentor_goes_on_and_reads_what_comes(world: World, loop: Loop) -> None:
    leaves(world, world.mentor)
    new = a_new_mentor(world)
    OutgoingMail.objects.all().delete()
    fills(loop, world, new)
    assert waits_for(new) == {MoveCode.WRITE_STEP}
    assert waits_for(world.student) == set()
    assert [mail.to for mail in OutgoingMail.objects.all()] == [new.email]
    view = seen_by(new, loop)
    assert view.my_turn
    assert texts_of(view) == []
    assert [one.kept for one in view.steps][:2] == [True, False]
    hands_on(loop, new, "mentor_saw", "Wat ik zag")
    hands_on(loop, world.coach, "coach_asks", "Een vraag")
    assert texts_of(seen_by(new, loop)) == ["Wat ik zag", "Een vraag"]
    assert texts_of(seen_by(world.coach, loop)) == [CANARY, "Wat ik zag", "Een vraag"]


def test_what_was_handed_on_before_only_when_the_student_shows_it(world: World, loop: Loop) -> None:
    leaves(world, world.mentor)
    new = a_new_mentor(world)
    fills(loop, world, new)
    assert seen_by(world.student, loop).newcomers == [(Seat.MENTOR, new)]
    looping.show_before(by=By(world.student), loop=fresh_loop(loop), seat=Seat.MENTOR, now=NOW)
    assert texts_of(seen_by(new, loop)) == [CANARY]
    assert seen_by(world.student, loop).newcomers == []


def test_or_at_once(world: World, loop: Loop) -> None:
    leaves(world, world.mentor)
    new = a_new_mentor(world)
    fills(loop, world, new, before=True)
    assert texts_of(seen_by(new, loop)) == [CANARY]


def test_what_the_earlier_mentor_only_kept_nobody_ever_reads(world: World, loop: Loop) -> None:
    leaves(world, world.mentor)
    new = a_new_mentor(world)
    fills(loop, world, new, before=True)
    view = seen_by(new, loop)
    assert view.draft is None
    hands_on(loop, new, "mentor_saw", "Wat ik zag", hand_on=False)
    assert seen_by(new, loop).draft.text == "Wat ik zag"  # type: ignore[union-attr]
    hands_on(loop, new, "mentor_saw", "Wat ik zag", seen=1)
    for person in (world.student, new, world.coach):
        assert ONLY_MINE not in texts_of(seen_by(person, loop))
    assert LoopText.objects.get(person=world.mentor).text == ONLY_MINE  # nothing is lost either


def test_a_teacher_can_go_on_for_the_coach(world: World, loop: Loop) -> None:
    hands_on(loop, world.mentor, "mentor_saw", "Gezien", seen=1)
    leaves(world, world.coach)
    assert waits_for(world.student) == {MoveCode.FILL_PLACE}
    with pytest.raises(NotFound):
        fills(loop, world, world.godparent, seat=Seat.COACH)
    fills(loop, world, world.teacher, seat=Seat.COACH, before=True)
    hands_on(loop, world.teacher, "coach_asks", "En dan?")
    assert [one.role for one in seen_by(world.student, loop).steps][2] == RouteRole.TEACHER


def test_a_place_can_be_filled_before_its_turn(world: World, loop: Loop) -> None:
    """The coach left while the mentor writes: nothing stops, and nobody is told to write yet."""
    leaves(world, world.coach)
    assert waits_for(world.mentor) == {MoveCode.WRITE_STEP}
    assert waits_for(world.student) == set()
    OutgoingMail.objects.all().delete()
    fills(loop, world, world.teacher, seat=Seat.COACH)
    assert not OutgoingMail.objects.exists()


def test_only_the_student_chooses_and_only_for_an_empty_place(world: World, loop: Loop) -> None:
    with pytest.raises(Stale):
        fills(loop, world, world.teacher, seat=Seat.COACH)
    leaves(world, world.coach)
    with pytest.raises(Refused):
        looping.fill_place(
            by=By(world.mentor),
            loop=fresh_loop(loop),
            seat=Seat.COACH,
            person=world.teacher,
            reads_before=True,
            now=NOW,
        )
    for _twice in range(2):
        fills(loop, world, world.teacher, seat=Seat.COACH)
    assert fresh_loop(loop).coach == world.teacher


def test_an_ended_one_is_not_taken_over(world: World, loop: Loop) -> None:
    looping.end(by=By(world.student), loop=fresh_loop(loop), now=NOW)
    leaves(world, world.coach)
    with pytest.raises(Stale):
        fills(loop, world, world.teacher, seat=Seat.COACH)
    assert waits_for(world.student) == set()


def test_the_one_who_hands_on_to_nobody_leaves_it_to_the_student(world: World, loop: Loop) -> None:
    leaves(world, world.coach)
    OutgoingMail.objects.all().delete()
    hands_on(loop, world.mentor, "mentor_saw", "Gezien", seen=1)
    assert waits_for(world.student) == {MoveCode.FILL_PLACE}
    letter = OutgoingMail.objects.get()
    assert letter.to == world.student.email
    assert "kiest wie met je verdergaat" in letter.text


def test_an_earlier_mentor_who_comes_back_as_teacher_reads_nothing(
    world: World, loop: Loop
) -> None:
    leaves(world, world.teacher)
    leaves(world, world.mentor)
    people.invite(
        by=By(world.programme_coordinator),
        route=world.fresh(),
        person=world.mentor,
        role=RouteRole.TEACHER,
        now=NOW,
    )
    part = world.route.participations.select_related("person", "route__student").get(
        person=world.mentor, role=RouteRole.TEACHER
    )
    people.answer_invitation(by=By(world.mentor), part=part, takes_part=True, now=NOW)
    with pytest.raises(NotFound):
        seen_by(world.mentor, loop)
