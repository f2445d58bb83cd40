"""What every test stands on: no network, no shared data, and a client that reads each page."""

import re
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.ops.translations import compile_catalogues

# A busy machine is no reason to fail.
examples.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("patient")


def pytest_configure() -> None:
    """Dutch pages are tested in Dutch: compile the catalogue when it is newer."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """What is called without a page speaks English; pages speak the language of who looks."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the loopback: a test that needs the network is a test that fails at random."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test wanted to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE)


class ReadingClient(Client):
    """A client that looks at every page it gets."""

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            read_page(response.content.decode())
        return response


def read_page(html: str) -> None:
    """What must hold for each page we send."""
    assert not INLINE_SCRIPT.search(html), "inline script"
    assert not INLINE_HANDLER.search(html), "inline handler"
    assert not INLINE_STYLE.search(html), "inline style"
    assert "{{" not in html, "a variable was not rendered"
    assert "{%" not in html, "a tag was not rendered"
    if "<html" in html:
        assert html.count("<h1") == 1, f"{html.count('<h1')} headings of the first level"
        assert re.search(r'<html lang="(nl|en)"', html), "the page does not say its language"


@pytest.fixture
def client() -> ReadingClient:
    return ReadingClient()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def world(db: None) -> World:
    return a_route_with_three_partners()
