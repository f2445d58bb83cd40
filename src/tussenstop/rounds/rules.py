"""What a round goes through, and why a wish came true or did not. Pure facts."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """Codes are stored: never rename one."""

    OPEN = "open", _("open")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("called off")


class Phase(models.TextChoices):
    """Where a round is on a day; derived, never stored."""

    WISHES = "wishes", _("students choose")
    PREFERENCES = "preferences", _("organisations say what they prefer")
    DECIDING = "deciding", _("the result is being made")
    PUBLISHED = "published", _("the result is known")
    CANCELLED = "cancelled", _("called off")


def phase_of(state: str, wishes_until: date, preferences_until: date, today: date) -> Phase:
    """The last day of wishes and of preferences still belongs to them."""
    if state == RoundState.PUBLISHED:
        return Phase.PUBLISHED
    if state == RoundState.CANCELLED:
        return Phase.CANCELLED
    if today <= wishes_until:
        return Phase.WISHES
    return Phase.PREFERENCES if today <= preferences_until else Phase.DECIDING


class MatchStage(models.TextChoices):
    """How far a match has come; derived, never stored."""

    WAITING = "waiting", _("waits for an answer")
    CHOSEN = "chosen", _("both said yes")
    NO = "no", _("it became no")
    OVER = "over", _("over")


class Requirement(models.TextChoices):
    """What of a student's own starting position may keep them from a place, if the round says so."""

    DAYS = "days", _("a free day: who is taken on all days of a place does not go there")
    TRAVEL = "travel", _("travelling: not further than the student said")
    LANGUAGES = "languages", _("a language in common with the place")


class Why(models.TextChoices):
    """What became of one wish. The first eight are the engine's reasons; the others kept the wish
    from counting. Codes are stored: never rename one."""

    PLACED = "placed", _("This is your place.")
    NOT_NEEDED = "not_needed", _("Not needed: you have a place that you wanted at least as much.")
    NO_SEATS = "no_seats", _("There was no seat left here in this round.")
    CLOSED = "closed", _("Too few students would have come here, so it does not go on this time.")
    OTHERS_RATHER = (
        "others_rather",
        _("Full. This time the workplace would rather have somebody else."),
    )
    EQUALS_DRAWN = (
        "equals_drawn",
        _("Full. Somebody was exactly as welcome as you, and the lottery decided."),
    )
    EQUALS_ELSE_NOWHERE = (
        "equals_else_nowhere",
        _("Full. Others were as welcome as you; in this way most students have a place."),
    )
    LIMIT = "limit", _("The organisation takes no more students in this round.")

    PERIOD = "period", _("This place is open in another period.")
    NOT_IN_ROUND = "not_in_round", _("This place does not take part in this round.")
    PROGRAMME = "programme", _("This place is for other programmes.")
    DAYS = "days", _("Your week is taken on all the days of this place.")
    TRAVEL = "travel", _("Getting there takes longer than the most you said.")
    LANGUAGES = "languages", _("They speak other languages there than you told us.")
    SAID_NO = "said_no", _("You kindly said no to this place before.")
    THEY_SAID_NO = "they_said_no", _("This workplace kindly said no before.")
    CANNOT = "cannot", _("It was not possible here this time. You may always ask them why.")


class Help(models.TextChoices):
    """What would have helped a student without a place, as the engine names it; `hindered` is ours:
    there were wishes, and none could count."""

    NOTHING = "nothing", ""
    WISHES = "wishes", _("You had no wishes that count. Keep a few favourites, and you take part.")
    HINDERED = (
        "hindered",
        _(
            "None of your wishes could count; below you read why. Look further, or look again at what "
            "you told in your starting position."
        ),
    )
    OPEN_PLACES = (
        "open_places",
        _("None of your wishes was for a place with a seat in this round. Look further."),
    )
    LUCK = "luck", _("It was a matter of luck: somebody exactly as welcome went first.")
    MORE_WISHES = (
        "more_wishes",
        _("Seats stayed free at other places. A longer list of favourites helps."),
    )
    QUIETER_PLACES = (
        "quieter_places",
        _("Your wishes were places that many want. Elsewhere seats stayed free: have a look."),
    )
    MORE_SEATS = (
        "more_seats",
        _("There were not enough seats for everybody. You could not have done anything about it."),
    )


class Spare(models.TextChoices):
    """Why seats of a place stayed free, as the engine names it."""

    NONE = "none", _("Every seat is taken.")
    CLOSED = "closed", _("Fewer students would have come than the fewest you need.")
    NOBODY_ASKED = "nobody_asked", _("Nobody asked for this place this time.")
    TOO_FEW_ASKED = "too_few_asked", _("Fewer students asked for it than there are seats.")
    RATHER_ELSEWHERE = (
        "rather_elsewhere",
        _("Enough students asked for it; some got another place that they wanted more."),
    )
    LIMIT = "limit", _("Your organisation reached the most students it takes in this round.")


NO_PREFERENCE = 2  # who was given no grade stands with those who are gladly welcome
MOST_TOGETHER = 6
MOST_REHEARSALS = 20  # the results of older ones are forgotten; their figures stay
LOST_AFTER_MINUTES = 15  # a rehearsal that takes longer was cut off
