"""The shared log of a route: short words between the partners."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.people.models import Person
from tussenstop.routes.models import Route


class Word(Record):
    """Something one partner wrote to all. It is never changed; taken back, its text is gone."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    text = models.CharField(_("your words"), max_length=1000, blank=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["route", "-at"], condition=Q(taken_back_at=None), name="word_route_at"
            )
        ]


class Mention(Record):
    """Somebody for whom a word is meant most of all."""

    word = models.ForeignKey(Word, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "person"], name="mention_once")]


class Reader(Record):
    """How far somebody read the log of a route, and when they were last told there is more."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "person"], name="reader_once")]
