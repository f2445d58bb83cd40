"""Looking for dates: around what people may know of each other, and no further."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.calendars.test_actions import puts
from tests.calendars.test_busy import entry, shares
from tests.factories import PersonFactory
from tests.planning.searching import agreed_plan
from tests.series.asking import TUESDAY, aimed, another_route, searched, the_talk, wanted
from tests.worlds import NOW, World
from tussenstop.access.models import Participation
from tussenstop.calendars.rules import Kind
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.actions.inviting import Invitation
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.planning.models import PlannedBlock
from tussenstop.planning.models import Presence as There
from tussenstop.routes.actions import moments
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context
from tussenstop.series import actions
from tussenstop.series.looking import look_for
from tussenstop.series.models import Series, Talk
from tussenstop.series.rules import Missing, Proof, Where

pytestmark = pytest.mark.django_db


def hour(series: Series) -> str:
    """When the only conversation of a series was put; empty without a moment."""
    found = the_talk(series).starts_at
    return f"{timezone.localtime(found):%H:%M}" if found else ""


def busy_until(world: World, person: Person, end: int, kind: Kind = Kind.WORK) -> None:
    puts(person, entry(kind, 8, end, TUESDAY))


def test_a_conversation_is_put_at_the_first_moment_that_suits_everybody(world: World) -> None:
    series = searched(world)

    assert hour(series) == "09:00"
    assert series.proof == Proof.BEST


def test_around_the_job_of_the_student_and_the_calendar_of_who_plans(world: World) -> None:
    busy_until(world, world.student, 10)
    assert hour(searched(world)) == "10:00"

    busy_until(world, world.mentor, 11)
    assert hour(searched(world)) == "11:00"


def test_what_a_student_keeps_to_themselves_is_not_reckoned_with(world: World) -> None:
    busy_until(world, world.student, 12, Kind.CARE)
    assert the_talk(searched(world)).missing == Missing.NO_MOMENT

    shares(world, mentor=False)
    assert hour(searched(world)) == "09:00"


def test_of_an_own_employee_a_mentor_reckons_with_work_and_not_with_home_or_study(
    world: World,
) -> None:
    Route.objects.filter(pk=world.route.pk).update(context=Context.OWN_EMPLOYEE)
    busy_until(world, world.student, 12, Kind.LESSON)
    busy_until(world, world.student, 10, Kind.WORK)

    assert hour(searched(world)) == "10:00"


def test_a_school_reckons_with_what_the_student_shows_the_teacher(world: World) -> None:
    busy_until(world, world.student, 10, Kind.CARE)
    assert hour(searched(world, world.programme_coordinator)) == "10:00"

    shares(world, teacher=False)
    assert hour(searched(world, world.programme_coordinator)) == "09:00"


def test_the_calendar_of_another_partner_stays_their_own_but_their_conversations_count(
    world: World,
) -> None:
    busy_until(world, world.mentor, 12, Kind.REST)
    series = searched(world, world.teacher)
    assert hour(series) == "09:00"

    start = world.stop("start_conversation")
    start.starts_at = datetime(2027, 1, 19, 8, 15, tzinfo=UTC)  # 9:15 here
    start.save(update_fields=["starts_at"])
    assert hour(searched(world, world.teacher)) == "10:00"


def test_a_mentor_is_asked_while_they_are_there(world: World) -> None:
    There.objects.create(
        placement=world.placement, weekday=2, starts_at=time(10, 30), ends_at=time(12)
    )
    assert hour(searched(world, world.teacher)) == "11:00"

    There.objects.update(weekday=3)
    assert the_talk(searched(world, world.teacher)).missing == Missing.NO_MOMENT


def test_a_day_at_the_workplace_is_for_talking_there_and_not_elsewhere(world: World) -> None:
    plan = agreed_plan(world)
    PlannedBlock.objects.filter(plan=plan, day=TUESDAY).delete()
    PlannedBlock.objects.create(
        plan=plan,
        activity="workplace",
        day=TUESDAY,
        starts_at=time(10),
        minutes=60,
        changed_at=NOW,
    )

    assert hour(searched(world, where=Where.ONLINE)) == "09:00"
    assert hour(searched(world, where=Where.WORKPLACE)) == "10:00"
    busy_until(world, world.mentor, 10)
    assert hour(searched(world, where=Where.ELSEWHERE)) == "11:00"


def test_a_date_to_which_somebody_said_no_is_not_proposed_again(world: World) -> None:
    stop = aimed(world)
    moment = moments.propose_moment(
        by=By(world.mentor),
        stop=stop,
        key=uuid7(),
        starts_at=datetime(2027, 1, 19, 8, tzinfo=UTC),
        minutes=45,
        place="",
        now=NOW,
    )
    moments.answer_moment(by=By(world.student), moment=moment, suits=False, now=NOW)

    assert hour(searched(world)) == "10:00"


def test_not_on_a_public_holiday_and_not_in_school_holidays_when_asked(world: World) -> None:
    new_year = TUESDAY.replace(day=1)  # a Friday, in the Christmas holiday
    monday = new_year + timedelta(days=3)
    shares(world)
    for until, expected in ((new_year, Missing.NO_MOMENT), (monday, "")):
        series = searched(
            world,
            from_on=new_year,
            until_on=until,
            holidays_free=False,
        )
        assert the_talk(series).missing == expected
    # The Christmas holiday ends on Sunday 3 January; the Thursday before lies in it.
    thursday = new_year - timedelta(days=1)
    for free, expected in ((True, Missing.NO_MOMENT), (False, "")):
        series = searched(world, from_on=thursday, until_on=thursday, holidays_free=free)
        assert the_talk(series).missing == expected


def test_without_a_mentor_who_takes_part_there_is_no_conversation_of_three(world: World) -> None:
    aimed(world)
    series = actions.ask(by=By(world.teacher), key=uuid7(), wanted=wanted(), now=NOW)
    mentor = Participation.objects.filter(route=world.route, person=world.mentor)
    mentor.update(ended_at=NOW)

    look_for(series)
    assert the_talk(series).missing == Missing.INCOMPLETE

    with pytest.raises(actions.CannotPlanSeries):
        searched(world, world.teacher)


def test_many_conversations_of_one_teacher_never_meet_and_the_rest_is_told_why(
    world: World,
) -> None:
    for _number in range(3):
        another_route(world)

    series = searched(world, rooms=5)

    found = list(Talk.objects.filter(series=series, starts_at__isnull=False))
    assert len(found) == 3
    assert len({talk.starts_at for talk in found}) == 3
    assert [talk.missing for talk in Talk.objects.filter(series=series, starts_at=None)] == [
        Missing.TAKEN
    ]
    assert series.proof == Proof.BEST


def test_a_school_puts_as_many_at_once_as_there_are_rooms(world: World) -> None:
    another_route(world, mentor=PersonFactory(), teacher=PersonFactory())
    for rooms, moments_used in ((1, 2), (2, 1)):
        series = searched(world, world.programme_coordinator, rooms=rooms)
        talks = list(Talk.objects.filter(series=series))
        assert len(talks) == 2
        assert all(talk.starts_at for talk in talks)
        assert len({talk.starts_at for talk in talks}) == moments_used


def test_a_planned_conversation_of_somebody_is_in_the_way_too(world: World) -> None:
    """Also one that only its people know of: it is reckoned with, and nothing of it is shown."""
    talk = inviting.invite(
        by=By(world.mentor),
        route=world.fresh(),
        key=uuid7(),
        invitation=Invitation(
            kind="how_is_it",
            who={world.student.pk},
            starts=[datetime(2027, 1, 19, 8, 15, tzinfo=UTC)],  # 9:15 here
            closed=True,
        ),
        now=NOW,
    )
    slot = talk.slots.get()
    inviting.answer(
        by=By(world.student), conversation=talk, suits=[slot.pk], seen=[slot.pk], now=NOW
    )
    assert hour(searched(world, world.teacher)) == "10:00"
    inviting.call_off(by=By(world.mentor), conversation=talk, word="", now=NOW)
    assert hour(searched(world, world.teacher)) == "09:00"
