"""Who takes part in a round, with how many seats, and who stays together."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.people.acting import By
from tussenstop.rounds.models import Round, RoundPlace, RoundQuota, RoundStudent
from tussenstop.rounds.rules import MOST_TOGETHER, RoundState


class CannotTakePart(DomainError):
    """This can't be so in this round."""


def _hold(by: By, round_: Round, now: datetime) -> None:
    """One change at a time, and only while the round is open."""
    checks.require_in(by.person, InScope.LEAD_ROUNDS, round_.institution, now=now)
    _require_open(round_)


def _require_open(round_: Round) -> None:
    """Holds the row of the round, so that it is not published meanwhile."""
    if not Round.objects.filter(pk=round_.pk, state=RoundState.OPEN).update(state=RoundState.OPEN):
        raise CannotTakePart(_("This round is over: nothing in it changes any more."))


@transaction.atomic
def put_student(*, by: By, row: RoundStudent, takes_part: bool, now: datetime) -> None:
    """Let a student step out of a round, or in again; a programme coordinator decides, or
    (stepping out) the student."""
    if not takes_part and checks.may(by.person, OnRoute.WISH, row.route, now=now):
        _require_open(row.round)
    else:
        _hold(by, row.round, now)
    if takes_part:
        other = RoundStudent.objects.filter(
            route=row.route_id, left_at=None, round__state=RoundState.OPEN
        ).exclude(pk=row.pk)
        if other.exists():
            raise CannotTakePart(_("This student takes part in another open round."))
    RoundStudent.objects.filter(pk=row.pk).update(left_at=None if takes_part else now)


@transaction.atomic
def put_place(
    *,
    by: By,
    row: RoundPlace,
    takes_part: bool,
    seats: int,
    lowest: int,
    most: int | None,
    now: datetime,
) -> None:
    """How many seats a place gives in a round, from how many students on, or that it takes no
    part; and the `most` students of its organisation over all its places, None for no limit."""
    _hold(by, row.round, now)
    if seats > row.place.seats:
        raise CannotTakePart(
            _("This place has room for %(count)s at most.") % {"count": row.place.seats},
            field="seats",
        )
    if lowest > seats:
        raise CannotTakePart(_("This is more than there are places."), field="lowest")
    RoundPlace.objects.filter(pk=row.pk).update(
        seats=seats, lowest=lowest, left_at=None if takes_part else row.left_at or now
    )
    organisation = row.place.workplace.organisation
    if most is None:
        RoundQuota.objects.filter(round=row.round, organisation=organisation).delete()
        return
    RoundQuota.objects.update_or_create(
        round=row.round, organisation=organisation, defaults={"most": most}
    )


@transaction.atomic
def keep_together(*, by: By, one: RoundStudent, other: RoundStudent, now: datetime) -> None:
    """Two students of a round who want to be at one organisation: colleagues, or who travel
    together. Their groups become one."""
    _hold(by, one.round, now)
    if one.round_id != other.round_id:
        raise NotFound
    if one.pk == other.pk:
        raise CannotTakePart(_("Choose somebody else."))
    rows = RoundStudent.objects.filter(round=one.round_id)
    one, other = (rows.get(pk=row.pk) for row in (one, other))
    if one.together is None:
        last = rows.aggregate(last=Max("together"))["last"]
        one.together = (last or 0) + 1
    joined = rows.filter(together=one.together).exclude(pk=one.pk)
    coming = rows.filter(together=other.together) if other.together else rows.filter(pk=other.pk)
    if joined.exclude(pk__in=coming.values("pk")).count() + coming.count() + 1 > MOST_TOGETHER:
        raise CannotTakePart(
            _("At most %(count)s students stay together.") % {"count": MOST_TOGETHER}
        )
    ids = [one.pk, *coming.values_list("pk", flat=True)]
    rows.filter(pk__in=ids).update(together=one.together)


@transaction.atomic
def part(*, by: By, one: RoundStudent, now: datetime) -> None:
    """This student chooses for themselves again; a group of one is none."""
    _hold(by, one.round, now)
    group = RoundStudent.objects.filter(round=one.round_id, together=one.together)
    RoundStudent.objects.filter(pk=one.pk).update(together=None)
    if one.together is not None and group.count() == 1:
        group.update(together=None)
