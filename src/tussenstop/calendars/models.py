"""What fills somebody's weeks. Theirs alone: others see at most that they are not available."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.calendars.rules import DAY, Kind, Repeat
from tussenstop.core.models import Record
from tussenstop.matching.rules import weekdays_of
from tussenstop.people.models import Person


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
