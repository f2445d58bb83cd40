"""What feedback can be, how long it can be taken back or corrected, and how often it is asked."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

SHORT, LONG = 400, 1500  # characters: the first two fields are short, the last invites
POINT = 300
OWN_STRENGTH = 60
MOST_STRENGTHS = 6
MOST_COMPETENCES = 5

TAKE_BACK = timedelta(hours=1)  # so long, and while it was not read
CORRECT = timedelta(hours=1)  # for who has no account
LINK_LASTS = timedelta(days=21)

MOST_OPEN = 3  # questions that one person may have open with another
MOST_LINKS_A_DAY = 20  # by one person
MOST_MAILS_A_WEEK = 3  # to one address, by everybody together
MOST_REPLIES = 12  # then one talks


class Closed(models.TextChoices):
    """How a question for feedback ended. Codes are stored: never rename one."""

    GIVEN = "given", _("given")
    DECLINED = "declined", _("not now")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReplyKind(models.TextChoices):
    """What one can say back. Codes are stored: never rename one."""

    THANKS = "thanks", _("Thank you")
    QUESTION = "question", _("I have a question")
    OTHERWISE = "otherwise", _("I see it differently")
    ANSWER = "answer", _("An answer")


FROM_RECEIVER = (ReplyKind.THANKS, ReplyKind.QUESTION, ReplyKind.OTHERWISE)


class Standing(models.TextChoices):
    """How a link stands; derived, never stored."""

    OPEN = "open", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    EXPIRED = "expired", _("too old")
    REVOKED = "revoked", _("closed")


def code_of(key: str, own: str) -> str:
    """What a strength is known by when several people saw it: a built-in one by its key, own words
    whatever their capitals."""
    return key or "own:" + " ".join(own.casefold().split())
