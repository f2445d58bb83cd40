"""Looking for dates of many conversations at once, and proposing them."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.core.errors import DomainError, NotFound, Refused
from tussenstop.people.acting import By
from tussenstop.routes.actions.moments import CannotPlan, propose_moment
from tussenstop.routes.models import Moment
from tussenstop.series import jobs, queries
from tussenstop.series.models import Series, Talk
from tussenstop.series.rules import AHEAD_DAYS, LOST_AFTER_MINUTES, MOST_DAYS, Where
from tussenstop.series.slots import slots_between


class CannotPlanSeries(DomainError):
    """These dates can't be looked for in this way."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a series. `weekdays`: 1 is Monday; `between`: minutes after each
    conversation; `rooms`: how many can be held at the same moment."""

    kind: str
    programme_id: UUID | None
    from_on: date
    until_on: date
    weekdays: list[int]
    starts_at: time
    ends_at: time
    minutes: int
    between: int
    rooms: int
    where: Where
    place: str
    holidays_free: bool


def _check(wanted: Wanted, today: date) -> None:
    if wanted.from_on < today + timedelta(days=AHEAD_DAYS):
        raise CannotPlanSeries(
            _("Begin on %(day)s at the earliest: people need time to answer.")
            % {"day": f"{today + timedelta(days=AHEAD_DAYS):%d/%m/%Y}"},
            field="from_on",
        )
    if wanted.until_on < wanted.from_on:
        raise CannotPlanSeries(_("The last day lies before the first."), field="until_on")
    if (wanted.until_on - wanted.from_on).days > MOST_DAYS:
        raise CannotPlanSeries(
            _("At most %(days)s days at once.") % {"days": MOST_DAYS}, field="until_on"
        )
    if wanted.ends_at <= wanted.starts_at:
        raise CannotPlanSeries(_("The last hour lies before the first."), field="ends_at")
    if not slots_between(
        wanted.from_on,
        wanted.until_on,
        weekdays=wanted.weekdays,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        minutes=wanted.minutes,
        between=wanted.between,
        closed=(),
        zone=timezone.get_default_timezone(),
    ):
        raise CannotPlanSeries(
            _("No conversation of this length fits in these days and hours."), field="ends_at"
        )


def ask(*, by: By, key: UUID, wanted: Wanted, now: datetime) -> Series:
    """Look in the background. Sent twice, looked once; while one is looked for, asking again gives
    that one. Raises CannotPlanSeries."""
    _check(wanted, timezone.localdate(now))
    mine = Series.objects.filter(person=by.person)
    with transaction.atomic():
        if already := mine.filter(pk=key).first():
            return already
        lost = now - timedelta(minutes=LOST_AFTER_MINUTES)
        mine.filter(finished_at=None, asked_at__lt=lost).update(finished_at=now, failed=True)
        if running := mine.filter(finished_at=None).first():
            return running
        stops = queries.waiting_stops(
            person=by.person,
            kind=wanted.kind,
            programme_id=wanted.programme_id,
            until=wanted.until_on,
            now=now,
        )
        if not stops:
            raise CannotPlanSeries(
                _(
                    "No route waits for such a date in these weeks: they have one, it comes later, or"
                    " somebody it needs does not take part yet."
                ),
                field="kind",
            )
        try:
            with transaction.atomic():
                series = Series.objects.create(
                    pk=key, person=by.person, asked_at=now, **asdict(wanted)
                )
        except IntegrityError as error:
            if running := mine.filter(finished_at=None).first():
                return running
            raise NotFound from error
        Talk.objects.bulk_create(Talk(series=series, stop=stop) for stop in stops)
        transaction.on_commit(partial(jobs.look.enqueue, str(series.pk)))
    return series


@transaction.atomic
def propose(*, by: By, series: Series, chosen: Collection[UUID], now: datetime) -> int:
    """Put the chosen moments before everybody they need, in the background. Those that were chosen
    before stay chosen; the number is of what is new."""
    if series.person_id != by.person.pk:
        raise NotFound
    count = Talk.objects.filter(
        series=series, pk__in=chosen, starts_at__gt=now, chosen_at=None
    ).update(chosen_at=now)
    if count:
        Series.objects.filter(pk=series.pk).update(sent_at=now)
        transaction.on_commit(partial(jobs.send.enqueue, str(series.pk)))
    elif not Talk.objects.filter(series=series, chosen_at__isnull=False).exists():
        raise CannotPlanSeries(_("Tick at least one date that still lies ahead."))
    return count


def send_proposals(*, series: Series, now: datetime) -> None:
    """Propose what was chosen and is not proposed yet, each in its own transaction. A stop for
    which somebody else meanwhile proposed or fixed a date is left as it is."""
    by = By(series.person)
    there = Moment.objects.filter(pk=OuterRef("pk"))
    talks = (
        Talk.objects.filter(~Exists(there), series=series, chosen_at__isnull=False, overtaken=False)
        .select_related(
            "stop__route__student", "stop__route__institution", "stop__route__programme"
        )
        .order_by("starts_at", "pk")
    )
    for talk in talks:
        if not _propose_one(by, series, talk, now):
            Talk.objects.filter(pk=talk.pk).update(overtaken=True)


@transaction.atomic
def _propose_one(by: By, series: Series, talk: Talk, now: datetime) -> bool:
    stop = talk.stop
    if stop.starts_at or talk.starts_at is None or stop.moments.filter(ended_at=None).exists():
        return False
    try:
        propose_moment(
            by=by,
            stop=stop,
            key=talk.pk,
            starts_at=talk.starts_at,
            minutes=series.minutes,
            place=series.place,
            now=now,
        )
    except (CannotPlan, NotFound, Refused):
        return False
    return True
