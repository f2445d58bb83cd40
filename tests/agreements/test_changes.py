"""Changes proposed on the way: of the period, a pause, the stops; and who comes after."""

import pytest

from tests.agreements.answering import propose, status, yes
from tests.worlds import (
    NOW,
    World,
    with_a_proposal,
    with_an_agreement,
)
from tussenstop.access.models import Participation
from tussenstop.agreements.actions import consent, drafts, proposing
from tussenstop.agreements.actions.drafts import CannotBegin
from tussenstop.agreements.actions.proposing import CannotPropose
from tussenstop.agreements.models import Agreement
from tussenstop.agreements.rules import Kind, Status
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.routes.models import Move, Pause, Placement, Stop
from tussenstop.routes.rules import MoveCode, State

pytestmark = pytest.mark.django_db


def test_a_change_is_proposed_once_however_often_it_is_sent(world: World) -> None:
    key = uuid7()
    with_an_agreement(world)

    made = [
        proposing.propose_change(
            by=By(world.mentor),
            route=world.fresh(),
            kind=Kind.FREE,
            key=key,
            title="Sleutel",
            text="Sara krijgt een sleutel.",
            data={},
            now=NOW,
        )
        for _ in range(2)
    ]

    assert made[0] == made[1]
    assert Agreement.objects.filter(kind=Kind.FREE).count() == 1


def test_the_title_speaks_the_language_of_the_agreement(world: World) -> None:
    world.student.language = "en"
    world.student.save()

    assert propose(world, Kind.STOPS, operations=[skip(world)]).agreement.title == (
        "Change of the stops"
    )


def skip(world: World) -> dict[str, str]:
    return {"do": "skip", "stop": str(world.stop("opportunities").pk)}


def test_an_agreed_period_changes_the_placement_and_the_hours(world: World) -> None:
    with_an_agreement(world)
    revision = propose(
        world,
        Kind.PERIOD,
        placement=str(world.placement.pk),
        starts_on="2027-01-18",
        ends_on="2027-07-02",
        hours_target=380,
    )
    assert Placement.objects.get(pk=world.placement.pk).ends_on.isoformat() == "2027-06-25"

    yes(world.mentor, revision)
    yes(world.teacher, revision)

    assert Placement.objects.get(pk=world.placement.pk).ends_on.isoformat() == "2027-07-02"
    assert world.fresh().hours_target == 380


def test_an_agreed_pause_rests_the_route_and_going_on_wakes_it(world: World) -> None:
    with_an_agreement(world)
    pause = propose(world, Kind.PAUSE, starts_on="2026-12-01", back_on="2027-01-04")
    yes(world.mentor, pause)
    yes(world.teacher, pause)
    assert world.fresh().state == State.PAUSED

    resume = propose(world, Kind.RESUME, on="2027-01-04")
    yes(world.mentor, resume)
    yes(world.teacher, resume)

    assert world.fresh().state == State.AGREED
    assert Pause.objects.get().ended_on.isoformat() == "2027-01-04"


def test_agreed_changes_of_the_stops_change_the_line(world: World) -> None:
    with_an_agreement(world)
    first = Stop.objects.filter(route=world.route).order_by("position").first()
    revision = propose(
        world,
        Kind.STOPS,
        operations=[
            skip(world),
            {"do": "add", "name": "Nachtdienst proeven", "purpose": "", "after": str(first.pk)},
        ],
    )
    assert "Nachtdienst proeven" in str(revision.body["sections"][0]["fields"])

    yes(world.mentor, revision)
    yes(world.teacher, revision)

    names = list(
        Stop.objects.filter(route=world.route).order_by("position").values_list("own_name", "kind")
    )
    assert names[1] == ("Nachtdienst proeven", "")
    assert world.stop("opportunities").skipped_at == NOW


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        (Kind.START, {}, None),
        (Kind.FREE, {}, "text"),
        (Kind.RESUME, {"on": "2027-01-01"}, None),
        (Kind.CLOSING, {}, None),
        (Kind.PAUSE, {"starts_on": "2027-02-01", "back_on": "2027-01-01"}, "back_on"),
        (Kind.STOPS, {"operations": []}, None),
        (Kind.STOPS, {"operations": [{"do": "skip", "stop": str(uuid7())}]}, None),
        (Kind.STOPS, {"operations": [{"do": "add", "name": " ", "after": None}]}, "name"),
        (
            Kind.STOPS,
            {"operations": [{"do": "add", "name": "X", "after": str(uuid7())}]},
            "after",
        ),
        (
            Kind.PERIOD,
            {
                "placement": str(uuid7()),
                "starts_on": "2027-01-01",
                "ends_on": "2027-02-01",
                "hours_target": 1,
            },
            "placement",
        ),
    ],
)
def test_what_can_not_be_proposed_is_refused_beside_its_field(
    world: World, kind: Kind, data: dict[str, object], field: str | None
) -> None:
    with_an_agreement(world)

    with pytest.raises(CannotPropose) as refusal:
        propose(world, kind, **data)

    assert refusal.value.field == field
    assert not Agreement.objects.exclude(kind=Kind.START).exists()


def test_a_text_is_refused_that_the_route_no_longer_allows(world: World) -> None:
    """Two proposals cross: the pause holds first, so the other can't take effect any more."""
    with_an_agreement(world)
    one = propose(world, Kind.PAUSE, starts_on="2026-12-01")
    two = propose(world, Kind.PAUSE, starts_on="2026-12-08")
    yes(world.mentor, one)
    yes(world.teacher, one)
    yes(world.mentor, two)

    with pytest.raises(consent.DomainError):
        yes(world.teacher, two)


def test_a_start_agreement_that_holds_during_a_pause_is_not_lost(world: World) -> None:
    revision = with_a_proposal(world)
    pause = propose(world, Kind.PAUSE, starts_on="2026-12-01")
    yes(world.mentor, pause)
    yes(world.teacher, pause)

    yes(world.mentor, revision)
    yes(world.teacher, revision)
    resume = propose(world, Kind.RESUME, on="2027-01-04")
    yes(world.mentor, resume)
    yes(world.teacher, resume)

    route = world.fresh()
    assert route.state == State.AGREED
    assert route.agreed_at is not None


def test_alone_before_others_take_part_a_pause_holds_at_once_and_nothing_waits(
    world: World,
) -> None:
    Participation.objects.filter(route=world.route).exclude(person=world.student).update(
        ended_at=NOW
    )

    propose(world, Kind.PAUSE, starts_on="2026-12-01")

    assert world.fresh().state == State.PAUSED
    assert not Move.objects.filter(route=world.route, code=MoveCode.PLAN_STOP).exists()


def test_a_successor_starts_from_what_was_agreed_and_takes_its_place(world: World) -> None:
    revision = with_an_agreement(world)
    agreed = revision.agreement

    successor = drafts.begin_successor(by=By(world.mentor), agreement=agreed, now=NOW)
    again = drafts.begin_successor(by=By(world.student), agreement=agreed, now=NOW)

    assert successor == again
    draft = successor.sections.get(key="expectations_mentor")
    assert "Wat Mo Mentor verwacht" in draft.values.values()
    assert status(world, agreed) == Status.ACCEPTED
    second = proposing.propose_start(by=By(world.mentor), agreement=successor, seen=0, now=NOW)
    yes(world.student, second)
    yes(world.teacher, second)
    assert status(world, agreed) == Status.SUCCEEDED
    assert status(world, successor) == Status.ACCEPTED


def test_what_does_not_hold_has_no_successor(world: World) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(CannotBegin):
        drafts.begin_successor(by=By(world.student), agreement=revision.agreement, now=NOW)
