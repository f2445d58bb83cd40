"""How one looks at how one is doing: answers, rhythm, urgency, and what a line may say. Pure facts.

Nothing here compares one person with another, and no number is good or bad.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

WORD = 40  # characters of the one word
WEEKS_SHOWN = 26
WEEKS_AHEAD = 4
FRESH_DAYS = 60  # a line that ended longer ago says nothing of now


class Answer(models.IntegerChoices):
    """How far a sentence fits. Codes are stored: never change one."""

    NOT = 1, _("not at all")
    A_BIT = 2, _("a bit")
    MOSTLY = 3, _("mostly")
    FULLY = 4, _("completely")


class Rhythm(models.TextChoices):
    """How often somebody wants to be invited on their own page. Codes are stored."""

    WEEK = "week", _("every week")
    TWO_WEEKS = "two_weeks", _("every two weeks")
    MONTH = "month", _("every month")
    NEVER = "never", _("only when I want")


DAYS: Mapping[str, int] = {Rhythm.WEEK: 7, Rhythm.TWO_WEEKS: 14, Rhythm.MONTH: 30}


class Urgency(models.TextChoices):
    """How soon somebody would like to hear. Codes are stored."""

    TODAY = "today", _("today, if that is possible")
    THIS_WEEK = "week", _("this week")
    WHENEVER = "whenever", _("when it suits")


SOONEST = (Urgency.TODAY, Urgency.THIS_WEEK, Urgency.WHENEVER)


def is_due(last: date | None, rhythm: str, today: date) -> bool:
    """Whether the rhythm that somebody chose says it is time."""
    days = DAYS.get(rhythm)
    return days is not None and (last is None or today - last >= timedelta(days=days))


def total(items: Mapping[str, int]) -> int:
    return sum(items.values())


def falls(moments: Sequence[Mapping[str, int]]) -> bool:
    """Whether each of the last three moments (oldest first) lies lower than the one before it, by
    somebody's own answers to the same sentences."""
    last = moments[-3:]
    if len(last) < 3 or any(one.keys() != last[0].keys() for one in last):
        return False
    first, second, third = (total(one) for one in last)
    return first > second > third
