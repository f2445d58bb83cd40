"""The devices on which somebody gets a sign: theirs alone to see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.push.models import Device
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


def get_device(*, person: Person, device_id: UUID) -> Device:
    """One's own. Raises NotFound."""
    found = Device.objects.filter(pk=device_id, person=person).first()
    if found is None:
        raise NotFound
    return found
