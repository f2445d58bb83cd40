"""Letters about agreements: each party gets their own working link and the one thing to do."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import translation

from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.access.models import Participation
from tussenstop.agreements.models import Revision
from tussenstop.agreements.rules import SIGNATORY
from tussenstop.core import letters
from tussenstop.people.models import Person


def _letter(
    revision: Revision, person: Person, template: str, *, now: datetime, **more: str
) -> None:
    agreement = revision.agreement
    link = links.issue(
        person=person,
        purpose=Purpose.AGREEMENT,
        subject_id=agreement.pk,
        route_id=agreement.route_id,
        now=now,
    )
    with translation.override(person.language):
        letters.send(
            to=person.email,
            language=person.language,
            template=template,
            context={
                "name": person.first_name,
                "student": agreement.route.student.name,
                "title": agreement.title,
                "number": revision.number,
                "who": revision.proposed_by.name,
                "why": revision.why,
                "action_url": links.url_of(link),
                **more,
            },
        )


def proposed(revision: Revision, people: Iterable[Person], *, now: datetime) -> None:
    for person in people:
        _letter(revision, person, "agreements/proposed", now=now)


def contested(revision: Revision, who: Person, reason: str, *, now: datetime) -> None:
    """Every other party who still takes part learns that somebody asks for a change, and why."""
    there = Participation.objects.filter(
        route=revision.agreement.route_id, ended_at=None, declined_at=None
    ).values("person_id")
    asked = revision.parties.select_related("person").exclude(person=who)
    for party in asked.filter(Q(role=SIGNATORY) | Q(person_id__in=there)):
        _letter(
            revision, party.person, "agreements/contested", now=now, who=who.name, reason=reason
        )


def recorded_elsewhere(revision: Revision, person: Person, by: Person, *, now: datetime) -> None:
    _letter(revision, person, "agreements/elsewhere", now=now, who=by.name)


def sealed(revision: Revision, *, now: datetime) -> None:
    for party in revision.parties.select_related("person"):
        _letter(revision, party.person, "agreements/sealed", now=now)
