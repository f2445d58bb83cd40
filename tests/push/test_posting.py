"""What a push service answers, and where one never goes."""

from datetime import UTC, datetime, timedelta

import httpcore
import pytest

from tests.push.receiving import PUBLIC, Line, a_push_service
from tussenstop.push import posting
from tussenstop.push.posting import Answer, Became

NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def test_a_sign_is_handed_over_as_the_standard_says() -> None:
    with a_push_service(201) as service:
        answer = service.post(ENDPOINT, b"sealed", "vapid t=a, k=b", now=NOW)

    assert answer == Answer(Became.TAKEN, 201)
    (post,) = service.took
    assert (post.path, post.body) == ("/fcm/send/abc", b"sealed")
    assert {name: post.headers[name] for name in ("Host", "Authorization", "TTL", "Topic")} == {
        "Host": "fcm.googleapis.com",
        "Authorization": "vapid t=a, k=b",
        "TTL": "86400",
        "Topic": "notices",
    }
    assert post.headers["Content-Encoding"] == "aes128gcm"
    assert post.headers["Urgency"] == "normal"


@pytest.mark.parametrize(
    ("status", "became"),
    [
        (200, Became.TAKEN),
        (202, Became.TAKEN),
        (404, Became.GONE),
        (410, Became.GONE),
        (429, Became.LATER),
        (500, Became.LATER),
        (503, Became.LATER),
        (400, Became.REFUSED),
        (403, Became.REFUSED),
        (413, Became.REFUSED),
    ],
)
def test_what_it_answers_is_understood(status: int, became: Became) -> None:
    with a_push_service(status) as service:
        assert service.post(ENDPOINT, b"x", "", now=NOW) == Answer(became, status)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_wherever_it_leads_on_is_not_followed(status: int) -> None:
    with a_push_service(
        status, headers={"Location": "https://fcm.googleapis.com/elsewhere"}
    ) as service:
        assert service.post(ENDPOINT, b"x", "", now=NOW).became == Became.REFUSED
    assert len(service.took) == 1


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Wed, 25 Nov 2026 11:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 25 Nov 2026 10:00:00 GMT", timedelta(0)),
        ("99999999999999", timedelta(hours=6)),
        ("soon", timedelta(0)),
        ("-5", timedelta(0)),
    ],
)
def test_how_long_it_wants_us_to_wait_is_understood(said: str, wait: timedelta) -> None:
    with a_push_service(429, headers={"Retry-After": said}) as service:
        assert service.post(ENDPOINT, b"x", "", now=NOW).wait == wait


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "169.254.169.254", "fd00::1"])
def test_a_name_that_leads_inward_is_never_visited(address: str) -> None:
    line = Line(0)
    answer = posting.post(
        ENDPOINT, b"x", "", now=NOW, network=line, resolve=lambda _h, _p: [PUBLIC, address]
    )

    assert answer.became == Became.REFUSED
    assert line.went == []


def test_one_goes_to_the_very_address_that_was_looked_at() -> None:
    with a_push_service(201) as service:
        line = Line(service.port)
        posting.post(ENDPOINT, b"x", "", now=NOW, network=line, resolve=lambda _h, _p: [PUBLIC])

    assert line.went == [(PUBLIC, 443)]


class Broken(httpcore.NetworkBackend):
    def connect_tcp(self, *_args: object, **_more: object) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("nobody there")


def nowhere(_host: str, _port: int) -> list[str]:
    raise OSError("no such host")


def test_when_nobody_is_there_it_may_go_better_later() -> None:
    for more in ({"resolve": nowhere}, {"network": Broken(), "resolve": lambda _h, _p: [PUBLIC]}):
        assert posting.post(ENDPOINT, b"x", "", now=NOW, **more).became == Became.LATER  # type: ignore[arg-type]


def test_when_the_line_breaks_after_it_was_sent_nobody_knows() -> None:
    with a_push_service(0) as service:
        assert service.post(ENDPOINT, b"x", "", now=NOW).became == Became.UNKNOWN
    assert len(service.took) == 1
