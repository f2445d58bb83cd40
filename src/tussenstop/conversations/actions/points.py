"""Action points: who will do what by when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tussenstop.conversations.actions.people import CannotTalk, require_part, take_turn
from tussenstop.conversations.models import Conversation, Point
from tussenstop.conversations.queries import there_still
from tussenstop.conversations.rules import MOST_POINTS
from tussenstop.core import once
from tussenstop.core.errors import Refused
from tussenstop.people.acting import By


@dataclass(frozen=True, slots=True)
class NewPoint:
    """Something to do. `key` is the id it gets."""

    key: UUID
    text: str
    owner: UUID
    due: date | None = None


def put_point(*, by: By, conversation: Conversation, point: NewPoint, now: datetime) -> Point:
    """Write it down; what may be done was checked by the caller."""
    if not point.text.strip():
        raise CannotTalk(_("Write what somebody will do."), field="text")
    if not there_still(conversation, now=now).filter(person_id=point.owner).exists():
        raise CannotTalk(_("Choose somebody who takes part."), field="owner")
    mine = Point.objects.filter(pk=point.key, conversation=conversation)
    if already := mine.first():
        return already
    if conversation.points.filter(dropped_at=None).count() >= MOST_POINTS:
        raise CannotTalk(_("That is a lot for one conversation. Finish some first."), field="text")
    made, _new = once.make(
        mine,
        pk=point.key,
        conversation=conversation,
        text=point.text.strip(),
        owner_id=point.owner,
        due=point.due,
        made_by=by.person,
        made_at=now,
    )
    return made


@transaction.atomic
def add_point(*, by: By, conversation: Conversation, point: NewPoint, now: datetime) -> Point:
    """An action point on a conversation. Sent twice, there once."""
    take_turn(by, conversation, now)
    return put_point(by=by, conversation=conversation, point=point, now=now)


def finish_point(*, by: By, point: Point, done: bool, now: datetime) -> None:
    """The owner did it, or opens it again. Twice is once."""
    require_part(by, point.conversation, now)
    if point.owner_id != by.person.pk:
        raise Refused(_("Only the person who does it says that it is done."))
    Point.objects.filter(pk=point.pk, dropped_at=None, done_at__isnull=done).update(
        done_at=now if done else None
    )


def drop_point(*, by: By, point: Point, now: datetime) -> None:
    """Take it off: by who would do it, or who wrote it down. It stays for who looks back."""
    require_part(by, point.conversation, now)
    mine = Q(owner=by.person) | Q(made_by=by.person)
    if not Point.objects.filter(mine, pk=point.pk).exists():
        raise Refused(_("Only who does it or wrote it down takes it off."))
    Point.objects.filter(pk=point.pk, dropped_at=None).update(dropped_at=now, dropped_by=by.person)
