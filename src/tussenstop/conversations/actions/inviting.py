"""A conversation ahead: moments proposed, answered by each, one of them fixed; or called off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.conversations import notifications
from tussenstop.conversations.actions.people import (
    CannotTalk,
    begin,
    gather,
    require_part,
    seat,
    take_turn,
)
from tussenstop.conversations.actions.talking import is_closed, told
from tussenstop.conversations.models import Attendee, Conversation, Slot, SlotAnswer
from tussenstop.conversations.poll_queries import open_slots, suiting
from tussenstop.conversations.queries import there_still
from tussenstop.conversations.rules import AHEAD, MOST_SLOTS
from tussenstop.core import audit, once
from tussenstop.core.audit import SYSTEM
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.people.acting import By
from tussenstop.routes import moves
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route, Stop

PASSED = _("These moments have passed. Propose others.")
OTHERS_FIRST = _("These moments changed meanwhile. Look at how it stands now.")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody asks: a kind of talk, with whom, and moments that may suit."""

    kind: str
    who: Collection[UUID]
    starts: Sequence[datetime]
    minutes: int = 30
    place: str = ""
    about: str = ""
    others: str = ""
    closed: bool = False


def _moments(starts: Sequence[datetime], now: datetime) -> list[datetime]:
    found = sorted(set(starts))
    if not found:
        raise CannotTalk(_("Propose at least one moment."), field="moments")
    if len(found) > MOST_SLOTS:
        text = _("At most %(count)s moments: choosing among fewer is easier.")
        raise CannotTalk(text % {"count": MOST_SLOTS}, field="moments")
    if found[0] <= now:
        raise CannotTalk(_("One of these moments has passed already."), field="moments")
    if found[-1] > now + AHEAD:
        raise CannotTalk(_("That is too far ahead."), field="moments")
    return found


@transaction.atomic
def invite(
    *,
    by: By,
    route: Route,
    key: UUID,
    invitation: Invitation,
    now: datetime,
    stop: Stop | None = None,
) -> Conversation:
    """Ask others to talk. `key` came with the form: sent twice, asked once."""
    begin(by, route, invitation.kind, now)
    mine = Conversation.objects.filter(pk=key, route=route, made_by=by.person)
    if already := mine.first():
        return already
    starts = _moments(invitation.starts, now)
    alone = _("With whom do you want to talk?")
    roles = gather(by, route, invitation.kind, invitation.who, now, alone=alone)
    made, new = once.make(
        mine,
        pk=key,
        route=route,
        stop=stop,
        kind=invitation.kind,
        about=" ".join(invitation.about.split()),
        others=" ".join(invitation.others.split()),
        closed=is_closed(invitation.kind, roles.values(), asked=invitation.closed),
        made_by=by.person,
        made_at=now,
        day=timezone.localdate(starts[0]),
        minutes=invitation.minutes,
        place=invitation.place.strip(),
    )
    if not new:
        return made
    seat(made, roles)
    _put(by, made, starts, now)
    return made


def _put(by: By, conversation: Conversation, starts: list[datetime], now: datetime) -> None:
    """Put moments before everybody; who proposes them can be there."""
    slots = Slot.objects.bulk_create(
        Slot(conversation=conversation, starts_at=at, proposed_by=by.person, proposed_at=now)
        for at in starts
    )
    SlotAnswer.objects.bulk_create(
        SlotAnswer(slot=slot, person=by.person, suits=True) for slot in slots
    )
    conversation.attendees.exclude(person=by.person).update(answered_at=None, word="")
    conversation.attendees.filter(person=by.person).update(answered_at=now, word="")
    told(conversation, "conversation.asked", by, now)
    notifications.asked(conversation, starts, by.person, now=now)
    moves.rebuild(conversation.route)


def _take_turn_ahead(by: By, conversation: Conversation, now: datetime) -> Attendee:
    """The same, for a talk that is still ahead. Raises Stale when it was held meanwhile."""
    part = take_turn(by, conversation, now)
    if conversation.held_at:
        raise Stale(OTHERS_FIRST)
    return part


def _require_same(conversation: Conversation, seen: Collection[UUID]) -> list[Slot]:
    slots = list(open_slots(conversation))
    if {slot.pk for slot in slots} != set(seen):
        raise Stale(OTHERS_FIRST)
    return slots


@transaction.atomic
def propose(
    *,
    by: By,
    conversation: Conversation,
    starts: Sequence[datetime],
    seen: Collection[UUID],
    now: datetime,
) -> None:
    """Other moments, in place of those on the table; a moment that was fixed stands until one of
    these is. `seen` are the moments that were on the screen. Raises Stale."""
    _take_turn_ahead(by, conversation, now)
    wanted = _moments(starts, now)
    if [slot.starts_at for slot in open_slots(conversation)] == wanted:
        return
    _require_same(conversation, seen)
    open_slots(conversation).update(ended_at=now)
    _put(by, conversation, wanted, now)


@transaction.atomic
def answer(
    *,
    by: By,
    conversation: Conversation,
    suits: Collection[UUID],
    seen: Collection[UUID],
    now: datetime,
    word: str = "",
) -> None:
    """Which of the moments suit, perhaps none. When exactly one suits everybody it is fixed; among
    several whoever proposed them chooses. The same answer twice is one. Raises Stale."""
    mine = _take_turn_ahead(by, conversation, now)
    if not open_slots(conversation).exists() and _answered_so(by, seen, suits):
        return
    slots = _require_same(conversation, seen)
    if all(slot.starts_at <= now for slot in slots):
        raise CannotTalk(PASSED)
    given = dict(
        SlotAnswer.objects.filter(slot__in=slots, person=by.person).values_list("slot", "suits")
    )
    wanted = {slot.pk: slot.pk in set(suits) for slot in slots}
    if given == wanted and mine.answered_at and mine.word == word.strip():
        return
    SlotAnswer.objects.filter(slot__in=slots, person=by.person).delete()
    SlotAnswer.objects.bulk_create(
        SlotAnswer(slot_id=pk, person=by.person, suits=yes) for pk, yes in wanted.items()
    )
    Attendee.objects.filter(pk=mine.pk).update(answered_at=now, word=word.strip())
    _settle(conversation, slots, now)
    moves.rebuild(conversation.route)


def _answered_so(by: By, seen: Collection[UUID], suits: Collection[UUID]) -> bool:
    """The same answer was given before, and it fixed the moment."""
    rows = SlotAnswer.objects.filter(slot__in=list(seen), person=by.person)
    return dict(rows.values_list("slot", "suits")) == {pk: pk in set(suits) for pk in seen}


def _settle(conversation: Conversation, slots: list[Slot], now: datetime) -> None:
    """Everybody answered: the one moment that suits all is fixed, else who proposed them is told."""
    there = list(there_still(conversation, now=now))
    if any(one.answered_at is None for one in there):
        return
    fit = suiting(conversation, [one.person_id for one in there], now=now)
    if len(fit) == 1:
        _fix(conversation, fit[0], now)
    else:
        notifications.answered(conversation, slots[0].proposed_by, fit=len(fit), now=now)


def _fix(conversation: Conversation, slot: Slot, now: datetime) -> None:
    open_slots(conversation).update(ended_at=now)
    Conversation.objects.filter(pk=conversation.pk).update(
        starts_at=slot.starts_at, day=timezone.localdate(slot.starts_at)
    )
    conversation.starts_at = slot.starts_at
    audit.record(
        "conversation.fixed",
        actor=SYSTEM,
        now=now,
        route_id=None if conversation.closed else conversation.route_id,
        subject_id=conversation.pk,
        talk=conversation.kind,
        when=slot.starts_at.isoformat(),
    )
    notifications.fixed(conversation, now=now)


@transaction.atomic
def choose(*, by: By, conversation: Conversation, slot_id: UUID, now: datetime) -> None:
    """Whoever proposed the moments (or, when that one left, anybody) chooses one that suits
    everybody. Twice is once. Raises Stale."""
    _take_turn_ahead(by, conversation, now)
    slot = Slot.objects.filter(pk=slot_id, conversation=conversation).first()
    if slot is None:
        raise NotFound
    people = set(there_still(conversation, now=now).values_list("person_id", flat=True))
    if slot.proposed_by_id != by.person.pk and slot.proposed_by_id in people:
        raise Refused(_("Whoever proposed the moments chooses one."))
    if slot.ended_at:
        if Conversation.objects.filter(pk=conversation.pk, starts_at=slot.starts_at).exists():
            return
        raise Stale(OTHERS_FIRST)
    if slot.starts_at <= now:
        raise CannotTalk(PASSED)
    if slot.pk not in {one.pk for one in suiting(conversation, people, now=now)}:
        raise CannotTalk(_("This moment does not suit everybody."))
    _fix(conversation, slot, now)
    moves.rebuild(conversation.route)


@transaction.atomic
def call_off(*, by: By, conversation: Conversation, word: str, now: datetime) -> None:
    """It will not take place. The others are told, and it stays for who looks back. Twice is
    once."""
    require_part(by, conversation, now)
    lock(conversation.route_id)
    conversation.refresh_from_db(fields=["held_at"])
    if conversation.held_at:
        raise CannotTalk(_("This conversation was held already."))
    rows = Conversation.objects.filter(pk=conversation.pk, held_at=None, cancelled_at=None)
    if not rows.update(cancelled_at=now, cancelled_by=by.person, cancel_word=word.strip()):
        return
    open_slots(conversation).update(ended_at=now)
    told(conversation, "conversation.cancelled", by, now)
    notifications.called_off(conversation, by.person, word.strip(), now=now)
    moves.rebuild(conversation.route)
