"""A notice that may come at once becomes a sign, when its receiver wants one, once."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from tests.factories import PersonFactory
from tests.messages.letters import (
    EVENING,
    FRIDAY_EVENING,
    MONDAY_MORNING,
    NEXT_MORNING,
    NOON,
    asks,
    at,
    be_calm,
    invites,
    tells,
)
from tests.messages.test_desk import prefers
from tests.push.receiving import Browser, Jobs, Service, a_device, a_push_service
from tests.wellbeing.telling import CANARY
from tussenstop.core import letters
from tussenstop.messages import actions as reading
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import Quiet, Way
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.push import posting, sending, tidying
from tussenstop.push.models import Device, Sign, Untaken

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo(monkeypatch: pytest.MonkeyPatch) -> Person:
    be_calm(monkeypatch)
    at(monkeypatch, NOON)
    return PersonFactory(name="Mo Mentor", email="mo@example.org", language="en")


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def phone(mo: Person, browser: Browser) -> Device:
    return a_device(mo, browser, NOON)


def sent(device: Device, *answers: int, now: datetime = NOON, **headers: str) -> Service:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with a_push_service(*answers, headers=named) as service:
        sending.send(device.pk, now=now, post=service.post)
    return service


def test_what_asks_something_becomes_a_sign_that_names_nobody(
    mo: Person, browser: Browser, phone: Device
) -> None:
    asks(mo)
    notice = Notice.objects.get()

    (said,) = sent(phone).said(browser)

    assert said["title"] == "Somebody waits for your answer"
    assert said["url"] == f"/notices/{notice.pk}/go/"
    assert said["lang"] == "en"
    words = f"{said}"
    for private in (mo.first_name, "Sara", "Tine", "Startafspraak", notice.subject):
        assert private not in words
    assert not Sign.objects.exists()
    phone.refresh_from_db()
    assert phone.used_at == NOON


def test_it_speaks_the_language_of_who_gets_it(mo: Person, browser: Browser, phone: Device) -> None:
    Person.objects.update(language="nl")
    asks(mo)

    (said,) = sent(phone).said(browser)

    assert said["title"] == "Iemand wacht op je antwoord"


def test_a_door_that_lets_in_without_signing_in_never_stands_in_a_sign(
    mo: Person, browser: Browser, phone: Device
) -> None:
    asks(mo)
    Notice.objects.update(url="/d/secret-token/")

    (said,) = sent(phone).said(browser)

    assert "secret-token" not in f"{said}"


def test_how_somebody_is_doing_is_said_like_any_invitation(
    mo: Person, browser: Browser, phone: Device
) -> None:
    letters.send(
        to=mo.email,
        language="en",
        template="waits",
        context={"name": mo.first_name, "action_url": letters.address("wellbeing")},
    )
    (about,) = sent(phone).said(browser)
    invites(mo)
    (invited,) = sent(phone).said(browser)

    assert about["title"] == invited["title"] == "There is something for you"
    assert "wellbeing" not in f"{about}"
    assert CANARY not in f"{about}"


def test_what_comes_together_and_what_is_only_for_the_page_gives_no_sign(
    mo: Person, phone: Device
) -> None:
    tells(mo)
    prefers(mo, asks=Way.PAGE)
    asks(mo)

    assert not Sign.objects.exists()
    assert sent(phone).took == []


def test_who_wants_everything_at_once_gets_a_sign_of_news_too(
    mo: Person, browser: Browser, phone: Device
) -> None:
    prefers(mo, agreements=Way.AT_ONCE)
    tells(mo)

    (said,) = sent(phone).said(browser)

    assert said["title"] == "There is news about an agreement"


def test_somebody_without_a_device_has_no_signs_waiting(mo: Person) -> None:
    asks(mo)

    assert not Sign.objects.exists()


def test_every_device_gets_its_own_and_only_those_of_the_receiver(
    mo: Person, browser: Browser, phone: Device
) -> None:
    laptop = a_device(mo, Browser("https://web.push.apple.com/laptop"), NOON)
    a_device(PersonFactory(), Browser("https://web.push.apple.com/other"), NOON)
    asks(mo)

    assert set(Sign.objects.values_list("device", flat=True)) == {phone.pk, laptop.pk}


# Quiet hours


def test_in_quiet_hours_a_sign_waits_for_the_morning_and_several_are_one(
    mo: Person, browser: Browser, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, EVENING)
    asks(mo)
    assert sent(phone, now=EVENING).took == []
    asks(mo)
    assert sent(phone, now=EVENING + timedelta(hours=1)).took == []
    assert set(Sign.objects.values_list("leave_at", flat=True)) == {NEXT_MORNING}

    service = sent(phone, now=NEXT_MORNING)

    (said,) = service.said(browser)
    assert (said["title"], said["url"]) == ("There are several things for you", "/notices/")
    assert not Sign.objects.exists()


def test_even_an_invitation_that_is_mailed_at_night_gives_no_sign_at_night(
    mo: Person, browser: Browser, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, FRIDAY_EVENING)
    invites(mo)

    assert sent(phone, now=FRIDAY_EVENING).took == []
    assert len(sent(phone, now=MONDAY_MORNING - timedelta(hours=1)).took) == 0
    assert len(sent(phone, now=MONDAY_MORNING).took) == 1


def test_a_worker_that_was_away_wakes_nobody_when_it_comes_back(mo: Person, phone: Device) -> None:
    asks(mo)

    assert sent(phone, now=EVENING).took == []
    assert Sign.objects.get().leave_at == NEXT_MORNING


def test_own_quiet_hours_and_work_hold(
    mo: Person, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = NOON + timedelta(hours=2)
    monkeypatch.setattr(
        "tussenstop.messages.preferences._busy", [lambda person, start, end: [(start, until)]]
    )
    prefers(mo, Quiet(time(22), time(6), busy=True))
    asks(mo)

    assert sent(phone).took == []
    assert Sign.objects.get().leave_at == until


def test_what_waits_has_a_job_at_its_moment(
    mo: Person, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = Jobs()
    monkeypatch.setattr(sending, "send_job", jobs)
    asks(mo)
    sent(phone, 503)
    sent(phone, now=EVENING)

    assert jobs.after == [NOON + timedelta(minutes=2), NEXT_MORNING]


# What was seen, and what is wanted no more


def test_what_was_opened_on_the_page_gives_no_sign(mo: Person, phone: Device) -> None:
    asks(mo)
    reading.read(by=By(mo), notice=Notice.objects.get(), now=NOON)

    assert sent(phone).took == []
    assert not Sign.objects.exists()


def test_of_several_only_what_was_not_opened_counts(
    mo: Person, browser: Browser, phone: Device
) -> None:
    asks(mo)
    reading.read(by=By(mo), notice=Notice.objects.get(), now=NOON)
    asks(mo)

    (said,) = sent(phone).said(browser)

    assert said["title"] == "Somebody waits for your answer"


def test_who_no_longer_wants_it_at_once_gets_no_sign(mo: Person, phone: Device) -> None:
    asks(mo)
    prefers(mo, asks=Way.DAILY)

    assert sent(phone).took == []
    assert not Sign.objects.exists()


def test_somebody_who_may_not_come_in_any_more_gets_none(mo: Person, phone: Device) -> None:
    asks(mo)
    Person.objects.update(is_active=False)

    assert sent(phone).took == []
    assert not Device.objects.exists()


@pytest.mark.parametrize("how", ["signed out from elsewhere", "another password since"])
def test_a_device_where_one_is_signed_out_gets_none_and_is_forgotten(
    mo: Person, phone: Device, how: str
) -> None:
    asks(mo)
    if how == "another password since":
        mo.set_password("een nieuw lang wachtwoord")
        mo.save()
    else:
        Session.objects.all().delete()

    assert sent(phone).took == []
    assert not Device.objects.exists()


def test_a_device_whose_session_came_to_its_end_sleeps(mo: Person, browser: Browser) -> None:
    device = a_device(mo, browser, NOON - timedelta(days=2), days=1)
    asks(mo)

    assert sent(device).took == []
    assert not Sign.objects.exists()
    assert Device.objects.filter(pk=device.pk).exists()


def test_where_an_installation_sends_none_none_is_made_or_sent(
    mo: Person, phone: Device, settings: Any
) -> None:
    asks(mo)
    settings.PUSH = False
    asks(mo)

    assert Sign.objects.count() == 1
    assert sent(phone).took == []


def test_a_push_service_that_an_installation_allows_no_more_is_not_visited(
    mo: Person, phone: Device, settings: Any
) -> None:
    asks(mo)
    settings.PUSH_HOSTS = ["*.push.apple.com"]

    assert sent(phone).took == []
    assert not Device.objects.exists()


# Keys


def test_a_device_goes_on_with_the_key_it_knows_until_that_is_gone(
    mo: Person, phone: Device, settings: Any
) -> None:
    settings.PUSH_KEYS = ["a newer secret"]
    asks(mo)
    (post,) = sent(phone).took
    assert post.headers["Authorization"].endswith(f"k={_public(settings.SECRET_KEY)}")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret", []
    mo.refresh_from_db()
    asks(mo)
    assert sent(phone).took == []


def _public(secret: str) -> str:
    from tussenstop.push.webpush import server_key

    return server_key(secret).public


# What the push service answers


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_wants_none_any_more_is_forgotten(
    mo: Person, phone: Device, status: int
) -> None:
    asks(mo)

    sent(phone, status)

    assert not Device.objects.exists()
    assert not Sign.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_was_not_taken_is_tried_later_and_ever_more_seldom(
    mo: Person, phone: Device, status: int
) -> None:
    asks(mo)
    moments = []
    now = NOON
    while Sign.objects.exists():
        sent(phone, status, now=now)
        if waiting := Sign.objects.first():
            moments.append(waiting.leave_at - now)
            now = waiting.leave_at

    assert moments == [timedelta(minutes=2**n) for n in range(1, 6)]
    assert Device.objects.exists()


def test_nothing_is_sent_before_its_time(mo: Person, browser: Browser, phone: Device) -> None:
    asks(mo)
    sent(phone, 429, Retry_After="1800")

    assert sent(phone, now=NOON + timedelta(minutes=29)).took == []
    assert len(sent(phone, now=NOON + timedelta(minutes=30)).said(browser)) == 1


@pytest.mark.parametrize("status", [302, 400, 403])
def test_what_is_refused_is_not_tried_again(mo: Person, phone: Device, status: int) -> None:
    asks(mo)

    sent(phone, status)

    assert not Sign.objects.exists()
    assert Device.objects.get().used_at is None


def test_when_the_line_breaks_it_is_not_sent_again(mo: Person, phone: Device) -> None:
    asks(mo)

    assert len(sent(phone, 0).took) == 1
    assert sent(phone, now=NOON + timedelta(hours=1)).took == []


def test_neither_who_nor_which_device_stands_in_the_log(
    mo: Person, phone: Device, caplog: pytest.LogCaptureFixture
) -> None:
    asks(mo)
    sent(phone, 403)

    text = caplog.text
    assert "fcm.googleapis.com" in text
    for private in (phone.endpoint, "abc", mo.email, str(mo.pk), str(phone.pk)):
        assert private not in text


# Crashes


def test_a_sign_claimed_by_a_worker_that_died_is_not_sent_again(mo: Person, phone: Device) -> None:
    asks(mo)

    def dies(*_args: Any, **_more: Any) -> posting.Answer:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sending.send(phone.pk, now=NOON, post=dies)
    assert sent(phone).took == []
    sending.sweep(NOON + timedelta(minutes=10))
    assert Sign.objects.count() == 1

    sending.sweep(NOON + timedelta(minutes=16))

    assert not Sign.objects.exists()


def test_a_sign_whose_job_was_lost_gets_another(
    mo: Person, phone: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(mo)
    asks(mo)
    jobs = Jobs()
    monkeypatch.setattr(sending, "send_job", jobs)

    sending.sweep(NOON + timedelta(minutes=4))
    assert jobs.devices == []
    sending.sweep(NOON + timedelta(minutes=6))

    assert jobs.devices == [str(phone.pk)]


def test_a_letter_plans_one_job_for_each_device_after_the_commit(
    mo: Person,
    phone: Device,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    jobs = Jobs()
    monkeypatch.setattr(sending, "send_job", jobs)

    with django_capture_on_commit_callbacks(execute=True):
        asks(mo)
        assert jobs.devices == []

    assert jobs.devices == [str(phone.pk)]


def test_what_a_push_service_refuses_is_counted_a_day_and_forgotten_in_time(
    mo: Person, phone: Device
) -> None:
    for _turn in range(2):
        asks(mo)
        sent(phone, 403)

    row = Untaken.objects.get()
    assert (row.became, row.status, row.count) == ("refused", 403, 2)
    assert row.host == phone.endpoint.split("/")[2].split(":")[0]

    tidying.tidy(NOON + timedelta(days=61))
    assert not Untaken.objects.exists()


def test_what_was_taken_or_is_no_longer_wanted_is_no_trouble(mo: Person, phone: Device) -> None:
    asks(mo)
    sent(phone, 201)
    asks(mo)
    sent(phone, 410)

    assert not Untaken.objects.exists()
