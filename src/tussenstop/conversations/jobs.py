"""Work of the conversations in the background."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django_tasks import task

from tussenstop.conversations import reminders
from tussenstop.core import clock


def begin(now: datetime) -> None:  # noqa: ARG001 - each job reads the clock when its turn comes
    """The work of the day: look at all routes, so many in each job."""
    transaction.on_commit(partial(remind_job.enqueue, reminders.FIRST.hex))


@task()
def remind_job(after: str) -> None:
    """Some routes, and a job for those that come after them: what fails on these keeps no letter
    of the others back."""
    routes = reminders.next_routes(UUID(hex=after))
    if routes:
        remind_job.enqueue(routes[-1].pk.hex)
        reminders.remind(routes, clock.now())
