"""The links of a person, and what stands at their addresses. Only reads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from tussenstop.calendars.models import Link, Sent
from tussenstop.calendars.outgoing.rules import MOST_ENTRIES
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person

SIGNER = Signer(sep=".", salt="tussenstop.calendars.link")


def token_of(link: Link) -> str:
    """The secret part of the address. Without the key of this installation nobody can make it."""
    return SIGNER.sign(link.pk.hex)


def links(person: Person) -> QuerySet[Link]:
    """One's own that still work, newest first."""
    return Link.objects.filter(person=person, revoked_at=None).order_by("-made_at", "-pk")


def get_link(*, person: Person, link_id: UUID) -> Link:
    """One's own, also when it was revoked. Raises NotFound."""
    found = Link.objects.filter(pk=link_id, person=person).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands at an address; `sent` is None once it was revoked."""

    link: Link
    sent: list[Sent] | None
    changed_at: datetime


def open_link(token: str) -> Opened:
    """By its secret. Raises NotFound for what was never an address of ours, or is nobody's."""
    try:
        link_id = UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    link = Link.objects.select_related("person").filter(pk=link_id).first()
    if link is None or not link.person.is_active:
        raise NotFound
    if link.revoked_at:
        return Opened(link, None, link.revoked_at)
    rows = Sent.objects.filter(person=link.person, holds__in=link.holds).order_by("uid")
    found = list(rows[: 2 * MOST_ENTRIES])
    return Opened(link, found, max((row.changed_at for row in found), default=link.made_at))
