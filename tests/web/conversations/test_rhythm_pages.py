"""On the pages: a rhythm, what was long ago, a stop with its talks, and an agreement out of one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.conversations.talks import fresh, notes, to_do
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.agreements.models import Agreement, Revision
from tussenstop.conversations.actions import talking
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def test_what_was_long_ago_is_said_on_today_on_the_stop_and_in_the_list(
    mentor: Client, signed_in: SignIn, world: World
) -> None:
    Route.objects.filter(pk=world.route.pk).update(
        state=State.UNDER_WAY, state_since=NOW - timedelta(days=20)
    )
    places = (
        "/",
        reverse("stop", args=[world.stop("interim").pk]),
        reverse("conversations", args=[world.route.pk]),
    )
    for browser in (mentor, signed_in(world.student)):
        for place in places:
            assert "How-is-it: you had none yet." in browser.get(place).text
    for place in places:
        assert "you had none yet" not in signed_in(world.teacher).get(place).text
    notes(world)
    assert "you had none yet" not in mentor.get("/").text


def test_a_stop_shows_its_talks_and_begins_new_ones(mentor: Client, world: World) -> None:
    stop = world.stop("first_how_is_it")
    made = notes(world)
    type(made).objects.update(stop=stop)
    text = mentor.get(reverse("stop", args=[stop.pk])).text
    assert reverse("conversation", args=[made.pk]) in text
    assert f"?stop={stop.pk}" in text
    assert stop.kind not in mentor.get(reverse("conversation", args=[made.pk])).text


def test_a_rhythm_is_proposed_as_an_agreement(mentor: Client, world: World) -> None:
    listed = mentor.get(reverse("conversations", args=[world.route.pk])).text
    address = reverse("agreement_new", args=[world.route.pk, "rhythm"])
    assert "this is a suggestion" in listed
    assert address in listed
    assert "at least every two weeks" in mentor.get(address).text
    sent = {
        "key": str(uuid7()),
        "every_how_is_it": "7",
        "every_feedback": "28",
        "every_three_way": "84",
        "every_team": "0",
    }
    mentor.post(address, sent)
    assert Revision.objects.get().body["data"]["rhythm"]["how_is_it"] == 7


def test_what_was_talked_about_becomes_an_agreement(
    mentor: Client, signed_in: SignIn, world: World
) -> None:
    made = notes(world, point=to_do(world.student, "Zelf bellen"))
    talking.write_together(
        by=By(world.mentor), conversation=fresh(made), text="We bellen samen", seen=0, now=NOW
    )
    page = reverse("conversation", args=[made.pk])
    address = reverse("agreement_new", args=[world.route.pk, "free"])
    asked = f"{address}?conversation={made.pk}"
    assert asked in mentor.get(page).text
    text = mentor.get(asked).text
    assert "We bellen samen" in text
    assert f"- {world.student.name}: Zelf bellen" in text
    assert not Agreement.objects.exists()
    assert signed_in(world.teacher).get(asked).status_code == 403
    assert mentor.get(f"{address}?conversation=nonsense").status_code == 404


def test_words_of_a_closed_talk_come_into_no_form_of_who_was_not_there(
    mentor: Client, signed_in: SignIn, world: World
) -> None:
    made = notes(world, closed=True)
    talking.write_together(
        by=By(world.mentor), conversation=fresh(made), text="Geheim", seen=0, now=NOW
    )
    asked = reverse("agreement_new", args=[world.route.pk, "free"]) + f"?conversation={made.pk}"
    assert "Geheim" in mentor.get(asked).text
    assert signed_in(world.teacher).get(asked).status_code == 404
