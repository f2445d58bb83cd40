"""Telling: the student part by part, and mentor and teacher from their side."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core import audit
from tussenstop.core.errors import NotFound, Stale
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.startposition.models import Part, PartOnDay, Side


class ToldElsewhere(Stale):
    """The same person saved other answers meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: Mapping[str, Any], version: int) -> None:
        super().__init__(
            _(
                "You saved this in another window meanwhile. What you typed here is still in the "
                "fields: save again to keep it instead."
            )
        )
        self.theirs = theirs
        self.version = version


@transaction.atomic
def save_part(
    *, by: By, route: Route, key: str, answers: Mapping[str, Any], seen: int, now: datetime
) -> Part:
    """Keep what the student tells in one part; `seen` is the version they had before them, 0 when
    there was nothing yet. The last text of each day stays, so that one can look back."""
    checks.require(by.person, OnRoute.TELL_POSITION, route, now=now)
    lock(route.pk)
    if key not in pack().starting_position:
        raise NotFound
    part = _kept(Part, {"route": route, "key": key}, answers=answers, seen=seen, now=now)
    PartOnDay.objects.update_or_create(
        part=part, day=timezone.localdate(now), defaults={"answers": part.answers}
    )
    moves.rebuild(route)
    return part


@transaction.atomic
def save_side(
    *, by: By, route: Route, role: str, answers: Mapping[str, Any], seen: int, now: datetime
) -> Side:
    """Keep what a mentor or teacher tells from their side; the other partners read it."""
    roles = checks.require(by.person, OnRoute.TELL_SIDE, route, now=now)
    lock(route.pk)
    if role not in roles or role not in pack().counterparts:
        raise NotFound
    whose = {"route": route, "person": by.person, "role": role}
    side = _kept(Side, whose, answers=answers, seen=seen, now=now)
    if side.version == 1:
        audit.record(
            "side.told",
            actor=by.actor,
            now=now,
            route_id=route.pk,
            subject_id=side.pk,
            role=RouteRole(role).value,
        )
    moves.rebuild(route)
    return side


Row = TypeVar("Row", Part, Side)


def _kept(
    table: type[Row],
    whose: Mapping[str, Any],
    *,
    answers: Mapping[str, Any],
    seen: int,
    now: datetime,
) -> Row:
    """The row with these answers. Raises ToldElsewhere when it holds others than `seen`."""
    mine = table.objects.filter(**whose)
    if seen == 0:
        try:
            with transaction.atomic():
                return table.objects.create(**whose, answers=dict(answers), written_at=now)
        except IntegrityError:
            saved = 0
    else:
        saved = mine.filter(version=seen).update(
            answers=dict(answers), written_at=now, version=F("version") + 1
        )
    kept = mine.first()
    if kept is None:
        raise NotFound
    if not saved and kept.answers != dict(answers):
        raise ToldElsewhere(kept.answers, kept.version)
    return kept
