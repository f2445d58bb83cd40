"""Looking for calendars, and telling of them: work that nobody waits for at the screen."""

from uuid import UUID

import structlog
from django_tasks import task

from tussenstop.core import clock
from tussenstop.planning import notifications
from tussenstop.planning.looking import look_for
from tussenstop.planning.models import Plan, Search, Shift

log = structlog.get_logger()


@task()
def look(search_id: str) -> None:
    """Look for calendars. Done once, also when the job arrives twice; when it fails that is kept,
    and one can ask again."""
    rows = Search.objects.filter(pk=UUID(search_id))
    if not rows.filter(started_at=None, finished_at=None).update(started_at=clock.now()):
        return
    try:
        look_for(rows.select_related("route__student", "route__institution").get())
    except Exception:
        log.exception("search failed", search=search_id)
        rows.filter(finished_at=None).update(finished_at=clock.now(), failed=True)


def _plan(plan_id: str) -> Plan:
    return Plan.objects.select_related("route__student").get(pk=UUID(plan_id))


@task()
def tell_proposed(plan_id: str) -> None:
    notifications.proposed(_plan(plan_id))


@task()
def tell_answered(plan_id: str) -> None:
    notifications.answered(_plan(plan_id))


def _shift(shift_id: str) -> Shift:
    return Shift.objects.select_related("block__plan__route__student", "proposed_by").get(
        pk=UUID(shift_id)
    )


@task()
def tell_shift(shift_id: str) -> None:
    notifications.shift_proposed(_shift(shift_id))


@task()
def tell_shift_answered(shift_id: str) -> None:
    notifications.shift_answered(_shift(shift_id))
