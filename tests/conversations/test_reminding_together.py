"""Two workers look at the same routes at the same moment."""

from datetime import timedelta

import pytest

from tests.conversations.reminding import goes_on
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.conversations import reminders
from tussenstop.conversations.models import Reminded
from tussenstop.core.models import OutgoingMail

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]


@pytest.fixture
def world(a_database_for_threads: None) -> World:
    world = a_route_with_three_partners()
    goes_on(world.route)
    OutgoingMail.objects.all().delete()
    return world


def workers(moment: object) -> None:
    results = together(
        *[lambda: reminders.remind(reminders.next_routes(reminders.FIRST), moment)] * 3  # type: ignore[arg-type]
    )
    assert results == [None] * 3


def test_each_side_gets_one_letter(world: World) -> None:
    workers(NOW)
    told = sorted(OutgoingMail.objects.values_list("to", flat=True))
    assert told == sorted([world.student.email, world.mentor.email])


def test_the_second_letter_comes_once_too(world: World) -> None:
    workers(NOW)
    OutgoingMail.objects.all().delete()
    workers(NOW + timedelta(days=14))
    told = OutgoingMail.objects.filter(to=world.mentor.email, subject__startswith="Hoe-is-het")
    assert told.count() == 1
    assert Reminded.objects.get(kind="how_is_it").number == 2
