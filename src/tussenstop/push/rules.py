"""What a short sign on a device may say, to which addresses it may go, and how devices are called.
Pure facts."""

import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tussenstop.messages.rules import Kind

MOST_DEVICES = 10
LONGEST_ADDRESS = 1_000
ASLEEP_DAYS = 60  # a device on which somebody did not sign in again is forgotten
LIFE = timedelta(days=1)  # a push service keeps it no longer for a device that is off
ATTEMPTS = 6
LONGEST_WAIT = timedelta(hours=6)  # however long a push service asks us to wait

# Kinds that may be named on a locked screen. Whatever is not here is said without its kind: who is
# invited, what one wanted to be reminded of, and how somebody is doing all look alike.
SENTENCES: dict[str, Promise] = {
    Kind.ASKS: _("Somebody waits for your answer"),
    Kind.AGREEMENTS: _("There is news about an agreement"),
    Kind.CONVERSATIONS: _("There is news about a conversation"),
    Kind.FEEDBACK: _("There is news about feedback"),
    Kind.HOURS: _("There is news about your hours"),
    Kind.DAYS: _("There is news about days at the workplace"),
    Kind.PLACES: _("There is news about a place"),
    Kind.LOG: _("Somebody wrote in the log"),
}
SOMETHING = _("There is something for you")
SEVERAL = _("There are several things for you")


def sentence(says: Iterable[str]) -> Promise:
    """What a device shows for one or more notices, by what may be said of each."""
    kinds = list(says)
    return SENTENCES.get(kinds[0], SOMETHING) if len(kinds) == 1 else SEVERAL


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gives to whoever may send to it (RFC 8030, RFC 8291): an address at the push
    service, a key, a shared secret; and the key by which we are known there (RFC 8292)."""

    endpoint: str
    p256dh: str
    auth: str
    server_key: str


def bytes_of(text: str) -> bytes | None:
    """What base64url stands for, with or without its padding; None when it is something else."""
    try:
        return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (Error, ValueError):
        return None


def is_allowed(endpoint: str, hosts: Iterable[str]) -> bool:
    """Whether this is an address at a push service we know: https, on its own port, with nothing
    that could mean another place."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    plain = endpoint.isascii() and endpoint.isprintable() and not set(endpoint) & set(' \\"<>')
    return (
        plain
        and len(endpoint) <= LONGEST_ADDRESS
        and parts.scheme == "https"
        and parts.username is None
        and port in {None, 443}
        and not parts.fragment
        and any(_is_host(host, known.lower()) for known in hosts)
    )


def _is_host(host: str, known: str) -> bool:
    """`*.example.org` stands for everything below it, and not for itself."""
    if known.startswith("*."):
        return host.endswith(known[1:]) and len(host) > len(known[1:])
    return host == known


# In this order: a browser also names those it descends from.
BROWSERS = (
    (r"Edg(?:A|iOS|e)?/", "Edge"),
    (r"OPR/|OPT/", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Vivaldi/", "Vivaldi"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/|AppleWebKit/", "Safari"),
)
SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"CrOS", "ChromeOS"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"Linux|X11", "Linux"),
)


def _first(known: Iterable[tuple[str, str]], text: str) -> str:
    return next((name for pattern, name in known if re.search(pattern, text)), "")


def names_of(user_agent: str) -> tuple[str, str]:
    """The browser and the system, as far as a browser tells; empty for what it does not."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
