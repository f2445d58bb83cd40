"""What is told when a calendar no longer fits: more time, or a pause."""

from datetime import date, timedelta

import pytest

from tests.planning.searching import agreed_plan, mended, searched, wanted
from tests.worlds import NOW, World
from tussenstop.calendars.actions import Entry, add
from tussenstop.calendars.rules import Kind, Repeat
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.planning.rules import Activity, Answer

pytestmark = pytest.mark.django_db


def away(person: Person, first: date, last: date) -> None:
    entry = Entry(
        kind=Kind.REST,
        title="Ziek",
        movable=False,
        first_on=first,
        last_on=last,
        starts_at=None,
        ends_at=None,
        every_weeks=Repeat.ONCE,
        days=[],
        until=None,
    )
    add(by=By(person), key=uuid7(), entry=entry, now=NOW)


def test_when_much_would_change_a_longer_period_and_a_pause_are_told_too(world: World) -> None:
    first = agreed_plan(world).blocks.earliest("day").day
    away(world.student, first, first + timedelta(days=13))

    search = mended(world)

    told = {one["kind"]: one for one in search.instead}
    assert set(told) == {"longer", "pause"}
    for one in told.values():
        last = wanted(world).until_on + timedelta(weeks=one["weeks"])
        assert date.fromisoformat(one["until"]) == last
    changed = [day for one in search.options.all() for day in one.changed]
    begin = wanted(world).from_on.isoformat()
    assert told["pause"]["since"] == min(changed, default=begin) >= begin


def test_a_small_change_needs_nothing_else(world: World) -> None:
    block = agreed_plan(world).blocks.filter(activity=Activity.WORKPLACE).earliest("day")
    away(world.student, block.day, block.day)
    search = mended(world)
    assert 0 < len(search.options.get().changed) < 5
    assert search.instead == []


def test_a_wish_that_only_needs_more_weeks_is_told_how_many(world: World) -> None:
    search = searched(world, workplace_hours=72, study_hours=0, week_most=15)

    assert search.answer == Answer.IMPOSSIBLE
    (one,) = search.instead
    assert (one["kind"], one["weeks"]) == ("longer", 1)
    assert date.fromisoformat(one["until"]) == wanted(world).until_on + timedelta(weeks=1)
    assert one["within"] == (date.fromisoformat(one["until"]) <= world.placement.ends_on)
