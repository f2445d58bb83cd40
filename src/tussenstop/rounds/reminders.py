"""Letters before a deadline: to students without a wish, and to organisations about whom nothing
was said yet. Part of the daily work."""

from datetime import datetime, timedelta

from django.utils import timezone

from tussenstop.rounds import notifications
from tussenstop.rounds.members import take_in
from tussenstop.rounds.models import Round
from tussenstop.rounds.rules import RoundState

DAYS_BEFORE = 3


def remind(now: datetime) -> None:
    """Take newcomers in where students still choose, and remind who has some days left."""
    today = timezone.localdate(now)
    rounds = Round.objects.filter(state=RoundState.OPEN).select_related("institution")
    for round_ in rounds.filter(wishes_until__gte=today):
        take_in(round_, now=now)
    soon = today + timedelta(days=DAYS_BEFORE)
    for round_ in rounds.filter(wishes_until=soon):
        notifications.remind_wishes(round_)
    for round_ in rounds.filter(preferences_until=soon):
        notifications.remind_preferences(round_, now=now)
