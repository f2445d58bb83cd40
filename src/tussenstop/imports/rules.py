"""What can be brought in from a file, and what a row can turn out to do. Pure facts."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_ROWS = 5000
MOST_STUDENTS = 1000  # each gets a route with all its stops: more would keep everybody waiting
MOST_COLUMNS = 60
KEEP = timedelta(days=7)  # how long the rows of a file wait to be brought in
LOST_AFTER = timedelta(minutes=15)  # work that has not ended by then, never will


class Kind(models.TextChoices):
    """What the rows of a file are. Codes are stored: never rename one."""

    STUDENTS = "students", _("students")
    PLACES = "places", _("places")
    WISHES = "wishes", _("favourites of students")

    @property
    def most(self) -> int:
        """How many rows a file may hold."""
        return MOST_STUDENTS if self == Kind.STUDENTS else MOST_ROWS


class ImportState(models.TextChoices):
    """How far it has come. Codes are stored: never rename one."""

    UPLOADED = "uploaded", _("not brought in yet")
    BUSY = "busy", _("being brought in")
    DONE = "done", _("brought in")
    FORGOTTEN = "forgotten", _("not brought in")


class Change(models.TextChoices):
    """What a row would do."""

    NEW = "new", _("new")
    READY = "ready", _("ready")
    CHANGED = "changed", _("changes")
    SAME = "same", _("known already")
    WRONG = "wrong", _("needs another look")


# On the screen in this order.
CHANGE_ORDER = {
    change: place
    for place, change in enumerate(
        (Change.WRONG, Change.NEW, Change.READY, Change.CHANGED, Change.SAME)
    )
}

# Rows that do something.
USEFUL = (Change.NEW, Change.READY, Change.CHANGED)
