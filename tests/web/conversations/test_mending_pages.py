"""Putting right what was noted too fast, on its page."""

import pytest
from django.urls import reverse

from tests.conversations.talks import WORDS, fresh, notes
from tests.web.conftest import SignIn
from tests.worlds import World

pytestmark = pytest.mark.django_db


def test_the_kind_is_changed_with_two_taps(world: World, signed_in: SignIn) -> None:
    talk, mentor = notes(world), signed_in(world.mentor)
    page, address = (
        reverse("conversation", args=[talk.pk]),
        reverse("conversation_mend", args=[talk.pk]),
    )
    assert address in mentor.get(page).text
    assert address not in signed_in(world.student).get(page).text
    assert mentor.get(address).text.count("checked") == 2
    sent = {"kind": "how_is_it", "who": str(world.student.pk), "day": str(talk.day)}
    assert "How-is-it" in mentor.post(address, sent, follow=True).text
    assert mentor.post(address, {**sent, "who": ""}).status_code == 422
    assert fresh(talk).kind == "how_is_it"


def test_a_double_tap_takes_it_off_once(world: World, signed_in: SignIn) -> None:
    talk, mentor = notes(world), signed_in(world.mentor)
    address = reverse("conversation_mend", args=[talk.pk])
    for _ in range(2):
        text = mentor.post(address, {"take_off": "yes"}, follow=True).text
        assert "Taken off." in text
        assert WORDS not in text
    assert (
        "took it off" in signed_in(world.student).get(reverse("conversation", args=[talk.pk])).text
    )
