"""What happened on one's own route, to lay beside one's own course."""

from datetime import datetime, timedelta

import pytest

from tests.worlds import NOW, World
from tussenstop.people.models import Person
from tussenstop.routes.event_queries import MOST, Event, events_of
from tussenstop.routes.models import Pause, Stop

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def seen_by(person: Person) -> list[Event]:
    """From a month ago to a month ahead."""
    month = timedelta(days=30)
    return events_of(person=person, first=TODAY - month, last=TODAY + month, now=NOW)


def held(world: World, kind: str, at: datetime) -> Stop:
    stop = world.stop(kind)
    Stop.objects.filter(pk=stop.pk).update(done_at=at)
    return stop


def planned(world: World, kind: str, at: datetime) -> Stop:
    stop = world.stop(kind)
    Stop.objects.filter(pk=stop.pk).update(starts_at=at)
    return stop


def test_stops_that_were_held_and_are_planned_come_in_order_with_a_pause(world: World) -> None:
    ahead = planned(world, "interim", NOW + timedelta(days=9))
    back = held(world, "onboarding", NOW - timedelta(days=9))
    Pause.objects.create(route=world.route, starts_on=TODAY - timedelta(days=3))
    for person in (world.student, world.mentor):
        assert [event.stop for event in seen_by(person)] == [back, None, ahead]


def test_what_lies_outside_these_days_or_has_no_day_is_left_out(world: World) -> None:
    planned(world, "interim", NOW + timedelta(days=32))
    held(world, "onboarding", NOW - timedelta(days=32))
    assert seen_by(world.student) == []


def test_a_teacher_and_who_travels_another_route_find_nothing_of_it(world: World) -> None:
    held(world, "onboarding", NOW - timedelta(days=9))
    assert len(seen_by(world.student)) == 1
    for person in (world.teacher, world.coach, world.other_student, world.other_mentor):
        assert seen_by(person) == []


def test_of_very_many_only_the_newest_are_told(world: World) -> None:
    for number in range(MOST + 3):
        Stop.objects.create(
            route=world.route,
            own_name=f"{number}",
            position=50 + number,
            lead="student",
            attends=["student"],
            done_at=NOW - timedelta(days=number),
        )
    names = [event.stop.own_name for event in seen_by(world.student) if event.stop]
    assert names == [str(number) for number in reversed(range(MOST))]
