"""A door that somebody opened: who, for what."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.people.acting import By


@dataclass(frozen=True, slots=True)
class Opened:
    """Who opened a link, for what purpose; `expired` when it is too old to act by."""

    by: By
    purpose: str
    subject_id: UUID
    route_id: UUID | None
    expired: bool
    token: str


def opened_by(token: str, *, now: datetime) -> Opened | None:
    """The door of a token; None for a made-up or revoked one, which does not exist."""
    link = links.find(token)
    if link is None or link.revoked_at or not link.person.is_active:
        return None
    return Opened(
        by=By(link.person, means="link"),
        purpose=link.purpose,
        subject_id=link.subject_id,
        route_id=link.route_id,
        expired=not links.works(link, now=now),
        token=token,
    )


def send_again(opened: Opened, *, now: datetime) -> None:
    """Send a new mail with a working link to the address that is theirs now."""
    links.send(
        person=opened.by.person,
        purpose=Purpose(opened.purpose),
        subject_id=opened.subject_id,
        route_id=opened.route_id,
        now=now,
    )


def next_door(opened: Opened, *, purpose: Purpose, subject_id: UUID, now: datetime) -> str:
    """The address of the next thing asked of the same person on the same route."""
    link = links.issue(
        person=opened.by.person,
        purpose=purpose,
        subject_id=subject_id,
        route_id=opened.route_id,
        now=now,
    )
    return f"/d/{links.token_of(link)}/"
