"""A calendar becomes what student and mentor agree on; afterwards each can propose to move a day."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.planning import jobs, seats
from tussenstop.planning.models import Option, Plan, PlannedBlock, Shift
from tussenstop.planning.queries import current_placement
from tussenstop.planning.rules import Activity, PlanState
from tussenstop.routes.locking import lock
from tussenstop.routes.moves import rebuild


class CannotAgree(DomainError):
    """This can't be agreed on in this way."""


OTHER_FIRST = _("Somebody was here before you: look at how it stands now.")


def _day(day: date) -> str:
    return day.isoformat()


@transaction.atomic
def propose(*, by: By, key: UUID, option: Option, now: datetime) -> Plan:
    """Put a calendar before the mentor, in place of one that still waits. `key` came with the
    form: sent twice, proposed once."""
    route = option.search.route
    checks.require(by.person, OnRoute.PLAN, route, now=now)
    lock(route.pk)
    if already := Plan.objects.filter(pk=key, route=route).first():
        return already
    today = timezone.localdate(now)
    ahead = [block for block in option.blocks if date.fromisoformat(block[0]) >= today]
    if not ahead:
        raise CannotAgree(_("Every day of this calendar lies in the past."))
    _check_room(option, ahead, today)
    Plan.objects.filter(route=route, state=PlanState.PROPOSED).update(
        state=PlanState.ENDED, ended_on=today, version=F("version") + 1
    )
    plan = Plan.objects.create(
        pk=key,
        route=route,
        from_on=date.fromisoformat(min(block[0] for block in ahead)),
        flavour=option.flavour,
        proposed_by=by.person,
        proposed_at=now,
    )
    PlannedBlock.objects.bulk_create(
        PlannedBlock(
            plan=plan,
            activity=activity,
            day=date.fromisoformat(day),
            starts_at=time(start // 60, start % 60),
            minutes=end - start,
            changed_at=now,
        )
        for day, start, end, activity in ahead
    )
    audit.record("plan.proposed", actor=by.actor, now=now, route_id=route.pk, subject_id=plan.pk)
    rebuild(route)
    transaction.on_commit(partial(jobs.tell_proposed.enqueue, str(plan.pk)))
    return plan


def _check_room(option: Option, ahead: list[Any], today: date) -> None:
    """Since this calendar was found, other students may have agreed on theirs."""
    placement = current_placement(option.search.route_id, today)
    if placement is None or placement.workplace.at_once is None:
        return
    there = [
        (date.fromisoformat(day), start, end)
        for day, start, end, activity in ahead
        if activity == Activity.WORKPLACE
    ]
    days = [day for day, _start, _end in there]
    if there and seats.crowded(placement, there, min(days), max(days)):
        raise CannotAgree(
            _(
                "Other students will be there then: the workplace receives %(count)s at the same"
                " time. Look again, and it is planned around them."
            )
            % {"count": placement.workplace.at_once}
        )


@transaction.atomic
def take_back(*, by: By, plan: Plan, seen: int, now: datetime) -> None:
    """The student no longer proposes it. Raises Stale."""
    checks.require(by.person, OnRoute.PLAN, plan.route, now=now)
    lock(plan.route_id)
    if not Plan.objects.filter(pk=plan.pk, version=seen, state=PlanState.PROPOSED).update(
        state=PlanState.ENDED, ended_on=plan.from_on, version=F("version") + 1
    ):
        raise Stale(OTHER_FIRST)
    audit.record("plan.taken_back", actor=by.actor, now=now, route_id=plan.route_id)
    rebuild(plan.route)


@transaction.atomic
def answer(*, by: By, plan: Plan, seen: int, agrees: bool, now: datetime, word: str = "") -> None:
    """The mentor says yes, or asks for another one with a word. Raises Stale."""
    route = plan.route
    roles = checks.require(by.person, OnRoute.ANSWER_PLAN, route, now=now)
    lock(route.pk)
    if RouteRole.MENTOR not in roles:
        raise CannotAgree(_("The mentor answers this."))
    if not agrees and not word.strip():
        raise CannotAgree(_("Say in a few words what would suit better."), field="word")
    today = timezone.localdate(now)
    if agrees:
        earlier = Plan.objects.filter(route=route, state=PlanState.AGREED)
        earlier.update(
            state=PlanState.ENDED,
            ended_on=max(today, plan.from_on),
            version=F("version") + 1,
        )
    if not Plan.objects.filter(pk=plan.pk, version=seen, state=PlanState.PROPOSED).update(
        state=PlanState.AGREED if agrees else PlanState.DECLINED,
        answered_by=by.person,
        answered_at=now,
        word=word.strip(),
        version=F("version") + 1,
    ):
        raise Stale(OTHER_FIRST)
    if agrees:
        audit.record("plan.agreed", actor=by.actor, now=now, route_id=route.pk)
    else:
        audit.record("plan.declined", actor=by.actor, now=now, route_id=route.pk, word=word.strip())
    rebuild(route)
    transaction.on_commit(partial(jobs.tell_answered.enqueue, str(plan.pk)))


@transaction.atomic
def propose_shift(
    *,
    by: By,
    key: UUID,
    block: PlannedBlock,
    new_day: date | None,
    starts_at: time | None,
    ends_at: time | None,
    why: str,
    now: datetime,
) -> Shift | None:
    """Propose to move a day at the workplace, or to leave it out. What the student studies at home
    is moved at once: it is nobody else's."""
    route = block.plan.route
    roles = checks.require(by.person, OnRoute.ANSWER_PLAN, route, now=now)
    lock(route.pk)
    if already := Shift.objects.filter(pk=key).first():
        return already
    minutes = None
    if new_day is not None:
        if starts_at is None or ends_at is None:
            raise CannotAgree(_("Say from when until when."), field="starts_at")
        minutes = _minutes(starts_at, ends_at)
        if minutes <= 0:
            raise CannotAgree(_("It ends before it begins."), field="ends_at")
        if new_day < timezone.localdate(now):
            raise CannotAgree(_("That day lies in the past."), field="new_day")
        if (new_day, starts_at, minutes) == (block.day, block.starts_at, block.minutes):
            raise CannotAgree(_("That is how it stands already."), field="new_day")
    shift = Shift(
        pk=key,
        block=block,
        new_day=new_day,
        starts_at=starts_at if new_day else None,
        minutes=minutes,
        why=why.strip(),
        proposed_by=by.person,
        proposed_role=RouteRole.MENTOR if RouteRole.MENTOR in roles else RouteRole.STUDENT,
        proposed_at=now,
    )
    if block.activity == Activity.STUDY:
        _carry_out(shift, now)
        return None
    try:
        with transaction.atomic():
            shift.save(force_insert=True)
    except IntegrityError:
        raise CannotAgree(
            _("Somebody proposed to move this day already: answer that first.")
        ) from None
    audit.record("plan.shift", actor=by.actor, now=now, route_id=route.pk, day=_day(block.day))
    rebuild(route)
    transaction.on_commit(partial(jobs.tell_shift.enqueue, str(shift.pk)))
    return shift


def _minutes(starts_at: time, ends_at: time) -> int:
    begin = datetime.combine(date.min, starts_at)
    return int((datetime.combine(date.min, ends_at) - begin) / timedelta(minutes=1))


def _carry_out(shift: Shift, now: datetime) -> None:
    changes: dict[str, object] = {"changed_at": now, "version": F("version") + 1}
    if shift.new_day is None:
        changes["cancelled_at"] = now
    else:
        changes |= {
            "day": shift.new_day,
            "starts_at": shift.starts_at,
            "minutes": shift.minutes,
        }
    PlannedBlock.objects.filter(pk=shift.block_id).update(**changes)


@transaction.atomic
def answer_shift(*, by: By, shift: Shift, suits: bool, now: datetime) -> None:
    """The other one says yes or no; whoever proposed it can take it back with a no. Answered by
    somebody else meanwhile: Stale."""
    route = shift.block.plan.route
    roles = checks.require(by.person, OnRoute.ANSWER_PLAN, route, now=now)
    lock(route.pk)
    if suits and shift.proposed_role in roles:
        raise CannotAgree(_("The other one answers this."))
    if not Shift.objects.filter(pk=shift.pk, answered_at=None).update(
        suits=suits, answered_by=by.person, answered_at=now
    ):
        raise Stale(OTHER_FIRST)
    if suits:
        _carry_out(shift, now)
    audit.record(
        "plan.shifted" if suits else "plan.not_shifted",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        day=_day(shift.block.day),
    )
    rebuild(route)
    if shift.proposed_by_id != by.person.pk:
        transaction.on_commit(partial(jobs.tell_shift_answered.enqueue, str(shift.pk)))
