"""A series of conversations that one person looks for dates for, and the moment found for each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.people.models import Person, Programme
from tussenstop.routes.models import Stop
from tussenstop.series.rules import Missing, Proof, Where


class Series(Record):
    """What was asked, by whom, and how far the looking is.

    kind      the kind of stop; "=" and its name when it is of a programme's own making
    weekdays  1 is Monday
    rooms     how many conversations can be held at the same moment
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=90)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    weekdays = models.JSONField(default=list)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))
    minutes = models.PositiveSmallIntegerField(default=45)
    between = models.PositiveSmallIntegerField(default=15)
    rooms = models.PositiveSmallIntegerField(default=1)
    where = models.CharField(max_length=10, choices=Where.choices)
    place = models.CharField(max_length=200, blank=True)
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="+")
    holidays_free = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    proof = models.CharField(max_length=10, choices=Proof.choices, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(finished_at=None),
                name="series_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["person", "-asked_at"], name="series_person_asked")]


class Talk(Record):
    """One conversation of a series. Its id becomes the id of the date that is proposed, so that it
    is proposed once however often the job runs."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="talks")
    stop = models.ForeignKey(Stop, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(null=True)
    missing = models.CharField(max_length=10, choices=Missing.choices, blank=True)
    chosen_at = models.DateTimeField(null=True)
    overtaken = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "stop"], name="series_talk_once")]
