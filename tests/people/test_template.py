"""The route template of a programme: added to, moved, renamed, and put back."""

import pytest

from tests.factories import PersonFactory, ProgrammeFactory
from tests.worlds import NOW
from tussenstop.content import pack
from tussenstop.core.errors import Stale
from tussenstop.core.ids import uuid7
from tussenstop.people import actions
from tussenstop.people.acting import By
from tussenstop.people.models import Programme, TemplateStop
from tussenstop.people.queries import template_of
from tussenstop.routes.names import name_of

pytestmark = pytest.mark.django_db
BUILT_IN = list(pack().stops)


@pytest.fixture
def by() -> By:
    return By(PersonFactory())


@pytest.fixture
def programme() -> Programme:
    return ProgrammeFactory()


def names(programme: Programme) -> list[str]:
    return [stop.own_name or stop.kind for stop in template_of(programme)]


def stop(programme: Programme, kind: str) -> TemplateStop:
    return TemplateStop.objects.select_related("programme").get(programme=programme, kind=kind)


def test_a_stop_of_ones_own_comes_where_it_was_put_and_once(by: By, programme: Programme) -> None:
    key = uuid7()
    for _click in range(2):
        actions.add_template_stop(
            by=by,
            programme=programme,
            seen=1,
            name="Bezoek",
            after=stop(programme, "onboarding"),
            key=key,
            now=NOW,
        )
    place = BUILT_IN.index("onboarding") + 1
    assert names(programme) == [*BUILT_IN[:place], "Bezoek", *BUILT_IN[place:]]
    actions.add_template_stop(by=by, programme=programme, seen=2, name="Welkom", now=NOW)
    assert names(programme)[0] == "Welkom"
    assert [s.position for s in template_of(programme)] == list(range(len(BUILT_IN) + 2))


def test_a_built_in_stop_can_come_twice_under_a_name_of_its_own(
    by: By, programme: Programme
) -> None:
    last = template_of(programme).last()
    added = actions.add_template_stop(
        by=by,
        programme=programme,
        seen=1,
        kind="interim",
        name="Tweede gesprek",
        after=last,
        now=NOW,
    )
    assert name_of(added) == "Tweede gesprek"
    assert names(programme) == [*BUILT_IN, "Tweede gesprek"]


@pytest.mark.parametrize(("kind", "field"), [("", "name"), ("no_such_kind", "kind")])
def test_a_stop_needs_a_name_or_a_kind_that_exists(
    by: By, programme: Programme, kind: str, field: str
) -> None:
    with pytest.raises(actions.Nameless) as refusal:
        actions.add_template_stop(by=by, programme=programme, seen=1, kind=kind, now=NOW)
    assert refusal.value.field == field


def test_stops_move_and_the_ends_hold(by: By, programme: Programme) -> None:
    first = stop(programme, BUILT_IN[0])
    actions.move_template_stop(by=by, stop=first, seen=1, up=True, now=NOW)
    assert names(programme) == BUILT_IN
    actions.move_template_stop(by=by, stop=first, seen=2, up=False, now=NOW)
    assert names(programme)[:2] == [BUILT_IN[1], BUILT_IN[0]]


def test_a_stop_gets_another_week_and_can_be_optional(by: By, programme: Programme) -> None:
    actions.edit_template_stop(
        by=by, stop=stop(programme, "onboarding"), seen=1, week=3, optional=True, now=NOW
    )
    changed = stop(programme, "onboarding")
    assert (changed.week, changed.optional, changed.own_name) == (3, True, "")


def test_two_who_change_the_route_follow_each_other(by: By, programme: Programme) -> None:
    mine, theirs = stop(programme, "onboarding"), stop(programme, "onboarding")
    actions.remove_template_stop(by=by, stop=mine, seen=1, now=NOW)
    with pytest.raises(Stale):
        actions.edit_template_stop(by=by, stop=theirs, seen=1, week=3, now=NOW)


def test_the_last_stop_stays(by: By, programme: Programme) -> None:
    TemplateStop.objects.filter(programme=programme).exclude(kind="onboarding").delete()
    with pytest.raises(actions.LastStop):
        actions.remove_template_stop(by=by, stop=stop(programme, "onboarding"), seen=1, now=NOW)


def test_the_built_in_route_can_come_back(by: By, programme: Programme) -> None:
    actions.add_template_stop(by=by, programme=programme, seen=1, name="Bezoek", now=NOW)
    actions.remove_template_stop(by=by, stop=stop(programme, "onboarding"), seen=2, now=NOW)
    actions.reset_template(by=by, programme=programme, seen=3, now=NOW)
    assert names(programme) == BUILT_IN
