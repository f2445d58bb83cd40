"""Giving feedback, asked for or not; and taking it back before it was read."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import TAKING_PART
from tussenstop.core import audit, once
from tussenstop.core.errors import NotFound
from tussenstop.feedback import notifications
from tussenstop.feedback.actions import words as wording
from tussenstop.feedback.actions.words import CannotGive, Words
from tussenstop.feedback.models import Asking, Earlier, Feedback, Strength, Topic
from tussenstop.feedback.queries import competences_of, receivers
from tussenstop.feedback.rules import TAKE_BACK, Closed
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.moves import rebuild


@transaction.atomic
def give(
    *,
    by: By,
    route: Route,
    to: Person,
    words: Words,
    key: UUID,
    now: datetime,
    asking: Asking | None = None,
) -> Feedback:
    """Give feedback, for the receiver alone until they show it. Sent twice, there once; asked once,
    given once."""
    roles = checks.require(by.person, OnRoute.GIVE_FEEDBACK, route, now=now)
    lock(route.pk)
    mine = Feedback.objects.filter(pk=key, route=route, giver=by.person)
    same = mine.first()
    if same is None and asking:
        same = Feedback.objects.filter(asking=asking, giver=by.person).first()
    if same:
        return same
    receiver = next(
        (one for one in receivers(route, now=now, but=by.person) if one.person.pk == to.pk), None
    )
    if receiver is None:
        raise NotFound
    wording.check(words, role=receiver.role)
    if asking:
        _answer(asking, by=by, to=to, now=now)
    role = asking.giver_role if asking else next(one for one in TAKING_PART if one in roles)
    feedback, _new = once.make(
        mine,
        pk=key,
        route=route,
        receiver=receiver.person,
        receiver_role=receiver.role,
        giver=by.person,
        giver_role=role,
        asking=asking,
        at=now,
        **words.columns(),
    )
    wording.put_strengths(feedback, words)
    chosen = set(words.competences)
    if chosen:
        found = [one for one in competences_of(route) if one.pk in chosen]
        if len(found) != len(chosen):
            raise NotFound
        wording.put_topics(feedback, found)
    audit.record("feedback.given", actor=by.actor, now=now, subject_id=feedback.pk)
    rebuild(route)
    notifications.given(feedback)
    return feedback


def _answer(asking: Asking, *, by: By, to: Person, now: datetime) -> None:
    if asking.giver_id != by.person.pk or asking.receiver_id != to.pk:
        raise NotFound
    rows = Asking.objects.filter(pk=asking.pk, closed_at=None)
    if not rows.update(closed_at=now, closed_how=Closed.GIVEN):
        raise CannotGive(_("This is not asked any more. You can still give feedback of your own."))


@transaction.atomic
def take_back(*, by: By, feedback: Feedback, now: datetime) -> None:
    """Shortly after giving, while it was not read: the words are gone, and an open question waits
    again. Twice is once."""
    checks.require(by.person, OnRoute.GIVE_FEEDBACK, feedback.route, now=now)
    if feedback.giver_id != by.person.pk:
        raise NotFound
    lock(feedback.route_id)
    rows = Feedback.objects.filter(pk=feedback.pk, taken_back_at=None)
    if not rows.exists():
        return
    if not rows.filter(read_at=None, at__gt=now - TAKE_BACK).update(
        taken_back_at=now, saw="", did="", next_step="", asking=None
    ):
        raise CannotGive(
            _("It was read already, or given too long ago. You can always add something to it.")
        )
    forget(feedback)
    if feedback.asking_id:
        Asking.objects.filter(pk=feedback.asking_id).update(closed_at=None, closed_how="")
    audit.record("feedback.taken_back", actor=by.actor, now=now, subject_id=feedback.pk)
    rebuild(feedback.route)


def forget(feedback: Feedback) -> None:
    """What hangs on words that are gone."""
    Strength.objects.filter(feedback=feedback).delete()
    Topic.objects.filter(feedback=feedback).delete()
    Earlier.objects.filter(feedback=feedback).delete()
