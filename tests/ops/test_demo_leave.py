"""The training leave of the demo is believable on whatever day somebody looks."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.worlds import World
from tussenstop.leave import queries
from tussenstop.leave.models import Leave
from tussenstop.ops.demo.leave import WHO, tell

pytestmark = pytest.mark.django_db

DAYS = [(2026, 9, 2), (2026, 9, 30), (2026, 11, 28), (2027, 2, 28), (2027, 7, 1), (2027, 8, 31)]


@pytest.mark.parametrize("day", DAYS)
def test_it_has_a_last_day_ahead_and_nothing_left_undone(
    world: World, day: tuple[int, int, int]
) -> None:
    world.student.name = WHO
    world.student.save()
    now = datetime(*day, 10, tzinfo=UTC)
    tell(now=now)
    year = queries.get_year(person=world.student, leave_id=Leave.objects.get().pk, now=now)
    assert queries.asked(year.leave, now)
    assert all(
        done and done.done_on for one, done in year.days if one.asks and one.day < now.date()
    )
    assert year.left > 0
    assert not any(year.outside(row.day) for row in queries.taken(year.leave))
    if now.date() > year.leave.starts_on + timedelta(days=14):
        assert year.used
