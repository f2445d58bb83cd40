"""Letters about conversations: a moment to choose, one that was fixed, one that fell through. What
is talked about never stands in a letter."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.conversations.models import Conversation
from tussenstop.conversations.names import kind_name
from tussenstop.conversations.queries import there_still
from tussenstop.conversations.rhythm import Due
from tussenstop.core import letters
from tussenstop.people.models import Person
from tussenstop.routes.notifications import when_text


def _people(
    conversation: Conversation, *, now: datetime, but: Person | None = None
) -> list[Person]:
    rows = there_still(conversation, now=now).select_related("person").order_by("pk")
    people = [row.person for row in rows if row.person.is_active]
    return [person for person in people if but is None or person.pk != but.pk]


def _send(
    conversation: Conversation,
    people: Iterable[Person],
    template: str,
    *,
    now: datetime,
    moments: Sequence[datetime] = (),
    **more: object,
) -> None:
    """Everybody gets a link of their own, on which they act without signing in."""
    for person in people:
        link = links.issue(
            person=person,
            purpose=Purpose.TALK,
            subject_id=conversation.pk,
            route_id=conversation.route_id,
            now=now,
        )
        with translation.override(person.language):
            letters.send(
                to=person.email,
                language=person.language,
                template=f"conversations/{template}",
                context={
                    "name": person.first_name,
                    "student": conversation.route.student.name,
                    "talk": kind_name(conversation.kind),
                    "moments": [when_text(one) for one in moments],
                    "place": conversation.place,
                    "action_url": links.url_of(link),
                    **more,
                },
            )


def asked(
    conversation: Conversation, starts: Sequence[datetime], by: Person, *, now: datetime
) -> None:
    people = _people(conversation, now=now, but=by)
    _send(conversation, people, "asked", now=now, moments=starts, who=by.name)


def answered(conversation: Conversation, to: Person, *, fit: int, now: datetime) -> None:
    """Whoever proposed the moments chooses one, or looks for others; all do when that one left."""
    people = _people(conversation, now=now)
    chooses = [person for person in people if person.pk == to.pk] or people
    _send(conversation, chooses, "answered", now=now, fit=fit)


def fixed(conversation: Conversation, *, now: datetime) -> None:
    moments = [conversation.starts_at] if conversation.starts_at else []
    _send(conversation, _people(conversation, now=now), "fixed", now=now, moments=moments)


def taken_over(
    conversation: Conversation,
    to: Person,
    before: Person,
    moments: Sequence[datetime],
    *,
    now: datetime,
) -> None:
    """To who comes in place of somebody who left."""
    planned = conversation.starts_at is not None
    _send(
        conversation, [to], "taken_over", now=now, moments=moments, who=before.name, planned=planned
    )


def called_off(conversation: Conversation, by: Person, word: str, *, now: datetime) -> None:
    people = _people(conversation, now=now, but=by)
    _send(conversation, people, "called_off", now=now, who=by.name, word=word)


def long_ago(due: Due, people: Sequence[Person]) -> None:
    """To all sides the same words, which say that the others read them too."""
    names = [person.name for person in people]
    for person in people:
        with translation.override(person.language):
            letters.send(
                to=person.email,
                language=person.language,
                template="conversations/long_ago",
                context={
                    "name": person.first_name,
                    "student": due.route.student.name,
                    "talk": kind_name(due.kind),
                    "day": date_format(due.last, "j F") if due.last else "",
                    "every": due.every,
                    "agreed": due.agreed,
                    "people": _("%(some)s and %(last)s")
                    % {"some": ", ".join(names[:-1]), "last": names[-1]},
                    "action_url": letters.address("conversations", due.route.pk),
                },
            )
