"""Handing one sign to a push service, at an address that came from a browser.

Only push services that this installation knows, only over https, only at public addresses, and
wherever it leads on is not followed.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

import httpcore

from tussenstop.core.outward import Inward, Outward, Resolve, resolve
from tussenstop.push.rules import LIFE, LONGEST_WAIT

SECONDS = 15.0  # for the whole of it
STEP = 8.0  # for connecting, for one piece of the answer
TOPIC = "notices"  # a newer sign takes the place of one that did not reach the device yet


class Became(StrEnum):
    """What became of it."""

    TAKEN = "taken"
    GONE = "gone"  # the browser no longer wants it: the address is of no use any more
    LATER = "later"  # it was not taken, and may be later
    REFUSED = "refused"
    UNKNOWN = "unknown"  # the line broke after it was sent: perhaps it was taken


@dataclass(frozen=True, slots=True)
class Answer:
    became: Became
    status: int = 0
    wait: timedelta = timedelta(0)


def post(
    endpoint: str,
    body: bytes,
    authorization: str,
    *,
    now: datetime,
    network: httpcore.NetworkBackend | None = None,
    resolve: Resolve = resolve,
) -> Answer:
    """Send it once, and say what became of it."""
    headers = {
        "Authorization": authorization,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(LIFE.total_seconds())),
        "Topic": TOPIC,
        "Urgency": "normal",
        "User-Agent": "Tussenstop",
    }
    steps = dict.fromkeys(("connect", "read", "write", "pool"), STEP)
    outward = Outward(time.monotonic() + SECONDS, network or httpcore.SyncBackend(), resolve)
    try:
        with (
            httpcore.ConnectionPool(network_backend=outward) as pool,
            pool.stream(
                "POST",
                endpoint,
                headers=[*headers.items()],
                content=body,
                extensions={"timeout": steps},
            ) as answer,
        ):
            return _understood(answer.status, dict(answer.headers), now)
    except Inward:
        return Answer(Became.REFUSED)
    except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError):
        return Answer(Became.LATER)
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError):
        return Answer(Became.UNKNOWN)


def _understood(status: int, headers: dict[bytes, bytes], now: datetime) -> Answer:
    if 200 <= status < 300:
        return Answer(Became.TAKEN, status)
    if status in {404, 410}:
        return Answer(Became.GONE, status)
    if status == 429 or status >= 500:
        said = {name.lower(): value for name, value in headers.items()}.get(b"retry-after", b"")
        return Answer(Became.LATER, status, _wait(said.decode("latin-1").strip(), now))
    return Answer(Became.REFUSED, status)


def _wait(said: str, now: datetime) -> timedelta:
    """How long a push service asks us to wait: so many seconds, or until a moment."""
    try:
        asked = (
            timedelta(seconds=int(said[:9]))
            if said.isdecimal()
            else parsedate_to_datetime(said) - now
        )
    except (TypeError, ValueError):
        return timedelta(0)
    return min(max(asked, timedelta(0)), LONGEST_WAIT)
