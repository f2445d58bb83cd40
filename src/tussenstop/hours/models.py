"""Hours at the workplace: what the student wrote down, how it changed, what was said about it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.people.models import Person
from tussenstop.planning.models import PlannedBlock
from tussenstop.routes.models import Route


class Entry(Record):
    """One stretch of learning at the workplace. `minutes` runs from beginning to end, with the
    pause in it. Taken out, it stays for its trace."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    block = models.ForeignKey(PlannedBlock, models.SET_NULL, null=True, related_name="+")
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"))
    minutes = models.PositiveIntegerField()
    pause = models.PositiveIntegerField(_("pause, in minutes"), default=0)
    done = models.CharField(_("what you did"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # since when a question about it is open
    asked_role = models.CharField(max_length=30, blank=True)  # whose words came last
    removed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=F("pause")), name="entry_takes_time"),
            models.UniqueConstraint(
                fields=["block"], condition=Q(removed_at=None), name="entry_one_for_a_block"
            ),
        ]
        indexes = [models.Index(fields=["route", "day"], name="entry_route_day")]

    @property
    def worked(self) -> int:
        """Minutes without the pause."""
        return self.minutes - self.pause

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.starts_at) + timedelta(minutes=self.minutes)


class Change(Record):
    """A correction: how it read before and after (`None`: not there)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField()
    after = models.JSONField(null=True)
    was_confirmed = models.BooleanField(default=False)


class Remark(Record):
    """Words about a day, from student or mentor."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()


class Asked(Record):
    """A mentor who was asked by letter, in the week that begins on `monday`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    monday = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "monday"], name="hours_asked_once")
        ]
