"""Looking for many dates, and proposing them: work that nobody waits for at the screen."""

from uuid import UUID

import structlog
from django_tasks import task

from tussenstop.core import clock
from tussenstop.series.looking import look_for
from tussenstop.series.models import Series

log = structlog.get_logger()


def _series(series_id: str) -> Series:
    return Series.objects.select_related("person").get(pk=UUID(series_id))


@task()
def look(series_id: str) -> None:
    """Look once, also when the job arrives twice; when it fails that is kept, and one can ask
    again."""
    rows = Series.objects.filter(pk=UUID(series_id))
    if not rows.filter(started_at=None, finished_at=None).update(started_at=clock.now()):
        return
    try:
        look_for(_series(series_id))
    except Exception:
        log.exception("looking for dates failed", series=series_id)
        rows.filter(finished_at=None).update(finished_at=clock.now(), failed=True)


@task()
def send(series_id: str) -> None:
    """Propose what was chosen; arriving twice, it proposes nothing twice."""
    from tussenstop.series.actions import send_proposals  # noqa: PLC0415 - actions use jobs

    send_proposals(series=_series(series_id), now=clock.now())
