"""Hours written down, corrected, talked about and confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.core import audit, once
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.hours.models import Change, Entry, Remark
from tussenstop.hours.rules import BACK_DAYS, DAY, LONGEST_PAUSE
from tussenstop.people.acting import By
from tussenstop.planning.days import holding
from tussenstop.planning.models import PlannedBlock
from tussenstop.planning.rules import Activity
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.moves import rebuild


class CannotWrite(DomainError):
    """These hours can't stand there."""


ANSWERED = _("You wrote this day down already, otherwise. Correct it there.")
OTHER_FIRST = _("This changed meanwhile. Look at how it stands now.")


@dataclass(frozen=True, slots=True)
class Hours:
    """What somebody writes down. An end before the beginning is on the next day."""

    day: date
    starts_at: time
    ends_at: time
    pause: int
    done: str

    @property
    def minutes(self) -> int:
        begin = self.starts_at.hour * 60 + self.starts_at.minute
        end = self.ends_at.hour * 60 + self.ends_at.minute
        return end - begin if end > begin else end - begin + DAY

    def columns(self) -> dict[str, object]:
        return {
            "day": self.day,
            "starts_at": self.starts_at,
            "minutes": self.minutes,
            "pause": self.pause,
            "done": self.done.strip(),
        }


def kept(entry: Entry) -> dict[str, object]:
    """How an entry reads, for its trace."""
    return {
        "day": entry.day.isoformat(),
        "from": f"{entry.starts_at:%H:%M}",
        "till": f"{entry.ends_at:%H:%M}",
        "pause": entry.pause,
        "done": entry.done,
    }


@transaction.atomic
def write(
    *,
    by: By,
    route: Route,
    key: UUID,
    hours: Hours,
    now: datetime,
    block: PlannedBlock | None = None,
) -> Entry:
    """Write hours down. `key` came with the form: sent twice, there once; the same for a planned
    day that was answered already. Other hours are never passed over: they are refused."""
    checks.require(by.person, OnRoute.WRITE_HOURS, route, now=now)
    lock(route.pk)
    mine = Entry.objects.filter(route=route, pk=key)
    same = mine.first()
    # Changed since, it is no longer what this form wrote: sent late, it is still the same form.
    as_made = same is None or (same.version == 1 and same.removed_at is None)
    if same is None and block:
        same = Entry.objects.filter(route=route, block=block, removed_at=None).first()
    if same:
        if as_made and _otherwise(same, hours):
            raise CannotWrite(ANSWERED)
        return same
    _check(route, hours, now)
    entry, _new = once.make(mine, pk=key, route=route, block=block, made_at=now, **hours.columns())
    rebuild(route)
    return entry


def _otherwise(entry: Entry, hours: Hours) -> bool:
    """Whether these hours tell something else than what stands there."""
    columns = hours.columns()
    if not columns["done"]:
        del columns["done"]
    return not _reads(entry, columns)


def _reads(entry: Entry, columns: Mapping[str, object]) -> bool:
    return all(getattr(entry, name) == value for name, value in columns.items())


def end_of(block: PlannedBlock) -> time:
    """When a planned day ends, on the clock."""
    begin = datetime.combine(block.day, block.starts_at)
    return (begin + timedelta(minutes=block.minutes)).time()


def as_planned(*, by: By, block: PlannedBlock, done: str = "", now: datetime, key: UUID) -> Entry:
    """Yes, it went as planned."""
    found = holding().filter(pk=block.pk, activity=Activity.WORKPLACE).first()
    if found is None:
        raise NotFound
    hours = Hours(found.day, found.starts_at, end_of(found), 0, done)
    return write(by=by, route=found.plan.route, key=key, hours=hours, now=now, block=found)


@transaction.atomic
def correct(*, by: By, entry: Entry, seen: int, hours: Hours, now: datetime) -> None:
    """Write them down anew. What was confirmed is to be confirmed again; the trace keeps how it
    was. The same once more changes nothing. Raises Stale."""
    checks.require(by.person, OnRoute.WRITE_HOURS, entry.route, now=now)
    before = _locked(entry)
    if before.removed_at is None and _reads(before, hours.columns()):
        return
    _check(before.route, hours, now, but=entry)
    if not _live(entry, seen).update(
        **hours.columns(), confirmed_at=None, confirmed_by=None, version=F("version") + 1
    ):
        raise Stale(OTHER_FIRST)
    _trace(by, before, kept(Entry.objects.get(pk=entry.pk)), now)


@transaction.atomic
def take_out(*, by: By, entry: Entry, seen: int, now: datetime) -> None:
    """They were not made after all. Raises Stale."""
    checks.require(by.person, OnRoute.WRITE_HOURS, entry.route, now=now)
    before = _locked(entry)
    if not _live(entry, seen).update(removed_at=now, asked_at=None, version=F("version") + 1):
        raise Stale(OTHER_FIRST)
    _trace(by, before, None, now)


@transaction.atomic
def confirm(*, by: By, route: Route, seen: Sequence[tuple[UUID, int]], now: datetime) -> int:
    """The mentor saw these hours (each with the version that was on the screen) and they are
    right. Raises Stale when one changed meanwhile, and then confirms none. Twice is once."""
    checks.require(by.person, OnRoute.CONFIRM_HOURS, route, now=now)
    lock(route.pk)
    rows = {
        row.pk: row
        for row in Entry.objects.filter(
            route=route, pk__in=[pk for pk, _version in seen], removed_at=None
        )
    }
    if any(pk not in rows or rows[pk].version != version for pk, version in seen):
        raise Stale(OTHER_FIRST)
    todo = [row for row in rows.values() if row.confirmed_at is None]
    if not todo:
        return 0
    Entry.objects.filter(pk__in=[row.pk for row in todo]).update(
        confirmed_at=now, confirmed_by=by.person, asked_at=None
    )
    first = min(row.day for row in todo)
    monday = first - timedelta(days=first.weekday())
    audit.record(
        "hours.confirmed",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        day=monday.isoformat(),
    )
    rebuild(route)
    return len(todo)


@transaction.atomic
def say(*, by: By, entry: Entry, key: UUID, text: str, now: datetime) -> None:
    """Words about a day. A mentor's open a question, a student's answer it. Sent twice, there
    once."""
    roles = checks.require(by.person, OnRoute.TALK_HOURS, entry.route, now=now)
    role = RouteRole.STUDENT if RouteRole.STUDENT in roles else RouteRole.MENTOR
    fresh = _locked(entry)
    if fresh.removed_at:
        raise NotFound
    if not text.strip():
        raise CannotWrite(_("Write a few words."), field="text")
    _remark, new = once.make(
        Remark.objects.filter(pk=key, entry=entry, person=by.person),
        pk=key,
        entry=entry,
        person=by.person,
        role=role,
        text=text.strip(),
        at=now,
    )
    if not new:
        return
    if fresh.confirmed_at is None:
        Entry.objects.filter(pk=entry.pk).update(asked_at=now, asked_role=role)
    if fresh.asked_at is None:
        audit.record(
            "hours.asked",
            actor=by.actor,
            now=now,
            route_id=entry.route_id,
            day=entry.day.isoformat(),
        )
    rebuild(entry.route)


def _locked(entry: Entry) -> Entry:
    """How it stands once nobody else acts on its route."""
    lock(entry.route_id)
    return Entry.objects.select_related("route").get(pk=entry.pk)


def _live(entry: Entry, seen: int) -> QuerySet[Entry]:
    return Entry.objects.filter(pk=entry.pk, version=seen, removed_at=None)


def _trace(by: By, before: Entry, after: dict[str, object] | None, now: datetime) -> None:
    confirmed = before.confirmed_at is not None
    Change.objects.create(
        entry=before,
        person=by.person,
        at=now,
        before=kept(before),
        after=after,
        was_confirmed=confirmed,
    )
    if confirmed:
        audit.record(
            "hours.corrected",
            actor=by.actor,
            now=now,
            route_id=before.route_id,
            day=before.day.isoformat(),
        )
    rebuild(before.route)


def _check(route: Route, hours: Hours, now: datetime, but: Entry | None = None) -> None:
    today = timezone.localdate(now)
    if hours.starts_at == hours.ends_at:
        raise CannotWrite(_("It ends at the moment it begins."), field="ends_at")
    if not 0 <= hours.pause <= LONGEST_PAUSE or hours.pause >= hours.minutes:
        raise CannotWrite(_("The pause takes longer than the hours."), field="pause")
    if hours.day > today:
        raise CannotWrite(_("This day is still to come. Write it down afterwards."), field="day")
    if hours.day < today - timedelta(days=BACK_DAYS):
        raise CannotWrite(_("This day is too long ago."), field="day")
    begin = datetime.combine(hours.day, hours.starts_at)
    end = begin + timedelta(minutes=hours.minutes)
    around = (hours.day - timedelta(days=1), hours.day + timedelta(days=1))
    others = Entry.objects.filter(route=route, day__range=around, removed_at=None)
    if but:
        others = others.exclude(pk=but.pk)
    for other in others:
        if begin < other.ends_at and datetime.combine(other.day, other.starts_at) < end:
            raise CannotWrite(_("You wrote down other hours at that moment."), field="starts_at")
