"""One's own calendar: put in, changed, left out for a day, and nobody else's."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from tests.worlds import NOW, World
from tussenstop.calendars import actions, queries
from tussenstop.calendars.actions import CannotPlan, Entry
from tussenstop.calendars.models import Commitment, OneDay
from tussenstop.calendars.rules import Kind, Repeat
from tussenstop.core.errors import NotFound, Stale
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
JOB = Entry(
    kind=Kind.WORK,
    title="De winkel",
    movable=False,
    first_on=MONDAY,
    last_on=None,
    starts_at=time(9),
    ends_at=time(17),
    every_weeks=Repeat.WEEKLY,
    days=[1, 2, 3],
    until=None,
)


def puts(person: Person, entry: Entry = JOB, **more: Any) -> Commitment:
    return actions.add(by=By(person), key=more.get("key", uuid7()), entry=entry, now=NOW)


def week_of(person: Person, monday: date = MONDAY) -> list[tuple[str, str]]:
    blocks = queries.own_blocks(
        person=person, start=monday, end=monday + timedelta(days=6), now=NOW
    )
    return [(block.kind, f"{block.starts_at:%a %H:%M}") for block in blocks]


def test_what_comes_back_is_typed_once(world: World) -> None:
    puts(world.student)
    days = [("work", "Mon 09:00"), ("work", "Tue 09:00"), ("work", "Wed 09:00")]
    assert week_of(world.student) == days
    assert week_of(world.student, MONDAY + timedelta(weeks=30)) == days


def test_sent_twice_is_there_once(world: World) -> None:
    key = uuid7()
    assert puts(world.student, key=key).pk == puts(world.student, key=key).pk
    assert Commitment.objects.count() == 1
    with pytest.raises(NotFound):
        puts(world.mentor, key=key)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_at": None}, "from when until when"),
        ({"ends_at": time(9)}, "ends at the moment it begins"),
        ({"until": MONDAY - timedelta(days=1)}, "ends before it begins"),
        (
            {"starts_at": None, "ends_at": None, "last_on": MONDAY - timedelta(days=1)},
            "before the first",
        ),
        (
            {"starts_at": None, "ends_at": None, "last_on": MONDAY + timedelta(days=20)},
            "two weeks",
        ),
        (
            {"starts_at": None, "ends_at": None, "last_on": MONDAY + timedelta(days=8)},
            "begins again before it ends",
        ),
    ],
)
def test_what_can_not_be_is_said_in_a_sentence(
    world: World, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CannotPlan, match=sentence):
        puts(world.student, replace(JOB, **change))
    assert not Commitment.objects.exists()


def test_a_calendar_has_an_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    puts(world.student)
    with pytest.raises(CannotPlan, match="already"):
        puts(world.student)


def test_a_day_is_left_out_moved_and_put_back(world: World) -> None:
    one, by = puts(world.student), By(world.student)
    actions.leave_out(by=by, one=one, day=MONDAY)
    assert ("work", "Mon 09:00") not in week_of(world.student)
    actions.move(
        by=by,
        one=one,
        day=MONDAY,
        new_day=MONDAY + timedelta(days=4),
        starts_at=time(22),
        ends_at=time(6),
    )
    assert ("work", "Fri 22:00") in week_of(world.student)
    assert OneDay.objects.get().minutes == 8 * 60
    actions.as_planned(by=by, one=one, day=MONDAY)
    assert ("work", "Mon 09:00") in week_of(world.student)


def test_two_windows_of_one_person_lose_nothing(world: World) -> None:
    one, by = puts(world.student), By(world.student)
    actions.change(by=by, one=one, seen=1, entry=replace(JOB, title="Elders"))
    with pytest.raises(Stale):
        actions.change(by=by, one=one, seen=1, entry=JOB)
    assert Commitment.objects.get().title == "Elders"


def test_a_calendar_is_its_owners_alone(world: World) -> None:
    one = puts(world.student)
    for who in (world.mentor, world.teacher, world.coach, world.programme_coordinator):
        by = By(who)
        for act in (
            lambda by=by: actions.change(by=by, one=one, seen=1, entry=JOB),
            lambda by=by: actions.remove(by=by, one=one),
            lambda by=by: actions.leave_out(by=by, one=one, day=MONDAY),
            lambda by=by: actions.as_planned(by=by, one=one, day=MONDAY),
        ):
            with pytest.raises(NotFound):
                act()
        with pytest.raises(NotFound):
            queries.get_commitment(person=who, commitment_id=one.pk)
        assert ("work", "Mon 09:00") not in week_of(who)


def test_a_heavy_week_is_seen_long_before(world: World) -> None:
    puts(world.student)
    exams = MONDAY + timedelta(weeks=9)
    puts(
        world.student,
        replace(JOB, kind=Kind.EXAM, first_on=exams, every_weeks=Repeat.ONCE, days=[]),
    )
    puts(world.student, replace(JOB, kind=Kind.REST))
    weeks = queries.load(person=world.student, monday=MONDAY, weeks=12, now=NOW)
    assert weeks[0].hours == {"work": 24}
    assert (weeks[9].total, weeks[9].hours["exam"]) == (32, 8)
    heaviest = max(weeks, key=lambda week: week.total)
    assert heaviest.monday == exams


def test_a_limit_is_kept_and_let_go(world: World) -> None:
    actions.set_limit(by=By(world.student), hours=50)
    actions.set_limit(by=By(world.student), hours=45)
    assert queries.limit_of(world.student) == 45
    assert queries.limit_of(world.mentor) is None
    actions.set_limit(by=By(world.student), hours=None)
    assert queries.limit_of(world.student) is None


def test_stops_that_one_attends_stand_between_the_rest(world: World) -> None:
    stop = world.stop("onboarding")
    stop.starts_at = NOW + timedelta(days=1)
    stop.save()
    assert [kind for kind, _when in week_of(world.student)] == ["stop"]
    attends = "mentor" in stop.attends
    assert bool(week_of(world.mentor)) == attends
    assert week_of(world.other_student) == []
