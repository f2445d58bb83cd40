"""Short signs on a device, on the page of preferences."""

import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.messages.letters import asks
from tests.push.receiving import CHROME, Browser, a_push_service
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.core import clock
from tussenstop.messages.models import Notice
from tussenstop.push import sending
from tussenstop.push.models import Device

STATIC = Path(__file__).resolve().parents[3] / "src/tussenstop/web/static"


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    world.mentor.refresh_from_db()
    return signed_in(world.mentor)


def switch_on(client: Client, browser: Browser, *, htmx: bool = False, **more: str) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    fields = {**asdict(browser.subscription()), **more}
    return client.post(reverse("device_on"), fields, headers={"User-Agent": CHROME, **headers})


def section(client: Client) -> str:
    found = client.get(reverse("notice_preferences")).content.decode()
    return found[found.index('id="devices"') :]


def test_somebody_switches_it_on_and_sees_their_device(mentor: Client, browser: Browser) -> None:
    assert "this device</span>" not in section(mentor)

    answer = switch_on(mentor, browser, htmx=True)

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "<html" not in text
    assert "From now on this device gets a sign." in text
    assert "Chrome on Android" in section(mentor)
    assert "this device</span>" in section(mentor)
    assert 'data-push="on"' in mentor.get(reverse("today")).content.decode()


def test_without_a_script_the_page_says_so_and_a_device_can_be_removed(
    mentor: Client, browser: Browser
) -> None:
    found = section(mentor)
    script = found[found.index('data-push-says="script"') :].partition(">")[0]
    assert "hidden" not in script
    switch_on(mentor, browser)
    device = Device.objects.get()

    answer = mentor.post(reverse("device_remove", args=[device.pk]))

    assert answer["Location"] == reverse("notice_preferences")
    assert not Device.objects.exists()


def test_another_way_a_device_is_never_shown(
    mentor: Client, browser: Browser, signed_in: SignIn, world: World
) -> None:
    switch_on(mentor, browser)
    other = signed_in(world.student)

    assert "Chrome on Android" not in section(other)
    assert other.post(reverse("device_remove", args=[Device.objects.get().pk])).status_code == 404
    assert Device.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"endpoint": "https://127.0.0.1/x"}, {"endpoint": ""}, {"p256dh": "x" * 101}]
)
def test_what_can_not_be_used_is_refused_in_words(
    mentor: Client, browser: Browser, wrong: dict[str, str]
) -> None:
    in_page = switch_on(mentor, browser, htmx=True, **wrong).content.decode()

    assert 'role="alert" tabindex="-1"' in in_page
    assert switch_on(mentor, browser, **wrong).status_code == 409
    assert not Device.objects.exists()


def test_too_many_tries_have_to_wait(mentor: Client, browser: Browser) -> None:
    for _try in range(30):
        switch_on(mentor, browser)
    assert "Wait an hour" in switch_on(mentor, browser, htmx=True).content.decode()


def test_a_page_of_another_site_can_not_switch_it_on(
    signed_in: SignIn, world: World, browser: Browser
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.mentor)

    assert switch_on(strict, browser).status_code == 403
    body = json.dumps(asdict(browser.subscription()))
    answer = strict.post(reverse("device_on"), body, content_type="application/json")
    assert answer.status_code == 403
    assert not Device.objects.exists()


def test_an_installation_without_signs_shows_nothing_of_it(mentor: Client, settings: Any) -> None:
    settings.PUSH = False

    for name in ("notice_preferences", "privacy"):
        text = mentor.get(reverse(name)).content.decode()
        assert 'id="devices"' not in text
        assert "short sign" not in text


# From a sign to the page


def test_a_sign_leads_to_the_one_thing_to_do_and_reads_nothing(
    mentor: Client, world: World
) -> None:
    Notice.objects.all().delete()
    asks(world.mentor)
    notice = Notice.objects.get()

    answer = mentor.get(reverse("notice_go", args=[notice.pk]))

    assert answer["Location"] == "/"
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("url", ["//evil.example/", "https://evil.example/", ""])
def test_a_sign_never_leads_elsewhere(mentor: Client, world: World, url: str) -> None:
    asks(world.mentor)
    notice = Notice.objects.filter(person=world.mentor).latest("pk")
    Notice.objects.filter(pk=notice.pk).update(url=url)

    answer = mentor.get(reverse("notice_go", args=[notice.pk]))

    assert answer["Location"] == reverse("notices")


def test_a_sign_lets_nobody_in(world: World) -> None:
    asks(world.mentor)
    notice = Notice.objects.filter(person=world.mentor).latest("pk")

    answer = Client().get(reverse("notice_go", args=[notice.pk]))

    assert "/account/login/" in answer["Location"]


# A device lives with its session


def test_signing_out_ends_it(mentor: Client, browser: Browser) -> None:
    switch_on(mentor, browser)

    mentor.post(reverse("account_logout"))

    assert not Device.objects.exists()


def test_signing_out_elsewhere_leaves_this_device_alone(
    mentor: Client, browser: Browser, world: World
) -> None:
    switch_on(mentor, browser)
    elsewhere = Client()
    elsewhere.force_login(world.mentor)

    elsewhere.post(reverse("account_logout"))

    assert Device.objects.exists()


def test_with_a_new_password_this_device_goes_on(
    mentor: Client, browser: Browser, world: World
) -> None:
    switch_on(mentor, browser)
    before = Device.objects.get().session
    new = "een heel nieuw lang wachtwoord"
    answer = mentor.post(reverse("account_set_password"), {"password1": new, "password2": new})
    assert answer.status_code == 302

    device = Device.objects.get()
    assert device.session != before
    Notice.objects.all().delete()
    asks(world.mentor)
    with a_push_service(201) as service:
        sending.send(device.pk, now=clock.now() + timedelta(minutes=1), post=service.post)
    assert len(service.took) == 1


def test_somebody_else_who_signs_in_over_it_ends_it(
    mentor: Client, browser: Browser, settings: Any, world: World
) -> None:
    settings.DEMO = True
    type(world.student).objects.filter(pk=world.student.pk).update(is_demo=True)
    switch_on(mentor, browser)

    answer = mentor.post(reverse("demo_sign_in"), {"email": world.student.email})

    assert answer.status_code == 302
    assert not Device.objects.exists()


def test_who_signs_in_again_gets_them_back_by_the_script(
    mentor: Client, browser: Browser, world: World
) -> None:
    switch_on(mentor, browser)
    Device.objects.update(session="a session that ended", until=clock.now())
    again = Client()
    again.force_login(world.mentor)
    fields = {**asdict(browser.subscription()), "was": browser.endpoint}
    assert 'data-push="on"' not in again.get(reverse("today")).content.decode()

    assert again.post(reverse("device_renew"), fields).status_code == 204

    assert Device.objects.get().session == again.session.session_key
    assert 'data-push="on"' in again.get(reverse("today")).content.decode()


# What a device needs to show them


def test_the_worker_is_the_same_for_everybody_and_keeps_nothing() -> None:
    answer = Client().get(reverse("push_worker"))

    assert answer["Content-Type"] == "text/javascript"
    script = answer.content.decode()
    assert "caches" not in script
    assert '"fetch"' not in script


def test_the_site_can_stand_on_a_home_screen() -> None:
    manifest = json.loads((STATIC / "site.webmanifest").read_text())

    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512", "any"}
    for icon in manifest["icons"]:
        assert (STATIC / icon["src"]).exists()
