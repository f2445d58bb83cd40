"""What can be asked of a calendar, what becomes of it, and what the law says about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_WEEKS = 45
MOST_SEARCHES = 5  # kept for each route
LOST_AFTER_MINUTES = 10
SECONDS = 20.0
STEP = 30
HURTS = 5  # days that would change: from here on other ways are told beside a repair
AHEAD_DAYS = 1  # a repair leaves today alone


class Strength(models.TextChoices):
    """How much somebody holds to a wish."""

    MUST = "must", _("always")
    RATHER = "rather", _("if possible")
    NO = "no", _("does not matter")


class DayPart(models.TextChoices):
    """Parts of a day, from and until the hour in DAY_PARTS."""

    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")


DAY_PARTS = {DayPart.MORNING: (6, 12), DayPart.AFTERNOON: (12, 18), DayPart.EVENING: (18, 24)}


class Purpose(models.TextChoices):
    NEW = "new", _("three calendars")
    REPAIR = "repair", _("as little change as possible")


class Answer(models.TextChoices):
    """What a search came to. Undecided is not impossible."""

    FOUND = "found", _("found")
    IMPOSSIBLE = "impossible", _("proven not to be possible")
    UNDECIDED = "undecided", _("not decided in time")


class Instead(models.TextChoices):
    """What can be agreed on in place of other days."""

    LONGER = "longer", _("a longer period")
    PAUSE = "pause", _("a pause")


class Flavour(models.TextChoices):
    EVEN = "even", _("Even weeks")
    INTENSE = "intense", _("Short and intense")
    WEEKENDS = "weekends", _("Weekends and evenings free")
    REPAIR = "repair", _("As little change as possible")


class Proof(models.TextChoices):
    BEST = "best", _("proven: nothing fits your wishes better")
    WITHIN = "within", _("good, but not proven to be the best")


class Activity(models.TextChoices):
    WORKPLACE = "workplace", _("at the workplace")
    STUDY = "study", _("studying")


class PlanState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("not agreed")
    ENDED = "ended", _("replaced")
