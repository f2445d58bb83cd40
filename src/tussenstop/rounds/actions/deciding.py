"""Trying a round out, as often as wanted; and publishing one of these tries."""

from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.rounds import jobs
from tussenstop.rounds.market import enter
from tussenstop.rounds.members import take_in
from tussenstop.rounds.models import Match, Rehearsal, Round, StudentResult
from tussenstop.rounds.rules import LOST_AFTER_MINUTES, Phase, RoundState
from tussenstop.routes.rules import Context


class CannotDecide(DomainError):
    """This round can't be tried out or published now."""


def ask_rehearsal(*, by: By, round_: Round, now: datetime) -> Rehearsal:
    """Try the round out in the background. While one runs, asking again gives that one."""
    with transaction.atomic():
        checks.require_in(by.person, InScope.LEAD_ROUNDS, round_.institution, now=now)
        if round_.state != RoundState.OPEN:
            raise CannotDecide(_("This round is over: nothing in it changes any more."))
        running = Rehearsal.objects.filter(round=round_, finished_at=None)
        cut_off = now - timedelta(minutes=LOST_AFTER_MINUTES)
        running.filter(asked_at__lt=cut_off).update(finished_at=now, failed=True)
        if already := running.first():
            return already
        if round_.phase(timezone.localdate(now)) == Phase.WISHES:
            take_in(round_, now=now)
        last = Rehearsal.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                made = Rehearsal.objects.create(
                    round=round_, number=last + 1, asked_by=by.person, asked_at=now
                )
        except IntegrityError:
            return Rehearsal.objects.filter(round=round_).latest("number")
        transaction.on_commit(partial(jobs.rehearse.enqueue, str(made.pk)))
    return made


@transaction.atomic
def publish(*, by: By, rehearsal: Rehearsal, now: datetime) -> None:
    """Make the result of a rehearsal known to everybody, exactly as it was tried. Raises Stale when
    something changed since then, CannotDecide before its time. Twice is once."""
    round_ = rehearsal.round
    checks.require_in(by.person, InScope.LEAD_ROUNDS, round_.institution, now=now)
    # Held first, so that nothing in the round changes while it is looked at.
    if not Round.objects.filter(pk=round_.pk, state=RoundState.OPEN).update(
        version=F("version") + 1
    ):
        if Round.objects.filter(pk=round_.pk, result=rehearsal).exists():
            return
        raise CannotDecide(_("This round is over: nothing in it changes any more."))
    round_.refresh_from_db()
    if round_.phase(timezone.localdate(now)) != Phase.DECIDING:
        raise CannotDecide(
            _("Everybody still has time to say what they wish. Publish after their last day.")
        )
    if rehearsal.finished_at is None or rehearsal.failed:
        raise CannotDecide(_("This rehearsal has no result. Try again."))
    if enter(round_).fingerprint != rehearsal.fingerprint:
        raise Stale(
            _("Something changed since this rehearsal. Try again, look, and publish that one.")
        )
    Round.objects.filter(pk=round_.pk).update(
        state=RoundState.PUBLISHED, published_at=now, result=rehearsal
    )
    placed = StudentResult.objects.filter(rehearsal=rehearsal, place__isnull=False).exclude(
        student__route__context=Context.OWN_EMPLOYEE
    )
    Match.objects.bulk_create(
        (
            Match(round=round_, route_id=route_id, place_id=place_id, made_at=now)
            for route_id, place_id in placed.values_list("student__route_id", "place_id")
        ),
        batch_size=500,
    )
    audit.record("round.published", actor=by.actor, now=now, subject_id=round_.pk, name=round_.name)
    transaction.on_commit(partial(jobs.tell_published.enqueue, str(round_.pk)))
