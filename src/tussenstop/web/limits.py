"""How often something may be tried by who is not signed in."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600


def too_often(name: str, most: int) -> bool:
    """Whether this was tried more than `most` times within the hour; counts this time."""
    key = f"often:{name}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # it expired in between
        return False


def visitor(request: HttpRequest) -> str:
    """The network address of who asks, also behind a proxy."""
    return str(get_adapter(request).get_client_ip(request))
