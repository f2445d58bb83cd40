"""Two workers, and two windows, at the same moment."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import PersonFactory
from tests.messages.letters import NOON, asks, at
from tests.push.receiving import CHROME, Browser, Jobs, a_device, a_push_service, a_session
from tests.together import a_database_for_threads, together
from tussenstop.people.acting import By
from tussenstop.push import actions, sending
from tussenstop.push.models import Device, Sign
from tussenstop.push.rules import MOST_DEVICES

__all__ = ["a_database_for_threads"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("a_database_for_threads"),
]
LATER = NOON + timedelta(days=30)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOON)
    monkeypatch.setattr(sending, "send_job", Jobs())


def test_two_workers_send_a_sign_once() -> None:
    mo = PersonFactory()
    device = a_device(mo, Browser(), NOON)
    for _one in range(3):
        asks(mo)

    with a_push_service(201) as service:

        def work() -> None:
            sending.send(device.pk, now=NOON, post=service.post)

        together(work, work, work)

    assert len(service.took) == 1
    assert not Sign.objects.exists()


def test_two_windows_never_make_one_device_too_many() -> None:
    mo = PersonFactory()
    for number in range(MOST_DEVICES - 1):
        a_device(mo, Browser(f"https://fcm.googleapis.com/{number}"), NOON)
    sessions = [a_session(mo, LATER) for _one in range(2)]

    def act(number: int) -> Any:
        return actions.switch_on(
            by=By(mo),
            subscription=Browser(f"https://fcm.googleapis.com/extra{number}").subscription(),
            session=sessions[number],
            until=LATER,
            user_agent=CHROME,
            now=NOON,
        )

    answers = together(lambda: act(0), lambda: act(1))

    assert sum(isinstance(one, actions.CannotSwitchOn) for one in answers) == 1
    assert Device.objects.count() == MOST_DEVICES


def test_the_same_button_twice_is_one_device() -> None:
    mo, browser = PersonFactory(), Browser()
    session = a_session(mo, LATER)

    def act() -> Any:
        return actions.switch_on(
            by=By(mo),
            subscription=browser.subscription(),
            session=session,
            until=LATER,
            user_agent=CHROME,
            now=NOON,
        )

    together(act, act, act)

    assert Device.objects.count() == 1
