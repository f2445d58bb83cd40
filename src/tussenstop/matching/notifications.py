"""Letters about getting acquainted: always to the side whose move it is, or that must know."""

from datetime import datetime

from django.utils import translation

from tussenstop.core import letters
from tussenstop.matching.models import Acquaintance
from tussenstop.matching.rules import Side
from tussenstop.people.models import Person
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role
from tussenstop.routes.notifications import when_text


def people_of(one: Acquaintance, side: Side, *, now: datetime) -> list[Person]:
    """Who speaks for a side."""
    if side == Side.STUDENT:
        return [one.route.student]
    organisation = one.place.workplace.organisation
    return list(holders(organisation, [Role.ORGANISATION_COORDINATOR], now=now))


def _send(one: Acquaintance, *, to: Side, template: str, now: datetime, **more: object) -> None:
    for person in people_of(one, to, now=now):
        with translation.override(person.language):
            letters.send(
                to=person.email,
                language=person.language,
                template=f"matching/{template}",
                context={
                    "name": person.first_name,
                    "student": one.route.student.name,
                    "place": one.place.title,
                    "organisation": one.place.workplace.organisation.name,
                    "to_student": to == Side.STUDENT,
                    "when": when_text(one.starts_at),
                    "where": one.where,
                    "action_url": letters.address("acquaintance", one.pk),
                    **more,
                },
            )


def proposed(one: Acquaintance, *, to: Side, now: datetime) -> None:
    _send(one, to=to, template="proposed", now=now, word=one.word)


def planned(one: Acquaintance, *, to: Side, now: datetime) -> None:
    _send(one, to=to, template="planned", now=now)


def answered(one: Acquaintance, *, to: Side, yes: bool, word: str, now: datetime) -> None:
    _send(one, to=to, template="answered", now=now, yes=yes, word=word)


def chosen(one: Acquaintance, *, to: Side, now: datetime) -> None:
    _send(one, to=to, template="chosen", now=now)


def elsewhere(one: Acquaintance, *, now: datetime) -> None:
    """The student chose another place."""
    _send(one, to=Side.WORKPLACE, template="elsewhere", now=now)
