"""In turns, and on a page of two: each their own text, whose turn it is, nothing lost."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.reflection.writing import CANARY, agrees, begins_loop, fresh_loop, hands_on, invites
from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection import pair_queries
from tussenstop.reflection.actions import looping, pairing
from tussenstop.reflection.actions.looping import CannotLoop, StepElsewhere
from tussenstop.reflection.actions.pairing import CannotPair, ColumnElsewhere
from tussenstop.reflection.models import Loop, LoopText, TwoPage, TwoText
from tussenstop.reflection.rules import Column
from tussenstop.routes.models import Move
from tussenstop.routes.moves import rebuild
from tussenstop.routes.queries import moves_on
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db

ROUND = (
    ("look_back", "student"),
    ("mentor_saw", "mentor"),
    ("coach_asks", "coach"),
    ("think_on", "student"),
    ("coach_mirrors", "coach"),
    ("plan", "student"),
)


def turns(code: MoveCode) -> list[Person]:
    return [move.person for move in Move.objects.filter(code=code).select_related("person")]  # type: ignore[misc]


def goes_round(world: World, loop: Loop, steps: int = len(ROUND)) -> None:
    for step, who in ROUND[:steps]:
        assert turns(MoveCode.WRITE_STEP) == [getattr(world, who)]
        hands_on(loop, getattr(world, who), step, f"{step} geschreven")


def test_each_step_opens_when_the_one_before_is_written(world: World) -> None:
    loop = begins_loop(world)
    goes_round(world, loop)
    assert turns(MoveCode.WRITE_STEP) == []
    for person in (world.student, world.mentor, world.coach):
        view = pair_queries.get_loop(person=person, loop_id=loop.pk, now=NOW)
        assert view.round
        assert [one.text.text for one in view.steps if one.text] == [
            f"{step} geschreven" for step, _who in ROUND
        ]


def test_only_the_three_know_of_it(world: World) -> None:
    loop = begins_loop(world)
    for person in (world.teacher, world.godparent, world.programme_coordinator, world.stranger):
        with pytest.raises(NotFound):
            pair_queries.get_loop(person=person, loop_id=loop.pk, now=NOW)
    goes_round(world, loop, 1)
    seen = [m.code for m in moves_on(route=world.route, person=world.teacher, now=NOW)]
    assert MoveCode.WRITE_STEP not in seen
    mine = [m.code for m in moves_on(route=world.route, person=world.mentor, now=NOW)]
    assert MoveCode.WRITE_STEP in mine


def test_what_is_kept_for_oneself_nobody_else_reads(world: World) -> None:
    loop = begins_loop(world)
    hands_on(loop, world.student, "look_back", CANARY, hand_on=False)
    view = pair_queries.get_loop(person=world.mentor, loop_id=loop.pk, now=NOW)
    assert view.steps[0].text is None
    assert view.draft is None
    mine = pair_queries.get_loop(person=world.student, loop_id=loop.pk, now=NOW)
    assert mine.draft
    assert mine.draft.text == CANARY


def test_nobody_writes_out_of_turn(world: World) -> None:
    loop = begins_loop(world)
    with pytest.raises(Stale):
        hands_on(loop, world.mentor, "mentor_saw")
    with pytest.raises(Refused):
        hands_on(loop, world.mentor, "look_back")
    assert not LoopText.objects.exists()


def test_a_step_that_was_handed_on_stays_as_it_is(world: World) -> None:
    loop = begins_loop(world)
    hands_on(loop, world.student, "look_back")
    hands_on(loop, world.student, "look_back")
    for person in (world.student, world.mentor):
        with pytest.raises(Stale):
            hands_on(loop, person, "look_back", "iets anders")
    assert LoopText.objects.get().text == CANARY
    assert fresh_loop(loop).step == 1


def test_two_windows_of_one_step_lose_nothing(world: World) -> None:
    loop = begins_loop(world)
    hands_on(loop, world.student, "look_back", "eerste", hand_on=False)
    hands_on(loop, world.student, "look_back", "tweede", hand_on=False, seen=1)
    with pytest.raises(StepElsewhere) as elsewhere:
        hands_on(loop, world.student, "look_back", "derde", hand_on=False, seen=1)
    assert elsewhere.value.theirs == "tweede"


def test_an_empty_step_is_not_handed_on(world: World) -> None:
    loop = begins_loop(world)
    with pytest.raises(CannotLoop):
        hands_on(loop, world.student, "look_back", "  ")
    assert fresh_loop(loop).step == 0


def test_a_teacher_can_stand_in_the_coachs_place_and_others_cannot(world: World) -> None:
    assert begins_loop(world, coach=world.teacher).coach == world.teacher
    with pytest.raises(NotFound):
        begins_loop(world, coach=world.godparent)
    with pytest.raises(Refused):
        looping.begin(
            by=By(world.mentor),
            route=world.fresh(),
            key=uuid7(),
            about="x",
            mentor=world.mentor,
            coach=world.coach,
            now=NOW,
        )


def test_the_student_ends_it_and_it_can_still_be_read(world: World) -> None:
    loop = begins_loop(world)
    goes_round(world, loop, 2)
    looping.end(by=By(world.student), loop=fresh_loop(loop), now=NOW)
    assert turns(MoveCode.WRITE_STEP) == []
    with pytest.raises(Stale):
        hands_on(loop, world.coach, "coach_asks")
    view = pair_queries.get_loop(person=world.coach, loop_id=loop.pk, now=NOW)
    assert [bool(one.text) for one in view.steps] == [True, True, False, False, False, False]


def test_a_letter_says_whose_turn_it_is_and_not_what_was_written(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    loop = begins_loop(world)
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        hands_on(loop, world.student, "look_back")
    letter = OutgoingMail.objects.get()
    assert letter.to == world.mentor.email
    assert CANARY not in letter.text + letter.html + letter.subject
    assert loop.about not in letter.text


def test_moves_of_reflection_can_be_worked_out_again(world: World) -> None:
    begins_loop(world)
    invites(world)
    before = set(Move.objects.values_list("code", "person_id", "since"))
    rebuild(world.fresh())
    assert set(Move.objects.values_list("code", "person_id", "since")) == before


def writes(page: TwoPage, by: Person, column: Column, text: str, seen: int = 0) -> TwoText:
    return pairing.write(by=By(by), page=page, column=column, text=text, seen=seen, now=NOW)


def columns(person: Person, page: TwoPage) -> list[str]:
    found = pair_queries.get_page(person=person, page_id=page.pk, now=NOW)
    return [one.text.text if one.text else "" for one in found.columns]


@pytest.mark.parametrize("who", ["student", "mentor"])
def test_a_page_opens_when_the_other_says_yes(world: World, who: str) -> None:
    by = getattr(world, who)
    other = world.mentor if who == "student" else world.student
    page = invites(world, by=by)
    assert turns(MoveCode.ANSWER_PAGE) == [other]
    writes(page, by, Column(who), CANARY)
    assert CANARY not in columns(other, page)
    with pytest.raises(Refused):
        writes(page, by, Column.COMMON, "samen")
    with pytest.raises(Refused):
        pairing.answer(by=By(by), page=page, yes=True, now=NOW)
    page = agrees(world, page)
    assert turns(MoveCode.ANSWER_PAGE) == []
    assert CANARY in columns(other, page)
    writes(page, other, Column.COMMON, "samen")
    assert columns(by, page)[2] == "samen"


def test_nobody_writes_in_the_others_column(world: World) -> None:
    page = agrees(world, invites(world))
    with pytest.raises(Refused):
        writes(page, world.mentor, Column.STUDENT, "in jouw plaats")
    assert not TwoText.objects.exists()


def test_what_both_write_at_once_is_all_kept(world: World) -> None:
    page = agrees(world, invites(world))
    writes(page, world.student, Column.COMMON, "van de student")
    with pytest.raises(ColumnElsewhere) as elsewhere:
        writes(page, world.mentor, Column.COMMON, "van de mentor")
    assert elsewhere.value.theirs == "van de student"
    writes(page, world.mentor, Column.COMMON, "van allebei", elsewhere.value.version)
    found = pair_queries.get_page(person=world.student, page_id=page.pk, now=NOW)
    before = pair_queries.versions(found=found, column=Column.COMMON)
    assert [one.text for one in before] == ["van allebei", "van de student"]


def test_no_is_fine_and_nothing_was_shown(world: World) -> None:
    page = invites(world)
    writes(page, world.student, Column.STUDENT, CANARY)
    page = agrees(world, page, yes=False)
    assert CANARY not in columns(world.mentor, page)
    with pytest.raises(Stale):
        agrees(world, page)
    with pytest.raises(Stale):
        writes(page, world.student, Column.STUDENT, "nog iets", 1)


def test_either_ends_it_and_both_can_read(world: World) -> None:
    page = agrees(world, invites(world))
    writes(page, world.student, Column.STUDENT, CANARY)
    pairing.end(by=By(world.mentor), page=page, now=NOW)
    page.refresh_from_db()
    with pytest.raises(Stale):
        writes(page, world.student, Column.STUDENT, "nog iets", 1)
    assert CANARY in columns(world.student, page)
    assert CANARY in columns(world.mentor, page)


def test_a_page_is_of_two(world: World) -> None:
    page = agrees(world, invites(world))
    for person in (world.teacher, world.coach, world.other_mentor):
        with pytest.raises(NotFound):
            columns(person, page)
    with pytest.raises(CannotPair):
        pairing.invite(
            by=By(world.student),
            route=world.fresh(),
            key=uuid7(),
            mentor=world.mentor,
            about=" ",
            now=NOW,
        )
    with pytest.raises(NotFound):
        pairing.invite(
            by=By(world.student),
            route=world.fresh(),
            key=uuid7(),
            mentor=world.teacher,
            about="x",
            now=NOW,
        )
