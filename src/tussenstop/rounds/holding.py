"""What a round holds on to elsewhere: the order of favourites while it is decided; and what it
lets go of when a student found a place in another way."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.matching.models import Place
from tussenstop.rounds.models import Match, RoundStudent
from tussenstop.rounds.rules import RoundState
from tussenstop.routes.models import Route


def is_fixed(route: Route, place: Place | None, now: datetime) -> str:
    """From the day after their last day until the result, favourites (and with a place: how much it
    would like this student) stay as they are."""
    today = timezone.localdate(now)
    taking_part = RoundStudent.objects.filter(
        route=route, left_at=None, round__state=RoundState.OPEN
    ).select_related("round")
    if place is None:
        found = taking_part.filter(round__wishes_until__lt=today).first()
        text = _(
            "“%(name)s” is being decided with your favourites as they are. You can change them "
            "again when the result is known, or step out of the round."
        )
    else:
        found = taking_part.filter(
            round__preferences_until__lt=today,
            round__places__place=place,
            round__places__left_at=None,
        ).first()
        text = _("“%(name)s” is being decided with what you preferred before.")
    return text % {"name": found.round.name} if found else ""


def end_matches(route: Route, now: datetime) -> None:
    """A workplace was chosen: what a round still proposed is over."""
    Match.objects.filter(route=route, ended_at=None).update(ended_at=now)
