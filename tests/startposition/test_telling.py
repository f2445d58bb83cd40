"""The student tells, part by part, and sees how it grew."""

from datetime import timedelta

import pytest

from tests.startposition.telling import tells, tells_side
from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.models import Move
from tussenstop.routes.queries import moves_of, moves_on
from tussenstop.routes.rules import MoveCode
from tussenstop.startposition.actions import telling
from tussenstop.startposition.actions.telling import ToldElsewhere
from tussenstop.startposition.models import Part, Side
from tussenstop.startposition.moves import position_open
from tussenstop.startposition.queries import growth, own_position

pytestmark = pytest.mark.django_db


def test_what_is_told_stays_with_the_part(world: World) -> None:
    tells(world, "time", {"work_percentage": 80})
    position = own_position(person=world.student, route_id=world.route.pk, now=NOW)
    time = position.parts[0]
    assert (time.part.key, time.answers, time.answered) == ("time", {"work_percentage": 80}, 1)
    assert position.begun
    assert position.next is not None
    assert position.next.part.key == "balance"


def test_an_answer_of_nought_is_an_answer(world: World) -> None:
    tells(world, "time", {"work_percentage": 0})
    position = own_position(person=world.student, route_id=world.route.pk, now=NOW)
    assert [said.lines for said in position.parts[0].said] == [["0 per cent of a full-time job"]]


@pytest.mark.parametrize("who", ["mentor", "teacher", "coach", "programme_coordinator"])
def test_nobody_else_tells_it(world: World, who: str) -> None:
    with pytest.raises(Refused):
        telling.save_part(
            by=By(getattr(world, who)),
            route=world.route,
            key="time",
            answers={},
            seen=0,
            now=NOW,
        )
    assert not Part.objects.exists()


def test_a_part_that_does_not_exist_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        tells(world, "secrets", {"a": "b"})


def test_two_windows_do_not_overwrite_each_other(world: World) -> None:
    tells(world, "motivation", {"why_now": "een"})
    tells(world, "motivation", {"why_now": "twee"}, seen=1)
    with pytest.raises(ToldElsewhere) as elsewhere:
        tells(world, "motivation", {"why_now": "drie"}, seen=1)
    assert elsewhere.value.theirs == {"why_now": "twee"}
    assert elsewhere.value.version == 2
    assert Part.objects.get().answers == {"why_now": "twee"}


def test_saving_the_same_twice_is_no_clash(world: World) -> None:
    first = tells(world, "motivation", {"why_now": "een"})
    again = tells(world, "motivation", {"why_now": "een"})
    assert first.pk == again.pk
    assert Part.objects.count() == 1


def test_the_last_words_of_each_day_are_kept_beside_what_stands_there_now(world: World) -> None:
    day = timedelta(days=1)
    tells(world, "motivation", {"why_now": "voor het diploma"})
    tells(world, "motivation", {"why_now": "voor het vak"}, seen=1, now=NOW + timedelta(hours=2))
    tells(world, "motivation", {"why_now": "voor de mensen"}, seen=2, now=NOW + 40 * day)
    [(part, [one])] = growth(person=world.student, route_id=world.route.pk, now=NOW)
    assert part.part.key == "motivation"
    assert [(on, said.lines if said else []) for on, said in one.over_time] == [
        ((NOW + 40 * day).date(), ["voor de mensen"]),
        (NOW.date(), ["voor het vak"]),
    ]


def test_what_did_not_change_is_not_told_twice(world: World) -> None:
    tells(world, "motivation", {"why_now": "het vak"})
    tells(world, "motivation", {"why_now": "het vak"}, seen=1, now=NOW + timedelta(days=9))
    assert growth(person=world.student, route_id=world.route.pk, now=NOW) == []


def test_what_is_told_does_not_stand_in_the_story(world: World) -> None:
    before = AuditEntry.objects.count()
    tells(world, "balance", {"never": "mijn zondag"})
    assert AuditEntry.objects.count() == before


def test_until_it_is_shared_the_student_is_asked_at_their_own_pace(world: World) -> None:
    asked = Move.objects.get(route=world.route, code=MoveCode.TELL_POSITION)
    assert asked.person == world.student
    mine = [m.code for m in moves_of(person=world.student, now=NOW)]
    assert MoveCode.TELL_POSITION in mine


@pytest.mark.parametrize("who", ["mentor", "teacher", "programme_coordinator"])
def test_nobody_else_sees_whether_it_was_told(world: World, who: str) -> None:
    shown = moves_on(route=world.route, person=getattr(world, who), now=NOW)
    assert MoveCode.TELL_POSITION not in [move.code for move in shown]


def test_no_list_of_others_flags_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def rebuilt(*providers: moves.Provider) -> str:
        monkeypatch.setattr(moves, "_providers", list(providers))
        route = world.fresh()
        moves.rebuild(route)
        return route.waiting_for

    assert rebuilt(position_open) == ""
    assert rebuilt(position_open, moves.stops_open) == "student"


def test_a_mentor_tells_their_side_and_is_no_longer_asked(world: World) -> None:
    of_mentor = Move.objects.filter(person=world.mentor, code=MoveCode.TELL_SIDE)
    assert of_mentor.exists()
    tells_side(world, world.mentor, "mentor", who="Ik ben Mo.")
    assert not of_mentor.exists()
    assert Side.objects.get().answers == {"who": "Ik ben Mo."}
    assert AuditEntry.objects.filter(code="side.told", route_id=world.route.pk).count() == 1


@pytest.mark.parametrize(("who", "role"), [("mentor", "teacher"), ("teacher", "mentor")])
def test_nobody_tells_the_side_of_another(world: World, who: str, role: str) -> None:
    with pytest.raises(NotFound):
        tells_side(world, getattr(world, who), role, who="Ik ben een ander.")


def test_the_student_has_no_side_beside_the_starting_position(world: World) -> None:
    with pytest.raises(Refused):
        tells_side(world, world.student, "mentor", who="Ik.")
