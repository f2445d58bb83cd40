"""What goes out, and how far. Pure facts."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_LINKS = 5  # of one person
MOST_ENTRIES = 2000
BACK = timedelta(days=30)
AHEAD = timedelta(days=400)
CANCELLED_KEPT = timedelta(days=60)
EVERY = timedelta(minutes=10)


class Holds(models.TextChoices):
    """A kind of entry that a link may hold. Codes are stored: never rename one."""

    STOPS = "stops", _("stops and conversations")
    WORKPLACE = "workplace", _("days at the workplace, and studying that was planned")
    DEADLINES = "deadlines", _("last days")
    OWN = "own", _("what I put in my calendar myself")
