"""Switching signs on and off; what a device may not be."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import PersonFactory
from tests.messages.letters import NOON, asks, at
from tests.push.receiving import CHROME, Browser, a_device, a_push_service, a_session, b64
from tussenstop.core.errors import NotFound
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.push import actions, queries, sending, tidying
from tussenstop.push.actions import CannotSwitchOn
from tussenstop.push.models import Device, Sign
from tussenstop.push.rules import ASLEEP_DAYS, MOST_DEVICES, Subscription

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


@pytest.fixture
def mo() -> Person:
    return PersonFactory(name="Mo Mentor")


@pytest.fixture
def browser() -> Browser:
    return Browser()


def switch_on(person: Person, subscription: Subscription, session: str = "") -> Device:
    return actions.switch_on(
        by=By(person),
        subscription=subscription,
        session=session or a_session(person, LATER),
        until=LATER,
        user_agent=CHROME,
        now=NOON,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "https://push.evil.example/x"},
        {"p256dh": "AAAA"},
        {"p256dh": b64(b"\x04" + b"\0" * 64)},
        {"p256dh": "é"},
        {"auth": b64(b"too short")},
        {"auth": ""},
        {"server_key": b64(b"\x04" * 65)},
    ],
)
def test_what_can_not_be_used_is_refused(
    mo: Person, browser: Browser, wrong: dict[str, str]
) -> None:
    with pytest.raises(CannotSwitchOn):
        switch_on(mo, browser.subscription(**wrong))
    assert not Device.objects.exists()


def test_where_an_installation_sends_none_nothing_is_switched_on(
    mo: Person, browser: Browser, settings: Any
) -> None:
    settings.PUSH = False

    with pytest.raises(CannotSwitchOn):
        switch_on(mo, browser.subscription())


def test_the_same_browser_twice_is_one_device_and_what_waits_for_it_stays(
    mo: Person, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, NOON)
    first = switch_on(mo, browser.subscription())
    asks(mo)
    again = switch_on(mo, browser.subscription())

    assert again.pk == first.pk
    assert again.made_at == NOON
    assert (Device.objects.count(), Sign.objects.count()) == (1, 1)


def test_another_address_in_the_same_session_takes_the_place_of_the_first(
    mo: Person, browser: Browser
) -> None:
    session = a_session(mo, LATER)
    switch_on(mo, browser.subscription(), session)
    switch_on(mo, browser.subscription(endpoint="https://fcm.googleapis.com/new"), session)

    assert Device.objects.get().endpoint == "https://fcm.googleapis.com/new"


def test_of_who_used_the_browser_before_nothing_stays(mo: Person, browser: Browser) -> None:
    switch_on(PersonFactory(), browser.subscription())
    switch_on(mo, browser.subscription())

    assert Device.objects.get().person == mo


def test_there_is_an_end_to_how_many_and_removing_one_makes_room(
    mo: Person, browser: Browser
) -> None:
    for number in range(MOST_DEVICES):
        one = switch_on(mo, browser.subscription(endpoint=f"https://fcm.googleapis.com/{number}"))
    extra = browser.subscription(endpoint="https://fcm.googleapis.com/extra")
    with pytest.raises(CannotSwitchOn, match="10 devices"):
        switch_on(mo, extra)

    actions.switch_off(by=By(mo), device=one)
    switch_on(mo, extra)

    assert Device.objects.filter(person=mo).count() == MOST_DEVICES


def test_devices_where_one_signed_out_do_not_count(mo: Person, browser: Browser) -> None:
    for number in range(MOST_DEVICES):
        switch_on(
            mo,
            browser.subscription(endpoint=f"https://fcm.googleapis.com/{number}"),
            session=f"ended-{number}",
        )

    switch_on(mo, browser.subscription())

    assert Device.objects.get().endpoint == browser.endpoint


def test_a_device_that_knows_a_key_we_have_no_longer_is_none(
    mo: Person, browser: Browser, settings: Any
) -> None:
    settings.PUSH_KEYS = ["a secret that will go"]
    switch_on(mo, browser.subscription())
    assert len(queries.devices_of(mo, session="", now=NOON)) == 1
    settings.PUSH_KEYS = []

    assert queries.devices_of(mo, session="", now=NOON) == []


def test_nobody_removes_or_finds_a_device_of_another(mo: Person, browser: Browser) -> None:
    device, other = switch_on(mo, browser.subscription()), PersonFactory()
    with pytest.raises(NotFound):
        queries.get_device(person=other, device_id=device.pk)
    actions.switch_off(by=By(other), device=device)

    assert queries.devices_of(other, session="", now=NOON) == []
    assert queries.get_device(person=mo, device_id=device.pk) == device


def test_the_list_says_which_one_is_here_and_which_one_sleeps(mo: Person) -> None:
    asleep = a_device(
        mo, Browser("https://fcm.googleapis.com/asleep"), NOON - timedelta(days=9), days=2
    )
    here = a_device(mo, Browser("https://fcm.googleapis.com/here"), NOON)
    out = a_device(mo, Browser("https://fcm.googleapis.com/out"), NOON)
    Device.objects.filter(pk=out.pk).update(session="signed-out")

    seen = queries.devices_of(mo, session=here.session, now=NOON)

    assert [(one.device.pk, one.here, one.asleep) for one in seen] == [
        (here.pk, True, False),
        (asleep.pk, False, True),
    ]
    assert (seen[0].device.browser, seen[0].device.system) == ("Chrome", "Android")


@pytest.mark.parametrize("count", [1, MOST_DEVICES])
def test_the_list_takes_as_many_reads_however_many_there_are(
    mo: Person, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        a_device(mo, Browser(f"https://fcm.googleapis.com/{number}"), NOON)

    with django_assert_num_queries(2):
        assert len(queries.devices_of(mo, session="", now=NOON)) == count


# A device one signs in on again


def renew(person: Person, browser: Browser, was: str, **more: str) -> Device:
    return actions.renew(
        by=By(person),
        was=was,
        subscription=browser.subscription(**more),
        session=a_session(person, LATER),
        until=LATER,
        user_agent=CHROME,
        now=NOON,
    )


def test_who_signs_in_again_gets_signs_again(
    mo: Person, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, NOON)
    a_device(mo, browser, NOON - timedelta(days=9), days=2)
    device = renew(mo, browser, browser.endpoint)
    asks(mo)

    with a_push_service(201) as service:
        sending.send(device.pk, now=NOON, post=service.post)

    assert len(service.took) == 1


def test_a_browser_that_got_another_address_stays_one_device(mo: Person, browser: Browser) -> None:
    a_device(mo, browser, NOON)
    renew(mo, browser, browser.endpoint, endpoint="https://fcm.googleapis.com/moved")

    assert Device.objects.get().endpoint == "https://fcm.googleapis.com/moved"


def test_what_was_removed_or_is_somebody_elses_does_not_come_back_by_itself(
    mo: Person, browser: Browser
) -> None:
    device = a_device(mo, browser, NOON)
    with pytest.raises(NotFound):
        renew(PersonFactory(), browser, browser.endpoint)
    assert Device.objects.get().person == mo

    actions.switch_off(by=By(mo), device=device)
    with pytest.raises(NotFound):
        renew(mo, browser, browser.endpoint)
    assert not Device.objects.exists()


# The end


def test_signs_go_with_the_person(mo: Person, browser: Browser) -> None:
    a_device(mo, browser, NOON)
    asks(mo)
    assert Sign.objects.exists()

    mo.delete()

    assert not Device.objects.exists()
    assert not Sign.objects.exists()


def test_a_device_nobody_signs_in_on_any_more_is_forgotten(mo: Person) -> None:
    long_ago = NOON - timedelta(days=ASLEEP_DAYS + 40)
    a_device(mo, Browser("https://fcm.googleapis.com/old"), long_ago, days=30)
    recent = a_device(mo, Browser("https://fcm.googleapis.com/new"), NOON - timedelta(9), days=2)
    lengthened = a_device(mo, Browser("https://fcm.googleapis.com/longer"), long_ago)
    Device.objects.filter(pk=lengthened.pk).update(until=long_ago + timedelta(days=30))

    tidying.tidy(NOON)

    assert set(Device.objects.values_list("pk", flat=True)) == {recent.pk, lengthened.pk}
    lengthened.refresh_from_db()
    assert lengthened.until > NOON
