"""Work that happens by itself once a day: each package says what it has to do."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from tussenstop.core.models import DayDone

Work = Callable[[datetime], None]
FROM = time(7)  # letters that leave at night are read at night
KEPT_DAYS = 90

_works: dict[str, Work] = {}
_since: dict[str, time] = {}

log = structlog.get_logger()


def register(name: str, work: Work, *, since: time = FROM) -> None:
    """Let a package do something every day, from this hour on. Called once, at start-up."""
    _works[name] = work
    _since[name] = since


def tick(now: datetime) -> None:
    """Do what was not done yet today. Called every few minutes, by as many workers as there are:
    each work is done once a day, and tried again when it fails."""
    clock = timezone.localtime(now).time()
    if clock < FROM:
        return
    for name, work in _works.items():
        if clock < _since.get(name, FROM):
            continue
        try:
            _once(name, work, now)
        except Exception:
            log.exception("daily work failed", work=name)
    DayDone.objects.filter(at__lt=now - timedelta(days=KEPT_DAYS)).delete()


def _once(name: str, work: Work, now: datetime) -> None:
    """The claim and the work hold together: whoever comes second waits, and then finds it done."""
    today = timezone.localdate(now)
    if DayDone.objects.filter(name=name, day=today).exists():
        return
    with transaction.atomic():
        try:
            with transaction.atomic():
                DayDone.objects.create(name=name, day=today, at=now)
        except IntegrityError:
            return
        work(now)
