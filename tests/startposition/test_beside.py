"""Laid side by side: what each expects, and where they differ."""

import pytest

from tests.startposition.telling import shares, tells, tells_side
from tests.worlds import NOW, World
from tussenstop.people.models import Person
from tussenstop.startposition.beside import Beside, side_by_side

pytestmark = pytest.mark.django_db


def beside(world: World, person: Person) -> Beside:
    return side_by_side(person=person, route_id=world.route.pk, now=NOW)


def differing(found: Beside) -> set[str]:
    return {topic.label for topic in found.topics if topic.differs}


@pytest.fixture
def told(world: World) -> World:
    tells(
        world,
        "expectations",
        {"rhythm": "weekly", "contact": ["mail", "call"], "from_mentor": "Tijd"},
    )
    tells_side(world, world.mentor, "mentor", rhythm="when_needed", contact=["call"], offer="Werk")
    return world


def test_answers_that_have_nothing_in_common_are_marked(told: World) -> None:
    found = beside(told, told.student)
    assert differing(found) == {"Catching up"}
    assert found.differences == 1


def test_a_choice_in_common_is_no_difference(told: World) -> None:
    tells_side(told, told.teacher, "teacher", contact=["in_person"])
    assert differing(beside(told, told.student)) == {"Catching up", "To be reached"}


def test_who_said_nothing_differs_from_nobody(world: World) -> None:
    tells_side(world, world.mentor, "mentor", rhythm="weekly")
    assert differing(beside(world, world.student)) == set()


def test_others_read_the_students_expectations_only_when_shared(told: World) -> None:
    assert [one.role for one in beside(told, told.mentor).told] == ["mentor"]
    assert differing(beside(told, told.mentor)) == set()
    shares(told, expectations=["mentor"])
    assert [one.role for one in beside(told, told.mentor).told] == ["student", "mentor"]
    assert differing(beside(told, told.mentor)) == {"Catching up"}
    assert [one.role for one in beside(told, told.teacher).told] == ["mentor"]


def test_it_says_who_told_nothing_yet(told: World) -> None:
    assert [role for _person, role in beside(told, told.student).missing] == ["teacher"]
