"""What a receiver does with feedback: read it, say something back, show it, remove what came from
outside."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit, once
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.feedback import notifications
from tussenstop.feedback.actions.giving import forget
from tussenstop.feedback.models import Feedback, Reader, Reply
from tussenstop.feedback.queries import partners
from tussenstop.feedback.rules import FROM_RECEIVER, MOST_REPLIES, ReplyKind
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.locking import lock
from tussenstop.routes.moves import rebuild


class CannotReply(DomainError):
    """These words can't stand there."""


def own(feedback: Feedback, *, by: By, now: datetime) -> None:
    """Raises NotFound for who did not receive it."""
    checks.require(by.person, OnRoute.GET_FEEDBACK, feedback.route, now=now)
    if feedback.receiver_id != by.person.pk:
        raise NotFound


@transaction.atomic
def open_envelope(*, by: By, feedback: Feedback, now: datetime) -> None:
    """Read it: from now on its words stand. Twice is once. Raises NotFound when it was taken back
    just before."""
    own(feedback, by=by, now=now)
    lock(feedback.route_id)
    rows = Feedback.objects.filter(pk=feedback.pk, taken_back_at=None, removed_at=None)
    if rows.filter(read_at=None).update(read_at=now):
        rebuild(feedback.route)
    elif not rows.exists():
        raise NotFound


@transaction.atomic
def reply(
    *, by: By, feedback: Feedback, kind: ReplyKind, text: str, key: UUID, now: datetime
) -> None:
    """Thank, ask, or see it differently; the giver answers a question. Sent twice, there once."""
    checks.require(by.person, OnRoute.GIVE_FEEDBACK, feedback.route, now=now)
    if by.person.pk not in {feedback.receiver_id, feedback.giver_id}:
        raise NotFound
    say(feedback, person=by.person, kind=kind, text=text, key=key, now=now)


def say(
    feedback: Feedback,
    *,
    person: Person | None,
    kind: ReplyKind,
    text: str,
    key: UUID,
    now: datetime,
) -> None:
    """Words from one of the two; `person` is None for a giver without an account."""
    route = lock(feedback.route_id)
    mine = Reply.objects.filter(pk=key, feedback=feedback, person=person)
    if mine.exists():
        return
    fresh = Feedback.objects.filter(pk=feedback.pk, taken_back_at=None, removed_at=None).first()
    if fresh is None or fresh.read_at is None:
        raise NotFound
    replies = list(Reply.objects.filter(feedback=feedback).order_by("at", "pk"))
    if person is not None and person.pk == feedback.receiver_id:
        if kind not in FROM_RECEIVER:
            raise NotFound
    elif kind != ReplyKind.ANSWER or not replies or replies[-1].kind != ReplyKind.QUESTION:
        raise CannotReply(_("There is no question that waits for an answer."), field="text")
    text = text.strip()
    if not text and kind != ReplyKind.THANKS:
        raise CannotReply(_("Write a few words."), field="text")
    if len(replies) >= MOST_REPLIES:
        raise CannotReply(
            _("You wrote back and forth a lot. Talk about it together?"), field="text"
        )
    row, _new = once.make(
        mine, pk=key, feedback=feedback, person=person, kind=kind, text=text, at=now
    )
    rebuild(route)
    notifications.replied(row)


@transaction.atomic
def show(*, by: By, feedback: Feedback, person: Person, shown: bool, now: datetime) -> None:
    """Let somebody else of the route read it, or no longer. Twice is once."""
    own(feedback, by=by, now=now)
    lock(feedback.route_id)
    rows = Feedback.objects.filter(pk=feedback.pk, taken_back_at=None, removed_at=None)
    if not rows.exclude(read_at=None).exists():
        raise NotFound
    if not shown:
        if Reader.objects.filter(feedback=feedback, person=person).delete()[0]:
            _tell("feedback.hidden", by, feedback, person, now)
        return
    around = {one.person.pk for one in partners(feedback.route, now=now, but=by.person)}
    if person.pk not in around or person.pk == feedback.giver_id:
        raise NotFound
    _row, made = Reader.objects.get_or_create(
        feedback=feedback, person=person, defaults={"since": now}
    )
    if made:
        _tell("feedback.shown", by, feedback, person, now)
        notifications.shown(feedback, person)


def _tell(code: str, by: By, feedback: Feedback, person: Person, now: datetime) -> None:
    audit.record(code, actor=by.actor, now=now, subject_id=feedback.pk, name=person.name)


@transaction.atomic
def remove(*, by: By, feedback: Feedback, now: datetime) -> None:
    """Away with what came from outside: its words, and who could read it. Twice is once."""
    own(feedback, by=by, now=now)
    if feedback.invitation_id is None:
        raise NotFound
    lock(feedback.route_id)
    if not Feedback.objects.filter(pk=feedback.pk, removed_at=None).update(
        removed_at=now, saw="", did="", next_step="", outside_how=""
    ):
        return
    forget(feedback)
    Reader.objects.filter(feedback=feedback).delete()
    Reply.objects.filter(feedback=feedback).delete()
    audit.record("feedback.removed", actor=by.actor, now=now, subject_id=feedback.pk)
    rebuild(feedback.route)
