"""What nobody brings in is forgotten: rows of people are not kept longer than they are needed."""

from datetime import datetime

from django.db.models import F, QuerySet

from tussenstop.imports.models import Import
from tussenstop.imports.rules import KEEP, ImportState


def forget(files: QuerySet[Import]) -> int:
    """Forget the rows of those that still wait; that there was a file is kept."""
    return files.filter(state=ImportState.UPLOADED).update(
        state=ImportState.FORGOTTEN, rows=None, version=F("version") + 1
    )


def forget_old(now: datetime) -> None:
    """Forget what nobody brought in within some days."""
    forget(Import.objects.filter(made_at__lt=now - KEEP))
