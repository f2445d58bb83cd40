"""What fills somebody's weeks. Theirs alone: others see at most that they are not available."""

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.calendars.incoming.rules import Trouble
from tussenstop.calendars.outgoing.rules import Holds
from tussenstop.calendars.rules import DAY, Kind, Repeat
from tussenstop.core.models import Record
from tussenstop.matching.rules import weekdays_of
from tussenstop.people.models import Person
from tussenstop.routes.models import Route


class Commitment(Record):
    """Something in somebody's calendar, once or coming back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(_("what it is"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("in your words"), max_length=120, blank=True)
    movable = models.BooleanField(_("this can move if need be"), default=False)
    first_on = models.DateField(_("first day"))
    until = models.DateField(_("until"), null=True)
    every_weeks = models.PositiveSmallIntegerField(choices=Repeat.choices, default=Repeat.ONCE)
    days = models.PositiveSmallIntegerField(default=0)  # a bit each, 1 is Monday
    starts_at = models.TimeField(null=True)  # empty: whole days
    minutes = models.PositiveIntegerField(default=DAY)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="commitment_takes_time"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("first_on")),
                name="commitment_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["person", "first_on"], name="commitment_person_first")]

    @property
    def weekdays(self) -> list[int]:
        return weekdays_of(self.days)


class OneDay(Record):
    """A day on which a commitment is otherwise: moved, or (without a new day) left out."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="otherwise")
    day = models.DateField()
    new_day = models.DateField(null=True)
    starts_at = models.TimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "day"], name="one_day_once")]


class Limit(Record):
    """The most hours a week somebody wants to spend on everything that takes strength."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    hours = models.PositiveSmallIntegerField()


class Feed(Record):
    """A calendar from elsewhere: behind an address, or (without one) from a file. The address is
    a secret of its owner."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(_("what it is"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    address = models.TextField(blank=True)
    whole_days = models.BooleanField(default=False)  # a whole day in it is a day that is taken
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # the last time that all went well
    whole_at = models.DateTimeField(null=True)  # the last time that its content was read
    next_at = models.DateTimeField(null=True)  # empty: not by itself
    failures = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=20, choices=Trouble.choices, blank=True)
    unreadable = models.PositiveIntegerField(default=0)
    more = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["person", "name"], name="feed_person_name"),
            models.Index(fields=["next_at"], name="feed_next"),
        ]

    @property
    def host(self) -> str:
        """As much of the address as may be on a screen."""
        return urlsplit(self.address).hostname or ""

    @property
    def is_new(self) -> bool:
        """Not tried yet."""
        return bool(self.address) and self.tried_at is None


class FeedMoment(Record):
    """A moment out of a calendar from elsewhere."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="moments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    whole_days = models.BooleanField()
    free = models.BooleanField()
    title = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["feed", "starts_at"], name="feed_moment_start")]


class Link(Record):
    """A private address at which somebody's calendar program reads their days. The address itself
    is not kept: it is the row's id, signed."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    holds = models.JSONField(default=list)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)  # when the entries were last gathered

    class Meta:
        indexes = [
            models.Index(
                fields=["written_at"],
                condition=models.Q(revoked_at=None),
                name="link_open_written",
            )
        ]


class Sent(Record):
    """An entry as the links of a person tell it. When it changes its number in the row grows, and
    when it goes it stays for a while as cancelled, so that every program takes it out."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    uid = models.CharField(max_length=150)
    holds = models.CharField(max_length=20, choices=Holds.choices)
    entry = models.JSONField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "uid"], name="sent_once")]


class Sharing(Record):
    """Which partners on a route see when its student is not available. Without a row its defaults hold."""

    route = models.OneToOneField(Route, models.CASCADE, related_name="+")
    mentor = models.BooleanField(default=True)
    teacher = models.BooleanField(default=True)
    coach = models.BooleanField(default=False)
