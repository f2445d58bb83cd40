"""An institution's own values: in place of the built-in ones, with their history."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.policies import actions, queries
from tussenstop.policies.actions import CannotReckon
from tussenstop.policies.models import OwnValue
from tussenstop.policies.rules import Code

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def sets(world: World, **changes: Any) -> None:
    values: dict[str, Any] = {
        "code": Code.WEEK,
        "key": uuid7(),
        "seen": "",
        "number": Decimal(38),
        "valid_from": TODAY,
        "why": "CAO van de sector",
        **changes,
    }
    by = By(values.pop("person", world.programme_coordinator))
    actions.set_own(by=by, institution=world.institution, now=NOW, **values)


def week(world: World, on: date = TODAY) -> queries.Held:
    return queries.held(on=on, institution=world.institution)[Code.WEEK]


def test_an_own_value_holds_from_its_day_on(world: World) -> None:
    sets(world, valid_from=TODAY + timedelta(days=1))
    assert (week(world).number, week(world).own) == (40, None)
    tomorrow = week(world, TODAY + timedelta(days=1))
    assert tomorrow.number == 38
    assert tomorrow.version == f"working-time.week@{OwnValue.objects.get().pk}"
    assert week(world).version == "working-time.week@2000-01-01"
    assert queries.held(on=tomorrow.value.valid_from, institution=None)[Code.WEEK].own is None


def test_a_newer_one_takes_its_place_and_the_older_is_kept(world: World) -> None:
    key = uuid7()
    sets(world, key=key)
    sets(world, key=key)
    with pytest.raises(Stale):
        sets(world, number=Decimal(36))
    sets(world, number=Decimal(36), seen=str(key))
    assert week(world).number == 36
    assert [own.number for own in queries.history(world.institution, Code.WEEK)] == [36, 38]
    by = By(world.programme_coordinator)
    with pytest.raises(Stale):
        actions.withdraw(
            by=by, institution=world.institution, code=Code.WEEK, seen=str(key), now=NOW
        )
    current = queries.current(world.institution, Code.WEEK)
    assert current is not None
    actions.withdraw(
        by=by, institution=world.institution, code=Code.WEEK, seen=str(current.pk), now=NOW
    )
    assert week(world).number == 40


@pytest.mark.parametrize("number", [Decimal(0), Decimal(168)])
def test_a_number_that_makes_no_sense_is_refused(world: World, number: Decimal) -> None:
    with pytest.raises(CannotReckon):
        sets(world, number=number)


def test_only_who_describes_the_institution_sets_its_values(world: World) -> None:
    with pytest.raises(Refused):
        sets(world, person=world.teacher)
    with pytest.raises(NotFound):
        sets(world, person=world.mentor)
