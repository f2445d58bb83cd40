"""The devices on which somebody gets a sign: theirs alone to see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.push.models import Device, Untaken
from tussenstop.push.sessions import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Seen:
    """A device as its owner sees it: `here` when it is the one they look at it with."""

    device: Device
    here: bool
    asleep: bool


def devices_of(person: Person, *, session: str, now: datetime) -> list[Seen]:
    """This device first. Without those on which somebody signed out."""
    found = list(Device.objects.select_related("person").filter(person=person).order_by("made_at"))
    standing = standing_of(found, now)
    seen = [
        Seen(
            one,
            here=one.session == session,
            asleep=standing[one.pk] == Standing.ASLEEP,
        )
        for one in found
        if standing[one.pk] != Standing.GONE
    ]
    return sorted(seen, key=lambda one: not one.here)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What one push service did not take lately, and how it answered."""

    host: str
    became: str
    status: int
    count: int


def not_taken(person: Person, *, days: int, now: datetime) -> list[NotTaken]:
    """Signs that did not leave in the last days, for who sees whether mail arrives. Raises
    NotFound."""
    checks.require_in(person, InScope.SEE_DELIVERY, None, now=now)
    rows = (
        Untaken.objects.filter(day__gt=timezone.localdate(now) - timedelta(days=days))
        .values("host", "became", "status")
        .annotate(total=Sum("count"))
        .order_by("-total", "host", "status")
    )
    return [NotTaken(row["host"], row["became"], row["status"], row["total"]) for row in rows]


def get_device(*, person: Person, device_id: UUID) -> Device:
    """One's own. Raises NotFound."""
    found = Device.objects.filter(pk=device_id, person=person).first()
    if found is None:
        raise NotFound
    return found
