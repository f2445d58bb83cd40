"""Asking somebody on the route for feedback; saying not now; taking the question back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit, once
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.feedback import notifications
from tussenstop.feedback.models import Asking
from tussenstop.feedback.queries import partners
from tussenstop.feedback.rules import MOST_OPEN, POINT, Closed
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.moves import rebuild


class CannotAsk(DomainError):
    """Feedback can't be asked like this."""


def point_of(text: str) -> str:
    """What is asked about. Raises CannotAsk when it says nothing."""
    point = " ".join(text.split())
    if not point:
        raise CannotAsk(_("What would you like to hear about? One point is enough."), field="point")
    if len(point) > POINT:
        raise CannotAsk(_("Keep it to one point."), field="point")
    return point


@transaction.atomic
def ask(*, by: By, route: Route, giver: Person, point: str, key: UUID, now: datetime) -> Asking:
    """Ask somebody on the route for feedback on one point. Sent twice, there once."""
    checks.require(by.person, OnRoute.GET_FEEDBACK, route, now=now)
    lock(route.pk)
    mine = Asking.objects.filter(pk=key, route=route, receiver=by.person)
    if same := mine.first():
        return same
    people = {one.person.pk: one for one in partners(route, now=now)}
    if giver.pk not in people or giver.pk == by.person.pk:
        raise NotFound
    point = point_of(point)
    waiting = Asking.objects.filter(
        route=route, receiver=by.person, giver=giver, closed_at=None
    ).count()
    if waiting >= MOST_OPEN:
        raise CannotAsk(
            _("You already asked this person about other points. One of these first?"),
            field="giver",
        )
    asking, _new = once.make(
        mine,
        pk=key,
        route=route,
        receiver=by.person,
        receiver_role=people[by.person.pk].role,
        giver=people[giver.pk].person,
        giver_role=people[giver.pk].role,
        point=point,
        at=now,
    )
    audit.record("feedback.asked", actor=by.actor, now=now, subject_id=asking.pk)
    rebuild(route)
    notifications.asked(asking, now=now)
    return asking


@transaction.atomic
def decline(*, by: By, asking: Asking, word: str, now: datetime) -> None:
    """Not now. Who asked is told, with a word when there is one. Twice is once."""
    checks.require(by.person, OnRoute.GIVE_FEEDBACK, asking.route, now=now)
    if asking.giver_id != by.person.pk:
        raise NotFound
    lock(asking.route_id)
    word = " ".join(word.split())[:300]
    if _close(asking, Closed.DECLINED, now, word=word):
        asking.word = word
        rebuild(asking.route)
        notifications.declined(asking)


@transaction.atomic
def withdraw(*, by: By, asking: Asking, now: datetime) -> None:
    """It is not asked any more. Twice is once."""
    checks.require(by.person, OnRoute.GIVE_FEEDBACK, asking.route, now=now)
    if asking.receiver_id != by.person.pk:
        raise NotFound
    lock(asking.route_id)
    if _close(asking, Closed.WITHDRAWN, now):
        rebuild(asking.route)


def _close(asking: Asking, how: Closed, now: datetime, **more: str) -> bool:
    rows = Asking.objects.filter(pk=asking.pk, closed_at=None)
    return bool(rows.update(closed_at=now, closed_how=how, **more))
