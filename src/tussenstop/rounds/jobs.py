"""Work on rounds that nobody waits for at the screen."""

from uuid import UUID

import structlog
from django_tasks import task

from tussenstop.core import clock
from tussenstop.rounds import notifications
from tussenstop.rounds.models import Rehearsal, Round
from tussenstop.rounds.trying import try_out

log = structlog.get_logger()


@task()
def rehearse(rehearsal_id: str) -> None:
    """Try a round out. Done once, also when the job arrives twice; when it fails, that is kept and
    told, and another try can be asked."""
    rows = Rehearsal.objects.filter(pk=UUID(rehearsal_id))
    if not rows.filter(started_at=None, finished_at=None).update(started_at=clock.now()):
        return
    try:
        try_out(rows.select_related("round").get())
    except Exception:
        log.exception("rehearsal failed", rehearsal=rehearsal_id)
        rows.filter(finished_at=None).update(finished_at=clock.now(), failed=True)


@task()
def tell_opened(round_id: str) -> None:
    notifications.opened(Round.objects.select_related("institution").get(pk=UUID(round_id)))


@task()
def tell_published(round_id: str) -> None:
    notifications.published(Round.objects.select_related("institution").get(pk=UUID(round_id)))


@task()
def tell_cancelled(round_id: str) -> None:
    notifications.cancelled(Round.objects.select_related("institution").get(pk=UUID(round_id)))
