"""Whose move it is: derived, always the same, and gone when it was made."""

from tests.worlds import World, with_a_draft, with_a_proposal, with_an_agreement
from tussenstop.agreements.actions import consent
from tussenstop.agreements.rules import Answer
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves
from tussenstop.routes.models import Move, Route
from tussenstop.routes.queries import moves_of
from tussenstop.routes.rules import NOTHING_WAITS, MoveCode


def rows(route: Route) -> set[tuple[object, ...]]:
    return set(
        Move.objects.filter(route=route).values_list(
            "code", "role", "person", "institution", "organisation", "subject_id", "since", "until"
        )
    )


def codes_of(person: Person, world: World) -> set[str]:
    return {m.code for m in moves_of(person=person, now=world.now) if m.route_id == world.route.pk}


def test_rebuilding_gives_the_same_rows_after_every_step(world: World) -> None:
    for step in (with_a_draft, None):
        if step:
            step(world)
        before = rows(world.route)
        moves.rebuild(world.fresh())
        assert rows(world.route) == before
        assert before


def test_many_actions_may_leave_it_to_the_end(world: World) -> None:
    before = rows(world.route)
    with moves.once_at_the_end():
        with_a_draft(world)
        assert rows(world.route) == before
    after = rows(world.route)
    assert after != before
    moves.rebuild(world.fresh())
    assert rows(world.route) == after


def test_a_filled_draft_waits_for_the_student_to_put_it_before_all(world: World) -> None:
    with_a_draft(world)
    assert MoveCode.PROPOSE_AGREEMENT in codes_of(world.student, world)
    assert MoveCode.FILL_SECTION not in codes_of(world.mentor, world)


def test_a_proposal_waits_for_everybody_but_the_proposer(world: World) -> None:
    with_a_proposal(world)
    assert MoveCode.ANSWER_AGREEMENT in codes_of(world.mentor, world)
    assert MoveCode.ANSWER_AGREEMENT in codes_of(world.teacher, world)
    assert MoveCode.ANSWER_AGREEMENT not in codes_of(world.student, world)


def test_an_objection_moves_the_ball_to_the_proposer(world: World) -> None:
    revision = with_a_proposal(world)
    consent.answer(
        by=By(world.mentor),
        revision=revision,
        answer=Answer.CHANGE,
        reason="Liever woensdag",
        now=world.now,
    )
    assert MoveCode.REVISE_AGREEMENT in codes_of(world.student, world)
    assert MoveCode.ANSWER_AGREEMENT not in codes_of(world.teacher, world)


def test_an_accepted_agreement_leaves_no_question_open(world: World) -> None:
    with_an_agreement(world)
    open_codes = {code for code, *_rest in rows(world.route)}
    assert not open_codes & {MoveCode.ANSWER_AGREEMENT, MoveCode.PROPOSE_AGREEMENT}


def test_nobody_elses_moves_are_ever_shown(world: World) -> None:
    with_a_proposal(world)
    assert rows(world.route)
    assert codes_of(world.other_mentor, world) == set()
    assert codes_of(world.stranger, world) == set()


def test_a_route_where_nothing_waits_sorts_behind_the_others(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(state="completed")
    route = world.fresh()
    moves.rebuild(route)
    assert route.attention_at == NOTHING_WAITS
    assert rows(route) == set()
