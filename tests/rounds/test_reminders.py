"""Letters before a deadline: only to who can still do something."""

from datetime import timedelta

import pytest

from tests.rounds.choosing import TODAY, a_class, a_plan, elsewhere, prefers, row_of, seeking
from tests.worlds import NOW, World
from tussenstop.core.models import OutgoingMail
from tussenstop.matching.models import Wish
from tussenstop.matching.rules import Grade
from tussenstop.people.acting import By
from tussenstop.rounds.actions import opening
from tussenstop.rounds.models import Round, RoundPlace, RoundStudent
from tussenstop.rounds.reminders import DAYS_BEFORE, remind

pytestmark = pytest.mark.django_db

BEFORE_WISHES = NOW + timedelta(days=7 - DAYS_BEFORE)
BEFORE_PREFERENCES = NOW + timedelta(days=14 - DAYS_BEFORE)


def told_on(moment: object) -> list[str]:
    OutgoingMail.objects.all().delete()
    remind(moment)  # type: ignore[arg-type]
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def test_a_student_without_a_wish_is_reminded_some_days_before(world: World) -> None:
    one = a_class(world)
    Wish.objects.filter(route=one.bo).delete()
    assert told_on(BEFORE_WISHES - timedelta(days=1)) == []
    assert told_on(BEFORE_WISHES) == ["bo@example.org"]


def test_a_reminder_comes_once_and_makes_up_for_a_day_without_a_worker(world: World) -> None:
    one = a_class(world)
    Wish.objects.filter(route=one.bo).delete()
    assert told_on(BEFORE_WISHES + timedelta(days=1)) == ["bo@example.org"]
    assert told_on(BEFORE_WISHES + timedelta(days=2)) == []
    opening.change_round(
        by=By(world.programme_coordinator),
        round_=one.round,
        seen=one.round.version,
        plan=a_plan(world, wishes_until=TODAY + timedelta(days=10)),
        now=BEFORE_WISHES + timedelta(days=2),
    )
    assert told_on(BEFORE_WISHES + timedelta(days=4)) == ["bo@example.org"]


def test_nobody_is_reminded_the_day_after_the_opening(world: World) -> None:
    one = a_class(world, wishes_until=TODAY + timedelta(days=1))
    Wish.objects.filter(route=one.bo).delete()
    assert told_on(NOW + timedelta(hours=3)) == []


def test_who_stepped_out_is_left_alone(world: World) -> None:
    one = a_class(world)
    Wish.objects.filter(route=one.bo).delete()
    RoundStudent.objects.filter(pk=row_of(one.round, one.bo).pk).update(left_at=NOW)
    assert told_on(BEFORE_WISHES) == []


def test_an_organisation_is_reminded_while_it_said_nothing_about_somebody(world: World) -> None:
    one = a_class(world)
    assert told_on(BEFORE_PREFERENCES) == [world.organisation_coordinator.email]
    Round.objects.update(preferences_reminded_at=None)
    for route, place in (
        (one.amir, one.kitchen),
        (one.amir, one.garden),
        (one.bo, one.kitchen),
        (one.bo, one.garden),
        (one.cleo, one.garden),
        (one.cleo, one.kitchen),
    ):
        prefers(world, place, route, Grade.GLAD)
    assert told_on(BEFORE_PREFERENCES) == []


def test_a_hidden_interest_is_no_reason_to_remind(world: World) -> None:
    a_class(world)
    Wish.objects.update(shown=False)
    assert told_on(BEFORE_PREFERENCES) == []


def test_newcomers_are_taken_in_while_students_choose(world: World) -> None:
    one = a_class(world)
    late, place = seeking(world, "Dana"), elsewhere(world, "Archief")
    remind(NOW)
    assert RoundStudent.objects.filter(round=one.round, route=late).exists()
    assert RoundPlace.objects.filter(round=one.round, place=place).exists()
    too_late = seeking(world, "Eva")
    remind(BEFORE_PREFERENCES)
    assert not RoundStudent.objects.filter(route=too_late).exists()
