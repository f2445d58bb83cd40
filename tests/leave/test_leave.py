"""Leave kept, taken and given in; reminders that come once and stop."""

from datetime import date, timedelta

import pytest

from tests.leave.telling import facts, told
from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.leave import actions, queries, reminders
from tussenstop.leave.models import Leave
from tussenstop.leave.rules import What
from tussenstop.people.acting import By
from tussenstop.routes import deadlines

pytestmark = pytest.mark.django_db


def year(world: World) -> queries.Year:
    _view, found = queries.year_of(
        person=world.student, route_id=world.route.pk, year=2026, now=NOW
    )
    assert found
    return found


def takes(world: World, day: date = date(2026, 11, 20), minutes: int = 240) -> None:
    actions.take(
        by=By(world.student),
        leave=told(world),
        key=uuid7(),
        day=day,
        minutes=minutes,
        what=What.LESSON,
        now=NOW,
    )


def test_what_is_taken_goes_off_and_comes_back(world: World) -> None:
    takes(world)
    takes(world, minutes=90)
    assert (year(world).used, year(world).left) == (5.5, 94.5)
    row = queries.taken(told(world)).first()
    assert row
    for _twice in range(2):
        actions.take_back(by=By(world.student), taken=row, now=NOW)
    assert float(year(world).used) in {1.5, 4}


def test_sent_twice_stands_there_once(world: World) -> None:
    leave, key = told(world), uuid7()
    for _twice in range(2):
        actions.take(
            by=By(world.student),
            leave=leave,
            key=key,
            day=date(2026, 11, 20),
            minutes=60,
            what=What.EXAM,
            now=NOW,
        )
    assert year(world).used == 1


@pytest.mark.parametrize(
    ("day", "minutes", "field"),
    [(date(2025, 3, 1), 60, "day"), (date(2026, 11, 20), 800, "hours")],
)
def test_what_cannot_be_leave_is_refused_at_its_field(
    world: World, day: date, minutes: int, field: str
) -> None:
    with pytest.raises(actions.CannotKeep) as refusal:
        takes(world, day, minutes)
    assert refusal.value.field == field


def test_two_windows_do_not_overwrite_each_other(world: World) -> None:
    told(world)
    student = {"by": By(world.student), "route": world.route, "now": NOW}
    actions.keep(**student, seen=1, facts=facts(points=20))
    with pytest.raises(Stale):
        actions.keep(**student, seen=1, facts=facts(points=25))
    with pytest.raises(Stale):
        actions.keep(**student, seen=0, facts=facts(points=25))
    assert Leave.objects.get().points == 20


def test_nobody_but_the_student_keeps_leave(world: World) -> None:
    with pytest.raises(Refused):
        actions.keep(by=By(world.mentor), route=world.route, seen=0, facts=facts(), now=NOW)
    with pytest.raises(Refused):
        queries.year_of(person=world.teacher, route_id=world.route.pk, year=2026, now=NOW)


def test_a_letter_two_weeks_before_once_and_none_when_it_was_given_in(world: World) -> None:
    told(world, with_year=False, enrolled_on=NOW.date())
    mails = OutgoingMail.objects.filter(to=world.student.email)
    before = mails.count()
    reminders.remind(NOW)
    assert mails.count() == before
    for day in (1, 2, 3):
        reminders.remind(NOW + timedelta(days=day))
    assert mails.count() == before + 1
    assert "8 december 2026" in mails.latest("pk").text


def test_what_is_given_in_is_no_last_day_any_more(world: World) -> None:
    leave = told(world, with_year=False, enrolled_on=NOW.date(), credit=True)

    def ahead() -> list[date]:
        return [one.day for one in queries.deadlines(world.student, NOW)]

    assert ahead() == [date(2026, 12, 8), date(2027, 1, 20), date(2027, 4, 20), date(2027, 7, 20)]
    assert any(one.uid.startswith("leave-") for one in deadlines.every(world.student, NOW))
    given = {"by": By(world.student), "leave": leave, "known": year(world).known, "now": NOW}
    actions.give_in(**given, step="attest", on=NOW.date())
    assert len(ahead()) == 3
    reminders.remind(NOW + timedelta(days=3))
    assert not OutgoingMail.objects.filter(to=world.student.email, text__contains="december")
    actions.give_in(**given, step="attest", on=None)
    assert len(ahead()) == 4
    with pytest.raises(NotFound):
        actions.give_in(**given, step="refund", on=NOW.date())


def test_without_a_right_nothing_has_to_be_given_in(world: World) -> None:
    told(world, with_year=False, enrolled_on=NOW.date(), percent=20)
    assert queries.deadlines(world.student, NOW) == []
