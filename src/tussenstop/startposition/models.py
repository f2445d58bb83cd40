"""The starting position of a student on a route, and what mentor and teacher tell beside it.

Answers are {question: value}; the kind of the question in the content pack says what a value is:
line, text: str · number: int · choice: key · choices, cultures: [key] · week: {"1".."7": {part of
the day: room}} · motives: {"cards": {key: pile}, "own": [str]} · examples: [{"what", "example"}] ·
competences: [{"id", "code", "text", "where"}].
"""

from django.db import models

from tussenstop.core.models import Record
from tussenstop.people.models import Person
from tussenstop.routes.models import Route


class Sharing(Record):
    """Which parts of the starting position the student shows, and to whom."""

    route = models.OneToOneField(Route, models.CASCADE, related_name="+")
    shared = models.JSONField(default=dict)  # {part: [audience]}
    chosen_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Part(Record):
    """What the student tells in one part, as it stands now."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "key"], name="position_part_once")]


class PartOnDay(Record):
    """A part as it stood at the end of a day on which it was written: how somebody grows."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="days")
    day = models.DateField()
    answers = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "day"], name="position_part_day_once")
        ]


class Side(Record):
    """What a mentor or a teacher tells from their side, for the other partners."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    answers = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "person", "role"], name="side_once")
        ]
