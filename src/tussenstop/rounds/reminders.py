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
    """Take newcomers in where students still choose, and remind once who has some days left, also
    when nobody looked on the day itself."""
    today = timezone.localdate(now)
    rounds = Round.objects.filter(state=RoundState.OPEN).select_related("institution")
    for round_ in rounds.filter(wishes_until__gte=today):
        take_in(round_, now=now)
    soon = today + timedelta(days=DAYS_BEFORE)
    # A letter the day after the opening would only repeat it.
    rounds = rounds.filter(opened_at__lt=now - timedelta(days=1))
    for round_ in rounds.filter(wishes_until__range=(today, soon), wishes_reminded_at=None):
        Round.objects.filter(pk=round_.pk).update(wishes_reminded_at=now)
        notifications.remind_wishes(round_)
    for round_ in rounds.filter(
        preferences_until__range=(today, soon), preferences_reminded_at=None
    ):
        Round.objects.filter(pk=round_.pk).update(preferences_reminded_at=now)
        notifications.remind_preferences(round_, now=now)
