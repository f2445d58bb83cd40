"""The questionnaires of one's institutions: which can be filled in, and what one answered before.
Always for the person whose answers they are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tussenstop.core.errors import NotFound
from tussenstop.instruments import queries as instruments
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import Use
from tussenstop.people.models import Person
from tussenstop.wellbeing.models import Answered


@dataclass(frozen=True, slots=True)
class Line:
    """A questionnaire on one's own page: to fill in while it is offered, to read back once one
    answered it."""

    instrument: Instrument
    offered: bool
    answered: bool


def lines(*, person: Person, now: datetime) -> list[Line]:
    """What is offered, then what was answered before and is offered no longer."""
    answered = {
        one.family: one
        for one in Instrument.objects.filter(
            pk__in=Answered.objects.filter(person=person).values("instrument_id")
        )
        .select_related("institution")
        .order_by("edition", "pk")
    }
    offered = instruments.offered_to(person, now=now, use=Use.CHECK_IN)
    now_offered = {one.family for one in offered}
    return [Line(one, True, one.family in answered) for one in offered] + [
        Line(one, False, True) for family, one in answered.items() if family not in now_offered
    ]


def get_to_fill_in(*, person: Person, instrument_id: UUID, now: datetime) -> Instrument:
    """One that somebody can fill in, or could before. Raises NotFound."""
    return instruments.get_known(person=person, instrument_id=instrument_id, now=now)


def of_family(*, person: Person, family: UUID) -> QuerySet[Answered]:
    """One's own answers to every version of a questionnaire, newest first. Raises NotFound for who
    has none."""
    rows = Answered.objects.filter(person=person, instrument__family=family)
    if not rows.exists():
        raise NotFound
    return rows.select_related("instrument", "instrument__institution").order_by("-at", "-pk")


def get_answered(*, person: Person, answered_id: UUID) -> Answered:
    """One's own. Raises NotFound."""
    found = (
        Answered.objects.filter(pk=answered_id, person=person)
        .select_related("person", "instrument", "instrument__institution")
        .first()
    )
    if found is None:
        raise NotFound
    return found
