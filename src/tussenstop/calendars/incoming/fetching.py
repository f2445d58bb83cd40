"""Fetching a calendar at an address that somebody typed, without being led astray.

The address is not ours, so nothing about it is trusted: only http and https on their own ports,
only public addresses (`core/outward.py`), every redirect checked anew, and limits to size, time
and unpacking (OWASP, Server-Side Request Forgery Prevention).
"""

import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore

from tussenstop.calendars.incoming.rules import (
    LARGEST,
    LONGEST_FETCH,
    MOST_REDIRECTS,
    CannotRead,
    Trouble,
)
from tussenstop.core.outward import Inward, Outward, Resolve, resolve

STEP_TIMEOUT = 8.0  # seconds for one step: connecting, one piece of the answer
PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the other side gave; `content` is None when nothing changed since last time."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


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
    except Inward as error:
        raise CannotRead(Trouble.INWARD) from error
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
