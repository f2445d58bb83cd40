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
    begin,
    gather,
    is_team,
    seat,
    take_turn,
)
from tussenstop.conversations.actions.points import NewPoint, put_point
from tussenstop.conversations.models import Common, Conversation, Part
from tussenstop.conversations.names import kinds
from tussenstop.conversations.rules import BACK_DAYS, COUNTS_AS, MEDIATION, OTHERS
from tussenstop.core import audit, once
from tussenstop.core.errors import DomainError, NotFound, Stale
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


class AlreadyNoted(DomainError):
    """Somebody else noted a talk of that day with the same people: is it the same one?"""

    def __init__(self, twin: Conversation) -> None:
        super().__init__(
            _("%(who)s noted a talk of that day with the same people already. Is it the same one?")
            % {"who": twin.made_by.name}
        )
        self.twin = twin


@dataclass(frozen=True, slots=True)
class Noted:
    """What somebody notes of a talk that took place: with whom, when, a few words. `others` are
    colleagues who are not on the route, in words; `another` says that it is not the one that
    somebody else noted."""

    kind: str
    day: date
    who: Collection[UUID]
    words: str = ""
    others: str = ""
    closed: bool = False
    another: bool = False


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
    """We just talked. `key` came with the form: sent twice, there once. Raises AlreadyNoted when
    another one of them noted what may be the same talk."""
    begin(by, route, noted.kind, now)
    mine = Conversation.objects.filter(pk=key, route=route, made_by=by.person)
    if already := mine.first():
        return already
    check_day(noted.day, now)
    roles = gather(
        by,
        route,
        noted.kind,
        noted.who,
        now,
        alone=_("With whom did you talk?"),
        with_team=is_team(noted.kind, noted.others),
    )
    closed = is_closed(noted.kind, roles.values(), asked=noted.closed)
    if not noted.another and (twin := _twin(by, route, noted, set(roles), closed=closed)):
        raise AlreadyNoted(twin)
    made, new = once.make(
        mine,
        pk=key,
        route=route,
        stop=stop,
        kind=noted.kind,
        others=" ".join(noted.others.split()),
        closed=closed,
        made_by=by.person,
        made_at=now,
        day=noted.day,
        held_at=now,
    )
    if not new:
        return made
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


def _twin(
    by: By, route: Route, noted: Noted, people: set[UUID], *, closed: bool
) -> Conversation | None:
    """A talk that somebody else noted of that day, of such a kind, with just these people, and in
    which whoever notes now wrote nothing yet."""
    such = COUNTS_AS.get(noted.kind, noted.kind)
    rows = (
        Conversation.objects.filter(
            route=route,
            day=noted.day,
            kind__in=[key for key in kinds() if COUNTS_AS.get(key, key) == such],
            closed=closed,
            held_at__isnull=False,
            cancelled_at=None,
        )
        .exclude(made_by=by.person)
        .exclude(pk__in=Part.objects.filter(person=by.person).values("conversation_id"))
        .select_related("made_by")
        .prefetch_related("attendees", "parts")
        .order_by("made_at", "pk")
    )
    return next(
        (one for one in rows if {who.person_id for who in one.attendees.all()} == people), None
    )


@transaction.atomic
def note_beside(
    *, by: By, conversation: Conversation, noted: Noted, now: datetime, point: NewPoint | None
) -> None:
    """It is the talk that somebody else noted: one's words stand beside theirs, and so do the
    colleagues one saw there. Raises PartStale."""
    take_turn(by, conversation, now)
    seen, others = Conversation.objects.get(pk=conversation.pk).others, noted.others.strip()
    if others and others not in seen:
        both = f"{seen}, {others}" if seen else others
        if len(both) > OTHERS:
            raise CannotTalk(_("Say in fewer words who else was there."), field="others")
        Conversation.objects.filter(pk=conversation.pk).update(others=both)
    if noted.words.strip():
        write(by=by, conversation=conversation, text=noted.words, seen=0, now=now)
    if point and point.text.strip():
        put_point(by=by, conversation=conversation, point=point, now=now)


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
    attendee = take_turn(by, conversation, now)
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
    take_turn(by, conversation, now)
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
    """The text of all who take part. Raises CommonStale when somebody else was first; how it read
    each time stays, so that nobody writes another's words away."""
    take_turn(by, conversation, now)
    text = text.strip()
    fresh = Conversation.objects.get(pk=conversation.pk)
    if fresh.common == text:
        return
    if fresh.common_version != seen:
        raise CommonStale(fresh.common, fresh.common_by, fresh.common_version)
    Common.objects.create(
        conversation=fresh, version=seen + 1, text=text, by=by.person.name, at=now
    )
    Conversation.objects.filter(pk=fresh.pk).update(
        common=text, common_by=by.person.name, common_version=seen + 1
    )
