"""Working on a stop: agenda, checklist, shared notes, outcome, closing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.locking import lock
from tussenstop.routes.models import AgendaPoint, ChecklistItem, Moment, Route, Stop
from tussenstop.routes.names import kept_line, kept_name
from tussenstop.routes.rules import ENDED


class CannotWork(DomainError):
    """This can't be done on this stop."""


class TextStale(Stale):
    """Somebody else saved the same text meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: str, by: str, version: int) -> None:
        super().__init__(
            _(
                "%(who)s saved this text while you were writing. Put the two together and save again."
            )
            % {"who": by}
        )
        self.theirs = theirs
        self.version = version


def _work(by: By, stop: Stop, now: datetime) -> Route:
    route = stop.route
    checks.require(by.person, OnRoute.WORK_ON_STOPS, route, now=now)
    if route.state in ENDED:
        raise CannotWork(_("This route has ended; its stops stay as they are."))
    return route


@transaction.atomic
def add_agenda_point(*, by: By, stop: Stop, key: UUID, text: str, now: datetime) -> AgendaPoint:
    """Put something on the agenda. `key` came with the form: sent twice, added once."""
    route = _work(by, stop, now)
    if not text.strip():
        raise CannotWork(_("Write what you want to talk about."), field="text")
    last = stop.agenda.aggregate(last=Max("position"))["last"]
    point, made = AgendaPoint.objects.get_or_create(
        pk=key,
        defaults={
            "stop": stop,
            "text": text.strip(),
            "position": 0 if last is None else last + 1,
            "added_by": by.person,
        },
    )
    if made:
        audit.record(
            "agenda.added",
            actor=by.actor,
            now=now,
            route_id=route.pk,
            subject_id=stop.pk,
            stop=kept_name(stop),
            text=point.text,
        )
    return point


@transaction.atomic
def drop_agenda_point(*, by: By, stop: Stop, point_id: UUID, now: datetime) -> None:
    """Take a point off the agenda; the story keeps that it was there."""
    route = _work(by, stop, now)
    point = stop.agenda.filter(pk=point_id).first()
    if point and stop.agenda.filter(pk=point_id, dropped_at=None).update(dropped_at=now):
        audit.record(
            "agenda.dropped",
            actor=by.actor,
            now=now,
            route_id=route.pk,
            subject_id=stop.pk,
            stop=kept_name(stop),
            text=kept_line(stop, point, "agenda"),
        )


@transaction.atomic
def mark_talked(*, by: By, stop: Stop, point_id: UUID, talked: bool, now: datetime) -> None:
    """Tick an agenda point as talked about, or open it again."""
    _work(by, stop, now)
    stop.agenda.filter(pk=point_id).update(talked_at=now if talked else None)


@transaction.atomic
def tick(*, by: By, stop: Stop, item_id: UUID, done: bool, now: datetime) -> None:
    """Tick a checklist item off, or open it again. What the platform knows can't be ticked."""
    route = _work(by, stop, now)
    item = stop.checklist.filter(pk=item_id).first()
    if item is None:
        raise NotFound
    if item.automatic:
        raise CannotWork(_("This point is kept up to date by itself."))
    changed = ChecklistItem.objects.filter(pk=item.pk, done_at__isnull=done).update(
        done_at=now if done else None, done_by=by.person.name if done else ""
    )
    if changed:
        audit.record(
            "checklist.done" if done else "checklist.undone",
            actor=by.actor,
            now=now,
            route_id=route.pk,
            subject_id=stop.pk,
            stop=kept_name(stop),
            text=kept_line(stop, item, "checklist"),
        )


@transaction.atomic
def add_checklist_item(
    *, by: By, stop: Stop, key: UUID, text: str, who: str, now: datetime
) -> ChecklistItem:
    """Add something that must be in order; `who` is the role whose move it is, or nothing."""
    _work(by, stop, now)
    if not text.strip():
        raise CannotWork(_("Write what must be in order."), field="text")
    last = stop.checklist.aggregate(last=Max("position"))["last"]
    item, _made = ChecklistItem.objects.get_or_create(
        pk=key,
        defaults={
            "stop": stop,
            "text": text.strip(),
            "who": who,
            "position": 0 if last is None else last + 1,
        },
    )
    return item


@transaction.atomic
def save_notes(*, by: By, stop: Stop, text: str, seen: int, now: datetime) -> None:
    """Save the shared notes; `seen` is the version the writer had before them."""
    _work(by, stop, now)
    saved = Stop.objects.filter(pk=stop.pk, notes_version=seen).update(
        notes=text, notes_by=by.person.name, notes_version=F("notes_version") + 1
    )
    if not saved:
        fresh = Stop.objects.get(pk=stop.pk)
        if fresh.notes != text:
            raise TextStale(fresh.notes, fresh.notes_by, fresh.notes_version)


@transaction.atomic
def save_outcome(
    *, by: By, stop: Stop, text: str, seen: int, now: datetime, close: bool = False
) -> None:
    """Save what came out of the stop, and with `close` close it."""
    route = _work(by, stop, now)
    lock(route.pk)
    saved = Stop.objects.filter(pk=stop.pk, outcome_version=seen).update(
        outcome=text, outcome_by=by.person.name, outcome_version=F("outcome_version") + 1
    )
    if not saved:
        fresh = Stop.objects.get(pk=stop.pk)
        if fresh.outcome != text:
            raise TextStale(fresh.outcome, fresh.outcome_by, fresh.outcome_version)
    elif text.strip() and text != stop.outcome:
        audit.record(
            "stop.outcome",
            actor=by.actor,
            now=now,
            route_id=route.pk,
            subject_id=stop.pk,
            stop=kept_name(stop),
        )
    if close:
        close_stop(by=by, stop=stop, now=now)


@transaction.atomic
def close_stop(*, by: By, stop: Stop, now: datetime) -> None:
    """Close a stop whose outcome was written; the route goes on to the next. A date that was
    still proposed is no longer needed."""
    route = _work(by, stop, now)
    lock(route.pk)
    fresh = Stop.objects.get(pk=stop.pk)
    if not fresh.outcome.strip():
        raise CannotWork(_("First write in a few words what came out of it."), field="outcome")
    if not Stop.objects.filter(pk=stop.pk, done_at=None, skipped_at=None).update(done_at=now):
        return
    Moment.objects.filter(stop=stop, ended_at=None).update(ended_at=now)
    audit.record(
        "stop.done",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=stop.pk,
        stop=kept_name(stop),
    )
    moves.rebuild(route)
