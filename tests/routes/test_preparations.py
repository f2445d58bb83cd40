"""Preparing a stop: in private, shared when the writer chooses, taken back when they choose."""

from datetime import timedelta
from typing import Any

import pytest

from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.core.errors import NotFound, Refused
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves
from tussenstop.routes.actions import preparations
from tussenstop.routes.actions.preparations import PreparationStale
from tussenstop.routes.models import Move, Preparation, Stop
from tussenstop.routes.preparation_queries import Prepared, prepare_page
from tussenstop.routes.rules import MoveCode
from tussenstop.routes.stop_queries import stop_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_route_with_three_partners()


@pytest.fixture
def stop(world: World) -> Stop:
    return world.stop("onboarding")


def save(by: Person, stop: Stop, text: str = "Ik wil weten waar alles ligt", **other: Any) -> None:
    preparations.save_preparation(
        **{
            "by": By(by),
            "stop": stop,
            "answers": {"know_on_day_one": text, "free": ""},
            "seen": 0,
            "now": NOW,
            **other,
        }
    )


def share(by: Person, stop: Stop, *, shared: bool = True) -> None:
    preparations.share_preparation(by=By(by), stop=stop, shared=shared, now=NOW)


def shown_to(person: Person, stop: Stop) -> list[Prepared]:
    return stop_page(person=person, stop_id=stop.pk, now=NOW).shared


def test_what_somebody_prepares_is_theirs_alone(world: World, stop: Stop) -> None:
    save(world.student, stop)

    for person in (world.mentor, world.teacher, world.coach, world.programme_coordinator):
        page = stop_page(person=person, stop_id=stop.pk, now=NOW)
        assert (page.mine, page.shared) == (None, [])
    assert prepare_page(person=world.mentor, stop_id=stop.pk, now=NOW).mine is None
    assert not AuditEntry.objects.filter(code="preparation.shared").exists()


def test_what_is_shared_is_read_by_who_takes_part_in_the_stop(world: World, stop: Stop) -> None:
    save(world.student, stop)
    share(world.student, stop)

    shown = shown_to(world.mentor, stop)

    assert [(p.person, p.role) for p in shown] == [(world.student, "student")]
    assert shown[0].lines == [
        ("What do you want to be sure to know on your first day?", "Ik wil weten waar alles ligt")
    ]
    assert shown_to(world.student, stop) == shown


@pytest.mark.parametrize("role", ["teacher", "coach", "programme_coordinator"])
def test_who_the_stop_does_not_need_reads_no_preparation(
    world: World, stop: Stop, role: str
) -> None:
    """Onboarding is of student and mentor: what they prepare for each other stays with them."""
    save(world.student, stop, share=True)

    assert shown_to(getattr(world, role), stop) == []


def test_the_mentor_does_not_read_what_is_prepared_for_the_starting_position(
    world: World,
) -> None:
    stop = world.stop("starting_position")
    save(world.student, stop, share=True)

    assert shown_to(world.mentor, stop) == []
    assert len(shown_to(world.teacher, stop)) == 1


def test_what_was_shared_can_be_taken_back(world: World, stop: Stop) -> None:
    save(world.student, stop, share=True)

    share(world.student, stop, shared=False)

    assert shown_to(world.mentor, stop) == []
    assert Preparation.objects.get().answers["know_on_day_one"]


def test_sharing_twice_is_told_once(world: World, stop: Stop) -> None:
    save(world.student, stop)

    for _click in range(2):
        share(world.student, stop)

    assert AuditEntry.objects.filter(code="preparation.shared").count() == 1


def test_one_shares_only_ones_own(world: World, stop: Stop) -> None:
    save(world.student, stop)

    share(world.mentor, stop)

    assert Preparation.objects.get().shared_at is None


def test_a_form_sent_twice_is_kept_once(world: World, stop: Stop) -> None:
    save(world.student, stop)
    save(world.student, stop)

    assert Preparation.objects.get().version == 1


def test_two_windows_of_one_person_lose_nothing(world: World, stop: Stop) -> None:
    save(world.student, stop, "Uit het eerste venster")

    for seen in (0, 7):
        with pytest.raises(PreparationStale) as refusal:
            save(world.student, stop, "Uit het tweede venster", seen=seen)
        assert refusal.value.theirs["know_on_day_one"] == "Uit het eerste venster"
        assert refusal.value.version == 1

    save(world.student, stop, "Samen", seen=1)
    assert Preparation.objects.get().answers["know_on_day_one"] == "Samen"


def test_a_version_of_nothing_is_not_found(world: World, stop: Stop) -> None:
    with pytest.raises(NotFound):
        save(world.student, stop, seen=3)


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        ("programme_coordinator", Refused),
        ("organisation_coordinator", Refused),
        ("godparent", Refused),
        ("other_student", NotFound),
        ("other_mentor", NotFound),
        ("stranger", NotFound),
    ],
)
def test_who_does_not_travel_along_prepares_nothing(
    world: World, stop: Stop, role: str, refusal: type[Exception]
) -> None:
    person = getattr(world, role)

    with pytest.raises(refusal):
        save(person, stop)
    with pytest.raises(refusal):
        share(person, stop)
    with pytest.raises(refusal):
        prepare_page(person=person, stop_id=stop.pk, now=NOW)


def test_the_questions_are_those_of_ones_own_role(world: World, stop: Stop) -> None:
    def asked(person: Person) -> list[str]:
        page = prepare_page(person=person, stop_id=stop.pk, now=NOW)
        return [question.key for question in page.questions]

    assert asked(world.student) == ["know_on_day_one", "what_surprised"]
    assert asked(world.mentor) == [
        "habits_you_forgot",
        "who_can_be_godparent",
        "real_work_on_day_one",
    ]
    assert asked(world.coach) == []


def test_who_prepared_is_no_longer_asked_to(world: World) -> None:
    stop = world.stop("starting_position")
    Stop.objects.filter(pk=stop.pk).update(starts_at=NOW + timedelta(days=2))
    moves.rebuild(world.route)
    assert Move.objects.filter(code=MoveCode.PREPARE_STOP, person=world.student).exists()

    save(world.student, stop)

    assert not Move.objects.filter(code=MoveCode.PREPARE_STOP, person=world.student).exists()
    assert Move.objects.filter(code=MoveCode.PREPARE_STOP, person=world.teacher).exists()
