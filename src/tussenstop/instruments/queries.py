"""Reading the questionnaires of an institution: whole for who keeps them, and for who may fill them
in only what is in use."""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, ON_ROUTE, InScope, OnRoute
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import State, Use
from tussenstop.people.models import Institution, Person

ORDER = (State.IN_USE, State.DRAFT, State.WITHDRAWN)


def of_institution(
    *, person: Person, institution_id: UUID, now: datetime
) -> tuple[Institution, QuerySet[Instrument]]:
    """All of an institution, for who keeps them: in use first. Raises NotFound, Refused."""
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise NotFound
    checks.require_in(person, InScope.MAKE_INSTRUMENTS, institution, now=now)
    place = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    found = Instrument.objects.filter(institution=institution)
    return institution, found.order_by(place, "-made_at", "-pk")


def get(*, person: Person, instrument_id: UUID, now: datetime) -> Instrument:
    """One version, for who keeps them. Raises NotFound for everybody else."""
    found = (
        Instrument.objects.filter(pk=instrument_id)
        .select_related("institution", "confirmed_by")
        .first()
    )
    if found is None or not checks.may_in(
        person, InScope.MAKE_INSTRUMENTS, found.institution, now=now
    ):
        raise NotFound
    return found


def versions(instrument: Instrument) -> list[Instrument]:
    """Every version of the same questionnaire, newest first."""
    return list(Instrument.objects.filter(family=instrument.family).order_by("-edition"))


def _near(person: Person, now: datetime) -> Q:
    """Those of the institutions of which somebody is a student, teacher or coach, or on a route of
    which they learn."""
    parts = Participation.objects.filter(
        checks.taking_part(now), person=person, role__in=list(ON_ROUTE[OnRoute.FILL_IN])
    )
    held = checks.memberships(person, now=now).filter(role__in=list(IN_SCOPE[InScope.FILL_IN]))
    return Q(institution_id__in=parts.values("route__institution_id")) | Q(
        institution_id__in=held.exclude(institution=None).values("institution_id")
    )


def offered_to(person: Person, *, now: datetime, use: Use) -> list[Instrument]:
    """What somebody can fill in today."""
    today = timezone.localdate(now)
    return list(
        Instrument.objects.filter(
            _near(person, now),
            Q(valid_until=None) | Q(valid_until__gte=today),
            use=use,
            state=State.IN_USE,
            valid_from__lte=today,
        )
        .select_related("institution")
        .order_by("confirmed_at", "pk")
    )


def get_known(*, person: Person, instrument_id: UUID, now: datetime) -> Instrument:
    """One that somebody can fill in, or could before. Raises NotFound."""
    found = (
        Instrument.objects.filter(_near(person, now), pk=instrument_id)
        .exclude(state=State.DRAFT)
        .select_related("institution")
        .first()
    )
    if found is None:
        raise NotFound
    return found
