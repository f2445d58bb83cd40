"""Fetching what stands at an address: nothing leads inward, nothing lasts or grows forever."""

import gzip
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import pytest

from tussenstop.calendars.incoming.fetching import Fetched, fetch, tidy
from tussenstop.calendars.incoming.rules import LARGEST, CannotRead, Trouble
from tussenstop.core.outward import is_public

PUBLIC = "93.184.215.14"


class Network(httpcore.NetworkBackend):
    """Answers instead of a network, one for each connection; keeps where one went and what one
    asked."""

    def __init__(self, *answers: bytes, drip: float = 0) -> None:
        self.answers, self.drip = list(answers), drip
        self.went: list[tuple[str, int]] = []
        self.asked: list[bytes] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.went.append((host, port))
        return Line(self, self.answers.pop(0))


class Line(httpcore.NetworkStream):
    def __init__(self, network: Network, answer: bytes) -> None:
        self.network, self.answer = network, answer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self.network.drip:
            time.sleep(self.network.drip)
            max_bytes = 1
        piece, self.answer = self.answer[:max_bytes], self.answer[max_bytes:]
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.network.asked.append(buffer)

    def close(self) -> None:
        pass

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        assert server_hostname
        return self


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def get(network: Network, address: str = "https://school.example/x.ics", **more: Any) -> Fetched:
    more.setdefault("resolve", lambda _host, _port: [PUBLIC])
    return fetch(address, network=network, **more)


def trouble(network: Network, address: str = "https://school.example/x.ics", **more: Any) -> str:
    with pytest.raises(CannotRead) as refusal:
        get(network, address, **more)
    return str(refusal.value.trouble)


def test_what_stands_there_is_fetched_from_the_address_that_was_checked() -> None:
    network = Network(answer(b"BEGIN", ETag='"abc"', Last_Modified="Mon, 23 Nov 2026"))
    assert get(network) == Fetched(b"BEGIN", '"abc"', "Mon, 23 Nov 2026")
    assert network.went == [(PUBLIC, 443)]
    assert b"Host: school.example" in b"".join(network.asked)


def test_only_what_changed_is_asked_for() -> None:
    network = Network(answer(status="304 Not Modified"))
    assert get(network, etag='"abc"', last_modified="Mon") == Fetched(None)
    asked = b"".join(network.asked)
    assert b'If-None-Match: "abc"' in asked
    assert b"If-Modified-Since: Mon" in asked


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.5",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "nonsense",
    ],
)
def test_an_address_inside_a_network_is_never_visited(address: str) -> None:
    assert not is_public(address)
    network = Network(answer(b"secret"))
    assert trouble(network, resolve=lambda _h, _p: [PUBLIC, address]) == Trouble.INWARD
    assert network.went == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "school",
        "ftp://school.example/x.ics",
        "file:///etc/passwd",
        "https://",
        "https://school.example:8443/x.ics",
        "http://school.example:443/x.ics",
        "https://me:secret@school.example/x.ics",
        "https://school.example:port/",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    assert trouble(Network(), address) == Trouble.ADDRESS


def test_addresses_are_tidied() -> None:
    assert tidy(" webcal://school.example/a.ics ") == "https://school.example/a.ics"
    assert tidy("https://zoë.example/ë b.ics") == "https://xn--zo-ija.example/%C3%AB%20b.ics"


def test_a_redirect_is_followed_and_checked_anew() -> None:
    network = Network(
        answer(status="302 Found", Location="https://other.example/y.ics"), answer(b"BEGIN")
    )
    hosts: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        hosts.append(host)
        return [PUBLIC]

    assert get(network, resolve=resolve).content == b"BEGIN"
    assert hosts == ["school.example", "other.example"]


@pytest.mark.parametrize("to", ["http://127.0.0.1/", "http://[::1]/", "http://inside.example/"])
def test_a_redirect_inward_is_refused(to: str) -> None:
    network = Network(answer(status="302 Found", Location=to), answer(b"secret"))
    inside = {"school.example": PUBLIC, "inside.example": "10.0.0.1"}
    found = trouble(network, resolve=lambda host, _port: [inside.get(host, host)])
    assert found == Trouble.INWARD
    assert len(network.went) == 1


def test_a_redirect_to_another_kind_of_address_is_refused() -> None:
    network = Network(answer(status="301 Moved", Location="file:///etc/passwd"))
    assert trouble(network) == Trouble.ADDRESS


def test_three_redirects_are_enough() -> None:
    on = answer(status="307 Temporary Redirect", Location="/next")
    assert get(Network(on, on, on, answer(b"BEGIN"))).content == b"BEGIN"
    assert trouble(Network(on, on, on, on)) == Trouble.REDIRECTS


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("401 Unauthorized", Trouble.PASSWORD),
        ("403 Forbidden", Trouble.PASSWORD),
        ("404 Not Found", Trouble.NOT_FOUND),
        ("410 Gone", Trouble.NOT_FOUND),
        ("500 Oops", Trouble.REFUSED),
        ("429 Slow Down", Trouble.REFUSED),
        ("206 Partial", Trouble.REFUSED),
    ],
)
def test_what_the_other_side_says_is_understood(status: str, expected: Trouble) -> None:
    assert trouble(Network(answer(status=status))) == expected


def test_five_megabytes_are_the_most() -> None:
    assert len(get(Network(answer(b"x" * LARGEST))).content or b"") == LARGEST
    assert trouble(Network(answer(b"x" * (LARGEST + 1)))) == Trouble.BIG


def test_what_is_packed_is_unpacked_but_not_endlessly() -> None:
    packed = answer(gzip.compress(b"BEGIN"), Content_Encoding="gzip")
    assert get(Network(packed)).content == b"BEGIN"
    bomb = answer(gzip.compress(bytes(200 * 1024 * 1024)), Content_Encoding="gzip")
    assert trouble(Network(bomb)) == Trouble.BIG
    broken = answer(b"not packed", Content_Encoding="gzip")
    assert trouble(Network(broken)) == Trouble.NOT_CALENDAR
    unknown = answer(b"x", Content_Encoding="br")
    assert trouble(Network(unknown)) == Trouble.NOT_CALENDAR


def test_an_answer_that_drips_is_given_up() -> None:
    network = Network(answer(b"x" * 1000), drip=0.02)
    assert trouble(network, seconds=0.1) == Trouble.SLOW


def test_nobody_at_home() -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    assert trouble(Network(), resolve=nowhere) == Trouble.UNREACHABLE
    assert trouble(Network(), resolve=lambda _h, _p: []) == Trouble.UNREACHABLE
    assert trouble(Network(b"nonsense")) == Trouble.UNREACHABLE
