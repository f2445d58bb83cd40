"""Working on a stop together: agenda, checklist, shared notes, outcome, closing."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import stops
from tussenstop.routes.actions.stops import CannotWork, TextStale
from tussenstop.routes.models import AgendaPoint, ChecklistItem, Move, Route, Stop
from tussenstop.routes.rules import MoveCode, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


@pytest.fixture
def stop(world: World) -> Stop:
    return world.stop("onboarding")


def add_point(
    by: Person, stop: Stop, text: str = "Verlof in de zomer", **other: Any
) -> AgendaPoint:
    return stops.add_agenda_point(
        **{"by": By(by), "stop": stop, "key": uuid7(), "text": text, "now": NOW, **other}
    )


def save_notes(by: Person, stop: Stop, text: str = "Wij spraken af.", seen: int = 0) -> None:
    stops.save_notes(by=By(by), stop=stop, text=text, seen=seen, now=NOW)


def save_outcome(by: Person, stop: Stop, text: str = "Ze vindt de weg.", seen: int = 0) -> None:
    stops.save_outcome(by=By(by), stop=stop, text=text, seen=seen, now=NOW)


def manual_item(stop: Stop) -> ChecklistItem:
    return stop.checklist.filter(automatic="").order_by("position")[0]


def tick(by: Person, stop: Stop, item: ChecklistItem, *, done: bool = True) -> None:
    stops.tick(by=By(by), stop=stop, item_id=item.pk, done=done, now=NOW)


def told(world: World, code: str) -> list[tuple[str, dict[str, Any]]]:
    entries = AuditEntry.objects.filter(route_id=world.route.pk, code=code).order_by("pk")
    return list(entries.values_list("actor_label", "params"))


DOINGS: dict[str, Callable[[Person, Stop], object]] = {
    "add a point": add_point,
    "drop a point": lambda by, stop: stops.drop_agenda_point(
        by=By(by), stop=stop, point_id=stop.agenda.all()[0].pk, now=NOW
    ),
    "tick what was talked about": lambda by, stop: stops.mark_talked(
        by=By(by), stop=stop, point_id=stop.agenda.all()[0].pk, talked=True, now=NOW
    ),
    "tick the checklist": lambda by, stop: tick(by, stop, manual_item(stop)),
    "add to the checklist": lambda by, stop: stops.add_checklist_item(
        by=By(by), stop=stop, key=uuid7(), text="Fiets", who="", now=NOW
    ),
    "write notes": save_notes,
    "write the outcome": save_outcome,
    "close": lambda by, stop: stops.close_stop(by=By(by), stop=stop, now=NOW),
}


@pytest.mark.parametrize("doing", DOINGS)
@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        ("programme_coordinator", Refused),
        ("organisation_coordinator", Refused),
        ("godparent", Refused),
        ("other_student", NotFound),
        ("other_mentor", NotFound),
        ("other_teacher", NotFound),
        ("stranger", NotFound),
    ],
)
def test_only_who_travels_along_works_on_a_stop(
    world: World, stop: Stop, doing: str, role: str, refusal: type[Exception]
) -> None:
    Stop.objects.filter(pk=stop.pk).update(outcome="Er staat al iets")

    with pytest.raises(refusal):
        DOINGS[doing](getattr(world, role), stop)


@pytest.mark.parametrize("doing", DOINGS)
@pytest.mark.parametrize("role", ["student", "mentor", "teacher", "coach"])
def test_partners_and_coach_work_on_every_stop(
    world: World, stop: Stop, doing: str, role: str
) -> None:
    Stop.objects.filter(pk=stop.pk).update(outcome="Ze vindt de weg.", outcome_version=0)

    DOINGS[doing](getattr(world, role), stop)


@pytest.mark.parametrize("doing", DOINGS)
def test_a_route_that_ended_stays_as_it_is(world: World, stop: Stop, doing: str) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=State.COMPLETED)

    with pytest.raises(CannotWork):
        DOINGS[doing](world.student, world.stop("onboarding"))


# Agenda


def test_an_added_point_comes_last_and_keeps_who_added_it(world: World, stop: Stop) -> None:
    point = add_point(world.mentor, stop, "  De zomervakantie ")

    assert (point.text, point.added_by, point.key) == ("De zomervakantie", world.mentor, "")
    assert point.position > max(p.position for p in stop.agenda.exclude(pk=point.pk))
    assert told(world, "agenda.added") == [
        ("Mo Mentor", {"stop": {"stop": "onboarding"}, "text": "De zomervakantie"})
    ]


def test_a_point_sent_twice_is_added_once(world: World, stop: Stop) -> None:
    key = uuid7()
    before = stop.agenda.count()

    for _click in range(2):
        add_point(world.student, stop, key=key)

    assert stop.agenda.count() == before + 1
    assert len(told(world, "agenda.added")) == 1


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_point_is_refused_beside_its_field(world: World, stop: Stop, text: str) -> None:
    with pytest.raises(CannotWork) as refusal:
        add_point(world.student, stop, text)

    assert refusal.value.field == "text"


def test_a_dropped_point_stays_in_the_story(world: World, stop: Stop) -> None:
    point = add_point(world.mentor, stop)

    for _click in range(2):
        stops.drop_agenda_point(by=By(world.student), stop=stop, point_id=point.pk, now=NOW)

    assert AgendaPoint.objects.get(pk=point.pk).dropped_at == NOW
    assert told(world, "agenda.dropped") == [
        ("Sara Student", {"stop": {"stop": "onboarding"}, "text": "Verlof in de zomer"})
    ]


def test_what_was_talked_about_can_be_opened_again(world: World, stop: Stop) -> None:
    point = stop.agenda.all()[0]

    stops.mark_talked(by=By(world.student), stop=stop, point_id=point.pk, talked=True, now=NOW)
    assert AgendaPoint.objects.get(pk=point.pk).talked_at == NOW
    stops.mark_talked(by=By(world.mentor), stop=stop, point_id=point.pk, talked=False, now=NOW)
    assert AgendaPoint.objects.get(pk=point.pk).talked_at is None


def test_a_point_of_another_stop_is_left_alone(world: World, stop: Stop) -> None:
    other = world.stop("interim").agenda.all()[0]

    stops.mark_talked(by=By(world.student), stop=stop, point_id=other.pk, talked=True, now=NOW)
    stops.drop_agenda_point(by=By(world.student), stop=stop, point_id=other.pk, now=NOW)

    assert AgendaPoint.objects.filter(pk=other.pk, talked_at=None, dropped_at=None).exists()


# Checklist


def test_a_tick_says_whose_it_was_and_is_told_once(world: World, stop: Stop) -> None:
    item = manual_item(stop)

    for _click in range(2):
        tick(world.mentor, stop, item)

    item.refresh_from_db()
    assert (item.done_at, item.done_by) == (NOW, "Mo Mentor")
    assert [who for who, _params in told(world, "checklist.done")] == ["Mo Mentor"]


def test_a_tick_can_be_taken_back(world: World, stop: Stop) -> None:
    item = manual_item(stop)
    tick(world.mentor, stop, item)

    tick(world.student, stop, item, done=False)

    item.refresh_from_db()
    assert (item.done_at, item.done_by) == (None, "")
    assert [who for who, _params in told(world, "checklist.undone")] == ["Sara Student"]


def test_what_the_platform_knows_is_not_ticked_by_hand(world: World, stop: Stop) -> None:
    item = stop.checklist.exclude(automatic="").get()

    with pytest.raises(CannotWork):
        tick(world.student, stop, item)


def test_an_item_of_another_stop_is_not_found(world: World, stop: Stop) -> None:
    with pytest.raises(NotFound):
        tick(world.student, stop, manual_item(world.stop("interim")))


def test_an_own_item_is_added_once_with_whose_it_is(world: World, stop: Stop) -> None:
    key = uuid7()

    for _click in range(2):
        item = stops.add_checklist_item(
            by=By(world.mentor), stop=stop, key=key, text=" Badge ", who="mentor", now=NOW
        )

    assert (item.text, item.who, item.automatic) == ("Badge", "mentor", "")
    assert stop.checklist.filter(key="").count() == 1


# Notes and outcome


@pytest.mark.parametrize(("save", "field"), [(save_notes, "notes"), (save_outcome, "outcome")])
def test_two_who_write_at_once_see_each_others_text(
    world: World, stop: Stop, save: Callable[..., None], field: str
) -> None:
    save(world.mentor, stop, "Van Mo", 0)

    with pytest.raises(TextStale) as refusal:
        save(world.student, stop, "Van Sara", 0)

    assert (refusal.value.theirs, refusal.value.version) == ("Van Mo", 1)
    assert "Mo Mentor" in str(refusal.value.text)
    assert getattr(world.stop("onboarding"), field) == "Van Mo"
    save(world.student, stop, "Van Mo en Sara", 1)
    assert getattr(world.stop("onboarding"), field) == "Van Mo en Sara"


@pytest.mark.parametrize("save", [save_notes, save_outcome])
def test_the_same_text_saved_twice_is_no_conflict(
    world: World, stop: Stop, save: Callable[..., None]
) -> None:
    save(world.mentor, stop, "Zelfde", 0)
    save(world.mentor, stop, "Zelfde", 0)


def test_an_outcome_is_told_once(world: World, stop: Stop) -> None:
    save_outcome(world.mentor, stop)
    save_outcome(world.mentor, world.stop("onboarding"), seen=1)

    assert [who for who, _params in told(world, "stop.outcome")] == ["Mo Mentor"]


# Closing


def test_a_stop_closes_only_with_an_outcome(world: World, stop: Stop) -> None:
    with pytest.raises(CannotWork) as refusal:
        stops.close_stop(by=By(world.student), stop=stop, now=NOW)

    assert refusal.value.field == "outcome"
    assert world.stop("onboarding").done_at is None


def test_a_closed_stop_hands_the_move_to_the_next(world: World) -> None:
    first = world.stop("starting_position")
    save_outcome(world.student, first)

    for _click in range(2):
        stops.close_stop(by=By(world.student), stop=world.stop("starting_position"), now=NOW)

    assert world.stop("starting_position").done_at == NOW
    assert len(told(world, "stop.done")) == 1
    move = Move.objects.get(route=world.route, code=MoveCode.PLAN_STOP)
    assert move.subject_id == world.stop("talent_matching").pk
