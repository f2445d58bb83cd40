"""What was talked about: noted in half a minute, each in their own words, and together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import RouteRole
from tussenstop.conversations.actions.people import (
    CannotTalk,
    gather,
    require_living,
    require_new,
    require_part,
    seat,
)
from tussenstop.conversations.actions.points import NewPoint, put_point
from tussenstop.conversations.models import Conversation, Part
from tussenstop.conversations.rules import BACK_DAYS, MEDIATION
from tussenstop.core import audit
from tussenstop.core.errors import NotFound, Stale
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.models import Route, Stop


class PartStale(Stale):
    """The same person saved other words meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__(_("You saved other words meanwhile. Put the two together and save again."))
        self.theirs = theirs
        self.version = version


class CommonStale(Stale):
    """Somebody else saved the common text meanwhile; `theirs` is what stands there now."""

    def __init__(self, theirs: str, by: str, version: int) -> None:
        super().__init__(
            _(
                "%(who)s saved this text while you were writing. Put the two together and save again."
            )
            % {"who": by}
        )
        self.theirs = theirs
        self.version = version


@dataclass(frozen=True, slots=True)
class Noted:
    """What somebody notes of a talk that took place: with whom, when, a few words."""

    kind: str
    day: date
    who: Collection[UUID]
    words: str = ""
    closed: bool = False


def is_closed(kind: str, roles: Collection[str], *, asked: bool) -> bool:
    """Whether only who takes part knows of it: with the coach always, so that one can talk freely."""
    return asked or kind == MEDIATION or RouteRole.COACH in roles


def check_day(day: date, now: datetime) -> None:
    today = timezone.localdate(now)
    if day > today:
        raise CannotTalk(
            _("This day is still to come. Plan it, or note it afterwards."), field="day"
        )
    if day < today - timedelta(days=BACK_DAYS):
        raise CannotTalk(_("This day is too long ago."), field="day")


@transaction.atomic
def note(
    *,
    by: By,
    route: Route,
    key: UUID,
    noted: Noted,
    now: datetime,
    point: NewPoint | None = None,
    stop: Stop | None = None,
) -> Conversation:
    """We just talked. `key` came with the form: sent twice, there once."""
    require_new(by, route, noted.kind, now)
    mine = Conversation.objects.filter(pk=key, route=route, made_by=by.person)
    if already := mine.first():
        return already
    check_day(noted.day, now)
    roles = gather(by, route, noted.who, now, alone=_("With whom did you talk?"))
    try:
        with transaction.atomic():
            made = Conversation.objects.create(
                pk=key,
                route=route,
                stop=stop,
                kind=noted.kind,
                closed=is_closed(noted.kind, roles.values(), asked=noted.closed),
                made_by=by.person,
                made_at=now,
                day=noted.day,
                held_at=now,
            )
    except IntegrityError as error:
        if already := mine.first():
            return already
        raise NotFound from error
    seat(made, roles)
    if noted.words.strip():
        Part.objects.create(
            conversation=made,
            person=by.person,
            role=roles[by.person.pk],
            text=noted.words.strip(),
            written_at=now,
        )
    if point and point.text.strip():
        put_point(by=by, conversation=made, point=point, now=now)
    told(made, "conversation.noted", by, now)
    return made


def told(conversation: Conversation, code: str, by: By, now: datetime, **more: str) -> None:
    """The story of the route tells of it, unless only who takes part knows of it."""
    audit.record(
        code,
        actor=by.actor,
        now=now,
        route_id=None if conversation.closed else conversation.route_id,
        subject_id=conversation.pk,
        talk=conversation.kind,
        **more,
    )


@transaction.atomic
def write(
    *,
    by: By,
    conversation: Conversation,
    text: str,
    seen: int,
    now: datetime,
    differs: bool = False,
) -> Part:
    """One's own words, or that one saw it otherwise. `seen` is 0 when there were none yet. Raises
    PartStale."""
    attendee = require_part(by, conversation, now)
    require_living(conversation)
    text = text.strip()
    mine = Part.objects.filter(conversation=conversation, person=by.person)
    if not text and not mine.exists():
        raise CannotTalk(_("Write a few words."), field="text")
    if seen == 0:
        try:
            with transaction.atomic():
                made = Part.objects.create(
                    conversation=conversation,
                    person=by.person,
                    role=attendee.role,
                    text=text,
                    differs=differs,
                    written_at=now,
                )
        except IntegrityError as error:
            return _same_or_stale(mine.get(), text, differs=differs, error=error)
        _held_by_writing(conversation, by, now)
        return made
    changed = mine.filter(version=seen).update(
        text=text, differs=differs, written_at=now, version=F("version") + 1
    )
    kept = mine.first()
    if kept is None:
        raise NotFound
    return kept if changed else _same_or_stale(kept, text, differs=differs)


def _same_or_stale(kept: Part, text: str, *, differs: bool, error: Exception | None = None) -> Part:
    if (kept.text, kept.differs) == (text, differs):
        return kept
    raise PartStale(kept.text, kept.version) from error


def _held_by_writing(conversation: Conversation, by: By, now: datetime) -> None:
    """Who writes about a talk of which the moment has passed, says that it was held."""
    if conversation.starts_at and conversation.starts_at <= now:
        _hold(conversation, by, timezone.localdate(conversation.starts_at), now)


@transaction.atomic
def hold(*, by: By, conversation: Conversation, day: date, now: datetime) -> None:
    """We talked: on its day, or on another one. Twice is once."""
    require_part(by, conversation, now)
    require_living(conversation)
    check_day(day, now)
    _hold(conversation, by, day, now)


def _hold(conversation: Conversation, by: By, day: date, now: datetime) -> None:
    rows = Conversation.objects.filter(pk=conversation.pk, held_at=None, cancelled_at=None)
    if rows.update(held_at=now, day=day):
        conversation.slots.filter(ended_at=None).update(ended_at=now)
        told(conversation, "conversation.held", by, now)
        moves.rebuild(conversation.route)


@transaction.atomic
def write_together(
    *, by: By, conversation: Conversation, text: str, seen: int, now: datetime
) -> None:
    """The text of all who take part. Raises CommonStale when somebody else was first, so that
    nothing of either is lost."""
    require_part(by, conversation, now)
    require_living(conversation)
    text = text.strip()
    changed = Conversation.objects.filter(pk=conversation.pk, common_version=seen).update(
        common=text, common_by=by.person.name, common_version=F("common_version") + 1
    )
    if changed:
        return
    fresh = Conversation.objects.get(pk=conversation.pk)
    if fresh.common != text:
        raise CommonStale(fresh.common, fresh.common_by, fresh.common_version)
