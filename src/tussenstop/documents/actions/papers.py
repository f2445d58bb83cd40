"""Seeing to a document, and opening a gate without one."""

from datetime import date, datetime
from typing import IO

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.core import audit, files
from tussenstop.core.errors import DomainError, Refused, Stale
from tussenstop.documents.models import Paper
from tussenstop.documents.queries import get_line
from tussenstop.documents.required import OWN, Shown
from tussenstop.documents.rules import Proof, Standing, runs_out
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.models import Route


class CannotGive(DomainError):
    """This document can't be given like this."""


def _hold(shown: Shown, *, by: By, now: datetime, **given: object) -> Paper:
    """Put a new paper in the place of the one that was seen. Raises Stale when somebody else did."""
    before = shown.paper
    if before is not None and not Paper.objects.filter(pk=before.pk, replaced_at=None).update(
        replaced_at=now
    ):
        raise Stale(_("Somebody else saw to this meanwhile. Look again."))
    try:
        with transaction.atomic():
            return Paper.objects.create(
                route_id=shown.placement.route_id,
                placement=shown.placement,
                key=shown.required.key,
                given_by=by.person,
                given_at=now,
                **given,
            )
    except IntegrityError as error:
        raise Stale(_("Somebody else saw to this meanwhile. Look again.")) from error


def _told(shown: Shown) -> str:
    """What the story keeps: the key of a built-in document, the name of a programme's own."""
    key = shown.required.key
    return shown.required.name if key.startswith(OWN) else key


@transaction.atomic
def give(
    *,
    by: By,
    route: Route,
    shown: Shown,
    on: date,
    now: datetime,
    may_start: bool | None = None,
    file: IO[bytes] | None = None,
    name: str = "",
) -> Paper:
    """See to a document: upload it, confirm it, or say whether the student may start. What was
    given before stays, replaced."""
    _found, line = get_line(
        person=by.person,
        route_id=route.pk,
        placement_id=shown.placement.pk,
        key=shown.required.key,
        now=now,
    )
    if not line.may_give:
        raise Refused(_("see to this document"))
    if on > timezone.localdate(now):
        raise CannotGive(_("This day is still to come."), field="on")
    required = shown.required
    if required.proof == Proof.FITNESS and may_start is None:
        raise CannotGive(_("Say yes or no."), field="may_start")
    if required.proof == Proof.FILE and file is None:
        raise CannotGive(_("Choose a file."), field="file")
    stored = None
    if file is not None and required.proof == Proof.FILE:
        stored = files.keep(
            file, name=name, by=by.person.pk, now=now, kinds=frozenset({"pdf", "photo"})
        )
    paper = _hold(
        shown,
        by=by,
        now=now,
        on=on,
        until=runs_out(on, required.months),
        may_start=may_start if required.proof == Proof.FITNESS else None,
        file=stored,
    )
    _record("document.given", shown, by=by, route=route, now=now)
    return paper


@transaction.atomic
def open_without(*, by: By, route: Route, shown: Shown, reason: str, now: datetime) -> Paper:
    """Let a gate open without this document, with a written reason that everybody reads."""
    _found, line = get_line(
        person=by.person,
        route_id=route.pk,
        placement_id=shown.placement.pk,
        key=shown.required.key,
        now=now,
    )
    if not line.may_open:
        raise Refused(_("open a gate"))
    if not reason.strip():
        raise CannotGive(_("Write why: others must be able to follow it."), field="reason")
    if shown.standing == Standing.NOT_FIT:
        raise CannotGive(_("Who may not start, does not start: no reason opens this gate."))
    paper = _hold(
        shown, by=by, now=now, on=timezone.localdate(now), opened=True, reason=reason.strip()
    )
    _record("document.opened", shown, by=by, route=route, now=now, reason=reason.strip())
    return paper


def _record(code: str, shown: Shown, *, by: By, route: Route, now: datetime, **more: str) -> None:
    audit.record(
        code,
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=shown.placement.pk,
        document=_told(shown),
        **more,
    )
    moves.rebuild(route)
