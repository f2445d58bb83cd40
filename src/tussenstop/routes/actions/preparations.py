"""Preparing a stop: in private, shared when the writer chooses, taken back when they choose."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit
from tussenstop.core.errors import NotFound, Stale
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Preparation, Stop
from tussenstop.routes.names import kept_name


class PreparationStale(Stale):
    """The same person saved another text meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: dict[str, str], version: int) -> None:
        super().__init__(
            _(
                "You saved this preparation in another window meanwhile. "
                "Put the two together and save again."
            )
        )
        self.theirs = theirs
        self.version = version


@transaction.atomic
def save_preparation(
    *, by: By, stop: Stop, answers: dict[str, str], seen: int, now: datetime, share: bool = False
) -> Preparation:
    """Keep what somebody wrote to prepare, and with `share` show it. `seen` is 0 when there was
    nothing yet."""
    checks.require(by.person, OnRoute.PREPARE, stop.route, now=now)
    lock(stop.route_id)
    kept = _keep(by=by, stop=stop, answers=answers, seen=seen, now=now)
    if share:
        share_preparation(by=by, stop=stop, shared=True, now=now)
    return kept


def _keep(*, by: By, stop: Stop, answers: dict[str, str], seen: int, now: datetime) -> Preparation:
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
            raise PreparationStale(fresh.answers, fresh.version) from error
        moves.rebuild(stop.route)
        return made
    saved = mine.filter(version=seen).update(
        answers=answers, updated_at=now, version=F("version") + 1
    )
    kept = mine.first()
    if kept is None:
        raise NotFound
    if not saved and kept.answers != answers:
        raise PreparationStale(kept.answers, kept.version)
    return kept


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
            stop=kept_name(stop),
        )
