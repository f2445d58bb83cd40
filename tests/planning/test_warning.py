"""What a calendar passes of the rules on working time."""

from datetime import date
from decimal import Decimal

import pytest

from tests.planning.searching import searched
from tests.planning.test_planning import works
from tests.worlds import NOW, World
from tussenstop.policies.rules import Code

pytestmark = pytest.mark.django_db


def test_a_calendar_tells_where_job_and_workplace_together_pass_the_rules(world: World) -> None:
    works(world.student, [1, 2], 7, 20, NOW.date())
    passed = searched(world, day_most=14).options.order_by("position").first()
    assert passed is not None
    codes = {version.partition("@")[0] for version, *_rest in passed.figures["warned"]}
    assert Code.DAY in codes
    for version, count, monday, number in passed.figures["warned"]:
        assert count >= 1
        assert date.fromisoformat(monday).weekday() == 0
        assert version
        assert Decimal(number) > 0


def test_a_light_calendar_passes_no_rule(world: World) -> None:
    assert all(one.figures["warned"] == [] for one in searched(world).options.all())
