"""Calendars for the weeks of a route: what a student wants, what was found, what was agreed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.people.models import Person
from tussenstop.people.rules import Weekday
from tussenstop.planning.rules import (
    Activity,
    Answer,
    Flavour,
    PlanState,
    Proof,
    Purpose,
    Strength,
)
from tussenstop.routes.models import Placement, Route


class Presence(Record):
    """When the mentor of a placement is there: one row per stretch of a weekday."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="presence")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="presence_forward"
            )
        ]


class Terms(Record):
    """What a student asks of their weeks. Theirs alone."""

    route = models.OneToOneField(Route, models.CASCADE, related_name="+")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    workplace_hours = models.PositiveSmallIntegerField()
    study_hours = models.PositiveSmallIntegerField(default=0)
    talks = models.PositiveSmallIntegerField(default=0)
    week_most = models.PositiveSmallIntegerField(null=True)
    exam_most = models.PositiveSmallIntegerField(null=True)
    day_most = models.PositiveSmallIntegerField(default=10)
    rest = models.PositiveSmallIntegerField(default=11)
    free_evening = models.CharField(max_length=10, choices=Strength.choices)
    free_day = models.CharField(max_length=10, choices=Strength.choices)
    holidays_free = models.CharField(
        max_length=10, choices=Strength.choices, default=Strength.RATHER
    )
    least_block = models.PositiveSmallIntegerField(default=3)
    most_block = models.PositiveSmallIntegerField(default=8)
    travel_minutes = models.PositiveSmallIntegerField(default=30)
    liked = models.JSONField(default=list)  # "<weekday>-<part of the day>"
    disliked = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)


class Search(Record):
    """One time of looking for calendars, in the background.

    pins        blocks that had to stay: [day, start, end, activity] with minutes of the day
    conflict    why there is none: members, ways, week, alone, shortest
    instead     what else would fit: kind, weeks, since, until, within
    reckoned    what it was reckoned with: rules with their version, and what was assumed
    """

    route = models.ForeignKey(Route, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    asked_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    pins = models.JSONField(default=list)
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    conflict = models.JSONField(default=dict)
    instead = models.JSONField(default=list)
    reckoned = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route"],
                condition=models.Q(finished_at=None),
                name="search_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["route", "asked_at"], name="search_route_asked")]


class Option(Record):
    """One calendar that was found. Only the student sees it, until it is proposed."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="options")
    flavour = models.CharField(max_length=10, choices=Flavour.choices)
    proof = models.CharField(max_length=10, choices=Proof.choices)
    points = models.IntegerField()
    bound = models.IntegerField()
    figures = models.JSONField()
    blocks = models.JSONField()
    changed = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "flavour"], name="option_flavour_once")
        ]


class Plan(Record):
    """A calendar put before the mentor; what both agreed to holds until another one does."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="plans")
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.PROPOSED)
    from_on = models.DateField()
    flavour = models.CharField(max_length=10, choices=Flavour.choices)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    word = models.CharField(max_length=400, blank=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route"], condition=models.Q(state="proposed"), name="plan_one_proposed"
            ),
            models.UniqueConstraint(
                fields=["route"], condition=models.Q(state="agreed"), name="plan_one_agreed"
            ),
        ]


class PlannedBlock(Record):
    """A stretch at the workplace, which all partners see; or of study, which only the student
    sees."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="blocks")
    activity = models.CharField(max_length=10, choices=Activity.choices)
    day = models.DateField()
    starts_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    cancelled_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["plan", "day"], name="planned_block_plan_day")]


class Shift(Record):
    """A proposal of student or mentor to move a block, or (without a new day) to leave it out."""

    block = models.ForeignKey(PlannedBlock, models.CASCADE, related_name="shifts")
    new_day = models.DateField(null=True)
    starts_at = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_role = models.CharField(max_length=30)
    proposed_at = models.DateTimeField()
    suits = models.BooleanField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["block"], condition=models.Q(answered_at=None), name="shift_one_open"
            )
        ]
