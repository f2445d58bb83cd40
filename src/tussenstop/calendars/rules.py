"""What can fill a week, and how it comes back. Pure facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

DAY = 24 * 60  # minutes
LONGEST = 14 * DAY
MOST = 200  # commitments of one person; more than a life holds
LOAD_WEEKS = 26
TERM_WEEKS = 16


class Kind(models.TextChoices):
    """What a commitment is. Codes are stored: never rename one."""

    WORK = "work", _("work")
    LESSON = "lesson", _("lessons")
    EXAM = "exam", _("exams")
    STUDY = "study", _("studying at home")
    CARE = "care", _("family and care")
    REST = "rest", _("rest and hobbies")
    TRAVEL = "travel", _("on the way")
    OTHER = "other", _("something else")


class Repeat(models.IntegerChoices):
    """After how many weeks it comes back."""

    ONCE = 0, _("once")
    WEEKLY = 1, _("every week")
    SECOND = 2, _("every two weeks")
    THIRD = 3, _("every three weeks")
    FOURTH = 4, _("every four weeks")


STOP = "stop"
WORKPLACE = "workplace"
TALK = "talk"

# What takes strength counts in the load of a week; rest gives it.
LOADS = (*(kind.value for kind in Kind if kind != Kind.REST), STOP, WORKPLACE, TALK)
