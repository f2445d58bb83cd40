"""Work of the day: done once, by one worker, and tried again when it failed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.together import a_database_for_threads, together
from tussenstop.core import daily
from tussenstop.core.models import DayDone, OutgoingMail

__all__ = ["a_database_for_threads"]  # a fixture

MORNING = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # half past seven here


class Work:
    def __init__(self) -> None:
        self.days: list[datetime] = []
        self.breaks = False

    def __call__(self, now: datetime) -> None:
        OutgoingMail.objects.create(created_at=now, to="a@example.org", subject="", text="")
        if self.breaks:
            raise RuntimeError
        self.days.append(now)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work = Work()
    monkeypatch.setattr(daily, "_works", {"work": work})
    return work  # type: ignore[return-value]


@pytest.mark.django_db
def test_it_is_done_once_a_day(work: Work) -> None:
    for hours in (0, 1, 5, 24, 25):
        daily.tick(MORNING + timedelta(hours=hours))
    assert work.days == [MORNING, MORNING + timedelta(days=1)]


@pytest.mark.django_db
def test_nothing_happens_at_night(work: Work) -> None:
    daily.tick(MORNING - timedelta(hours=1))
    daily.tick(MORNING - timedelta(hours=6))
    assert work.days == []


@pytest.mark.django_db
def test_what_fails_leaves_nothing_is_tried_again_and_stops_nobody_else(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Work()
    monkeypatch.setattr(daily, "_works", {"work": work, "other": other})
    work.breaks = True
    daily.tick(MORNING)
    assert (work.days, other.days) == ([], [MORNING])
    assert OutgoingMail.objects.count() == 1
    work.breaks = False
    daily.tick(MORNING + timedelta(minutes=10))
    assert work.days == [MORNING + timedelta(minutes=10)]
    assert len(other.days) == 1


@pytest.mark.django_db
def test_days_of_long_ago_are_forgotten(work: Work) -> None:
    daily.tick(MORNING)
    daily.tick(MORNING + timedelta(days=daily.KEPT_DAYS + 1))
    assert DayDone.objects.count() == 1


@pytest.mark.usefixtures("a_database_for_threads")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_do_it_once(work: Work) -> None:
    together(*[lambda: daily.tick(MORNING)] * 2)
    assert len(work.days) == 1
    with transaction.atomic():
        assert OutgoingMail.objects.count() == 1
