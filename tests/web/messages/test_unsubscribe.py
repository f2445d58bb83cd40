"""Fewer mails by one tap, without signing in, and never by a scanner."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.factories import PersonFactory
from tests.messages.letters import NEXT_MORNING, NOON, asks, at, be_calm, tells
from tussenstop.core.models import OutgoingMail
from tussenstop.messages import digests, preferences, unsubscribing
from tussenstop.messages.models import Preference
from tussenstop.messages.rules import CALM, DIGESTS, Kind, Quiet, Way
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo(monkeypatch: pytest.MonkeyPatch) -> Person:
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    return PersonFactory(name="Mo Mentor", language="en")


def header() -> str:
    """The address a mail program takes from the newest mail."""
    sent = OutgoingMail.objects.order_by("-pk")[0]
    return sent.headers["List-Unsubscribe"].strip("<>").removeprefix(settings.BASE_URL)


def test_a_scanner_that_opens_it_changes_nothing(mo: Person, client: Client) -> None:
    asks(mo)

    answer = client.get(header())

    assert answer.status_code == 200
    assert "No more mail about this" in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_mail_program_posts_and_that_kind_stays_on_the_page(mo: Person) -> None:
    asks(mo)
    program = Client(enforce_csrf_checks=True)

    answer = program.post(header(), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    wanted = preferences.wanted_by(mo)
    assert wanted.ways == {**CALM, Kind.ASKS: Way.PAGE}
    assert wanted.quiet == Quiet()

    asks(mo)
    assert OutgoingMail.objects.count() == 1


def test_twice_is_once(mo: Person, client: Client) -> None:
    asks(mo)

    for _tap in range(2):
        assert client.post(header()).status_code == 200

    assert preferences.wanted_by(mo).ways[Kind.ASKS] == Way.PAGE


def test_from_a_digest_one_is_rid_of_all_that_comes_together(mo: Person) -> None:
    tells(mo)
    digests.write_what_is_due(NEXT_MORNING)

    ReadingClient().post(header(), {"List-Unsubscribe": "One-Click"})

    ways = preferences.wanted_by(mo).ways
    assert not set(ways.values()) & set(DIGESTS)
    assert ways[Kind.ASKS] == Way.AT_ONCE


def test_it_signs_nobody_in_and_holds_for_nobody_else(mo: Person, client: Client) -> None:
    other = PersonFactory()
    asks(mo)

    client.post(header())

    assert "_auth_user_id" not in client.session
    assert preferences.wanted_by(other).ways == CALM


@pytest.mark.parametrize("token", ["abc", "0-asks.x", f"{'0' * 32}-asks.signature"])
def test_a_made_up_address_does_not_exist(token: str, client: Client) -> None:
    assert client.get(reverse("unsubscribe", args=[token])).status_code == 404
    assert client.post(reverse("unsubscribe", args=[token])).status_code == 404


def test_what_always_comes_has_no_such_address(mo: Person, client: Client) -> None:
    address = unsubscribing.address_of(mo.pk, Kind.ALWAYS)

    assert client.post(address.removeprefix(settings.BASE_URL)).status_code == 404
