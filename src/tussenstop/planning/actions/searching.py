"""Saying what one asks of one's weeks, and having calendars looked for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.people.acting import By
from tussenstop.planning import jobs
from tussenstop.planning.models import Option, Plan, Presence, Search, Terms
from tussenstop.planning.queries import current_placement
from tussenstop.planning.rules import (
    LOST_AFTER_MINUTES,
    MOST_SEARCHES,
    MOST_WEEKS,
    PlanState,
    Purpose,
    Strength,
)
from tussenstop.routes.models import Placement, Route


class CannotSearch(DomainError):
    """Calendars can't be looked for in this way."""


OTHER_FIRST = _("You changed this in another window: look at how it stands now.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a student asks of the weeks; hours, and minutes on the way."""

    from_on: date
    until_on: date
    workplace_hours: int
    study_hours: int
    talks: int
    week_most: int | None
    exam_most: int | None
    day_most: int
    rest: int
    free_evening: Strength
    free_day: Strength
    holidays_free: Strength
    least_block: int
    most_block: int
    travel_minutes: int
    liked: list[str]
    disliked: list[str]


def _check(wanted: Wanted) -> None:
    if wanted.until_on < wanted.from_on:
        raise CannotSearch(_("The last day lies before the first."), field="until_on")
    if (wanted.until_on - wanted.from_on).days > 7 * MOST_WEEKS:
        raise CannotSearch(
            _("At most %(weeks)s weeks at once.") % {"weeks": MOST_WEEKS}, field="until_on"
        )
    if wanted.most_block < wanted.least_block:
        raise CannotSearch(
            _("The longest day is shorter than the shortest one."), field="most_block"
        )
    if set(wanted.liked) & set(wanted.disliked):
        raise CannotSearch(
            _("A moment can't be one you like and one you would rather not."), field="disliked"
        )


@transaction.atomic
def keep_terms(*, by: By, route: Route, seen: int, wanted: Wanted, now: datetime) -> Terms:
    """Keep what a student asks. `seen` is the version on the screen, 0 the first time. Raises
    Stale."""
    checks.require(by.person, OnRoute.PLAN, route, now=now)
    _check(wanted)
    columns = asdict(wanted)
    if seen == 0:
        made, fresh = Terms.objects.get_or_create(route=route, defaults=columns)
        if fresh:
            return made
        raise Stale(OTHER_FIRST)
    rows = Terms.objects.filter(route=route, version=seen)
    if not rows.update(**columns, version=F("version") + 1):
        raise Stale(OTHER_FIRST)
    return Terms.objects.get(route=route)


def ask(
    *, by: By, route: Route, now: datetime, purpose: Purpose = Purpose.NEW, pins: Sequence[Any] = ()
) -> Search:
    """Look for calendars in the background. While one is looked for, asking again gives that."""
    with transaction.atomic():
        checks.require(by.person, OnRoute.PLAN, route, now=now)
        if not Terms.objects.filter(route=route).exists():
            raise CannotSearch(_("Say first what you ask of your weeks."))
        if current_placement(route.pk, timezone.localdate(now)) is None:
            raise CannotSearch(_("There is no workplace yet to plan for."))
        agreed = Plan.objects.filter(route=route, state=PlanState.AGREED)
        if purpose == Purpose.REPAIR and not agreed.exists():
            raise CannotSearch(_("There is no agreed calendar yet to change."))
        running = Search.objects.filter(route=route, finished_at=None)
        cut_off = now - timedelta(minutes=LOST_AFTER_MINUTES)
        running.filter(asked_at__lt=cut_off).update(finished_at=now, failed=True)
        if already := running.first():
            return already
        try:
            with transaction.atomic():
                made = Search.objects.create(
                    route=route, purpose=purpose, asked_by=by.person, asked_at=now, pins=list(pins)
                )
        except IntegrityError:
            return Search.objects.filter(route=route).latest("asked_at")
        old = Search.objects.filter(route=route).order_by("-asked_at")[MOST_SEARCHES:]
        Search.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
        transaction.on_commit(partial(jobs.look.enqueue, str(made.pk)))
    return made


def ask_around(*, by: By, option: Option, chosen: list[int], now: datetime) -> Search:
    """Look again, with these blocks of a calendar (by their number) in place."""
    pins = [block for number, block in enumerate(option.blocks) if number in set(chosen)]
    if not pins:
        raise CannotSearch(_("Choose first which days have to stay."))
    return ask(by=by, route=option.search.route, now=now, pins=pins)


@transaction.atomic
def stop(*, by: By, search: Search, now: datetime) -> None:
    """No longer look: what was found so far stays. Twice is once."""
    checks.require(by.person, OnRoute.PLAN, search.route, now=now)
    Search.objects.filter(pk=search.pk, finished_at=None, cancelled_at=None).update(
        cancelled_at=now
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when somebody is there on a weekday (1 is Monday)."""

    weekday: int
    starts_at: time
    ends_at: time


@transaction.atomic
def tell_presence(*, by: By, placement: Placement, stretches: list[Stretch], now: datetime) -> None:
    """When the mentor is there, instead of what stood there."""
    route = placement.route
    checks.require(by.person, OnRoute.TELL_HOURS, route, now=now)
    if not Placement.objects.filter(pk=placement.pk).exists():
        raise NotFound
    for one in stretches:
        if one.ends_at <= one.starts_at:
            raise CannotSearch(_("A stretch ends after it begins."))
    Presence.objects.filter(placement=placement).delete()
    Presence.objects.bulk_create(
        Presence(
            placement=placement,
            weekday=one.weekday,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
        )
        for one in stretches
    )
    audit.record("plan.presence", actor=by.actor, now=now, route_id=route.pk)
