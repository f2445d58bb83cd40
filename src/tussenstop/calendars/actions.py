"""Filling one's own calendar: commitments, days on which they are otherwise, and a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.calendars.models import Commitment, Limit, OneDay
from tussenstop.calendars.rules import DAY, LONGEST, MOST, Kind, Repeat
from tussenstop.calendars.typing import Stretch
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.matching.rules import mask_of
from tussenstop.people.acting import By


class CannotPlan(DomainError):
    """This can't stand in a calendar."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody types. Without hours it takes whole days, up to and including `last_on`. An
    end that comes before the start is on the next day."""

    kind: Kind
    title: str
    movable: bool
    first_on: date
    last_on: date | None
    starts_at: time | None
    ends_at: time | None
    every_weeks: Repeat
    days: Sequence[int]
    until: date | None

    def minutes(self) -> int:
        if self.starts_at is None or self.ends_at is None:
            last = self.last_on or self.first_on
            return ((last - self.first_on).days + 1) * DAY
        begin = self.starts_at.hour * 60 + self.starts_at.minute
        end = self.ends_at.hour * 60 + self.ends_at.minute
        return end - begin if end > begin else end - begin + DAY

    def columns(self) -> dict[str, object]:
        """What stands in the row. A pattern without days is on the day on which it begins."""
        comes_back = self.every_weeks != Repeat.ONCE
        days = self.days or [self.first_on.isoweekday()]
        return {
            "kind": self.kind,
            "title": self.title,
            "movable": self.movable,
            "first_on": self.first_on,
            "until": self.until if comes_back else None,
            "every_weeks": self.every_weeks,
            "days": mask_of(days) if comes_back else 0,
            "starts_at": self.starts_at,
            "minutes": self.minutes(),
        }


def _check(entry: Entry) -> None:
    if (entry.starts_at is None) != (entry.ends_at is None):
        missing = "starts_at" if entry.starts_at is None else "ends_at"
        raise CannotPlan(
            _("Say from when until when, or leave both open for a whole day."), field=missing
        )
    if entry.starts_at is not None and entry.starts_at == entry.ends_at:
        raise CannotPlan(_("It ends at the moment it begins."), field="ends_at")
    if entry.last_on and entry.last_on < entry.first_on:
        raise CannotPlan(_("The last day lies before the first."), field="last_on")
    if entry.until and entry.until < entry.first_on:
        raise CannotPlan(_("It ends before it begins."), field="until")
    if entry.minutes() > LONGEST:
        raise CannotPlan(_("At most two weeks in one go."), field="last_on")
    if entry.every_weeks and entry.minutes() > 7 * DAY * entry.every_weeks:
        raise CannotPlan(_("It begins again before it ends."), field="every_weeks")


@transaction.atomic
def add(*, by: By, key: UUID, entry: Entry, now: datetime) -> Commitment:
    """Put something in one's own calendar. `key` came with the form: sent twice, there once."""
    rows = Commitment.objects.filter(pk=key, person=by.person)
    if already := rows.first():
        return already
    _check(entry)
    if Commitment.objects.filter(person=by.person).count() >= MOST:
        raise CannotPlan(_("Your calendar holds %(count)s entries already.") % {"count": MOST})
    try:
        with transaction.atomic():
            return Commitment.objects.create(
                pk=key, person=by.person, made_at=now, **entry.columns()
            )
    except IntegrityError as error:
        if already := rows.first():
            return already
        raise NotFound from error


@dataclass(frozen=True, slots=True)
class TypedWeek:
    """A pattern of one to four weeks in turn. `weeks` holds for each of its weeks the stretches of
    every day, Monday first; the first of them is the week of `first_on`."""

    kind: Kind
    title: str
    movable: bool
    first_on: date
    until: date | None
    weeks: Sequence[Sequence[Sequence[Stretch]]]

    def entries(self) -> list[Entry]:
        """What is at the same hours is one commitment on several days."""
        monday = self.first_on - timedelta(days=self.first_on.weekday())
        found = []
        for number, week in enumerate(self.weeks):
            days: dict[Stretch, list[int]] = {}
            for weekday, there in enumerate(week, start=1):
                for stretch in dict.fromkeys(there):
                    days.setdefault(stretch, []).append(weekday)
            begin = max(self.first_on, monday + timedelta(weeks=number))
            found += [
                Entry(
                    kind=self.kind,
                    title=self.title,
                    movable=self.movable,
                    first_on=begin,
                    last_on=None,
                    starts_at=stretch[0],
                    ends_at=stretch[1],
                    every_weeks=Repeat(len(self.weeks)),
                    days=weekdays,
                    until=self.until,
                )
                for stretch, weekdays in days.items()
            ]
        return [one for one in found if self.until is None or one.first_on <= self.until]


@transaction.atomic
def type_week(*, by: By, key: UUID, week: TypedWeek, now: datetime) -> int:
    """Put all of a week in one's calendar in one go; how many entries it became. Sent twice, there
    once."""
    if week.until and week.until < week.first_on:
        raise CannotPlan(_("It ends before it begins."), field="until")
    entries = week.entries()
    if not entries:
        raise CannotPlan(_("Type the hours of one day at least."))
    for number, entry in enumerate(entries):
        add(by=by, key=uuid5(key, str(number)), entry=entry, now=now)
    return len(entries)


@transaction.atomic
def change(*, by: By, one: Commitment, seen: int, entry: Entry) -> None:
    """Describe it anew, all of it; days that were otherwise and no longer occur are forgotten.
    Raises Stale when another window of the same person was first."""
    _require_own(by, one)
    _check(entry)
    if not Commitment.objects.filter(pk=one.pk, version=seen).update(
        version=F("version") + 1, **entry.columns()
    ):
        raise Stale(_("You changed this in another window. Look, and save again."))
    OneDay.objects.filter(commitment=one, day__lt=entry.first_on).delete()


def remove(*, by: By, one: Commitment) -> None:
    """Take it out of the calendar. Twice is once."""
    _require_own(by, one)
    Commitment.objects.filter(pk=one.pk).delete()


@transaction.atomic
def leave_out(*, by: By, one: Commitment, day: date) -> None:
    """It does not take place on one day."""
    _require_own(by, one)
    OneDay.objects.update_or_create(
        commitment=one,
        day=day,
        defaults={"new_day": None, "starts_at": None, "minutes": None},
    )


@transaction.atomic
def move(
    *,
    by: By,
    one: Commitment,
    day: date,
    new_day: date,
    starts_at: time | None,
    ends_at: time | None,
) -> None:
    """It takes place at another moment, this once."""
    _require_own(by, one)
    if (starts_at is None) != (ends_at is None):
        raise CannotPlan(
            _("Say from when until when, or leave both open for a whole day."), field="ends_at"
        )
    minutes = DAY
    if starts_at is not None and ends_at is not None:
        minutes = (
            (datetime.combine(date.min, ends_at) - datetime.combine(date.min, starts_at))
            // timedelta(minutes=1)
            % DAY
        )
        if minutes == 0:
            raise CannotPlan(_("It ends at the moment it begins."), field="ends_at")
    OneDay.objects.update_or_create(
        commitment=one,
        day=day,
        defaults={"new_day": new_day, "starts_at": starts_at, "minutes": minutes},
    )


def as_planned(*, by: By, one: Commitment, day: date) -> None:
    """On this day it takes place as always."""
    _require_own(by, one)
    OneDay.objects.filter(commitment=one, day=day).delete()


def set_limit(*, by: By, hours: int | None) -> None:
    """The most hours a week for everything that takes strength; None for no limit."""
    if hours is None:
        Limit.objects.filter(person=by.person).delete()
        return
    Limit.objects.update_or_create(person=by.person, defaults={"hours": hours})


def _require_own(by: By, one: Commitment) -> None:
    """A calendar is its owner's alone."""
    if one.person_id != by.person.pk:
        raise NotFound
