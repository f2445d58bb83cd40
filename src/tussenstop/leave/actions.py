"""Telling what leave is reckoned from, writing down what was taken, and what was given in."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.leave.models import Credit, Done, Leave, Taken
from tussenstop.leave.queries import rules_of
from tussenstop.leave.reckoning import Facts, last_of, leave_between
from tussenstop.leave.rules import (
    CREDIT_AHEAD,
    CREDIT_SINCE,
    LONGEST_STRETCH,
    MOST_STRETCHES,
    MOST_TAKEN,
    What,
)
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.policies.holidays import school_year_of
from tussenstop.routes.models import Route

LONGEST = 12 * 60
OTHER_FIRST = _("You changed this in another window: look at how it stands now.")


class CannotKeep(DomainError):
    """This can't be reckoned with."""


def _check(facts: Facts) -> None:
    if facts.ends_on < facts.starts_on:
        raise CannotKeep(_("The last day lies before the first."), field="ends_on")
    first, after = date(facts.year, 9, 1), date(facts.year + 1, 9, 1)
    if facts.ends_on < first or facts.starts_on >= after:
        raise CannotKeep(
            _("These days lie in another school year than %(year)s.")
            % {"year": f"{facts.year}-{facts.year + 1}"},
            field="starts_on",
        )
    if facts.ends_on - facts.starts_on > timedelta(days=6 * 366):
        raise CannotKeep(_("At most six years."), field="ends_on")


@transaction.atomic
def keep(*, by: By, route: Route, seen: int, facts: Facts, now: datetime) -> Leave:
    """Keep what somebody told. `seen` is the version on the screen, 0 the first time. Raises
    Stale."""
    checks.require(by.person, OnRoute.KEEP_LEAVE, route, now=now)
    _check(facts)
    columns = asdict(facts)
    if seen == 0:
        made, fresh = Leave.objects.get_or_create(route=route, year=facts.year, defaults=columns)
        if fresh or made.facts == facts:
            return made
        raise Stale(OTHER_FIRST)
    rows = Leave.objects.filter(route=route, year=facts.year)
    if not rows.filter(version=seen).update(**columns, version=F("version") + 1):
        raise Stale(OTHER_FIRST)
    return rows.get()


@transaction.atomic
def take(
    *, by: By, leave: Leave, key: UUID, day: date, minutes: int, what: What, now: datetime
) -> None:
    """Write down hours of leave. Sent twice, there once."""
    checks.require(by.person, OnRoute.KEEP_LEAVE, leave.route, now=now)
    Leave.objects.select_for_update().get(pk=leave.pk)
    if Taken.objects.filter(pk=key, leave=leave).exists():
        return
    if not 0 < minutes <= LONGEST:
        raise CannotKeep(_("More than nothing, and at most 12 hours on a day."), field="hours")
    last = leave_between(leave.facts, rules_of(leave))[1]
    if school_year_of(day) not in {leave.year, school_year_of(last)}:
        raise CannotKeep(
            _("This day lies in another school year than %(year)s.")
            % {"year": f"{leave.year}-{leave.year + 1}"},
            field="day",
        )
    if Taken.objects.filter(leave=leave, removed_at=None).count() >= MOST_TAKEN:
        raise CannotKeep(_("There is no room for more days in this school year."))
    Taken.objects.create(pk=key, leave=leave, day=day, minutes=minutes, what=what, made_at=now)


@transaction.atomic
def take_back(*, by: By, taken: Taken, now: datetime) -> None:
    """It was not so. Twice is once."""
    checks.require(by.person, OnRoute.KEEP_LEAVE, taken.leave.route, now=now)
    Taken.objects.filter(pk=taken.pk, removed_at=None).update(removed_at=now)


@transaction.atomic
def take_credit(
    *, by: By, route: Route, key: UUID, starts_on: date, months: int, now: datetime
) -> None:
    """Write a stretch of time credit down, past or coming. Sent twice, there once."""
    checks.require(by.person, OnRoute.KEEP_LEAVE, route, now=now)
    student = Person.objects.select_for_update().get(pk=route.student_id)
    if Credit.objects.filter(pk=key, student=student).exists():
        return
    if not 1 <= months <= LONGEST_STRETCH:
        raise CannotKeep(
            _("A stretch takes from 1 to %(most)s months.") % {"most": LONGEST_STRETCH},
            field="months",
        )
    if not CREDIT_SINCE <= starts_on <= timezone.localdate(now) + CREDIT_AHEAD:
        raise CannotKeep(_("Look at the year: this day lies too far away."), field="starts_on")
    others = list(Credit.objects.filter(student=student, removed_at=None))
    for other in others:
        if starts_on <= other.last_on and other.starts_on <= last_of(starts_on, months):
            raise CannotKeep(
                _("You wrote down time credit from %(first)s until %(last)s already.")
                % {
                    "first": date_format(other.starts_on, "j F Y"),
                    "last": date_format(other.last_on, "j F Y"),
                },
                field="starts_on",
            )
    if len(others) >= MOST_STRETCHES:
        raise CannotKeep(_("There is no room for more stretches."))
    Credit.objects.create(pk=key, student=student, starts_on=starts_on, months=months, made_at=now)


@transaction.atomic
def credit_back(*, by: By, route: Route, credit: Credit, now: datetime) -> None:
    """It was not so. Twice is once."""
    checks.require(by.person, OnRoute.KEEP_LEAVE, route, now=now)
    Credit.objects.filter(pk=credit.pk, student=route.student, removed_at=None).update(
        removed_at=now
    )


@transaction.atomic
def give_in(
    *, by: By, leave: Leave, step: str, known: frozenset[str], on: date | None, now: datetime
) -> None:
    """What had to be given in was (or, without a day, was not after all). `known` are the steps
    that ask for it. Raises NotFound."""
    checks.require(by.person, OnRoute.KEEP_LEAVE, leave.route, now=now)
    if step not in known:
        raise NotFound
    Done.objects.update_or_create(leave=leave, step=step, defaults={"done_on": on})
