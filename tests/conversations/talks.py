"""Conversations in the world of a test."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.worlds import NOW, World
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.points import NewPoint
from tussenstop.conversations.actions.talking import Noted
from tussenstop.conversations.models import Conversation
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
