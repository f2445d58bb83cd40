"""Hours: written down once, corrected with a trace, talked about, and confirmed as they were seen."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from tests.hours.writing import FRIDAY, a_planned_day, hours, writes
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.hours import actions, queries, reminders
from tussenstop.hours.actions import CannotWrite
from tussenstop.hours.models import Change, Entry, Remark
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 16)


def seen(*entries: Entry) -> list[tuple[UUID, int]]:
    return [(one.pk, one.version) for one in entries]


def confirms(world: World, *entries: Entry) -> int:
    return actions.confirm(by=By(world.mentor), route=world.route, seen=seen(*entries), now=NOW)


def moves_of(world: World, person: Person) -> set[str]:
    return set(Move.objects.filter(route=world.route, person=person).values_list("code", flat=True))


def test_hours_are_written_down_without_the_pause(world: World) -> None:
    entry = writes(world)
    assert entry.worked == 7 * 60 + 30
    found = queries.week(person=world.mentor, route_id=world.route.pk, monday=MONDAY, now=NOW)
    assert found.entries == [entry]
    assert found.worked == 450


def test_a_night_runs_into_the_next_day(world: World) -> None:
    entry = writes(world, starts_at=time(22), ends_at=time(6), pause=0)
    assert entry.minutes == 480
    assert entry.ends_at.date() == FRIDAY + timedelta(days=1)


def test_sent_twice_they_are_there_once(world: World) -> None:
    key = uuid7()
    assert writes(world, key=key) == writes(world, key=key)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": time(9)}, "ends_at"),
        ({"pause": 480}, "pause"),
        ({"pause": 400, "starts_at": time(1), "ends_at": time(20)}, "pause"),
        ({"day": NOW.date() + timedelta(days=1)}, "day"),
        ({"day": NOW.date() - timedelta(days=500)}, "day"),
    ],
)
def test_what_makes_no_sense_is_refused(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(CannotWrite) as refusal:
        writes(world, **changes)
    assert refusal.value.field == field
    assert not Entry.objects.exists()


def test_nobody_is_at_two_places_at_once(world: World) -> None:
    writes(world, starts_at=time(20), ends_at=time(4), pause=0)
    with pytest.raises(CannotWrite):
        writes(world, day=FRIDAY + timedelta(days=1), starts_at=time(3), ends_at=time(9))
    writes(world, day=FRIDAY + timedelta(days=1), starts_at=time(4), ends_at=time(9))


def test_as_planned_is_one_tap_and_two_taps_are_one(world: World) -> None:
    block = a_planned_day(world)
    found = queries.week(person=world.student, route_id=world.route.pk, monday=MONDAY, now=NOW)
    assert found.planned == [block]
    for _n in range(2):
        entry = actions.as_planned(by=By(world.student), block=block, key=uuid7(), now=NOW)
    assert (entry.starts_at, entry.worked) == (time(8), 240)
    assert Entry.objects.count() == 1
    found = queries.week(person=world.student, route_id=world.route.pk, monday=MONDAY, now=NOW)
    assert found.planned == []


def test_planned_days_are_asked_of_the_student_alone(world: World) -> None:
    a_planned_day(world)
    found = queries.week(person=world.mentor, route_id=world.route.pk, monday=MONDAY, now=NOW)
    assert found.planned == []


def test_the_figures_add_up_to_the_target(world: World) -> None:
    first = writes(world)
    writes(world, day=FRIDAY - timedelta(days=1), pause=0)
    confirms(world, first)
    a_planned_day(world, NOW.date() + timedelta(days=2))
    a_planned_day(world, FRIDAY - timedelta(days=2))  # over, and nobody wrote it down
    figures = queries.figures(world.route, NOW)
    assert (figures.done, figures.confirmed, figures.planned) == (930, 450, 240)
    assert figures.target == world.route.hours_target * 60
    assert figures.missing == figures.target - 930 - 240


def test_the_mentor_confirms_what_was_seen(world: World) -> None:
    entry = writes(world)
    assert MoveCode.CONFIRM_HOURS in moves_of(world, world.mentor)
    assert confirms(world, entry) == 1
    assert confirms(world, entry) == 0
    entry.refresh_from_db()
    assert (entry.confirmed_by, entry.confirmed_at) == (world.mentor, NOW)
    assert MoveCode.CONFIRM_HOURS not in moves_of(world, world.mentor)
    assert AuditEntry.objects.filter(code="hours.confirmed").count() == 1


def test_what_changed_meanwhile_is_not_confirmed_unseen(world: World) -> None:
    entry, other = writes(world), writes(world, day=FRIDAY - timedelta(days=1))
    actions.correct(
        by=By(world.student), entry=entry, seen=1, hours=hours(ends_at=time(18)), now=NOW
    )
    with pytest.raises(Stale):
        confirms(world, other, entry)
    assert not Entry.objects.exclude(confirmed_at=None).exists()


def test_a_correction_leaves_a_trace_and_opens_the_day_again(world: World) -> None:
    entry = writes(world)
    confirms(world, entry)
    entry.refresh_from_db()
    by = By(world.student)
    actions.correct(by=by, entry=entry, seen=1, hours=hours(pause=60, done="Anders"), now=NOW)
    change = Change.objects.get()
    assert (change.before["pause"], change.after["pause"]) == (30, 60)
    assert change.was_confirmed
    entry.refresh_from_db()
    assert entry.confirmed_at is None
    assert MoveCode.CONFIRM_HOURS in moves_of(world, world.mentor)
    with pytest.raises(Stale):
        actions.correct(by=by, entry=entry, seen=1, hours=hours(), now=NOW)
    assert AuditEntry.objects.filter(code="hours.corrected").count() == 1


def test_taken_out_the_trace_stays(world: World) -> None:
    entry = writes(world)
    actions.take_out(by=By(world.student), entry=entry, seen=1, now=NOW)
    assert queries.figures(world.route, NOW).done == 0
    assert Change.objects.get().after is None
    with pytest.raises(NotFound):
        queries.get_entry(person=world.student, entry_id=entry.pk, now=NOW)
    with pytest.raises(Stale):
        actions.take_out(by=By(world.student), entry=entry, seen=1, now=NOW)


def test_a_question_is_a_talk_that_ends_with_yes(world: World) -> None:
    entry, key = writes(world), uuid7()
    for _n in range(2):
        actions.say(by=By(world.mentor), entry=entry, key=key, text="Tot 17 u?", now=NOW)
    assert Remark.objects.count() == 1
    assert MoveCode.ANSWER_HOURS in moves_of(world, world.student)
    assert MoveCode.ANSWER_HOURS not in moves_of(world, world.mentor)
    entry.refresh_from_db()
    actions.say(by=By(world.student), entry=entry, key=uuid7(), text="Ja, inventaris.", now=NOW)
    assert MoveCode.ANSWER_HOURS not in moves_of(world, world.student)
    assert MoveCode.ANSWER_HOURS in moves_of(world, world.mentor)
    confirms(world, entry)
    assert moves_of(world, world.mentor).isdisjoint({MoveCode.ANSWER_HOURS, MoveCode.CONFIRM_HOURS})
    with pytest.raises(CannotWrite):
        actions.say(by=By(world.mentor), entry=entry, key=uuid7(), text="  ", now=NOW)


def test_each_does_only_what_is_theirs(world: World) -> None:
    entry = writes(world)
    for person in (world.mentor, world.teacher):
        with pytest.raises(Refused):
            actions.correct(by=By(person), entry=entry, seen=1, hours=hours(), now=NOW)
        with pytest.raises(Refused):
            actions.take_out(by=By(person), entry=entry, seen=1, now=NOW)
    for person in (world.student, world.teacher):
        with pytest.raises(Refused):
            actions.confirm(by=By(person), route=world.route, seen=seen(entry), now=NOW)
    with pytest.raises(Refused):
        actions.say(by=By(world.teacher), entry=entry, key=uuid7(), text="?", now=NOW)


def test_one_letter_a_week_to_the_mentor(world: World) -> None:
    writes(world)
    this_week = writes(world, day=NOW.date(), starts_at=time(7), ends_at=time(8), pause=0)
    OutgoingMail.objects.all().delete()
    reminders.remind(NOW)
    reminders.remind(NOW + timedelta(hours=3))
    [letter] = OutgoingMail.objects.all()
    assert letter.to == world.mentor.email
    assert world.student.first_name in letter.text
    assert "/d/" in letter.text
    confirms(world, *Entry.objects.exclude(pk=this_week.pk))
    reminders.remind(NOW + timedelta(days=1))
    assert OutgoingMail.objects.count() == 1
    reminders.remind(NOW + timedelta(days=7))
    assert OutgoingMail.objects.count() == 2


def test_a_mentor_who_left_is_asked_nothing(world: World) -> None:
    writes(world)
    Participation.objects.filter(person=world.mentor).update(ended_at=NOW - timedelta(hours=1))
    reminders.remind(NOW)
    assert queries.waiting_for(world.mentor, now=NOW) == []
    assert not OutgoingMail.objects.filter(subject__icontains="uren").exists()


def test_the_same_once_more_leaves_them_confirmed(world: World) -> None:
    """Somebody opens the day and presses save."""
    entry = writes(world)
    confirms(world, entry)
    actions.correct(by=By(world.student), entry=entry, seen=1, hours=hours(), now=NOW)
    entry.refresh_from_db()
    assert (entry.confirmed_at, entry.version) == (NOW, 1)
    assert not Change.objects.exists()


def test_a_form_sent_again_with_other_hours_is_not_passed_over(world: World) -> None:
    """Back to the page before, changed, and sent once more with the same key."""
    key = uuid7()
    first = writes(world, key=key)
    with pytest.raises(CannotWrite):
        writes(world, key=key, starts_at=time(18), ends_at=time(20))
    assert writes(world, key=key) == first
    actions.correct(by=By(world.student), entry=first, seen=1, hours=hours(pause=0), now=NOW)
    assert writes(world, key=key) == first  # a device that sends it late
    assert Entry.objects.get().pause == 0
