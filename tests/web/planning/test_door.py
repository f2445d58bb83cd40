"""A mentor answers from a letter, on a phone, without signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.planning.searching import agreed_plan, proposed_plan
from tests.worlds import NOW, World
from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.planning import notifications
from tussenstop.planning.actions import agreeing
from tussenstop.planning.models import Plan, Shift
from tussenstop.planning.rules import Activity, PlanState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_that_day")]


@pytest.fixture
def phone(world: World) -> Client:
    Person.objects.update(language="en")
    return ReadingClient()


def door(world: World, person: Person) -> str:
    link = links.issue(
        person=person,
        purpose=Purpose.PLAN,
        subject_id=world.route.pk,
        route_id=world.route.pk,
        now=NOW,
    )
    return reverse("door", args=[links.token_of(link)])


def would_move(world: World, plan: Plan, by: Person) -> Shift:
    block = plan.blocks.filter(activity=Activity.WORKPLACE).latest("day")
    shift = agreeing.propose_shift(
        by=By(by),
        key=uuid7(),
        block=block,
        new_day=block.day + timedelta(days=1),
        starts_at=block.starts_at,
        ends_at=block.starts_at.replace(hour=block.starts_at.hour + 2),
        why="Inventaris",
        now=NOW,
    )
    assert shift
    return shift


def test_the_letter_leads_to_the_door(phone: Client, world: World) -> None:
    plan = proposed_plan(world)
    notifications.proposed(plan)
    letter = OutgoingMail.objects.filter(to=world.mentor.email).latest("pk")
    assert door(world, world.mentor) in letter.text


def test_a_mentor_says_yes_to_the_days(phone: Client, world: World) -> None:
    plan = proposed_plan(world)
    url = door(world, world.mentor)
    page = phone.get(url)
    assert "proposes these days" in page.text
    assert "studying" not in page.text
    plan.refresh_from_db()
    assert plan.state == PlanState.PROPOSED
    text = phone.post(url, {"version": plan.version, "answer": "yes"}, follow=True).text
    assert "Agreed. The days stand." in text
    assert "Nothing waits for you" in text
    plan.refresh_from_db()
    assert (plan.state, plan.answered_by) == (PlanState.AGREED, world.mentor)
    assert AuditEntry.objects.filter(code="plan.agreed").latest("pk").means == "link"
    text = phone.post(url, {"version": plan.version, "answer": "yes"}, follow=True).text
    assert "nothing to answer any more" in text


def test_another_wish_needs_a_word_and_is_not_asked_twice(phone: Client, world: World) -> None:
    plan = proposed_plan(world)
    url = door(world, world.mentor)
    answer = phone.post(url, {"version": plan.version, "answer": "no", "word": ""})
    assert answer.status_code == 422
    assert "what would suit better" in answer.text
    text = phone.post(
        url, {"version": plan.version, "answer": "no", "word": "Liever op dinsdag"}, follow=True
    ).text
    assert "Passed on" in text
    plan.refresh_from_db()
    assert (plan.state, plan.word) == (PlanState.DECLINED, "Liever op dinsdag")


def test_an_older_proposal_is_not_agreed_by_mistake(phone: Client, world: World) -> None:
    plan = proposed_plan(world)
    url = door(world, world.mentor)
    Plan.objects.filter(pk=plan.pk).update(version=9)
    text = phone.post(url, {"version": plan.version, "answer": "yes"}, follow=True).text
    assert "Somebody was here before you" in text
    plan.refresh_from_db()
    assert plan.state == PlanState.PROPOSED


@pytest.mark.parametrize("suits", [True, False])
def test_a_day_that_would_move_is_answered_by_the_other_one(
    phone: Client, world: World, suits: bool
) -> None:
    shift = would_move(world, agreed_plan(world), world.mentor)
    own = phone.get(door(world, world.mentor)).text
    assert "Nothing waits for you" in own
    url = door(world, world.student)
    assert "Inventaris" in phone.get(url).text
    typed = {"shift": str(shift.pk), "answer": "yes" if suits else "no"}
    text = phone.post(url, typed, follow=True).text
    assert ("Moved." if suits else "The day stays as it was.") in text
    shift.refresh_from_db()
    assert shift.suits is suits
    shift.block.refresh_from_db()
    assert (shift.block.day == shift.new_day) is suits
    assert "nothing to answer any more" in phone.post(url, typed, follow=True).text
    assert phone.post(url, {"shift": "nonsense", "answer": "yes"}).status_code == 404


def test_nobody_says_yes_to_their_own_proposal(phone: Client, world: World) -> None:
    shift = would_move(world, agreed_plan(world), world.student)
    typed = {"shift": str(shift.pk), "answer": "yes"}
    text = phone.post(door(world, world.student), typed, follow=True).text
    assert "The other one answers this." in text
    shift.refresh_from_db()
    assert shift.answered_at is None


def test_a_teacher_finds_no_door(phone: Client, world: World) -> None:
    proposed_plan(world)
    assert phone.get(door(world, world.teacher)).status_code == 403
    assert phone.get(door(world, world.stranger)).status_code == 404
