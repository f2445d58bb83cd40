"""Where letters to somebody we know come in: each becomes a notice, and a mail when it may."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation

from tussenstop.core import clock, letters
from tussenstop.core.letters import NO_FOOTER, Letter
from tussenstop.core.mail_addresses import is_unreachable
from tussenstop.messages import preferences, unsubscribing
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import AT_THEIR_HOUR, DIGESTS, Kind, Way, kind_of
from tussenstop.people.models import Person

Told = Callable[[Notice, Letter], None]
_told: list[Told] = []


def when_noticed(told: Told) -> None:
    """Let a package know of each new notice, in the same transaction. Called once, at start-up."""
    if told not in _told:
        _told.append(told)


def receive(letter: Letter) -> bool:
    """Whether this is a letter to somebody we know, and so taken care of."""
    person = Person.objects.filter(email=letter.to, is_active=True).first()
    if person is None:
        return False
    now, kind = clock.now(), kind_of(letter.template)
    wanted = preferences.wanted_by(person)
    way = Way(wanted.way(kind))
    moment = preferences.leaves_at(person, wanted, kind, now)
    if letter.template in AT_THEIR_HOUR and way != Way.PAGE:
        way, moment = Way.AT_ONCE, now
    sent = None
    if way == Way.AT_ONCE and (kind == Kind.ALWAYS or not is_unreachable(letter.to)):
        with translation.override(letter.language):
            footer = NO_FOOTER if kind == Kind.ALWAYS else unsubscribing.footer(person.pk, kind)
        held = moment if moment and moment > now else None
        sent = letters.post(letter, footer=footer, kind=kind, leave_at=held)
    notice = Notice.objects.create(
        person=person,
        kind=kind,
        way=way,
        at=now,
        subject=letter.subject,
        text=letter.text,
        url=letter.action_url.removeprefix(settings.BASE_URL),
        due_at=moment if way in DIGESTS else None,
        taken_by=sent.pk if sent else None,
    )
    for told in _told:
        told(notice, letter)
    return True
