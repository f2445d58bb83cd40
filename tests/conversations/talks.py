"""Conversations in the world of a test."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.worlds import NOW, World
from tussenstop.conversations.actions import inviting, talking
from tussenstop.conversations.actions.inviting import Invitation
from tussenstop.conversations.actions.points import NewPoint
from tussenstop.conversations.actions.talking import Noted
from tussenstop.conversations.models import Conversation, Slot
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
WORDS = "Sara durft nu zelf te bellen"


def notes(
    world: World,
    *,
    by: Person | None = None,
    to: list[Person] | None = None,
    key: UUID | None = None,
    point: NewPoint | None = None,
    now: Any = NOW,
    **changes: Any,
) -> Conversation:
    """The mentor notes a talk with the student."""
    others = to if to is not None else [world.student]
    typed: dict[str, Any] = {"kind": "unplanned", "day": TODAY, "words": WORDS, **changes}
    made = talking.note(
        by=By(by or world.mentor),
        route=world.fresh(),
        key=key or uuid7(),
        noted=Noted(who={one.pk for one in others}, **typed),
        point=point,
        now=now,
    )
    return fresh(made)


def fresh(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_related("route__student").get(pk=conversation.pk)


def to_do(owner: Person, text: str = "Het rooster doorsturen", **changes: Any) -> NewPoint:
    return NewPoint(key=uuid7(), text=text, owner=owner.pk, **changes)


def invites(
    world: World,
    *moments: datetime,
    by: Person | None = None,
    to: list[Person] | None = None,
    key: UUID | None = None,
    **changes: Any,
) -> Conversation:
    """The mentor asks the student for a talk."""
    typed: dict[str, Any] = {"kind": "how_is_it", **changes}
    return inviting.invite(
        by=By(by or world.mentor),
        route=world.fresh(),
        key=key or uuid7(),
        invitation=Invitation(
            who={one.pk for one in to or [world.student]}, starts=moments, **typed
        ),
        now=NOW,
    )


def slots_of(conversation: Conversation) -> dict[datetime, UUID]:
    """The moments on the table."""
    rows = Slot.objects.filter(conversation=conversation, ended_at=None).order_by("starts_at")
    return dict(rows.values_list("starts_at", "pk"))
