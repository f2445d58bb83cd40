"""A reflection in turns: begun by the student, each step handed on by who wrote it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import once
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection.models import Loop, LoopText
from tussenstop.reflection.notifications import your_turn
from tussenstop.reflection.pair_queries import parts_on
from tussenstop.reflection.rules import LONGEST
from tussenstop.reflection.turns import Seat, holder_of, holds, turn_of, vacant
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.moves import rebuild


class CannotLoop(DomainError):
    """This step can't be written so."""


class StepElsewhere(Stale):
    """The same person kept another text meanwhile."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__(
            _("You wrote this in another window meanwhile. Both texts stand here; save again.")
        )
        self.theirs = theirs
        self.version = version


HANDED_ON = _("This step was handed on already. Look at how it stands now.")


def _fresh(loop: Loop) -> Loop:
    """How it stands once nobody else acts on its route."""
    lock(loop.route_id)
    return Loop.objects.select_related("route__student", "mentor", "coach").get(pk=loop.pk)


@transaction.atomic
def begin(
    *,
    by: By,
    route: Route,
    key: UUID,
    about: str,
    mentor: Person,
    coach: Person,
    now: datetime,
) -> Loop:
    """Begin a loop with this mentor, and with a coach or a teacher in the coach's place. They read
    what is handed on from then on. Sent twice, there once."""
    checks.require(by.person, OnRoute.BEGIN_LOOP, route, now=now)
    lock(route.pk)
    mine = Loop.objects.filter(pk=key, route=route)
    if there := mine.first():
        return there
    parts = parts_on(route, now=now)
    if not (holds(mentor, Seat.MENTOR, parts) and holds(coach, Seat.COACH, parts)):
        raise NotFound
    if not about.strip():
        raise CannotLoop(_("Say in a few words what it is about."), field="about")
    loop, _new = once.make(
        mine,
        pk=key,
        route=route,
        mentor=mentor,
        coach=coach,
        about=about.strip(),
        begun_at=now,
        turn_since=now,
    )
    rebuild(route)
    return loop


@transaction.atomic
def write_step(
    *, by: By, loop: Loop, step: str, text: str, seen: int, hand_on: bool, now: datetime
) -> LoopText:
    """Keep the text of the open step for oneself, or hand it on: then it stays as it is, and the
    next step opens. Handing on twice is once. Raises StepElsewhere, or Stale."""
    checks.require(by.person, OnRoute.READ_REFLECTION, loop.route, now=now)
    loop, text = _fresh(loop), text.strip()
    handed = LoopText.objects.filter(loop=loop, step=step, person=by.person).exclude(handed_at=None)
    if before := handed.first():
        if before.text == text:
            return before
        raise Stale(HANDED_ON)
    parts = parts_on(loop.route, now=now)
    turn = turn_of(loop, parts)
    if turn is None or turn.step.key != step:
        raise Stale(HANDED_ON)
    if turn.vacant or turn.person.pk != by.person.pk:
        raise Refused(_("write when it is somebody else's turn"))
    if len(text) > LONGEST:
        raise CannotLoop(
            _("One text holds at most %(count)s characters.") % {"count": LONGEST}, field="text"
        )
    if hand_on and not text:
        raise CannotLoop(_("Write something before you hand it on."), field="text")
    row = _keep(by, loop, step, text, seen)
    if hand_on:
        LoopText.objects.filter(pk=row.pk).update(handed_at=now)
        Loop.objects.filter(pk=loop.pk).update(step=F("step") + 1, turn_since=now)
        loop.step += 1
        following = turn_of(loop, parts)
        if following and following.person.pk != by.person.pk:
            your_turn(
                person=following.person,
                by=by.person,
                loop_id=loop.pk,
                choose=following.vacant is not None,
            )
        rebuild(loop.route)
    return row


def _keep(by: By, loop: Loop, step: str, text: str, seen: int) -> LoopText:
    row, _new = LoopText.objects.get_or_create(
        loop=loop, step=step, person=by.person, defaults={"text": text}
    )
    if row.text == text:
        return row
    if row.version != seen:
        raise StepElsewhere(row.text, row.version)
    LoopText.objects.filter(pk=row.pk).update(text=text, version=seen + 1)
    return LoopText.objects.get(pk=row.pk)


@transaction.atomic
def fill_place(
    *, by: By, loop: Loop, seat: Seat, person: Person, reads_before: bool, now: datetime
) -> None:
    """Somebody left: the student chooses who goes on in their place, and whether that person reads
    what was handed on before. What was only kept stays with who wrote it. Twice is once."""
    checks.require(by.person, OnRoute.BEGIN_LOOP, loop.route, now=now)
    loop = _fresh(loop)
    parts = parts_on(loop.route, now=now)
    if turn_of(loop, parts) is None:
        raise Stale(_("This reflection was ended. What stands there can still be read."))
    if seat not in vacant(loop, parts):
        if holder_of(loop, seat).pk == person.pk:
            return
        raise Stale(_("Somebody has this place already. Look at how it stands now."))
    if not holds(person, seat, parts):
        raise NotFound
    Loop.objects.filter(pk=loop.pk).update(
        **{seat.value: person, f"{seat.value}_reads_from": 0 if reads_before else loop.step}
    )
    turn = turn_of(_fresh(loop), parts)
    if turn and turn.step.who == seat:
        Loop.objects.filter(pk=loop.pk).update(turn_since=now)
        your_turn(person=person, by=by.person, loop_id=loop.pk)
    rebuild(loop.route)


@transaction.atomic
def show_before(*, by: By, loop: Loop, seat: Seat, now: datetime) -> None:
    """Let who came later read what was handed on before, after all. Twice is once."""
    checks.require(by.person, OnRoute.BEGIN_LOOP, loop.route, now=now)
    lock(loop.route_id)
    Loop.objects.filter(pk=loop.pk).update(**{f"{seat.value}_reads_from": 0})


@transaction.atomic
def end(*, by: By, loop: Loop, now: datetime) -> None:
    """The student is done with it: what was handed on stays to be read. Twice is once."""
    checks.require(by.person, OnRoute.BEGIN_LOOP, loop.route, now=now)
    lock(loop.route_id)
    Loop.objects.filter(pk=loop.pk, ended_at=None).update(ended_at=now)
    rebuild(loop.route)
