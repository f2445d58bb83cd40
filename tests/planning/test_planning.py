"""From what a student asks to days that both agreed on, and back when something changes."""

from datetime import date, datetime, time, timedelta

import pytest

from tests.planning.searching import agreed_plan, an_option, mended, proposed_plan, searched, wanted
from tests.worlds import NOW, World
from tussenstop.calendars import queries as calendar_queries
from tussenstop.calendars.actions import Entry, add
from tussenstop.calendars.rules import Kind, Repeat
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.planning import notifications, queries
from tussenstop.planning.actions import agreeing, searching
from tussenstop.planning.actions.agreeing import CannotAgree
from tussenstop.planning.actions.searching import CannotSearch
from tussenstop.planning.asking import build
from tussenstop.planning.days import holding
from tussenstop.planning.models import Plan, PlannedBlock, Presence, Search, Shift, Terms
from tussenstop.planning.rules import Activity, Answer, Flavour, PlanState, Strength
from tussenstop.policies.holidays import SCHOOL_VERSION, easter, public_holidays, school_holidays
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db


def works(person: Person, days: list[int], begin: int, end: int, first: date) -> None:
    entry = Entry(
        kind=Kind.WORK,
        title="De winkel",
        movable=False,
        first_on=first,
        last_on=None,
        starts_at=time(begin),
        ends_at=time(end),
        every_weeks=Repeat.WEEKLY,
        days=days,
        until=None,
    )
    add(by=By(person), key=uuid7(), entry=entry, now=NOW)


def first_day(world: World) -> date:
    return wanted(world).from_on


def test_three_calendars_around_the_job(world: World) -> None:
    works(world.student, [1, 2], 9, 17, NOW.date())

    search = searched(world)

    assert search.answer == Answer.FOUND
    options = list(search.options.order_by("position"))
    assert [one.flavour for one in options] == ["even", "intense", "weekends"]
    for one in options:
        at_work = [block for block in one.blocks if block[3] == "workplace"]
        assert sum(block[2] - block[1] for block in at_work) >= 40 * 60
        for day, start, end, _activity in at_work:
            if date.fromisoformat(day).isoweekday() in {1, 2}:
                assert end + 30 <= 9 * 60 or start - 30 >= 17 * 60
    assert search.reckoned["assumed"] == ["presence"] or "presence" in search.reckoned["assumed"]


def test_the_workplace_is_closed_on_a_public_holiday(world: World) -> None:
    christmas = date(2026, 12, 25)
    assert christmas in public_holidays(date(2026, 12, 1), date(2026, 12, 31))
    assert easter(2027) == date(2027, 3, 28)
    search = searched(world, from_on=date(2026, 12, 21), until_on=date(2026, 12, 31))
    for one in search.options.all():
        assert not [b for b in one.blocks if b[0] == "2026-12-25" and b[3] == "workplace"]


def test_what_cannot_be_is_explained_with_what_would_help(world: World) -> None:
    search = searched(world, workplace_hours=400, week_most=30)

    assert search.answer == Answer.IMPOSSIBLE
    demands = {one["demand"] for one in search.conflict["members"]}
    assert "workplace_hours" in demands
    assert any(way["amount"] for way in search.conflict["ways"])
    assert not search.options.exists()


def test_days_that_were_kept_stay_when_one_looks_again(world: World) -> None:
    keep = next(b for b in an_option(world).blocks if b[3] == "workplace")

    again = searched(world, workplace_hours=50)
    Search.objects.filter(pk=again.pk).delete()
    again = searched(world, pins=[keep], workplace_hours=50)

    assert all(keep in one.blocks for one in again.options.all())


def test_the_same_question_gives_the_same_calendars(world: World) -> None:
    first = [one.blocks for one in searched(world, afresh=True).options.order_by("position")]
    again = [one.blocks for one in searched(world, afresh=True).options.order_by("position")]
    assert first == again


def test_a_proposal_asks_the_mentor_and_an_agreement_stands_in_the_calendar(world: World) -> None:
    plan = proposed_plan(world)
    assert Move.objects.filter(route=world.route, code=MoveCode.ANSWER_PLAN).exists()

    agreeing.answer(by=By(world.mentor), plan=plan, seen=plan.version, agrees=True, now=NOW)

    assert not Move.objects.filter(route=world.route, code=MoveCode.ANSWER_PLAN).exists()
    start = first_day(world)
    own = calendar_queries.own_blocks(
        person=world.student, start=start, end=start + timedelta(days=27), now=NOW
    )
    assert {"workplace", "study"} <= {block.kind for block in own}
    theirs = calendar_queries.own_blocks(
        person=world.teacher, start=start, end=start + timedelta(days=27), now=NOW
    )
    assert "study" not in {block.kind for block in theirs}


def told() -> set[str]:
    found = set(OutgoingMail.objects.values_list("to", flat=True))
    OutgoingMail.objects.all().delete()
    return found


def test_letters_go_to_who_has_something_to_do_or_to_know(world: World) -> None:
    plan = proposed_plan(world)
    OutgoingMail.objects.all().delete()
    notifications.proposed(plan)
    assert told() == {world.mentor.email}

    agreeing.answer(by=By(world.mentor), plan=plan, seen=plan.version, agrees=True, now=NOW)
    OutgoingMail.objects.all().delete()
    plan.refresh_from_db()
    notifications.answered(plan)
    assert told() == {world.student.email, world.teacher.email}

    shift = moves(world, world.mentor, plan.blocks.filter(activity=Activity.WORKPLACE)[0])
    assert shift is not None
    OutgoingMail.objects.all().delete()
    notifications.shift_proposed(shift)
    assert told() == {world.student.email}
    notifications.shift_answered(shift)
    assert told() == {world.mentor.email}


def test_a_mentor_never_sees_when_the_student_studies(world: World) -> None:
    agreed_plan(world)
    assert PlannedBlock.objects.filter(activity=Activity.STUDY).exists()

    seen = queries.overview(person=world.mentor, route_id=world.route.pk, now=NOW)
    ahead = queries.blocks_ahead(seen=seen, now=NOW)

    assert {block.activity for block in ahead} == {Activity.WORKPLACE}
    assert seen.terms is None
    assert seen.search is None


def test_a_mentor_who_wants_something_else_says_what(world: World) -> None:
    plan = proposed_plan(world)
    with pytest.raises(CannotAgree):
        agreeing.answer(by=By(world.mentor), plan=plan, seen=plan.version, agrees=False, now=NOW)

    agreeing.answer(
        by=By(world.mentor), plan=plan, seen=plan.version, agrees=False, word="Later", now=NOW
    )

    plan.refresh_from_db()
    assert (plan.state, plan.word) == (PlanState.DECLINED, "Later")
    with pytest.raises(Stale):
        agreeing.answer(by=By(world.mentor), plan=plan, seen=1, agrees=True, now=NOW)


def test_a_student_does_not_answer_their_own_proposal(world: World) -> None:
    plan = proposed_plan(world)
    with pytest.raises(CannotAgree):
        agreeing.answer(by=By(world.student), plan=plan, seen=plan.version, agrees=True, now=NOW)
    with pytest.raises(Refused):
        agreeing.answer(by=By(world.teacher), plan=plan, seen=plan.version, agrees=True, now=NOW)
    with pytest.raises(NotFound):
        agreeing.answer(
            by=By(world.other_mentor), plan=plan, seen=plan.version, agrees=True, now=NOW
        )


def test_proposing_twice_with_the_same_key_proposes_once(world: World) -> None:
    option, key = an_option(world), uuid7()
    for _ in range(2):
        agreeing.propose(by=By(world.student), key=key, option=option, now=NOW)
    assert Plan.objects.count() == 1


def test_a_new_agreement_takes_the_place_of_the_old_one(world: World) -> None:
    first = agreed_plan(world)
    second = proposed_plan(world)

    agreeing.answer(by=By(world.mentor), plan=second, seen=1, agrees=True, now=NOW)

    first.refresh_from_db()
    assert first.state == PlanState.ENDED
    seen = queries.overview(person=world.student, route_id=world.route.pk, now=NOW)
    days = [(b.day, b.activity) for b in queries.blocks_ahead(seen=seen, now=NOW)]
    assert len(days) == len(set(days))


def a_block(world: World) -> PlannedBlock:
    plan = agreed_plan(world)
    return plan.blocks.filter(activity=Activity.WORKPLACE).order_by("day")[0]


def moves(world: World, person: Person, block: PlannedBlock) -> Shift | None:
    return agreeing.propose_shift(
        by=By(person),
        key=uuid7(),
        block=block,
        new_day=block.day + timedelta(days=1),
        starts_at=time(9),
        ends_at=time(13),
        why="Examen",
        now=NOW,
    )


@pytest.mark.parametrize(("who", "other"), [("student", "mentor"), ("mentor", "student")])
def test_each_can_propose_to_move_a_day_and_the_other_says_yes(
    world: World, who: str, other: str
) -> None:
    block = a_block(world)
    before = block.day
    shift = moves(world, getattr(world, who), block)
    assert shift is not None
    with pytest.raises(CannotAgree):
        agreeing.answer_shift(by=By(getattr(world, who)), shift=shift, suits=True, now=NOW)

    agreeing.answer_shift(by=By(getattr(world, other)), shift=shift, suits=True, now=NOW)

    block.refresh_from_db()
    assert (block.day, block.starts_at, block.minutes) == (
        before + timedelta(days=1),
        time(9),
        240,
    )
    with pytest.raises(Stale):
        agreeing.answer_shift(by=By(getattr(world, other)), shift=shift, suits=False, now=NOW)


def test_a_day_moves_once_at_a_time(world: World) -> None:
    block = a_block(world)
    moves(world, world.student, block)
    with pytest.raises(CannotAgree):
        moves(world, world.mentor, block)


def test_a_move_to_where_it_stands_is_no_move(world: World) -> None:
    block = a_block(world)
    end = (datetime.combine(block.day, block.starts_at) + timedelta(minutes=block.minutes)).time()
    with pytest.raises(CannotAgree):
        agreeing.propose_shift(
            by=By(world.mentor),
            key=uuid7(),
            block=block,
            new_day=block.day,
            starts_at=block.starts_at,
            ends_at=end,
            why="",
            now=NOW,
        )


def test_a_no_leaves_the_day_as_it_was(world: World) -> None:
    block = a_block(world)
    shift = moves(world, world.student, block)
    assert shift is not None

    agreeing.answer_shift(by=By(world.mentor), shift=shift, suits=False, now=NOW)

    unchanged = PlannedBlock.objects.get(pk=block.pk)
    assert (unchanged.day, unchanged.minutes) == (block.day, block.minutes)


def test_study_at_home_is_moved_without_asking_anybody(world: World) -> None:
    block = agreed_plan(world).blocks.filter(activity=Activity.STUDY)[0]

    assert moves(world, world.student, block) is None

    assert PlannedBlock.objects.get(pk=block.pk).day == block.day + timedelta(days=1)
    assert not Shift.objects.exists()
    with pytest.raises(NotFound):
        queries.get_block(person=world.mentor, block_id=block.pk, now=NOW)


def test_when_a_shift_falls_on_an_agreed_day_only_that_day_moves(world: World) -> None:
    block = a_block(world)
    works(world.student, [block.day.isoweekday()], 6, 21, block.day)

    search = mended(world)

    assert search.answer == Answer.FOUND
    option = search.options.get()
    assert option.flavour == Flavour.REPAIR
    assert block.day.isoformat() in option.changed
    clash = [b for b in option.blocks if b[0] == block.day.isoformat() and b[3] == "workplace"]
    assert clash == []


def test_hours_before_the_weeks_that_are_asked_for_do_not_count(world: World) -> None:
    agreed_plan(world)
    [terms] = Terms.objects.all()
    since = terms.from_on + timedelta(days=14)
    kept = [one for one in holding() if one.day < since]
    before = sum(one.minutes for one in kept if one.activity == Activity.WORKPLACE)
    assert before

    def still_to_do() -> int:
        asked = build(terms, world.placement, now=NOW, since=since, kept=kept)
        return asked.problem.goals.workplace

    assert still_to_do() == 40 * 60 - before
    terms.from_on = since
    assert still_to_do() == 40 * 60


def test_without_an_agreed_calendar_there_is_nothing_to_mend(world: World) -> None:
    searched(world)
    with pytest.raises(CannotSearch):
        searching.ask(by=By(world.student), route=world.route, now=NOW, purpose="repair")


def test_what_is_asked_in_two_windows_is_not_lost(world: World) -> None:
    searched(world)
    with pytest.raises(Stale):
        searching.keep_terms(
            by=By(world.student), route=world.route, seen=0, wanted=wanted(world), now=NOW
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until_on": date(2020, 1, 1)}, "until_on"),
        ({"least_block": 8, "most_block": 4}, "most_block"),
        ({"liked": ["1-morning"], "disliked": ["1-morning"]}, "disliked"),
    ],
)
def test_what_makes_no_sense_is_told_beside_the_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(CannotSearch) as refused:
        searched(world, **changes)
    assert refused.value.field == field


def test_the_mentor_tells_when_they_are_there(world: World) -> None:
    stretch = searching.Stretch(2, time(9), time(12))
    searching.tell_presence(
        by=By(world.mentor), placement=world.placement, stretches=[stretch], now=NOW
    )
    assert Presence.objects.get().weekday == 2
    assert "presence" not in searched(world).reckoned["assumed"]
    with pytest.raises(Refused):
        searching.tell_presence(
            by=By(world.student), placement=world.placement, stretches=[], now=NOW
        )


def test_school_holidays_stay_free_when_asked_and_the_versions_are_kept(world: World) -> None:
    first = date(2026, 12, 7)
    weeks = {"from_on": first, "until_on": first + timedelta(days=41)}
    found = searched(world, **weeks, holidays_free=Strength.MUST)
    assert found.answer == Answer.FOUND
    christmas = school_holidays(2026)[1]
    for option in found.options.all():
        there = [day for day, _start, _end, what in option.blocks if what == "workplace"]
        assert not any(christmas.has(date.fromisoformat(day)) for day in there)
    assert SCHOOL_VERSION in found.reckoned["rules"]
    assert "working-time.rest@2000-01-01" in found.reckoned["rules"]


def test_when_only_holidays_are_left_it_is_told_that_they_stand_in_the_way(world: World) -> None:
    christmas = school_holidays(2026)[1]
    found = searched(
        world,
        from_on=christmas.first_on,
        until_on=christmas.last_on,
        workplace_hours=16,
        study_hours=0,
        talks=0,
        holidays_free=Strength.MUST,
    )
    assert found.answer == Answer.IMPOSSIBLE
    assert "opening" in [member["demand"] for member in found.conflict["members"]]
