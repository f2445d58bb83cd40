"""What nobody brings in is forgotten: rows of people are not kept longer than they are needed."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from tussenstop.imports.models import Import
from tussenstop.imports.rules import KEEP, LOST_AFTER, ImportState


def waiting(now: datetime) -> Q:
    """Files that can be brought in: nobody did, or the work was lost on the way."""
    lost = Q(state=ImportState.BUSY, begun_at__lt=now - LOST_AFTER)
    return Q(state=ImportState.UPLOADED) | lost


def forget(files: QuerySet[Import], now: datetime) -> int:
    """Forget the rows of those that still wait; that there was a file is kept."""
    return files.filter(waiting(now)).update(
        state=ImportState.FORGOTTEN, rows=None, version=F("version") + 1
    )


def forget_old(now: datetime) -> None:
    """Forget what nobody brought in within some days."""
    forget(Import.objects.filter(made_at__lt=now - KEEP), now)
