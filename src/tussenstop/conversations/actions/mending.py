"""A tap too fast: what somebody noted is put right, or taken off again, before others wrote on."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.conversations.actions.people import (
    CannotTalk,
    begin,
    gather,
    is_team,
    seat,
    take_turn,
)
from tussenstop.conversations.actions.talking import Noted, check_day, is_closed, told
from tussenstop.conversations.models import Attendee, Conversation, Part, Point, Prepared
from tussenstop.conversations.rules import MEND
from tussenstop.core.errors import Refused
from tussenstop.people.acting import By
from tussenstop.routes import moves


def _require_own_note(by: By, conversation: Conversation, now: datetime) -> None:
    """Only who noted it, for a day, and as long as nobody else added something to it."""
    if conversation.made_by_id != by.person.pk:
        raise Refused(_("Only who noted a conversation changes what it was."))
    if not conversation.was_noted or now >= conversation.made_at + MEND:
        raise CannotTalk(_("This stands now. You can always add something in your own words."))
    others = Part.objects.filter(conversation=conversation).exclude(person=by.person).exists()
    points = Point.objects.filter(conversation=conversation).exclude(made_by=by.person).exists()
    if others or points or conversation.common_version:
        raise CannotTalk(_("Somebody else wrote about it already, so it stays as it is."))


@transaction.atomic
def mend(*, by: By, conversation: Conversation, noted: Noted, now: datetime) -> None:
    """It was another kind of talk, another day, or with somebody else. Words and things to do stay.
    Twice is once."""
    begin(by, conversation.route, noted.kind, now)
    take_turn(by, conversation, now)
    conversation.refresh_from_db(fields=["common_version"])
    _require_own_note(by, conversation, now)
    check_day(noted.day, now)
    roles = gather(
        by,
        conversation.route,
        noted.kind,
        noted.who,
        now,
        alone=_("With whom did you talk?"),
        with_team=is_team(noted.kind, noted.others),
    )
    rows = Attendee.objects.filter(conversation=conversation)
    there = set(rows.values_list("person_id", flat=True))
    doing = Point.objects.filter(conversation=conversation, done_at=None, dropped_at=None)
    if left_over := doing.exclude(owner__in=list(roles)).select_related("owner").first():
        raise CannotTalk(
            _("%(name)s would still do something after this talk. Take that off first.")
            % {"name": left_over.owner.name},
            field="who",
        )
    rows.exclude(person__in=list(roles)).delete()
    seat(conversation, {pk: role for pk, role in roles.items() if pk not in there})
    Conversation.objects.filter(pk=conversation.pk).update(
        kind=noted.kind,
        day=noted.day,
        others=" ".join(noted.others.split()),
        closed=is_closed(noted.kind, roles.values(), asked=noted.closed),
    )


@transaction.atomic
def take_off(*, by: By, conversation: Conversation, now: datetime) -> None:
    """It does not belong here: on the wrong route, or noted twice. What was written is gone. Twice
    is once."""
    part = Attendee.objects.filter(conversation=conversation, person=by.person)
    if conversation.cancelled_at and conversation.was_noted and part.exists():
        return
    take_turn(by, conversation, now)
    conversation.refresh_from_db(fields=["common_version"])
    _require_own_note(by, conversation, now)
    for rows in (Part, Point, Prepared):
        rows.objects.filter(conversation=conversation).delete()
    Conversation.objects.filter(pk=conversation.pk).update(
        cancelled_at=now, cancelled_by=by.person, others=""
    )
    told(conversation, "conversation.taken_off", by, now)


@transaction.atomic
def not_held(*, by: By, conversation: Conversation, now: datetime) -> None:
    """Somebody said too fast that a planned talk was held. Once something was written about it, it
    was. Twice is once."""
    take_turn(by, conversation, now)
    conversation.refresh_from_db(fields=["common_version"])
    if conversation.held_at is None:
        return
    if conversation.was_noted:
        raise CannotTalk(_("This conversation was noted, not planned."))
    if (
        conversation.common_version
        or conversation.parts.exists()
        or conversation.points.filter(dropped_at=None).exists()
    ):
        raise CannotTalk(_("Somebody wrote about it already, so it was held."))
    first = conversation.starts_at
    Conversation.objects.filter(pk=conversation.pk).update(
        held_at=None, **({"day": timezone.localdate(first)} if first else {})
    )
    told(conversation, "conversation.not_held", by, now)
    moves.rebuild(conversation.route)
