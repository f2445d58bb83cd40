"""A short sign on a device: switched on in the page, shown by the real worker. Only the browser's
own subscription is a stand-in: there is no push service to reach from here."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import PHONE, Visit, session_cookie
from tests.messages.letters import asks
from tests.push.receiving import Browser, Jobs, Service, a_push_service, b64
from tests.worlds import World, a_route_with_three_partners
from tussenstop.core import clock
from tussenstop.messages.models import Notice
from tussenstop.push import sending
from tussenstop.push.models import Device

pytestmark = pytest.mark.django_db(transaction=True)

PREFERENCES = "/notices/preferences/"
BUTTON = "Geef een seintje op dit toestel"
STAND_IN = """(({ endpoint, p256dh, auth }) => {
  const PLACE = "stand-in";
  const bytes = (word) =>
    Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const given = () => localStorage.getItem(PLACE) && {
    endpoint,
    options: { applicationServerKey: bytes(localStorage.getItem(PLACE)).buffer },
    getKey: (name) => bytes(name === "auth" ? auth : p256dh).buffer,
    unsubscribe: async () => { localStorage.removeItem(PLACE); return true; },
  };
  PushManager.prototype.getSubscription = async () => given() || null;
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly) throw new Error("a sign has to be seen");
    localStorage.setItem(PLACE, btoa(String.fromCharCode(...applicationServerKey)));
    return given();
  };
})"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/notices/");
  const shown = registration ? await registration.getNotifications() : [];
  return shown.map(({ title, lang, tag, data, body, icon }) =>
    ({ title, lang, tag, url: data.url, body, icon }));
}"""


@pytest.fixture(autouse=True)
def _no_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself says when a sign leaves, and to which push service."""
    monkeypatch.setattr(sending, "send_job", Jobs())


@pytest.fixture
def here() -> World:
    world = a_route_with_three_partners(now=clock.now())
    Notice.objects.all().delete()
    return world


@pytest.fixture
def browser_of_mo() -> Browser:
    return Browser()


def allowed(visit: Visit, world: World, browser: Browser, *, permission: bool = True) -> Page:
    """The mentor's page of preferences, in a browser whose owner says yes."""
    page = visit(world.mentor, "/about/", viewport=PHONE)
    if permission:
        page.context.grant_permissions(["notifications"])
    given = {
        "endpoint": browser.endpoint,
        "p256dh": b64(browser.public),
        "auth": b64(browser.auth),
    }
    page.context.add_init_script(f"{STAND_IN}({json.dumps(given)})")
    page.goto(PREFERENCES)
    return page


def switch_on(page: Page) -> None:
    button = page.get_by_role("button", name=BUTTON)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-push-told]")).to_have_text(
        "Vanaf nu krijgt dit toestel een seintje."
    )


class Deliverer:
    """Hands what a push service got to the worker in the browser, as the browser's maker would."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.registrations: list[dict[str, Any]] = []
        self.session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: self.registrations.extend(event["registrations"]),
        )
        self.session.send("ServiceWorker.enable")

    def __call__(self, page: Page, data: dict[str, Any]) -> None:
        for _moment in range(50):
            found = [one for one in self.registrations if one["scopeURL"].endswith("/notices/")]
            if found:
                break
            page.wait_for_timeout(100)
        self.session.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": page.evaluate("location.origin"),
                "registrationId": found[-1]["registrationId"],
                "data": json.dumps(data),
            },
        )


def shown(page: Page, title: str) -> list[dict[str, Any]]:
    for _moment in range(50):
        found = page.evaluate(SHOWN)
        if any(one["title"] == title for one in found):
            return list(found)
        page.wait_for_timeout(100)
    pytest.fail(f"shows {found}")


def sent(world: World, service: Service, browser: Browser) -> dict[str, Any]:
    asks(world.mentor)
    sending.send(Device.objects.get().pk, now=clock.now(), post=service.post)
    return service.said(browser)[-1]


def test_a_sign_comes_to_the_device_where_it_was_switched_on(
    visit: Visit, here: World, browser_of_mo: Browser
) -> None:
    page = allowed(visit, here, browser_of_mo)
    page.get_by_label("Geen mail vanaf").fill("22:15")
    switch_on(page)
    expect(page.locator("[data-push-here]")).to_contain_text("dit toestel")
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()
    expect(page.locator("[data-push-told]")).to_be_focused()
    # What was typed elsewhere on the page is still there.
    expect(page.get_by_label("Geen mail vanaf")).to_have_value("22:15")

    deliver = Deliverer(page)
    with a_push_service(201) as service:
        deliver(page, sent(here, service, browser_of_mo))
        (one,) = shown(page, "Iemand wacht op je antwoord")
        notice = Notice.objects.get()
        assert one["url"] == f"/notices/{notice.pk}/go/"
        assert (one["body"], one["lang"], one["tag"]) == ("", "nl", "tussenstop")
        assert one["icon"].endswith(".png")

        deliver(page, sent(here, service, browser_of_mo))
        (more,) = shown(page, "Er staat meer dan één ding voor je klaar")
        assert more["url"] == "/notices/"

    # Where it leads.
    page.goto(one["url"])
    expect(page).to_have_url("/")


def test_a_tap_on_a_sign_opens_what_it_is_about(
    visit: Visit, here: World, browser_of_mo: Browser
) -> None:
    page = allowed(visit, here, browser_of_mo)
    switch_on(page)
    deliver = Deliverer(page)
    with a_push_service(201) as service:
        deliver(page, sent(here, service, browser_of_mo))
    (one,) = shown(page, "Iemand wacht op je antwoord")
    worker = _worker(page.context)
    # A script can't tap as a person does, so the browser would not let it open a window: what it
    # asks for is looked at.
    asked = worker.evaluate(
        """async () => {
          const asked = [];
          self.clients.openWindow = async (href) => { asked.push(new URL(href).pathname); };
          const [notification] = await self.registration.getNotifications();
          const event = new NotificationEvent("notificationclick", { notification });
          const waits = [];
          event.waitUntil = (promise) => waits.push(promise);
          self.dispatchEvent(event);
          await Promise.all(waits);
          return { asked, left: (await self.registration.getNotifications()).length };
        }"""
    )
    assert asked == {"asked": [one["url"]], "left": 0}


def _worker(context: BrowserContext) -> Any:
    for _moment in range(50):
        for worker in context.service_workers:
            if worker.url.endswith("/push-worker.js"):
                return worker
        context.pages[0].wait_for_timeout(100)
    return pytest.fail("no worker")


def test_removing_it_on_the_page_leaves_a_button_to_switch_it_on_again(
    visit: Visit, here: World, browser_of_mo: Browser
) -> None:
    page = allowed(visit, here, browser_of_mo)
    switch_on(page)
    page.get_by_role("button", name="Haal weg").click()
    expect(page.locator("[data-push-told]")).to_have_text("Daar komt geen seintje meer.")
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    assert not Device.objects.exists()

    switch_on(page)
    assert Device.objects.count() == 1


def test_signing_out_ends_it_on_the_device_and_here(
    visit: Visit, here: World, browser_of_mo: Browser
) -> None:
    page = allowed(visit, here, browser_of_mo)
    switch_on(page)
    deliver = Deliverer(page)
    with a_push_service(201) as service:
        deliver(page, sent(here, service, browser_of_mo))
    shown(page, "Iemand wacht op je antwoord")
    page.get_by_role("button", name="Afmelden").click()
    page.wait_for_url("**/account/login/**")
    assert not Device.objects.exists()
    assert page.evaluate(SHOWN) == []
    assert page.evaluate("localStorage.length") == 0


def test_who_signs_in_again_gets_them_back_and_somebody_else_ends_them(
    visit: Visit, here: World, browser_of_mo: Browser
) -> None:
    page = allowed(visit, here, browser_of_mo)
    switch_on(page)
    address = page.url.split("/notices/")[0]

    def sign_in(person: Any) -> str:
        cookie = session_cookie(person)
        page.context.add_cookies([{**cookie, "url": address}])  # type: ignore[list-item]
        return cookie["value"]

    # The session came to its end by itself, and the same person signs in.
    Device.objects.update(session="a session that ended", until=clock.now())
    again = sign_in(here.mentor)
    with page.expect_response("**/devices/renew/") as answer:
        page.goto("/")
    assert answer.value.status == 204
    assert Device.objects.get().session == again

    sign_in(here.student)
    page.goto("/")
    page.wait_for_function("localStorage.getItem('tussenstop.push') === null")
    page.wait_for_function("localStorage.getItem('stand-in') === null")
    assert Device.objects.get().person == here.mentor  # asleep: nothing is sent without its session


def test_a_browser_that_blocks_or_does_not_know_them_is_told_plainly(
    visit: Visit, here: World, browser_of_mo: Browser
) -> None:
    page = allowed(visit, here, browser_of_mo, permission=False)
    page.context.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    )
    page.reload()
    expect(page.get_by_text("Je browser houdt seintjes van deze site tegen.")).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()

    page.context.add_init_script("delete window.PushManager")
    page.reload()
    expect(page.get_by_text("Deze browser kent zulke seintjes niet")).to_be_visible()

    page.context.add_init_script(
        "Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone)' })"
    )
    page.reload()
    expect(page.get_by_text("Op een iPhone of iPad werkt het alleen")).to_be_visible()


def test_when_the_push_service_is_not_there_it_says_so(
    visit: Visit, here: World, browser_of_mo: Browser
) -> None:
    page = allowed(visit, here, browser_of_mo)
    page.context.add_init_script(
        "PushManager.prototype.subscribe = async () => { throw new DOMException('no', 'AbortError') }"
    )
    page.reload()
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("je browser kreeg geen antwoord van zijn pushdienst")).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_be_enabled()
    assert not Device.objects.exists()
