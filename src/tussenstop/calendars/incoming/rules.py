"""What a calendar from elsewhere may be, and what can be the matter with it. Pure facts."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_FEEDS = 10  # of one person
MOST_MOMENTS = 3000  # of one feed; a full school timetable of a year and a half
LARGEST = 5 * 1024 * 1024  # bytes, unpacked
LONGEST_FETCH = 20.0  # seconds, all in all
LONGEST_READ = 10.0
MOST_REDIRECTS = 3

BACK = timedelta(weeks=4)
AHEAD = timedelta(weeks=60)
FILE_AHEAD = timedelta(weeks=104)  # a file is not read again by itself

EVERY = timedelta(hours=4)
SELDOM = timedelta(days=1)  # the longest wait after failures
WORRYING = timedelta(days=7)  # failing longer than this is told beside the calendar
WHOLE_AGAIN = timedelta(weeks=4)  # unchanged or not: recurring moments further on come into sight


class Trouble(models.TextChoices):
    """Why a calendar could not be read, said to its owner. Codes are stored: never rename one."""

    ADDRESS = "address", _("This is not an address that we can read. It begins with https://")
    INWARD = "inward", _("This address leads inside a network. We only read public addresses.")
    UNREACHABLE = "unreachable", _("Nobody answers at this address.")
    NOT_FOUND = "not-found", _("There is nothing at this address any more.")
    PASSWORD = "password", _("This address asks for a password. Look for the secret address.")
    REFUSED = "refused", _("The other side did not want to give this calendar.")
    REDIRECTS = "redirects", _("This address leads on too many times.")
    SLOW = "slow", _("The other side takes too long to answer.")
    BIG = "big", _("This calendar is larger than 5 MB.")
    NOT_CALENDAR = "not-calendar", _("What we find here is not a calendar.")
    TOO_MUCH = "too-much", _("This calendar is too complicated to read.")


class CannotRead(Exception):
    """A calendar could not be fetched or read; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
