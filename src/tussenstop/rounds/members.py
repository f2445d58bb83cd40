"""Who and what takes part in a round: taken in when it opens, and as long as students choose."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from tussenstop.matching.models import Place, Taken
from tussenstop.matching.rules import SHOWN
from tussenstop.rounds.models import Round, RoundPlace, RoundStudent
from tussenstop.rounds.rules import RoundState
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import BEFORE_AGREED, Context


def take_in(round_: Round, *, now: datetime) -> None:
    """Add the students of its programmes who look for a workplace and are in no other open round,
    own employees with their employer, and the places for these programmes in its period. Whoever
    is in it already or stepped out, stays as they are."""
    students = _students(round_)
    RoundStudent.objects.bulk_create(
        (RoundStudent(round=round_, route_id=pk, added_at=now) for pk in students),
        batch_size=500,
        ignore_conflicts=True,
    )
    places = list(
        Place.objects.filter(
            programmes__in=round_.programmes.all(),
            state__in=SHOWN,
            workplace__closed_at=None,
            starts_on__lte=round_.ends_on,
            ends_on__gte=round_.starts_on,
        )
        .exclude(pk__in=RoundPlace.objects.filter(round=round_).values("place"))
        .distinct()
    )
    left = _seats_left(places, round_)
    RoundPlace.objects.bulk_create(
        (
            RoundPlace(
                round=round_,
                place=place,
                seats=left[place.pk],
                lowest=min(place.seats_lowest, left[place.pk]),
                added_at=now,
            )
            for place in places
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def _students(round_: Round) -> list[UUID]:
    elsewhere = RoundStudent.objects.filter(left_at=None, round__state=RoundState.OPEN)
    placed = Placement.objects.filter(ended_at=None)
    own = Q(context=Context.OWN_EMPLOYEE)
    return list(
        Route.objects.filter(
            own & Q(pk__in=placed.values("route")) | ~own & ~Q(pk__in=placed.values("route")),
            institution=round_.institution_id,
            programme__in=round_.programmes.all(),
            state__in=BEFORE_AGREED,
        )
        .exclude(pk__in=elsewhere.values("route"))
        .exclude(pk__in=RoundStudent.objects.filter(round=round_).values("route"))
        .values_list("pk", flat=True)
    )


def _seats_left(places: list[Place], round_: Round) -> dict[UUID, int]:
    """Seats that nobody took, and that no other open round gives away."""
    taken = dict(
        Taken.objects.filter(placement__ended_at=None)
        .values_list("place_id")
        .annotate(count=Count("pk"))
    )
    promised = dict(
        RoundPlace.objects.filter(left_at=None, round__state=RoundState.OPEN)
        .exclude(round=round_)
        .values_list("place_id")
        .annotate(count=Sum("seats"))
    )
    return {
        place.pk: max(place.seats - taken.get(place.pk, 0) - promised.get(place.pk, 0), 0)
        for place in places
    }
