"""Students who share a workplace that can't receive all of them at once."""

from datetime import time, timedelta

import pytest

from tests.planning.searching import an_option, searched
from tests.series.asking import another_route
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Workplace
from tussenstop.planning import seats
from tussenstop.planning.actions import agreeing
from tussenstop.planning.actions.agreeing import CannotAgree
from tussenstop.planning.models import Option, Plan, PlannedBlock
from tussenstop.planning.rules import PlanState
from tussenstop.routes.models import Placement

pytestmark = pytest.mark.django_db


def receives(world: World, students: int | None) -> None:
    Workplace.objects.filter(pk=world.workplace.pk).update(at_once=students)


def somebody_is_there(world: World) -> Plan:
    """Another student, whose agreed days are every weekday morning."""
    route = another_route(world)
    plan = Plan.objects.create(
        route=route,
        state=PlanState.AGREED,
        from_on=world.placement.starts_on,
        flavour="even",
        proposed_by=route.student,
        proposed_at=NOW,
    )
    days = [world.placement.starts_on + timedelta(days=number) for number in range(28)]
    PlannedBlock.objects.bulk_create(
        PlannedBlock(
            plan=plan,
            activity="workplace",
            day=day,
            starts_at=time(8),
            minutes=240,
            changed_at=NOW,
        )
        for day in days
        if day.isoweekday() <= 5
    )
    return plan


def hours_there(option: Option) -> set[tuple[str, int]]:
    return {
        (day, hour)
        for day, start, end, activity in option.blocks
        if activity == "workplace"
        for hour in range(start // 60, -(-end // 60))
    }


def test_a_calendar_goes_around_the_students_who_are_there_already(world: World) -> None:
    somebody_is_there(world)
    mornings = range(8, 12)
    receives(world, None)
    assert {hour for _day, hour in hours_there(an_option(world))} & set(mornings)

    receives(world, 1)
    found = searched(world)
    options = list(found.options.all())
    assert options
    for option in options:
        assert not {hour for _day, hour in hours_there(option)} & set(mornings)
    assert "full" in found.reckoned["assumed"]


def test_with_room_for_one_more_nothing_is_left_out(world: World) -> None:
    somebody_is_there(world)
    receives(world, 2)

    assert "full" not in searched(world).reckoned["assumed"]


def test_days_that_others_took_since_are_not_proposed(world: World) -> None:
    receives(world, 1)
    option = an_option(world)
    somebody_is_there(world)

    with pytest.raises(CannotAgree):
        agreeing.propose(by=By(world.student), key=uuid7(), option=option, now=NOW)

    receives(world, 2)
    assert agreeing.propose(by=By(world.student), key=uuid7(), option=option, now=NOW)


def test_a_day_that_was_left_out_makes_room_again(world: World) -> None:
    receives(world, 1)
    plan = somebody_is_there(world)
    placement = Placement.objects.select_related("workplace").get(pk=world.placement.pk)
    first = plan.blocks.earliest("day")
    assert len(seats.full(placement, first.day, first.day)) == 8

    PlannedBlock.objects.filter(pk=first.pk).update(cancelled_at=NOW)
    assert seats.full(placement, first.day, first.day) == []
