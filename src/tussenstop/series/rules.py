"""What can be asked of a series of conversations, and what becomes of each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_TALKS = 100
MOST_DAYS = 92
MOST_ROOMS = 50
SECONDS = 20.0
LOST_AFTER_MINUTES = 10
AIMED_WITHIN_DAYS = 14  # a stop that the route aims at later than this after the period can wait
AHEAD_DAYS = 2  # the first day that can be proposed: people must be able to answer


class Where(models.TextChoices):
    """Where the conversations are held: it decides what a day at the workplace means for them."""

    WORKPLACE = "workplace", _("at the workplace, preferably while the student is there")
    ELSEWHERE = "elsewhere", _("at school or elsewhere, not while the student is at the workplace")
    ONLINE = "online", _("online or by phone, from anywhere")


class Missing(models.TextChoices):
    """Why a conversation got no moment."""

    INCOMPLETE = "incomplete", _("somebody it needs does not take part yet")
    NO_MOMENT = "no_moment", _("no moment in these hours is free for everybody")
    TAKEN = "taken", _("the moments that are free went to other conversations")
    UNDECIDED = "undecided", _("not decided in the time there was")


class Proof(models.TextChoices):
    BEST = "best", _("proven: more conversations do not fit in these hours")
    WITHIN = "within", _("good, but not proven to be the most")


class Became(models.TextChoices):
    """How a conversation stands after its moment was proposed."""

    WAITS = "waits", _("waits for answers")
    HOLDS = "holds", _("fixed")
    DECLINED = "declined", _("does not suit somebody")
    OVERTAKEN = "overtaken", _("meanwhile another date was proposed")
