"""Words of training leave."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_TAKEN = 300  # in a school year
MOST_STRETCHES = 40  # of time credit, in a career
LONGEST_STRETCH = 60  # months
CREDIT_SINCE = date(1985, 1, 1)  # nothing of the kind is older
CREDIT_AHEAD = timedelta(days=3 * 366)
REMIND_DAYS = 14  # before a last day


class Region(models.TextChoices):
    """Where the place lies in which one works: that decides, and not where one lives."""

    FLANDERS = "flanders", _("Flanders")
    BRUSSELS = "brussels", _("Brussels")
    WALLONIA = "wallonia", _("Wallonia")


class Sector(models.TextChoices):
    PRIVATE = "private", _("a company or a non-profit organisation")
    PUBLIC = "public", _("a government or a school")


class What(models.TextChoices):
    """What leave was taken for."""

    LESSON = "lesson", _("lesson")
    EXAM = "exam", _("exam")
    STUDY = "study", _("studying for it")
    WORKPLACE = "workplace", _("learning at the workplace")


class Reason(models.TextChoices):
    """Why there is probably no right to it."""

    REGION = "region", _("Where you work, another region decides, with its own rules.")
    SECTOR = "sector", _("This leave is for the private sector; a government has its own rules.")
    PERCENT = "percent", _("You work less than %(number)s percent of full time.")
    WEEK = "week", _("You work fewer than %(number)s hours a week.")
    NOTHING = "nothing", _("Without study points or hours of lessons there is nothing to reckon.")


class Step(models.TextChoices):
    """What has a last day."""

    ATTEST = "attest", _("give the proof of enrolment to your employer")
    REFUND = "refund", _("your employer asks the money back")
    LAST = "last", _("last day on which you can take leave")
    QUARTER = "quarter", _("give in the proof of attendance for time credit")
