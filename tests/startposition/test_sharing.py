"""Each part is read by whom the student says, and by nobody else."""

import pytest

from tests.startposition.telling import (
    CANARIES,
    shares,
    shares_everything_with,
    tells,
    tells_everything,
)
from tests.worlds import NOW, World, with_an_agreement
from tussenstop.content import pack
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.models import AuditEntry
from tussenstop.people.acting import By
from tussenstop.routes.models import Route
from tussenstop.startposition.actions import sharing
from tussenstop.startposition.models import Sharing
from tussenstop.startposition.queries import own_position, shared_position
from tussenstop.startposition.rules import Audience, audiences_for, proposed

pytestmark = pytest.mark.django_db


def reads(world: World, who: str) -> set[str]:
    """The parts that somebody reads."""
    shared = shared_position(person=getattr(world, who), route_id=world.route.pk, now=NOW)
    return {part.part.key for part in shared.parts}


READERS = ["mentor", "teacher", "coach", "organisation_coordinator", "programme_coordinator"]


@pytest.mark.parametrize("who", READERS)
def test_nothing_is_read_before_the_student_chose(world: World, who: str) -> None:
    tells_everything(world)
    assert reads(world, who) == set()


@pytest.mark.parametrize("key", CANARIES)
@pytest.mark.parametrize("audience", list(Audience))
def test_a_part_is_read_by_exactly_its_audience(world: World, key: str, audience: str) -> None:
    tells_everything(world)
    shares(world, **{key: [audience]})
    as_whom = {
        "mentor": "mentor",
        "teacher": "teacher",
        "coach": "coach",
        "organisation_coordinator": "workplaces",
        "programme_coordinator": "workplaces",
    }
    for who, reader in as_whom.items():
        assert reads(world, who) == ({key} if reader == audience else set())


def test_what_we_propose_leaves_the_private_part_alone() -> None:
    for context in pack().contexts:
        assert proposed(pack(), context)["balance"] == []


def test_an_own_employee_shares_nothing_with_candidate_workplaces(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(context="own_employee")
    tells_everything(world)
    shares_everything_with(world, *Audience)
    assert Audience.WORKPLACES not in audiences_for("own_employee")
    assert reads(world, "organisation_coordinator") == set()
    assert all("workplaces" not in some for some in Sharing.objects.get().shared.values())


def test_coordinators_read_no_more_once_the_start_agreement_holds(world: World) -> None:
    tells_everything(world)
    shares_everything_with(world, *Audience)
    assert reads(world, "organisation_coordinator") == set(CANARIES)
    with_an_agreement(world)
    assert reads(world, "organisation_coordinator") == set()
    assert reads(world, "programme_coordinator") == set()
    assert reads(world, "mentor") == set(CANARIES)


def test_taking_a_part_back_holds_at_once(world: World) -> None:
    tells_everything(world)
    shares(world, motivation=["mentor"], balance=["mentor"])
    shares(world, seen=1, motivation=["mentor"])
    assert reads(world, "mentor") == {"motivation"}


def test_what_is_written_later_in_a_shared_part_is_shared_too(world: World) -> None:
    shares(world, motivation=["mentor"])
    assert reads(world, "mentor") == set()
    tells(world, "motivation", {"why_now": "daarom"})
    assert reads(world, "mentor") == {"motivation"}


def test_audiences_and_parts_that_do_not_exist_are_left_out(world: World) -> None:
    shares(world, motivation=["mentor", "employer"], secrets=["mentor"])
    assert Sharing.objects.get().shared["motivation"] == ["mentor"]
    assert "secrets" not in Sharing.objects.get().shared


@pytest.mark.parametrize("who", READERS)
def test_nobody_else_chooses(world: World, who: str) -> None:
    with pytest.raises(Refused):
        sharing.choose_sharing(
            by=By(getattr(world, who)),
            route=world.route,
            shared={"balance": ["mentor"]},
            seen=0,
            now=NOW,
        )


@pytest.mark.parametrize("who", ["godparent"])
def test_a_godparent_does_not_read_it(world: World, who: str) -> None:
    with pytest.raises(Refused):
        reads(world, who)


@pytest.mark.parametrize("who", ["other_mentor", "other_teacher", "stranger", "administrator"])
def test_for_others_it_does_not_exist(world: World, who: str) -> None:
    with pytest.raises(NotFound):
        reads(world, who)


def test_two_windows_that_choose_differently_are_told(world: World) -> None:
    shares(world, motivation=["mentor"])
    with pytest.raises(Stale):
        shares(world, motivation=["teacher"])
    assert Sharing.objects.get().shared["motivation"] == ["mentor"]


def test_choosing_the_same_twice_changes_nothing(world: World) -> None:
    shares(world, motivation=["mentor"])
    shares(world, motivation=["mentor"])
    told = AuditEntry.objects.filter(code="position.shared", route_id=world.route.pk)
    assert told.count() == 1
    assert told.get().params == {}


def test_the_student_sees_it_as_each_audience_does(world: World) -> None:
    tells_everything(world)
    shares(world, motivation=["mentor"], talents=["coach"])
    seen = {
        audience: {
            part.part.key
            for part in shared_position(
                person=world.student, route_id=world.route.pk, now=NOW, as_if=audience
            ).parts
        }
        for audience in Audience
    }
    assert seen == {
        "mentor": {"motivation"},
        "teacher": set(),
        "coach": {"talents"},
        "workplaces": set(),
    }
    with pytest.raises(NotFound):
        shared_position(person=world.student, route_id=world.route.pk, now=NOW, as_if="employer")


def test_somebody_else_can_not_choose_as_whom_they_read(world: World) -> None:
    tells_everything(world)
    shares(world, balance=["coach"])
    shared = shared_position(person=world.mentor, route_id=world.route.pk, now=NOW, as_if="coach")
    assert shared.parts == []


def test_reading_costs_the_same_however_much_was_told(
    world: World, django_assert_num_queries: object
) -> None:
    tells_everything(world)
    shares_everything_with(world, *Audience)
    with django_assert_num_queries(7):  # type: ignore[operator]
        own_position(person=world.student, route_id=world.route.pk, now=NOW)
