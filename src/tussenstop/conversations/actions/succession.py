"""Somebody takes over a role on a route, and with it the talks ahead."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tussenstop.access import checks
from tussenstop.access.models import Participation
from tussenstop.conversations import notifications
from tussenstop.conversations.actions.talking import told
from tussenstop.conversations.models import Attendee, Conversation
from tussenstop.conversations.poll_queries import open_slots
from tussenstop.conversations.queries import there_still
from tussenstop.conversations.rules import TALKING
from tussenstop.people.acting import By
from tussenstop.people.models import Person


def take_over(part: Participation, by: By, now: datetime) -> None:
    """Who says yes to a role comes in place of who left it, in the talks ahead: those that are
    still to come and those that look for a moment.

    - They left that very role: of a mentor at the same placement, of a teacher on the same route.
    - Nobody else of that role takes part in the talk any more, so that two never replace one.
    - A talk of which only its people know stays as it is: they decide who else is told.
    - What was prepared and written stays whose it is. What others shared before they read when it
      is shared again: it was not meant for them.
    """
    if part.role not in TALKING:
        return
    left = _left(part, now)
    ahead = (
        Conversation.objects.filter(
            Q(starts_at=None) | Q(starts_at__gt=now),
            route_id=part.route_id,
            closed=False,
            held_at=None,
            cancelled_at=None,
            attendees__role=part.role,
            attendees__person__in=left,
        )
        .exclude(attendees__person=part.person)
        .select_related("route__student")
        .order_by("pk")
        .distinct()
    )
    for talk in ahead:
        here = there_still(talk, now=now).filter(role=part.role)
        if here.filter(person__in=_of_this_role(part, now)).exists():
            continue
        before = (
            talk.attendees.filter(role=part.role, person__in=left)
            .select_related("person")
            .order_by("pk")
            .first()
        )
        if before is None:
            continue
        Attendee.objects.create(
            conversation=talk, person=part.person, role=part.role, joined_at=now
        )
        moments = [talk.starts_at] if talk.starts_at else _moments(talk, now)
        told(talk, "conversation.taken_over", by, now, name=before.person.name)
        notifications.taken_over(talk, part.person, before.person, moments, now=now)


def _of_this_role(part: Participation, now: datetime) -> QuerySet[Person]:
    """Who holds this very role now."""
    rows = Participation.objects.filter(
        checks.taking_part(now), route=part.route_id, role=part.role, placement=part.placement_id
    )
    return Person.objects.filter(pk__in=rows.values("person_id"))


def _left(part: Participation, now: datetime) -> list[UUID]:
    """Who held this role before and takes part no longer."""
    rows = Participation.objects.filter(
        route=part.route_id,
        role=part.role,
        placement=part.placement_id,
        accepted_at__isnull=False,
        ended_at__isnull=False,
    ).exclude(
        person__in=Participation.objects.filter(
            checks.taking_part(now), route=part.route_id
        ).values("person_id")
    )
    return list(rows.values_list("person_id", flat=True))


def _moments(talk: Conversation, now: datetime) -> list[datetime]:
    rows = open_slots(talk).filter(starts_at__gt=now)
    return list(rows.values_list("starts_at", flat=True))
