"""Training leave of a student in one school year: theirs alone."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.leave.reckoning import Facts, last_of
from tussenstop.leave.rules import Region, Sector, What
from tussenstop.people.models import Person
from tussenstop.routes.models import Route


class Leave(Record):
    """What was told of job and programme, for the school year that begins in `year`."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=10, choices=Region.choices)
    sector = models.CharField(max_length=10, choices=Sector.choices)
    percent = models.PositiveSmallIntegerField()
    week_hours = models.DecimalField(max_digits=4, decimal_places=2)
    points = models.PositiveSmallIntegerField(default=0)
    contact_hours = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=30, blank=True)  # in the Flemish list of programmes (ODB)
    enrolled_on = models.DateField()
    with_year = models.BooleanField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    credit = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "year"], name="leave_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="leave_forward"
            ),
        ]

    @property
    def facts(self) -> Facts:
        return Facts(
            year=self.year,
            region=Region(self.region),
            sector=Sector(self.sector),
            percent=self.percent,
            week_hours=self.week_hours,
            points=self.points,
            contact_hours=self.contact_hours,
            number=self.number,
            enrolled_on=self.enrolled_on,
            with_year=self.with_year,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            credit=self.credit,
        )


class Taken(Record):
    """Hours of leave on one day."""

    leave = models.ForeignKey(Leave, models.CASCADE, related_name="taken")
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10, choices=What.choices)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="taken_takes_time")
        ]

    @property
    def hours(self) -> float:
        return self.minutes / 60


class Credit(Record):
    """A stretch of time credit: months in a row. It counts for a whole career, and so belongs to
    the person and to no single route."""

    student = models.ForeignKey(Person, models.CASCADE, related_name="+")
    starts_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(months__gt=0), name="credit_takes_months")
        ]

    @property
    def last_on(self) -> date:
        return last_of(self.starts_on, self.months)


class Done(Record):
    """A last day for which a letter was written, or that was kept. `step` is the uid of it."""

    leave = models.ForeignKey(Leave, models.CASCADE, related_name="done")
    step = models.CharField(max_length=30)
    reminded_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leave", "step"], name="leave_done_once_a_step")
        ]
