"""Preparing a stop: in private, shared when the writer chooses, taken back when they choose."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit
from tussenstop.core.errors import Stale
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.models import Preparation, Stop
from tussenstop.routes.names import name_of


@transaction.atomic
def save_preparation(
    *, by: By, stop: Stop, answers: dict[str, str], seen: int, now: datetime
) -> Preparation:
    """Keep what somebody wrote to prepare. `seen` is 0 when there was nothing yet."""
    checks.require(by.person, OnRoute.PREPARE, stop.route, now=now)
    mine = Preparation.objects.filter(stop=stop, person=by.person)
    if seen == 0:
        try:
            with transaction.atomic():
                made = Preparation.objects.create(
                    stop=stop, person=by.person, answers=answers, updated_at=now
                )
        except IntegrityError as error:
            fresh = mine.get()
            if fresh.answers == answers:
                return fresh
            raise Stale(_("You saved this preparation in another window meanwhile.")) from error
        moves.rebuild(stop.route)
        return made
    saved = mine.filter(version=seen).update(
        answers=answers, updated_at=now, version=F("version") + 1
    )
    fresh = mine.get()
    if not saved and fresh.answers != answers:
        raise Stale(_("You saved this preparation in another window meanwhile."))
    return fresh


@transaction.atomic
def share_preparation(*, by: By, stop: Stop, shared: bool, now: datetime) -> None:
    """Show one's preparation to who takes part in the stop, or take it back."""
    checks.require(by.person, OnRoute.PREPARE, stop.route, now=now)
    changed = Preparation.objects.filter(
        stop=stop, person=by.person, shared_at__isnull=shared
    ).update(shared_at=now if shared else None)
    if changed and shared:
        audit.record(
            "preparation.shared",
            actor=by.actor,
            now=now,
            route_id=stop.route_id,
            subject_id=stop.pk,
            stop=name_of(stop),
        )
