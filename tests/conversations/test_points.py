"""Action points: somebody's, done by that person, on top of their Today."""

from datetime import timedelta

import pytest

from tests.conversations.talks import TODAY, notes, to_do
from tests.worlds import NOW, World
from tussenstop.conversations import queries
from tussenstop.conversations.actions import points
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.models import Point
from tussenstop.core.errors import NotFound, Refused
from tussenstop.people.acting import By

pytestmark = pytest.mark.django_db


def test_what_is_due_first_stands_on_top_for_its_owner(world: World) -> None:
    made = notes(world, point=to_do(world.student, "Later"))
    for text, days in (("Morgen", 1), ("Gisteren", -1)):
        due = TODAY + timedelta(days=days)
        points.add_point(
            by=By(world.mentor),
            conversation=made,
            point=to_do(world.student, text, due=due),
            now=NOW,
        )
    mine = queries.points_of(world.student, now=NOW)
    assert [point.text for point in mine] == ["Gisteren", "Morgen", "Later"]
    assert queries.points_of(world.mentor, now=NOW) == []


def test_only_the_owner_says_that_it_is_done(world: World) -> None:
    notes(world, point=to_do(world.student))
    point = Point.objects.select_related("conversation__route").get()
    with pytest.raises(Refused):
        points.finish_point(by=By(world.mentor), point=point, done=True, now=NOW)
    points.finish_point(by=By(world.student), point=point, done=True, now=NOW)
    points.finish_point(by=By(world.student), point=point, done=True, now=NOW + timedelta(days=1))
    assert Point.objects.get().done_at == NOW
    assert queries.points_of(world.student, now=NOW) == []
    points.finish_point(by=By(world.student), point=point, done=False, now=NOW)
    assert queries.points_of(world.student, now=NOW) == [point]


def test_who_was_given_something_to_do_may_take_it_off(world: World) -> None:
    made = notes(world, point=to_do(world.student), to=[world.student, world.teacher])
    point = Point.objects.select_related("conversation__route").get()
    with pytest.raises(Refused):
        points.drop_point(by=By(world.teacher), point=point, now=NOW)
    points.drop_point(by=By(world.student), point=point, now=NOW)
    assert queries.points_of(world.student, now=NOW) == []
    assert Point.objects.get().dropped_by == world.student
    with pytest.raises(CannotTalk):
        points.add_point(by=By(world.mentor), conversation=made, point=to_do(world.coach), now=NOW)


def test_who_did_not_take_part_adds_and_finds_nothing(world: World) -> None:
    made = notes(world, closed=True, point=to_do(world.student))
    with pytest.raises(NotFound):
        points.add_point(
            by=By(world.teacher), conversation=made, point=to_do(world.student), now=NOW
        )
    with pytest.raises(NotFound):
        queries.get_point(person=world.teacher, point_id=Point.objects.get().pk, now=NOW)
