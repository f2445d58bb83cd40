"""The pages as people meet them: signed in, in English, on the day of the world."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.conftest import ReadingClient
from tests.worlds import NOW, World
from tussenstop.people.models import Person

SignIn = Callable[[Person], Client]


@pytest.fixture
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tussenstop.core.clock.now", lambda: NOW)


@pytest.fixture
def signed_in(world: World, on_that_day: None) -> SignIn:
    """A browser in which this person is signed in."""
    Person.objects.update(language="en")

    def open_browser(person: Person) -> Client:
        client = ReadingClient()
        client.force_login(person)
        return client

    return open_browser
