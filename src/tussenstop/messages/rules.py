"""What kinds of letters there are, how they reach somebody, and when. Pure facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a letter is about. Codes are stored: never rename one."""

    ALWAYS = "always", _("invitations and signing in")
    ASKS = "asks", _("somebody waits for you")
    AGREEMENTS = "agreements", _("agreements")
    CONVERSATIONS = "conversations", _("conversations")
    FEEDBACK = "feedback", _("feedback")
    HOURS = "hours", _("hours at the workplace")
    DAYS = "days", _("days at the workplace")
    PLACES = "places", _("rounds and places")
    LOG = "log", _("the log of a route")
    REMINDERS = "reminders", _("reminders")


class Way(models.TextChoices):
    """How it reaches somebody. Codes are stored: never rename one."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("together, once a day")
    WEEKLY = "weekly", _("together, once a week")
    PAGE = "page", _("only on the page")


CHOICES = tuple(kind for kind in Kind if kind != Kind.ALWAYS)
DIGESTS = (Way.DAILY, Way.WEEKLY)
DIGEST = "digest"  # what comes together, daily or weekly, as one thing to be rid of

# What waits for somebody leaves at once; news can wait until the next day.
CALM: dict[str, str] = {
    **dict.fromkeys(CHOICES, Way.DAILY.value),
    Kind.ASKS: Way.AT_ONCE.value,
}
AT_ONCE: dict[str, str] = dict.fromkeys(CHOICES, Way.AT_ONCE.value)

# The kind of a letter, by its template or by the folder of it. A letter that nobody named here is
# treated as one that asks something: rather a mail too many than somebody left waiting.
KINDS: dict[str, Kind] = {
    "access/link": Kind.ALWAYS,
    "people/role_given": Kind.ALWAYS,
    "people/address_taken": Kind.ALWAYS,
    "routes/asked": Kind.ALWAYS,
    "agreements": Kind.AGREEMENTS,
    "agreements/proposed": Kind.ASKS,
    "agreements/contested": Kind.ASKS,
    "conversations": Kind.CONVERSATIONS,
    "conversations/asked": Kind.ASKS,
    "conversations/taken_over": Kind.ASKS,
    "conversations/long_ago": Kind.REMINDERS,
    "documents": Kind.REMINDERS,
    "feedback": Kind.FEEDBACK,
    "feedback/asked": Kind.ASKS,
    "feedback/invited": Kind.ALWAYS,
    "hours": Kind.HOURS,
    "hours/confirm": Kind.ASKS,
    "leave": Kind.REMINDERS,
    "matching": Kind.PLACES,
    "matching/proposed": Kind.ASKS,
    "matching/answered": Kind.ASKS,
    "planning": Kind.DAYS,
    "planning/proposed": Kind.ASKS,
    "planning/shift": Kind.ASKS,
    "planning/declined": Kind.ASKS,
    "reflection": Kind.REMINDERS,
    "reflection/invited": Kind.ASKS,
    "reflection/turn": Kind.ASKS,
    "rounds": Kind.PLACES,
    "rounds/opened": Kind.ASKS,
    "rounds/answered": Kind.ASKS,
    "rounds/remind_preferences": Kind.REMINDERS,
    "rounds/remind_wishes": Kind.REMINDERS,
    "routes/moment_proposed": Kind.ASKS,
    "routes/moment_declined": Kind.ASKS,
    "routes/moment_set": Kind.CONVERSATIONS,
    "routes/answered": Kind.AGREEMENTS,
    "routes/ended": Kind.AGREEMENTS,
}

# Asked for at an hour of their own by who gets it: no digest and no quiet hour moves it.
AT_THEIR_HOUR = frozenset({"reflection/reminder"})


def kind_of(template: str) -> Kind:
    """The kind of a letter: by its own name, else by its folder."""
    return KINDS.get(template) or KINDS.get(template.partition("/")[0]) or Kind.ASKS


def is_named(template: str) -> bool:
    """Whether somebody said of which kind this letter is; letters about how somebody is doing have
    none, so that they look like any other."""
    return template in KINDS or template.partition("/")[0] in KINDS


def name_kinds(kinds: dict[str, Kind]) -> None:
    """Let a package say of which kind its letters are. Called once, at start-up."""
    KINDS.update(kinds)


QUIET_FROM, QUIET_UNTIL = time(19), time(7, 30)
LONGEST_HELD = timedelta(days=8)  # however full a calendar is: after that it leaves
SHORTEST_OPEN = timedelta(hours=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Quiet:
    """When somebody wants no mail: from one hour until another (the same hour twice: never), on
    days of the weekend, and, when they asked for it, while their own calendar is full."""

    from_: time = QUIET_FROM
    until: time = QUIET_UNTIL
    weekend: bool = True
    busy: bool = False

    @property
    def at_night(self) -> bool:
        return self.from_ != self.until

    @property
    def morning(self) -> time:
        """The hour at which letters of a day come together."""
        return self.until if self.at_night else QUIET_UNTIL


NEVER_QUIET = Quiet(time(0), time(0), weekend=False)


def open_hours(quiet: Quiet) -> timedelta:
    """How long a day is open for mail."""
    if not quiet.at_night:
        return timedelta(days=1)
    minutes = _minutes(quiet.from_) - _minutes(quiet.until)
    return timedelta(minutes=minutes if minutes > 0 else minutes + 24 * 60)


def _minutes(of: time) -> int:
    return of.hour * 60 + of.minute


def first_open(
    moment: datetime, quiet: Quiet, zone: tzinfo, busy: Iterable[Stretch] = ()
) -> datetime:
    """The first moment, from this one on, at which mail is welcome."""
    last = moment + LONGEST_HELD
    stretches = sorted(busy)
    found = moment
    while found < last:
        later = _after_quiet(found, quiet, zone)
        for start, end in stretches:
            if start <= later < end:
                later = end
        if later == found:
            return found
        found = later
    return last


def _after_quiet(moment: datetime, quiet: Quiet, zone: tzinfo) -> datetime:
    """The end of the quiet stretch this moment lies in; the moment itself when it is open."""
    local = moment.astimezone(zone)
    day, hour = local.date(), local.time()
    if quiet.weekend and day.isoweekday() > 5:
        monday = day + timedelta(days=8 - day.isoweekday())
        return datetime.combine(monday, time(0), zone).astimezone(moment.tzinfo)
    if not quiet.at_night:
        return moment
    over_midnight = quiet.from_ > quiet.until
    inside = (
        hour >= quiet.from_ or hour < quiet.until
        if over_midnight
        else quiet.from_ <= hour < quiet.until
    )
    if not inside:
        return moment
    if over_midnight and hour >= quiet.from_:
        day += timedelta(days=1)
    return datetime.combine(day, quiet.until, zone).astimezone(moment.tzinfo)


def next_digest(moment: datetime, way: str, quiet: Quiet, zone: tzinfo) -> datetime:
    """The next morning at which letters come together: of a day, or of a Monday."""
    day = moment.astimezone(zone).date()
    while True:
        found = datetime.combine(day, quiet.morning, zone)
        if found > moment and (way != Way.WEEKLY or day.isoweekday() == 1):
            return found.astimezone(moment.tzinfo)
        day += timedelta(days=1)
