"""A student's journey: the route, its placements, its stops, and whose move it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tussenstop.core.models import Record
from tussenstop.people.models import Institution, Organisation, Person, Programme, Workplace
from tussenstop.routes.rules import NOTHING_WAITS, Context, MoveCode, State


class Route(Record):
    """One student's journey through one programme."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="routes")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="routes")
    student = models.ForeignKey(Person, models.PROTECT, related_name="routes")
    context = models.CharField(_("context"), max_length=30, choices=Context.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PREPARING)
    state_since = models.DateTimeField()
    state_before_pause = models.CharField(max_length=20, blank=True)
    hours_target = models.PositiveIntegerField()
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    learned = models.TextField(blank=True)
    # Since when something waits on this route, and for whom: kept with its moves, for lists.
    attention_at = models.DateTimeField(default=NOTHING_WAITS)
    waiting_for = models.CharField(max_length=30, blank=True)
    agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "attention_at", "id"], name="route_inst_attention"),
            models.Index(
                fields=["institution", "state", "attention_at", "id"], name="route_inst_state"
            ),
            models.Index(fields=["programme", "state"], name="route_programme_state"),
        ]


class Placement(Record):
    """The part of a route at one workplace."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="placements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="placements")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="placements")
    form = models.CharField(_("form of contract"), max_length=40, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="placement_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="placement_org_ends")]


class Pause(Record):
    """A stretch in which a route rests: normal, planned, without blame."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    back_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)


class Stop(Record):
    """A meaningful moment on a route. Its texts were copied from the template when it was made."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="stops")
    kind = models.CharField(max_length=40, blank=True)
    own_name = models.CharField(max_length=80, blank=True)
    own_purpose = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    optional = models.BooleanField(default=False)
    stretch = models.BooleanField(default=False)
    lead = models.CharField(max_length=30)
    attends = models.JSONField(default=list)
    aimed_on = models.DateField(null=True)
    starts_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=45)
    place = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    notes_version = models.PositiveIntegerField(default=0)
    notes_by = models.CharField(max_length=120, blank=True)
    outcome = models.TextField(blank=True)
    outcome_version = models.PositiveIntegerField(default=0)
    outcome_by = models.CharField(max_length=120, blank=True)
    done_at = models.DateTimeField(null=True)
    skipped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["route", "position"], name="stop_route_position"),
            models.Index(fields=["starts_at"], name="stop_starts_at"),
        ]


class Moment(Record):
    """A date proposed for a stop; it holds when everybody asked has said yes."""

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="moments")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stop"], condition=models.Q(ended_at=None), name="moment_one_open"
            )
        ]


class MomentAnswer(Record):
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    suits = models.BooleanField(null=True)
    word = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "person"], name="moment_answer_once")
        ]


class AgendaPoint(Record):
    """Something to talk about: built in (with a key) or added by a partner."""

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="agenda")
    key = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    talked_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)


class ChecklistItem(Record):
    """Something that must be in order: ticked by hand, or known by the platform itself."""

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="checklist")
    key = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300, blank=True)
    who = models.CharField(max_length=30, blank=True)
    automatic = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)


class Preparation(Record):
    """What somebody wrote before a stop: theirs alone until they share it."""

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    shared_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stop", "person"], name="preparation_once")]


class Move(Record):
    """Whose move it is: derived from everything else, rebuilt with every change, never edited.

    A move is for one person, or for whoever holds a role in an institution or organisation.
    """

    route = models.ForeignKey(Route, models.CASCADE, related_name="moves")
    code = models.CharField(max_length=30, choices=MoveCode.choices)
    role = models.CharField(max_length=30)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    subject_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False)
                | models.Q(institution__isnull=False)
                | models.Q(organisation__isnull=False),
                name="move_is_somebodys",
            )
        ]
        indexes = [
            models.Index(fields=["person", "since"], name="move_person_since"),
            models.Index(fields=["institution", "since"], name="move_inst_since"),
            models.Index(fields=["organisation", "since"], name="move_org_since"),
        ]
