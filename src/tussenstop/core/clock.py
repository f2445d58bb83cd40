"""The clock of the installation: read at the edge (views, jobs, commands), passed in everywhere."""

from datetime import datetime, timedelta

from django.utils import timezone

__all__ = ["now", "timedelta"]


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()
