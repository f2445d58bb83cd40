"""Asking for dates of many conversations, and proposing what was found."""

from datetime import time, timedelta

import pytest

from tests.series.asking import TUESDAY, aimed, another_route, searched, the_talk, wanted
from tests.worlds import NOW, World
from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.routes.actions import moments
from tussenstop.routes.models import Moment, Stop
from tussenstop.series import actions, queries
from tussenstop.series.actions import CannotPlanSeries
from tussenstop.series.models import Series, Talk
from tussenstop.series.rules import LOST_AFTER_MINUTES, Became

pytestmark = pytest.mark.django_db


def propose_all(world: World, series: Series) -> int:
    chosen = list(Talk.objects.filter(series=series).values_list("pk", flat=True))
    count = actions.propose(by=By(series.person), series=series, chosen=chosen, now=NOW)
    actions.send_proposals(series=series, now=NOW)
    return count


def became(world: World, series: Series) -> list[Became | None]:
    return [one.became for one in queries.talks_of(person=series.person, series=series, now=NOW)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": NOW.date()}, "from_on"),
        ({"until_on": TUESDAY - timedelta(days=1)}, "until_on"),
        ({"until_on": TUESDAY + timedelta(days=93)}, "until_on"),
        ({"ends_at": time(9)}, "ends_at"),
        ({"ends_at": time(9, 30)}, "ends_at"),
        ({"weekdays": [7]}, "ends_at"),
        ({"kind": "=Beroepsdag"}, "kind"),
    ],
)
def test_what_can_not_be_is_said_beside_its_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    aimed(world)
    with pytest.raises(CannotPlanSeries) as refusal:
        actions.ask(by=By(world.mentor), key=uuid7(), wanted=wanted(**changes), now=NOW)
    assert refusal.value.field == field
    assert not Series.objects.exists()


def test_sent_twice_it_is_looked_for_once_and_one_search_runs_at_a_time(world: World) -> None:
    aimed(world)
    key = uuid7()
    first = actions.ask(by=By(world.mentor), key=key, wanted=wanted(), now=NOW)

    assert actions.ask(by=By(world.mentor), key=key, wanted=wanted(), now=NOW) == first
    assert actions.ask(by=By(world.mentor), key=uuid7(), wanted=wanted(), now=NOW) == first

    later = NOW + timedelta(minutes=LOST_AFTER_MINUTES + 1)
    another = actions.ask(by=By(world.mentor), key=uuid7(), wanted=wanted(), now=later)
    first.refresh_from_db()
    assert another != first
    assert first.failed


def test_two_who_ask_with_one_key_never_see_each_others(world: World) -> None:
    aimed(world)
    key = uuid7()
    actions.ask(by=By(world.mentor), key=key, wanted=wanted(), now=NOW)
    with pytest.raises(NotFound):
        actions.ask(by=By(world.teacher), key=key, wanted=wanted(), now=NOW)


def test_what_is_chosen_is_put_before_everybody_and_holds_when_they_say_yes(world: World) -> None:
    series = searched(world, place="Lokaal 12")
    before = OutgoingMail.objects.count()

    assert propose_all(world, series) == 1

    moment = Moment.objects.get(stop__kind="onboarding", ended_at=None)
    assert moment.starts_at == the_talk(series).starts_at
    assert moment.place == "Lokaal 12"
    assert became(world, series) == [Became.WAITS]
    assert OutgoingMail.objects.count() == before + 1

    moments.answer_moment(by=By(world.student), moment=moment, suits=True, now=NOW)
    assert became(world, series) == [Became.HOLDS]
    assert world.stop("onboarding").starts_at == moment.starts_at


def test_a_date_that_does_not_suit_is_told_and_looked_for_again_elsewhere(world: World) -> None:
    series = searched(world)
    propose_all(world, series)
    moment = Moment.objects.get(stop__kind="onboarding", ended_at=None)
    moments.answer_moment(by=By(world.student), moment=moment, suits=False, now=NOW)

    assert became(world, series) == [Became.DECLINED]
    again = searched(world)
    assert the_talk(again).starts_at != the_talk(series).starts_at


def test_proposing_twice_sends_one_letter(world: World) -> None:
    series = searched(world)
    propose_all(world, series)
    letters = OutgoingMail.objects.count()

    assert propose_all(world, series) == 0
    assert OutgoingMail.objects.count() == letters
    assert Moment.objects.filter(stop__kind="onboarding").count() == 1


def test_a_date_that_somebody_else_proposed_meanwhile_is_left_alone(world: World) -> None:
    series = searched(world)
    theirs = moments.propose_moment(
        by=By(world.student),
        stop=world.stop("onboarding"),
        key=uuid7(),
        starts_at=NOW + timedelta(days=60),
        minutes=30,
        place="",
        now=NOW,
    )

    propose_all(world, series)

    theirs.refresh_from_db()
    assert theirs.ended_at is None
    assert became(world, series) == [Became.OVERTAKEN]


def test_nothing_ticked_is_said(world: World) -> None:
    series = searched(world)
    with pytest.raises(CannotPlanSeries):
        actions.propose(by=By(world.mentor), series=series, chosen=[], now=NOW)


def test_only_who_looked_for_them_proposes_them(world: World) -> None:
    series = searched(world)
    with pytest.raises(NotFound):
        actions.propose(by=By(world.teacher), series=series, chosen=[the_talk(series).pk], now=NOW)


def test_who_may_not_know_of_a_route_any_more_no_longer_sees_its_conversation(
    world: World,
) -> None:
    series = searched(world, world.teacher)
    assert len(queries.talks_of(person=world.teacher, series=series, now=NOW)) == 1

    world.part(world.teacher).__class__.objects.filter(person=world.teacher).update(ended_at=NOW)
    assert queries.talks_of(person=world.teacher, series=series, now=NOW) == []


def test_routes_that_rest_and_stops_with_a_date_are_left_out(world: World) -> None:
    resting = another_route(world)
    resting.__class__.objects.filter(pk=resting.pk).update(state="paused")
    dated = another_route(world)
    Stop.objects.filter(route=dated, kind="onboarding").update(starts_at=NOW)

    found = queries.waiting_stops(
        person=world.mentor,
        kind="onboarding",
        programme_id=None,
        until=TUESDAY,
        now=NOW,
    )

    assert [stop.route_id for stop in found] == [world.route.pk]
