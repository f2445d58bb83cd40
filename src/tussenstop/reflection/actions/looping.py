"""A reflection in turns: begun by the student, each step handed on by who wrote it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.reflection.models import Loop, LoopText
from tussenstop.reflection.notifications import your_turn
from tussenstop.reflection.rules import LONGEST
from tussenstop.reflection.turns import turn_of
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
COACHES = (RouteRole.COACH, RouteRole.TEACHER)


def _takes_part(person: Person, route: Route, roles: tuple[RouteRole, ...], now: datetime) -> bool:
    return Participation.objects.filter(
        checks.taking_part(now), route=route, person=person, role__in=roles
    ).exists()


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
    if there := Loop.objects.filter(pk=key, route=route).first():
        return there
    if not _takes_part(mentor, route, (RouteRole.MENTOR,), now):
        raise NotFound
    if not _takes_part(coach, route, COACHES, now):
        raise NotFound
    if not about.strip():
        raise CannotLoop(_("Say in a few words what it is about."), field="about")
    try:
        with transaction.atomic():
            loop = Loop.objects.create(
                pk=key,
                route=route,
                mentor=mentor,
                coach=coach,
                about=about.strip(),
                begun_at=now,
                turn_since=now,
            )
    except IntegrityError as error:
        raise NotFound from error
    rebuild(route)
    return loop


@transaction.atomic
def write_step(
    *, by: By, loop: Loop, step: str, text: str, seen: int, hand_on: bool, now: datetime
) -> LoopText | None:
    """Keep the text of the open step for oneself, or hand it on: then it stays as it is, and the
    next step opens. Handing on twice is once. Raises StepElsewhere, or Stale."""
    checks.require(by.person, OnRoute.READ_REFLECTION, loop.route, now=now)
    handed = LoopText.objects.filter(loop=loop, step=step, person=by.person).exclude(handed_at=None)
    if before := handed.first():
        if before.text == text.strip():
            return before
        raise Stale(HANDED_ON)
    turn = turn_of(loop)
    if turn is None or turn.step.key != step:
        raise Stale(HANDED_ON)
    if turn.person.pk != by.person.pk:
        raise Refused(_("write when it is somebody else's turn"))
    if len(text) > LONGEST:
        raise CannotLoop(
            _("One text holds at most %(count)s characters.") % {"count": LONGEST}, field="text"
        )
    if hand_on and not text.strip():
        raise CannotLoop(_("Write something before you hand it on."), field="text")
    row = _keep(by, loop, step, text.strip(), seen)
    if hand_on:
        if not Loop.objects.filter(pk=loop.pk, step=loop.step, ended_at=None).update(
            step=F("step") + 1, turn_since=now
        ):
            raise Stale(HANDED_ON)
        LoopText.objects.filter(pk=row.pk).update(handed_at=now)
        fresh = Loop.objects.select_related("route__student", "mentor", "coach").get(pk=loop.pk)
        following = turn_of(fresh)
        if following and following.person.pk != by.person.pk:
            your_turn(person=following.person, by=by.person, loop_id=loop.pk)
        rebuild(loop.route)
    return row


def _keep(by: By, loop: Loop, step: str, text: str, seen: int) -> LoopText:
    row = LoopText.objects.filter(loop=loop, step=step).first()
    if row is None:
        try:
            with transaction.atomic():
                return LoopText.objects.create(loop=loop, step=step, person=by.person, text=text)
        except IntegrityError:
            row = LoopText.objects.get(loop=loop, step=step)
    if row.text == text:
        return row
    if not LoopText.objects.filter(pk=row.pk, version=seen, handed_at=None).update(
        text=text, version=F("version") + 1, person=by.person
    ):
        fresh = LoopText.objects.get(pk=row.pk)
        raise StepElsewhere(fresh.text, fresh.version)
    return LoopText.objects.get(pk=row.pk)


@transaction.atomic
def end(*, by: By, loop: Loop, now: datetime) -> None:
    """The student is done with it: what was handed on stays to be read. Twice is once."""
    checks.require(by.person, OnRoute.BEGIN_LOOP, loop.route, now=now)
    Loop.objects.filter(pk=loop.pk, ended_at=None).update(ended_at=now)
    rebuild(loop.route)
