"""Somebody who may read the figures tries to learn the answer of one person, by taking one figure
from another. Each attack is first shown to work on figures that are simply counted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.factories import PersonFactory, ProgrammeFactory
from tests.wellbeing.telling import tells
from tests.worlds import World
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.people.acting import By
from tussenstop.people.models import Person, Programme
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context, State
from tussenstop.wellbeing import aggregate
from tussenstop.wellbeing.actions import own
from tussenstop.wellbeing.models import CheckIn, Quarter

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)
MOMENTS = {
    FIRST: datetime(2026, 2, 10, 9, tzinfo=UTC),
    SECOND: datetime(2026, 5, 11, 9, tzinfo=UTC),
    THIRD: datetime(2026, 8, 10, 9, tzinfo=UTC),
}
AFTER = datetime(2026, 11, 1, 9, tzinfo=UTC)
LOW, HIGH = 1, 4


def student(programme: Programme) -> Person:
    person = PersonFactory()
    route = Route.objects.create(
        institution=programme.institution,
        programme=programme,
        student=person,
        context=Context.WORKPLACE_STUDENT,
        state=State.UNDER_WAY,
        state_since=MOMENTS[FIRST],
        hours_target=100,
        created_at=MOMENTS[FIRST],
    )
    Participation.objects.create(
        route=route,
        person=person,
        role=RouteRole.STUDENT,
        invited_at=MOMENTS[FIRST],
        accepted_at=MOMENTS[FIRST],
    )
    return person


def cohort(programme: Programme, count: int) -> list[Person]:
    """So many who will fill something in, among some who won't."""
    for _number in range(aggregate.LEAST_SILENT):
        student(programme)
    return [student(programme) for _number in range(count)]


def fill_in(people: list[Person], quarter: date) -> None:
    """Half of them low, half high."""
    for number, person in enumerate(people):
        tells(person, LOW if number % 2 else HIGH, now=MOMENTS[quarter])


def seen(world: World) -> list[Any]:
    """Everything the attacker can read."""
    _school, told = aggregate.window(
        person=world.programme_coordinator, institution_id=world.institution.pk, now=AFTER
    )
    return [(one.first_day, one.state, one.groups) for one in told]


def close(world: World, quarter: date) -> None:
    aggregate.close(world.institution.pk, quarter, AFTER)


def counted(quarter: date, programme: Programme | None = None) -> int:
    """What a careless page would show: how many found the sentences to fit."""
    begin, end = aggregate._bounds(quarter)
    rows = CheckIn.objects.filter(at__gte=begin, at__lt=end)
    if programme:
        parts = Participation.objects.filter(route__programme=programme)
        rows = rows.filter(person__in=parts.values("person_id"))
    return sum(row.items["energy"] >= aggregate.FITS for row in rows)


@pytest.fixture
def group(world: World) -> list[Person]:
    return cohort(world.programme, 30)


def test_a_large_group_is_told_of_in_tens_of_percent(world: World, group: list[Person]) -> None:
    fill_in(group, FIRST)
    close(world, FIRST)
    assert seen(world) == [
        (FIRST, aggregate.State.WHOLE, [("", dict.fromkeys(pack().check_in, 5))])
    ]


def test_a_small_group_is_not(world: World) -> None:
    fill_in(cohort(world.programme, 9), FIRST)
    close(world, FIRST)
    assert seen(world) == [(FIRST, aggregate.State.FEW, [])]


def test_figures_of_a_group_in_which_all_took_part_would_say_that_each_of_them_did(
    world: World,
) -> None:
    everybody = [student(world.programme) for _number in range(30)]
    world.student.participations.all().delete()
    assert aggregate._students(world.institution.pk, FIRST)[world.programme.pk] == {
        one.pk for one in everybody
    }
    fill_in(everybody, FIRST)
    close(world, FIRST)
    assert seen(world) == [(FIRST, aggregate.State.FEW, [])]


def test_nor_does_a_programme_show_that_each_of_its_students_took_part(
    world: World, group: list[Person]
) -> None:
    other = ProgrammeFactory(institution=world.institution)
    fill_in([*group, *[student(other) for _number in range(30)]], FIRST)
    close(world, FIRST)
    ((_day, state, _groups),) = seen(world)
    assert state == aggregate.State.WHOLE


def test_a_group_is_never_under_five_whatever_is_set(world: World, settings: Any) -> None:
    settings.WELLBEING_GROUP = 1
    fill_in(cohort(world.programme, 4), FIRST)
    close(world, FIRST)
    assert seen(world) == [(FIRST, aggregate.State.FEW, [])]


@pytest.mark.parametrize("level", [LOW, HIGH])
def test_when_all_say_the_same_it_is_not_told(
    world: World, group: list[Person], level: int
) -> None:
    for person in group:
        tells(person, level, now=MOMENTS[FIRST])
    close(world, FIRST)
    assert seen(world) == [(FIRST, aggregate.State.WHOLE, [("", dict.fromkeys(pack().check_in))])]


@pytest.mark.parametrize("level", [LOW, HIGH])
def test_who_joins_or_leaves_a_quarter_that_was_told_changes_nothing(
    world: World, group: list[Person], level: int
) -> None:
    fill_in(group, FIRST)
    close(world, FIRST)
    careless, careful = counted(FIRST), seen(world)
    victim = student(world.programme)
    tells(victim, level, now=MOMENTS[FIRST])
    close(world, FIRST)
    assert counted(FIRST) - careless == (level == HIGH)  # the attack works on what is counted
    assert seen(world) == careful
    own.withdraw(by=By(victim), now=AFTER)
    close(world, FIRST)
    assert seen(world) == careful


@pytest.mark.parametrize("level", [LOW, HIGH])
def test_the_whole_minus_a_large_programme_is_no_small_one(
    world: World, group: list[Person], level: int
) -> None:
    small = ProgrammeFactory(institution=world.institution)
    victim = student(small)
    fill_in(group, FIRST)
    tells(victim, level, now=MOMENTS[FIRST])
    close(world, FIRST)
    assert counted(FIRST) - counted(FIRST, world.programme) == (level == HIGH)
    ((_day, state, groups),) = seen(world)
    assert state == aggregate.State.WHOLE
    assert [name for name, _figures in groups] == [""]


def test_a_programme_in_which_nobody_took_part_does_not_show_by_its_absence(
    world: World, group: list[Person]
) -> None:
    """Were the others told one by one, then one would know that this student said nothing."""
    other = ProgrammeFactory(institution=world.institution)
    fill_in([*group, *cohort(other, 30)], FIRST)
    student(ProgrammeFactory(institution=world.institution))
    close(world, FIRST)
    ((_day, state, _groups),) = seen(world)
    assert state == aggregate.State.WHOLE


def test_programmes_are_told_when_each_is_large_and_the_whole_then_is_not(
    world: World, group: list[Person]
) -> None:
    world.student.participations.all().delete()  # of a programme with these, and silent
    other = ProgrammeFactory(institution=world.institution)
    fill_in([*group, *cohort(other, 30)], FIRST)
    close(world, FIRST)
    ((_day, state, groups),) = seen(world)
    assert state == aggregate.State.PROGRAMMES
    assert {name for name, _figures in groups} == {world.programme.name, other.name}


@pytest.mark.parametrize("level", [LOW, HIGH])
def test_two_quarters_differ_by_one_person_and_tell_nothing_of_them(
    world: World, group: list[Person], level: int
) -> None:
    victim = student(world.programme)
    fill_in(group, FIRST)
    fill_in(group, SECOND)
    tells(victim, level, now=MOMENTS[SECOND])
    close(world, FIRST)
    close(world, SECOND)
    assert counted(SECOND) - counted(FIRST) == (level == HIGH)
    assert [(day, state) for day, state, _groups in seen(world)] == [
        (SECOND, aggregate.State.ALIKE),
        (FIRST, aggregate.State.WHOLE),
    ]


def test_nor_when_a_silent_quarter_lies_between(world: World, group: list[Person]) -> None:
    fill_in(group, FIRST)
    fill_in([*group, student(world.programme)], THIRD)
    for quarter in (FIRST, SECOND, THIRD):
        close(world, quarter)
    assert [state for _day, state, _groups in seen(world)] == [
        aggregate.State.ALIKE,
        aggregate.State.FEW,
        aggregate.State.WHOLE,
    ]


def test_nor_when_the_one_who_left_deleted_everything(world: World, group: list[Person]) -> None:
    fill_in(group, FIRST)
    close(world, FIRST)
    own.withdraw(by=By(group[-1]), now=MOMENTS[SECOND] - timedelta(days=9))
    fill_in(group[:-1], SECOND)
    close(world, SECOND)
    assert seen(world)[0][:2] == (SECOND, aggregate.State.ALIKE)


def test_the_same_group_is_told_of_again(world: World, group: list[Person]) -> None:
    for quarter in (FIRST, SECOND):
        fill_in(group, quarter)
        close(world, quarter)
    assert [state for _day, state, _groups in seen(world)] == [aggregate.State.WHOLE] * 2


def test_one_more_in_a_programme_is_not_hidden_by_many_in_another(
    world: World, group: list[Person]
) -> None:
    world.student.participations.all().delete()
    other = ProgrammeFactory(institution=world.institution)
    others, more = cohort(other, 30), cohort(other, 6)
    victim = student(world.programme)
    fill_in([*group, *others], FIRST)
    close(world, FIRST)
    fill_in([*group, victim, *others, *more], SECOND)
    close(world, SECOND)
    assert [state for _day, state, _groups in seen(world)] == [
        aggregate.State.ALIKE,
        aggregate.State.PROGRAMMES,
    ]


def test_mentors_and_their_employers_are_no_group(world: World) -> None:
    for _number in range(30):
        person = PersonFactory()
        Participation.objects.create(
            route=world.route,
            person=person,
            role=RouteRole.MENTOR,
            invited_at=MOMENTS[FIRST],
            accepted_at=MOMENTS[FIRST],
        )
        tells(person, HIGH, now=AFTER)
    aggregate.close(world.institution.pk, date(2026, 10, 1), AFTER)
    assert Quarter.objects.get().state == aggregate.State.FEW


def test_every_day_the_quarter_that_is_over_is_closed_once(world: World) -> None:
    for _time in range(2):
        aggregate.close_quarter(AFTER)
    assert Quarter.objects.filter(institution=world.institution).get().first_day == THIRD
    aggregate.close_quarter(datetime(2027, 1, 10, 9, tzinfo=UTC))
    assert Quarter.objects.filter(institution=world.institution).count() == 1
    aggregate.close_quarter(datetime(2027, 1, 20, 9, tzinfo=UTC))
    assert Quarter.objects.filter(institution=world.institution).count() == 2
