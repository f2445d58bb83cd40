"""Fetching a calendar at an address that somebody typed, without being led astray.

The address is not ours, so nothing about it is trusted: only http and https on their own ports,
only public addresses (checked on the very address that the connection goes to, so that a name
which answers differently the second time changes nothing), every redirect checked anew, and
limits to size, time and unpacking (OWASP, Server-Side Request Forgery Prevention).
"""

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore

from tussenstop.calendars.incoming.rules import (
    LARGEST,
    LONGEST_FETCH,
    MOST_REDIRECTS,
    CannotRead,
    Trouble,
)

STEP_TIMEOUT = 8.0  # seconds for one step: connecting, one piece of the answer
PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the other side gave; `content` is None when nothing changed since last time."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def is_public(address: str) -> bool:
    """Whether an address belongs to the world and not to a network of its own, also when it is
    hidden in one of the ways to write an IPv4 address as IPv6."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in ipaddress.ip_network("64:ff9b::/96"):
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if hidden is not None and not is_public(str(hidden)):
            return False
    return found.is_global and not found.is_multicast


class Timed(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, ends: float) -> None:
        self.stream, self.ends = stream, ends

    def _left(self, timeout: float | None) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(left, timeout or left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self.stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return Timed(inner, self.ends)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Outward(httpcore.NetworkBackend):
    """Connections to public addresses only."""

    def __init__(self, ends: float, network: httpcore.NetworkBackend, resolve: Resolve) -> None:
        self.ends, self.network, self.resolve = ends, network, resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self.resolve(host, port)
        except OSError as error:
            raise CannotRead(Trouble.UNREACHABLE) from error
        if not addresses or not all(is_public(one) for one in addresses):
            raise CannotRead(Trouble.INWARD if addresses else Trouble.UNREACHABLE)
        stream = self.network.connect_tcp(
            addresses[0], port, timeout, local_address, socket_options
        )
        return Timed(stream, self.ends)


def tidy(address: str) -> str:
    """The address as we fetch it: webcal is https. Raises CannotRead for what is no address."""
    text = address.strip()
    scheme, colon, rest = text.partition(":")
    if scheme.lower() in {"webcal", "webcals"}:
        text = f"https{colon}{rest}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        ascii_host = host if ":" in host else host.encode("idna").decode()
    except (UnicodeError, ValueError) as error:
        raise CannotRead(Trouble.ADDRESS) from error
    wrong_port = port is not None and port != PORTS.get(parts.scheme)
    if parts.scheme not in PORTS or not ascii_host or parts.username or wrong_port:
        raise CannotRead(Trouble.ADDRESS)
    if not text.isascii() or any(sign.isspace() for sign in text):
        text = _escaped(parts._replace(netloc=ascii_host).geturl())
    return text


def _escaped(text: str) -> str:
    return "".join(
        sign
        if sign.isascii() and not sign.isspace()
        else "".join(f"%{b:02X}" for b in sign.encode())
        for sign in text
    )


def fetch(
    address: str,
    *,
    etag: str = "",
    last_modified: str = "",
    network: httpcore.NetworkBackend | None = None,
    resolve: Resolve = resolve,
    seconds: float = LONGEST_FETCH,
) -> Fetched:
    """The calendar at an address, or that it did not change. Raises CannotRead."""
    ends = time.monotonic() + seconds
    backend = Outward(ends, network or httpcore.SyncBackend(), resolve)
    headers = {"User-Agent": "Tussenstop", "Accept": "text/calendar, */*;q=0.5"}
    headers["Accept-Encoding"] = "gzip"
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    url = tidy(address)
    try:
        with httpcore.ConnectionPool(network_backend=backend) as pool:
            for _hop in range(MOST_REDIRECTS + 1):
                found = _once(pool, url, headers)
                if isinstance(found, Fetched):
                    return found
                url = tidy(urljoin(url, found))
    except httpcore.TimeoutException as error:
        raise CannotRead(Trouble.SLOW) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise CannotRead(Trouble.UNREACHABLE) from error
    raise CannotRead(Trouble.REDIRECTS)


def _once(pool: httpcore.ConnectionPool, url: str, headers: dict[str, str]) -> Fetched | str:
    """What is there, or the address to which it leads on."""
    steps = dict.fromkeys(("connect", "read", "write", "pool"), STEP_TIMEOUT)
    with pool.stream(
        "GET", url, headers=[*headers.items()], extensions={"timeout": steps}
    ) as answer:
        got = {name.decode("latin-1").lower(): value for name, value in answer.headers}
        if answer.status in MOVED and b"location" in {n.lower() for n, _v in answer.headers}:
            return got["location"].decode("latin-1")
        if answer.status == 304:
            return Fetched(None)
        if answer.status != 200:
            raise CannotRead(_trouble(answer.status))
        content = _body(answer.iter_stream(), got.get("content-encoding", b"").lower())
        return Fetched(
            content,
            got.get("etag", b"").decode("latin-1")[:200],
            got.get("last-modified", b"").decode("latin-1")[:60],
        )


def _trouble(status: int) -> Trouble:
    if status in {401, 403, 407}:
        return Trouble.PASSWORD
    if status in {404, 410}:
        return Trouble.NOT_FOUND
    return Trouble.REFUSED


def _body(pieces: Iterable[bytes], encoding: bytes) -> bytes:
    """The answer, unpacked; never more than we want to hold."""
    if encoding not in {b"", b"identity", b"gzip", b"x-gzip"}:
        raise CannotRead(Trouble.NOT_CALENDAR)
    unpack = zlib.decompressobj(wbits=31) if encoding.endswith(b"gzip") else None
    content = bytearray()
    for piece in pieces:
        try:
            content += unpack.decompress(piece, LARGEST + 1 - len(content)) if unpack else piece
        except zlib.error as error:
            raise CannotRead(Trouble.NOT_CALENDAR) from error
        if len(content) > LARGEST:
            raise CannotRead(Trouble.BIG)
    return bytes(content)
