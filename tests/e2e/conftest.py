"""A real browser against a real server: Debian's Chromium, no network but the loopback."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.together import a_database_for_threads
from tussenstop.people.models import Person

__all__ = ["a_database_for_threads"]

# Playwright keeps an event loop in this thread; the tests themselves are plain and synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# A busy machine is no reason to fail; what works does not wait.
PATIENCE = 15_000  # milliseconds
expect.set_options(timeout=PATIENCE)

PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser takes longest, so that it starts first and nobody waits for it at the end."""
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: "/e2e/" not in str(item.path))


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def live_server(a_database_for_threads: None) -> Iterator[LiveServer]:
    """A browser asks for several things at once: each request has a connection of its own, as in a
    real installation, and none finds itself inside what another one is saving."""
    server = LiveServer("localhost")
    yield server
    server.stop()


Visit = Callable[..., Page]


@pytest.fixture
def visit(
    browser: Browser, live_server: LiveServer, settings: object, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """Opens the product as a person: `visit(person, "/", language="en", theme="dark")`. What the
    pages looked like when a test failed lands in test-results/."""
    settings.BASE_URL = live_server.url  # type: ignore[attr-defined]
    contexts: list[BrowserContext] = []

    def open_page(
        person: Person | None,
        path: str = "/",
        *,
        viewport: dict[str, int] = DESKTOP,
        theme: str = "light",
        language: str = "nl",
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            color_scheme=theme,  # type: ignore[arg-type]
            locale="nl-BE" if language == "nl" else "en-GB",
            base_url=live_server.url,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if person is not None:
            Person.objects.filter(pk=person.pk).update(language=language)
            context.add_cookies([{**session_cookie(person), "url": live_server.url}])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(path)
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(page for context in contexts for page in context.pages):
            page.screenshot(path=f"test-results/{request.node.name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()


def session_cookie(person: Person) -> dict[str, str]:
    """Signed in, without going through the sign-in pages (they have a test of their own)."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}
