"""Who may talk with whom, and what every act of a conversation asks first."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.conversations.models import Attendee, Conversation
from tussenstop.conversations.names import kind_of
from tussenstop.conversations.queries import talkers
from tussenstop.conversations.rules import MEDIATION, TEAM, is_short_of_partners
from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.people.acting import By
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.rules import ENDED

NOT_THREE = _("A three-way conversation is one of student, mentor and teacher. Tick all of them.")


class CannotTalk(DomainError):
    """This can't be noted or planned like this."""


def begin(by: By, route: Route, kind: str, now: datetime) -> None:
    """Whether this person may begin a conversation of this kind on this route; one after the
    other."""
    permission = OnRoute.MEDIATE if kind == MEDIATION else OnRoute.CONVERSE
    checks.require(by.person, permission, route, now=now)
    lock(route.pk)
    if route.state in ENDED:
        raise CannotTalk(_("This route has ended; its conversations stay as they are."))
    if kind_of(kind) is None:
        raise CannotTalk(_("Choose what kind of conversation it is."), field="kind")


def gather(
    by: By,
    route: Route,
    kind: str,
    who: Collection[UUID],
    now: datetime,
    *,
    alone: str | Promise,
    with_team: bool = False,
) -> dict[UUID, str]:
    """Everybody who takes part, with their role: whoever begins it, and the others. A talk of the
    team can be one with colleagues alone."""
    known = {part.person_id: part.role for part in talkers(route, now=now)}
    if not set(who) <= set(known):
        raise CannotTalk(_("Choose among the people of this route."), field="who")
    found = {pk: known[pk] for pk in known if pk in who or pk == by.person.pk}
    if len(found) < 2 and not with_team:
        raise CannotTalk(alone, field="who")
    if is_short_of_partners(kind, found.values(), known.values()):
        raise CannotTalk(NOT_THREE, field="who")
    return found


def is_team(kind: str, others: str) -> bool:
    """Whether colleagues who are not on the route were there, in a talk of the team."""
    return kind == TEAM and bool(others.strip())


def seat(conversation: Conversation, roles: dict[UUID, str]) -> None:
    Attendee.objects.bulk_create(
        Attendee(conversation=conversation, person_id=person_id, role=role)
        for person_id, role in roles.items()
    )


def require_part(by: By, conversation: Conversation, now: datetime) -> Attendee:
    """Only who takes part works on a conversation. Raises NotFound, or Refused."""
    checks.require(by.person, OnRoute.CONVERSE, conversation.route, now=now)
    part = Attendee.objects.filter(conversation=conversation, person=by.person).first()
    if part is None:
        if conversation.closed:
            raise NotFound
        raise Refused(OnRoute.CONVERSE.label)
    return part


def require_living(conversation: Conversation) -> None:
    """What was called off, or belongs to a route that has ended, stays as it is."""
    if conversation.cancelled_at:
        raise CannotTalk(_("This conversation was called off."))
    if conversation.route.state in ENDED:
        raise CannotTalk(_("This route has ended; its conversations stay as they are."))


def take_turn(by: By, conversation: Conversation, now: datetime) -> Attendee:
    """For who takes part in a conversation that lives: whoever acts second acts on what the first
    one did. Raises NotFound, Refused, or CannotTalk."""
    part = require_part(by, conversation, now)
    lock(conversation.route_id)
    conversation.refresh_from_db(fields=["starts_at", "held_at", "cancelled_at"])
    require_living(conversation)
    return part
