"""Addresses at which mail does not arrive.

Either the server said at once that nobody is there, or letters came back later. After some that
came back nothing more is sent there, until somebody says that it may be tried again; another
address begins anew. What is written to people stands on their page all the same.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tussenstop.core.models import MOST_RETURNS, Unreachable

FORGOTTEN_AFTER = timedelta(days=60)  # fewer than that are forgotten after a while without any
STOPPED = Q(returns=0) | Q(returns__gte=MOST_RETURNS)

Told = Callable[[str, datetime], None]
_told: list[Told] = []


def when_unreachable(told: Told) -> None:
    """Let a package act when mail to an address turns out not to arrive. Called once, at start-up."""
    if told not in _told:
        _told.append(told)


def nobody_there(address: str, error: str, now: datetime) -> None:
    """The server said so when the letter was handed over."""
    if not _first(address, error, now, returns=0):
        rows = Unreachable.objects.filter(address=address.lower(), returns__lt=MOST_RETURNS)
        rows.update(returns=0, at=now, error=error[:500])


def came_back(address: str, error: str, now: datetime) -> None:
    """A letter to this address came back for good."""
    if not _first(address, error, now, returns=1):
        rows = Unreachable.objects.filter(address=address.lower(), returns__gt=0)
        rows.update(returns=F("returns") + 1, at=now, error=error[:500])


def forget_old(now: datetime) -> None:
    """Every day: some letters came back long ago, and none since."""
    Unreachable.objects.filter(
        returns__gt=0, returns__lt=MOST_RETURNS, at__lt=now - FORGOTTEN_AFTER
    ).delete()


def _first(address: str, error: str, now: datetime, *, returns: int) -> bool:
    """Whether nothing was known of this address; whoever is to hear it does so once."""
    try:
        with transaction.atomic():
            Unreachable.objects.create(
                address=address.lower(), at=now, error=error[:500], returns=returns
            )
            for told in _told:
                told(address, now)
    except IntegrityError:
        return False
    return True


def unreachable() -> int:
    """At how many addresses mail does not arrive, so that nothing more is sent there."""
    return Unreachable.objects.filter(STOPPED).count()


def unreachable_among(addresses: Iterable[str]) -> set[str]:
    """In small letters."""
    lowered = [address.lower() for address in addresses]
    rows = Unreachable.objects.filter(STOPPED, address__in=lowered)
    return set(rows.values_list("address", flat=True))


def is_unreachable(address: str) -> bool:
    return Unreachable.objects.filter(STOPPED, address=address.lower()).exists()


def trouble_with(address: str) -> Unreachable | None:
    """What is known to go wrong at this address, also when letters still leave for it."""
    return Unreachable.objects.filter(address=address.lower()).first()


def taken_over(address: str) -> None:
    """A server took a letter: somebody is there after all. Of letters that came back later, taken
    over just the same, it says nothing."""
    Unreachable.objects.filter(address=address.lower(), returns=0).delete()


def try_again(address: str) -> None:
    """Somebody says that mail may be sent there again."""
    Unreachable.objects.filter(address=address.lower()).delete()
