"""Conversations of a route that has ended: they stay as they are, and are in nobody's way."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.conversations.talks import WORDS, fresh, invites, notes, slots_of
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.conversations.actions import inviting, preparing
from tussenstop.conversations.models import Conversation, Prepared
from tussenstop.conversations.preparation_queries import preparations_of
from tussenstop.conversations.queries import taken_by, week_of
from tussenstop.people.acting import By
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def ends(world: World) -> None:
    Route.objects.filter(pk=world.route.pk).update(state=State.STOPPED, state_since=NOW)


@pytest.fixture
def ahead(world: World) -> Conversation:
    talk = invites(world, TOMORROW, about="Het rooster")
    slots = list(slots_of(talk).values())
    inviting.answer(
        by=By(world.student), conversation=fresh(talk), suits=slots, seen=slots, now=NOW
    )
    return fresh(talk)


def test_what_was_planned_leaves_calendar_and_today(
    world: World, signed_in: SignIn, ahead: Conversation
) -> None:
    page = signed_in(world.student)
    calendar = reverse("calendar")
    busy = ([world.student.pk], NOW, NOW + timedelta(days=7))
    assert "Het rooster" in page.get(calendar).text
    assert taken_by(busy[0], since=busy[1], before=busy[2], now=NOW)
    ends(world)
    assert "Het rooster" not in page.get(calendar).text
    assert week_of(world.student, now=NOW) == []
    assert taken_by(busy[0], since=busy[1], before=busy[2], now=NOW) == []
    text = page.get(reverse("conversation", args=[ahead.pk])).text
    assert "in nobody’s calendar any more" in text


def test_nobody_is_led_to_a_form_that_is_refused(world: World, signed_in: SignIn) -> None:
    notes(world)
    page = signed_in(world.student)
    addresses = [
        reverse(name, args=[world.route.pk])
        for name in ("conversations", "conversation_note", "conversation_plan")
    ]
    for address in addresses:
        assert "its conversations stay as they are" not in page.get(address).text
    ends(world)
    for address in addresses:
        text = page.get(address).text.partition("<main")[2]
        assert "its conversations stay as they are" in text
        assert "Note it" not in text
        assert "Plan a conversation</a>" not in text
    assert WORDS in page.get(addresses[0]).text


def test_what_one_showed_can_still_be_taken_back(
    world: World, signed_in: SignIn, ahead: Conversation
) -> None:
    preparing.save(
        by=By(world.student),
        conversation=ahead,
        answers={"": "Mijn voorbereiding"},
        seen=0,
        shared=True,
        now=NOW,
    )
    ends(world)
    page = signed_in(world.student)
    address = reverse("conversation", args=[ahead.pk])
    assert "Take it back" in page.get(address).text
    page.post(reverse("conversation_prepare", args=[ahead.pk]), {"take_back": "yes"})
    kept = Prepared.objects.get()
    assert (kept.shared_at, kept.answers) == (None, {"": "Mijn voorbereiding"})
    assert preparations_of(fresh(ahead), world.mentor)[1] == []


def test_a_talk_of_which_nobody_told_stands_below_with_a_question(
    world: World, signed_in: SignIn
) -> None:
    """However many there are: what comes is not pushed off the page."""
    for _ in range(33):
        Conversation.objects.filter(pk=invites(world, TOMORROW).pk).update(
            starts_at=NOW - timedelta(days=30), day=(NOW - timedelta(days=30)).date()
        )
    invites(world, TOMORROW, about="Wat echt komt")
    text = signed_in(world.student).get(reverse("conversations", args=[world.route.pk])).text
    assert "Wat echt komt" in text
    assert "did you talk?" in text
