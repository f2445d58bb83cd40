"""Whether somebody is still signed in on a device: it gets no sign when they are not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from tussenstop.people.models import Person
from tussenstop.push import keys
from tussenstop.push.models import Device


class Standing(StrEnum):
    AWAKE = "awake"
    ASLEEP = "asleep"  # the session came to its end by itself
    GONE = "gone"  # signed out, another password since, or the key it knows is ours no longer


def standing_of(devices: Sequence[Device], now: datetime) -> dict[UUID, Standing]:
    """How each device stands, in one read; `person` has to be there already."""
    lasting, known = lasts_until(devices, now), {key.mark for key in keys.all_keys()}

    def standing(one: Device) -> Standing:
        if one.key in known and one.pk in lasting:
            return Standing.AWAKE
        return Standing.ASLEEP if one.key in known and one.until <= now else Standing.GONE

    return {one.pk: standing(one) for one in devices}


def lasts_until(devices: Sequence[Device], now: datetime) -> dict[UUID, datetime]:
    """Of the devices on which its owner is signed in: until when."""
    keys = [one.session for one in devices]
    found = {
        row.session_key: row
        for row in Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    }
    return {
        one.pk: row.expire_date
        for one in devices
        if (row := found.get(one.session)) and _is_of(one.person, row.get_decoded())
    }


def _is_of(person: Person, session: Mapping[str, Any]) -> bool:
    """As for every page: the same person, with the password of then."""
    hashes = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    kept = session.get(HASH_SESSION_KEY, "")
    return session.get(SESSION_KEY) == str(person.pk) and any(
        constant_time_compare(kept, one) for one in hashes
    )
